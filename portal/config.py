"""Settings, read once from the environment; outside demo mode a missing secret stops the start with a sentence."""

import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from portal.base.crypto import Master

ROOT = Path(__file__).resolve().parent.parent


LOOPBACK = {("http", "127.0.0.1"), ("http", "localhost")}
# The address of a share may have 128 characters (SMART Health Links); ours adds "/shl/" and 43 random ones.
LONGEST_ADDRESS = 80


class BadCall(click.ClickException):
    """A call that cannot be carried out: one sentence on standard error, exit status 2."""

    exit_code = 2

    def show(self, file: Any = None) -> None:
        """Say the sentence, and nothing else."""
        click.echo(self.format_message(), file=file, err=file is None)


class Misconfigured(BadCall):
    """A setting is missing or cannot be used; the text says what to set."""


@dataclass(frozen=True)
class Support:
    """A support service named at the foot of every page; `frame` is an address shown inside the safety page."""

    name: str
    phone: str = ""
    url: str = ""
    frame: str = ""

    @property
    def frame_origin(self) -> str:
        """The one origin that may be shown in a frame, for the policy; empty where there is none."""
        parts = urlsplit(self.frame)
        return f"{parts.scheme}://{parts.netloc}" if self.frame else ""


@dataclass(frozen=True)
class Settings:
    """All settings of one process. Times are in minutes where named so."""

    instance: Path
    database_url: str
    secret_key: str
    master: Master
    base_url: str
    ledger_key: bytes
    demo: bool = False
    proxy_hops: int = 0
    exit_url: str = "https://www.google.co.nz/"
    service_name: str = "My information"
    # Pages with information that one browser may open in an hour (web/budgets.py).
    reads_per_hour: int = 60
    # In a team's figures smaller numbers of answers are hidden, and the others rounded (casework/rules/figures.py).
    least_shown: int = 6
    rounded_to: int = 3
    # Stands for the service's name, and for every title, where somebody shares a phone.
    discreet_name: str = "My page"
    support: Support | None = None
    smtp_host: str = ""
    smtp_port: int = 25
    smtp_user: str = ""
    smtp_password: str = ""
    smtp_starttls: bool = False
    mail_from: str = ""
    text_url: str = ""
    text_token: str = ""

    @property
    def secure_cookies(self) -> bool:
        """Cookies are Secure and __Host- unless the portal is served on plain loopback."""
        return self.base_url.startswith("https://")

    @property
    def ledger_public_key(self) -> bytes:
        """The public half of the ledger's signing key, in PEM."""
        from cryptography.hazmat.primitives.serialization import load_pem_private_key

        key = load_pem_private_key(self.ledger_key, password=None)
        return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)

    @property
    def checkpoints(self) -> Path:
        """The folder into which signed checkpoints are written."""
        return self.instance / "checkpoints"


def from_environment(*, demo: bool | None = None, environ: dict[str, str] | None = None) -> Settings:
    """Read the settings from the environment (docs/operations.md lists them).

    Raises Misconfigured with a sentence that says what to set. In demo mode the secrets are made on first
    use and kept in the instance folder.
    """
    env = dict(os.environ if environ is None else environ)
    instance = Path(env.get("PORTAL_INSTANCE", ROOT / "instance")).resolve()
    instance.mkdir(parents=True, exist_ok=True, mode=0o700)
    if demo is None:
        # A folder in which `portal demo` was run, and that was given no keys of its own.
        given = env.get("PORTAL_MASTER_KEY") or env.get("PORTAL_MASTER_KEY_FILE")
        demo = env.get("PORTAL_DEMO") == "1" or (not given and (instance / "demo.json").exists())
    if not demo and env.get("FLASK_DEBUG", "0").lower() not in ("", "0", "false", "no"):
        raise Misconfigured("Unset FLASK_DEBUG: the portal does not serve people with a debugger on.")
    base_url = _base_url(env, demo)
    secret = _secret_key(env, instance / "secret.key" if demo else None)
    try:
        master_file = instance / "master.key" if demo else None
        master = Master(_secret(env, "PORTAL_MASTER_KEY", master_file, Master.fresh_line))
    except ValueError as fault:
        raise Misconfigured(f"PORTAL_MASTER_KEY (or its _FILE) cannot be used: {fault}.") from fault
    return Settings(
        instance=instance,
        database_url=env.get("PORTAL_DATABASE_URL") or f"sqlite:///{instance / 'portal.db'}",
        secret_key=secret,
        master=master,
        base_url=base_url,
        ledger_key=_secret(env, "PORTAL_LEDGER_KEY", instance / "ledger.key", _random_ledger_key).encode(),
        demo=demo,
        proxy_hops=_number(env, "PORTAL_PROXY_HOPS", 0),
        exit_url=_web_address(env, "PORTAL_EXIT_URL") or Settings.exit_url,
        # A demonstration is walked through in every language; a harvest is stopped all the same.
        reads_per_hour=_number(env, "PORTAL_READS_PER_HOUR", 300 if demo else Settings.reads_per_hour),
        service_name=env.get("PORTAL_SERVICE_NAME", Settings.service_name),
        discreet_name=env.get("PORTAL_DISCREET_NAME") or Settings.discreet_name,
        support=_support(env),
        **(_figures(env) | _mail(env)),
        **_text(env),
    )


