"""The ways out: mail by SMTP, text messages by an HTTP gateway, and a log line in a demonstration."""

import json
import smtplib
import ssl
import urllib.error
import urllib.request
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from typing import Protocol

import structlog

from portal.config import Settings
from portal.notices import rules

SECONDS = 20
log = structlog.get_logger("portal.notices")


@dataclass(frozen=True)
class Message:
    """What goes out. `id` is the same at each try, so that a server can tell a second one of the same."""

    id: str
    channel: str
    address: str
    subject: str
    text: str
    at: datetime


class NotTaken(Exception):
    """A message was not taken; the text is a key of `rules.FAULTS` and names no address."""


class Channel(Protocol):
    """One way out."""

    def send(self, message: Message) -> None:
        """Send a message; raises NotTaken."""


def opened(settings: Settings, channel: str) -> Channel | None:
    """Give the way out that is set up for a channel; in a demonstration there is always one. None if there is none."""
    if channel == "email" and settings.smtp_host:
        return Mail(settings)
    if channel == "text" and settings.text_url:
        return TextGateway(settings)
    return Console() if settings.demo and channel in rules.SENDING else None


def send(settings: Settings, message: Message) -> str:
    """Send a message, and give what went wrong: a key of `rules.FAULTS`, or nothing."""
    way = opened(settings, message.channel)
    if way is None:
        return "away"
    try:
        way.send(message)
    except NotTaken as fault:
        return str(fault)
    return ""


class Mail:
    """Mail by SMTP (PORTAL_SMTP_…)."""

    def __init__(self, settings: Settings):
        self._settings = settings

    def send(self, message: Message) -> None:
        """Send a message as plain text; the same Message-ID at each try."""
        mail = self._mail(message)
        try:
            with smtplib.SMTP(
                self._settings.smtp_host,
                self._settings.smtp_port,
                timeout=SECONDS,
                local_hostname="localhost",
            ) as server:
                if self._settings.smtp_starttls:
                    server.starttls(context=ssl.create_default_context())
                if self._settings.smtp_user:
                    server.login(self._settings.smtp_user, self._settings.smtp_password)
                server.send_message(mail)
        except (smtplib.SMTPException, OSError) as fault:
            # What servers say may hold the address: only our own word for it goes on.
            raise NotTaken(_mail_fault(fault)) from None

    def _mail(self, message: Message) -> EmailMessage:
        sender = self._settings.mail_from or "portal@localhost"
        domain = parseaddr(sender)[1].rpartition("@")[2] or "localhost"
        # Checked when it was typed; once more here, because a line end in it would write headers of its own.
        if rules.mail_address(message.address) is None:
            raise NotTaken("refused")
        mail = EmailMessage()
        mail["Subject"] = message.subject
        mail["From"] = sender
        mail["To"] = _ascii(message.address)
        mail["Message-ID"] = f"<{message.id}@{domain}>"
        mail["Date"] = format_datetime(message.at)
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(message.text + "\n")
        return mail


def _ascii(address: str) -> str:
    name, _, domain = address.rpartition("@")
    try:
        return f"{name}@{domain.encode('idna').decode()}"
    except UnicodeError:
        raise NotTaken("refused") from None


def _mail_fault(fault: Exception) -> str:
    if isinstance(fault, smtplib.SMTPAuthenticationError | smtplib.SMTPNotSupportedError | ssl.SSLError):
        return "not-let-in"
    if isinstance(fault, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _ in fault.recipients.values()]
        return "refused" if codes and min(codes) >= 500 else "busy"
    if isinstance(fault, smtplib.SMTPConnectError | smtplib.SMTPServerDisconnected):
        return "away"
    return "busy" if isinstance(fault, smtplib.SMTPException) else "away"


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A gateway that sends us elsewhere does not get the token there."""

    def redirect_request(self, *_args, **_more):
        """Follow no redirect."""
        return None


class TextGateway:
    """Text messages by an HTTP gateway (PORTAL_TEXT_URL, PORTAL_TEXT_TOKEN): POST of {to, text, id} as JSON."""

    def __init__(self, settings: Settings):
        self._settings = settings

    def send(self, message: Message) -> None:
        """Send a message; the gateway gets our id, and answers 409 for one that it has already."""
        body = json.dumps({"to": message.address, "text": message.text, "id": message.id}).encode()
        request = urllib.request.Request(  # noqa: S310  (https, or loopback: settings see to it)
            self._settings.text_url,
            data=body,
            headers={
                "Content-Type": "application/json",
                "Authorization": f"Bearer {self._settings.text_token}",
                "Idempotency-Key": message.id,
            },
        )
        try:
            with urllib.request.build_opener(_NoRedirect).open(request, timeout=SECONDS):
                return
        except urllib.error.HTTPError as fault:
            fault.close()
            if fault.code != 409:
                raise NotTaken(_text_fault(fault.code)) from None
        except (OSError, ValueError):
            raise NotTaken("away") from None


def _text_fault(status: int) -> str:
    if status in (401, 403):
        return "not-let-in"
    return "refused" if 400 <= status < 500 and status not in (404, 408, 425, 429) else "busy"


class Console:
    """A demonstration sends nothing: it says in its log that it would, without address and words."""

    def send(self, message: Message) -> None:
        """Write a line."""
        log.info("would send", channel=message.channel, id=message.id)
