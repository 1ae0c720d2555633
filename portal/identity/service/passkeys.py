"""Passkeys (WebAuthn): a screen lock or a key that proves both steps at once, and cannot be phished."""

import base64
import ipaddress
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from sqlalchemy import func, select

from portal.base import ids
from portal.base.clock import nz_date
from portal.base.crypto import SYSTEM_OWNER, Place
from portal.base.problems import Invalid, NotThere
from portal.base.work import Work
from portal.identity.models import Passkey
from portal.identity.service.answers import Answer, is_new, made_by
from portal.identity.service.devices import factors_changed
from portal.identity.service.entering import ways_in
from portal.language.rules import N_

MOST = 10
LOOPBACK = ("127.0.0.1", "localhost", "::1")
# ECDSA with P-256, Ed25519, RSA: what phones, browsers and keys make.
KINDS = (-7, -8, -257)
MINUTES = 5


@dataclass(frozen=True)
class Site:
    """Who asks for passkeys: `host` is the relying party's id, `origin` what browsers must say they are at."""

    host: str
    origin: str
    # Seals challenges.
    key: str


@dataclass(frozen=True)
class PasskeyFacts:
    """One passkey of the actor, as it lists it; days of Pacific/Auckland, `used_on` None before its first use."""

    id: int
    name: str
    made_on: date
    used_on: date | None


def site_of(base_url: str, key: str) -> Site | None:
    """Give the site that passkeys belong to, out of the settings alone; None where its address is a number.

    Browsers make no passkey for a number. On this machine the name is localhost, whichever name is set.
    """
    parts = urlsplit(base_url)
    host = parts.hostname or ""
    if parts.scheme == "http" and host in LOOPBACK:
        host = "localhost"
    elif _is_number(host):
        return None
    host = host.encode("idna").decode()
    usual = {"http": 80, "https": 443}.get(parts.scheme)
    port = f":{parts.port}" if parts.port and parts.port != usual else ""
    return Site(host, f"{parts.scheme}://{host}{port}", key)


def options_to_sign(site: Site, challenge: bytes, known: list[str]) -> dict:
    """Give what the browser is asked for to prove that a passkey is here; `known` names those that will do."""
    return {
        "challenge": encoded(challenge),
        "rpId": site.host,
        "timeout": MINUTES * 60_000,
        "userVerification": "required",
        "allowCredentials": [{"type": "public-key", "id": one} for one in known],
    }


def options_to_make(work: Work, site: Site, challenge: bytes, service_name: str, name: str) -> dict:
    """Give what the browser is asked for to make a passkey of the actor's; `name` is what the device then shows."""
    account_id = work.actor.account_id
    known = ids_of(work, account_id)
    return {
        "challenge": encoded(challenge),
        "rp": {"id": site.host, "name": service_name},
        "user": {"id": encoded(handle(work, account_id)), "name": name, "displayName": name},
        "pubKeyCredParams": [{"type": "public-key", "alg": kind} for kind in KINDS],
        "timeout": MINUTES * 60_000,
        "attestation": "none",
        "excludeCredentials": [{"type": "public-key", "id": one} for one in known],
        "authenticatorSelection": {
            "residentKey": "required",
            "requireResidentKey": True,
            "userVerification": "required",
        },
    }


def keep_passkey(work: Work, account_id: int, name: str, site: Site, answer: Answer, purpose: str) -> bool:
    """Keep a new passkey of an account, and say whether its answer could be used. Nobody is told.

    Raises Invalid when the account has ten already.
    """
    found = made_by(answer, site.host, site.origin, KINDS)
    if not is_new(work, site.key, answer, purpose) or found is None:
        return False
    fingerprint = work.keys.digest("passkey", encoded(found.id))
    if work.session.get(Passkey, fingerprint) is not None:
        return False
    if _count(work, account_id) >= MOST:
        # L10n: Above the page of passkeys. %(n)s is a number.
        raise Invalid(
            N_("You have %(n)s passkeys. Remove one that you no longer use, then add this one."), n=MOST
        )
    number = ids.random63()
    document = {"id": encoded(found.id), "key": encoded(found.key), "name": name}
    row = Passkey(
        fingerprint=fingerprint,
        account_id=account_id,
        id=number,
        document=work.keys.seal_json(_place(number, account_id), document),
        sign_count=found.count,
        made_at=work.now,
    )
    work.session.add(row)
    return True