def _secret_key(env: dict[str, str], kept_in: Path | None) -> str:
    secret = _secret(env, "PORTAL_SECRET_KEY", kept_in, _random_secret)
    if len(secret) < 32 or len(set(secret)) < 10:
        raise Misconfigured(
            "Set PORTAL_SECRET_KEY (or PORTAL_SECRET_KEY_FILE) to at least 32 random characters."
        )
    return secret


def _base_url(env: dict[str, str], demo: bool) -> str:
    address = env.get("PORTAL_BASE_URL") or ("http://127.0.0.1:8000" if demo else "")
    parts = urlsplit(address)
    if parts.scheme != "https" and (parts.scheme, parts.hostname) not in LOOPBACK:
        raise Misconfigured("Set PORTAL_BASE_URL to the https:// address at which people reach the portal.")
    address = address.rstrip("/")
    if len(address) > LONGEST_ADDRESS:
        raise Misconfigured(
            f"Choose a PORTAL_BASE_URL of {LONGEST_ADDRESS} characters at most: it stands in links."
        )
    return address


_ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+(:\d+)?(/[\w./?&=%~#+:@,-]*)?", re.ASCII)


def _web_address(env: dict[str, str], name: str) -> str:
    address = env.get(name, "")
    parts = urlsplit(address)
    safe = parts.scheme == "https" or (parts.scheme, parts.hostname) in LOOPBACK
    if address and not (safe and _ADDRESS.fullmatch(address)):
        raise Misconfigured(f"Set {name} to a whole https:// address, or leave it out.")
    return address


def _support(env: dict[str, str]) -> Support | None:
    url, frame = (_web_address(env, f"PORTAL_SUPPORT_{part}") for part in ("URL", "FRAME"))
    name, phone = (env.get(f"PORTAL_SUPPORT_{part}", "").strip() for part in ("NAME", "PHONE"))
    if (url or frame or phone) and not name:
        raise Misconfigured("Set PORTAL_SUPPORT_NAME to the name of the support service.")
    return Support(name, phone, url, frame) if name else None


def _figures(env: dict[str, str]) -> dict[str, Any]:
    return {
        "least_shown": _number(env, "PORTAL_LEAST_SHOWN", Settings.least_shown),
        "rounded_to": _number(env, "PORTAL_ROUNDED_TO", Settings.rounded_to),
    }


def _mail(env: dict[str, str]) -> dict[str, Any]:
    return {
        "smtp_host": env.get("PORTAL_SMTP_HOST", ""),
        "smtp_port": _number(env, "PORTAL_SMTP_PORT", 25),
        "smtp_user": env.get("PORTAL_SMTP_USER", ""),
        "smtp_password": env.get("PORTAL_SMTP_PASSWORD", ""),
        "smtp_starttls": env.get("PORTAL_SMTP_STARTTLS", "") == "1",
        "mail_from": env.get("PORTAL_MAIL_FROM", ""),
    }


def _text(env: dict[str, str]) -> dict[str, Any]:
    address = env.get("PORTAL_TEXT_URL", "")
    parts = urlsplit(address)
    if address and parts.scheme != "https" and (parts.scheme, parts.hostname) not in LOOPBACK:
        raise Misconfigured("Set PORTAL_TEXT_URL to the https:// address of the gateway for text messages.")
    token = _secret(env, "PORTAL_TEXT_TOKEN", None, str) if address else ""
    return {"text_url": address, "text_token": token}


def _random_secret() -> str:
    from portal.base.ids import token

    return token()


def _random_ledger_key() -> str:
    pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return pem.decode()


def _number(env: dict[str, str], name: str, default: int) -> int:
    try:
        return int(env.get(name) or default)
    except ValueError as fault:
        raise Misconfigured(f"Set {name} to a whole number.") from fault


def _secret(env: dict[str, str], name: str, kept_in: Path | None, make) -> str:
    if env.get(name):
        return env[name]
    path = Path(env[f"{name}_FILE"]) if env.get(f"{name}_FILE") else kept_in
    if path is None:
        raise Misconfigured(f"Set {name}, or {name}_FILE to a file that holds it.")
    if not path.exists():
        if path is not kept_in:
            raise Misconfigured(f"{name}_FILE names a file that is not there.")
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, stat.S_IRUSR | stat.S_IWUSR)
        with os.fdopen(handle, "w") as file:
            file.write(make())
    return path.read_text().strip()