def add_passkey(work: Work, site: Site, answer: Answer, name: str, purpose: str) -> bool:
    """Keep a new passkey of the actor's, tell them, and say whether its answer could be used."""
    done = keep_passkey(work, _account_id(work), name, site, answer, purpose)
    if done:
        factors_changed(work)
    return done


def remove_passkey(work: Work, number: int) -> None:
    """Remove one of the actor's passkeys, and tell them. Raises NotThere, and Invalid for the last way in."""
    row = _own(work, number)
    if ways_in(work) < 2:
        # L10n: Above the button that takes a way to sign in away.
        raise Invalid(N_("This is your only way to sign in. Add another one first."))
    work.session.delete(row)
    factors_changed(work)


def passkeys_of(work: Work) -> list[PasskeyFacts]:
    """Give the actor's passkeys, the oldest first."""
    return [_facts(work, row) for row in _rows(work, _account_id(work))]


def passkey_of(work: Work, number: int) -> PasskeyFacts:
    """Give one of the actor's passkeys by the id in its address. Raises NotThere."""
    return _facts(work, _own(work, number))


def ids_of(work: Work, account_id: int | None) -> list[str]:
    """Give the credential ids (base64url) of an account's passkeys."""
    return [_opened(work, row)["id"] for row in _rows(work, account_id)]


def public_key(work: Work, row: Passkey) -> bytes:
    """Give the public key (COSE) of a passkey."""
    key = _opened(work, row)["key"]
    return base64.urlsafe_b64decode(key + "=" * (-len(key) % 4))


def handle(work: Work, account_id: int | None) -> bytes:
    """Give the name under which a device keeps an account's passkeys: it says nothing of the account."""
    return work.keys.digest("passkey-account", str(account_id))


def encoded(data: bytes) -> str:
    """Write bytes as browsers do here: base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _account_id(work: Work) -> int:
    if work.actor.account_id is None:
        raise NotThere()
    return work.actor.account_id


def _own(work: Work, number: int) -> Passkey:
    wanted = (Passkey.account_id == _account_id(work), Passkey.id == number)
    row = work.session.scalars(select(Passkey).where(*wanted)).first()
    if row is None:
        raise NotThere()
    return row


def _rows(work: Work, account_id: int | None) -> list[Passkey]:
    wanted = select(Passkey).where(Passkey.account_id == account_id).order_by(Passkey.made_at, Passkey.id)
    return list(work.session.scalars(wanted))


def _count(work: Work, account_id: int) -> int:
    wanted = select(func.count()).select_from(Passkey).where(Passkey.account_id == account_id)
    return work.session.execute(wanted).scalar_one()


def _facts(work: Work, row: Passkey) -> PasskeyFacts:
    used_on = nz_date(row.used_at) if row.used_at else None
    return PasskeyFacts(row.id, _opened(work, row)["name"], nz_date(row.made_at), used_on)


def _opened(work: Work, row: Passkey) -> dict:
    # The portal's own key is needed beside it, or was: one statement for both.
    work.keys.load(SYSTEM_OWNER, row.account_id)
    return work.keys.open_json(_place(row.id, row.account_id), row.document)


def _place(number: int, account_id: int) -> Place:
    return Place("identity_passkey", "document", number, account_id)


def _is_number(host: str) -> bool:
    try:
        return bool(ipaddress.ip_address(host))
    except ValueError:
        return False
