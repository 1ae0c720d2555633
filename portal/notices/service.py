"""Verbs of notices: tell a person that something happened, on the screen and by a mail that says nothing."""

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid, parseaddr
from typing import Any

from sqlalchemy import update

from portal.base import ids
from portal.base.work import Work
from portal.config import Settings
from portal.language import service as language
from portal.language.rules import N_
from portal.notices import queries
from portal.notices.models import Notice
from portal.notices.queries import NoticeFacts

SECONDS = 20


class MailRefused(Exception):
    """The mail server did not take a mail; the job is tried again. The text names no address."""


def tell(
    work: Work, person_id: int, kind: str, agency_id: int = 0, about: int = 0, *, mail: bool = True
) -> None:
    """Tell a person that something happened: a row on the screen, and a neutral mail for those who want one.

    `kind` is a key of `notices.rules.WORDS`, `about` the ref of the request, share or record. `mail` is false
    where the person asked to be answered here only.
    """
    work.session.add(
        Notice(
            person_id=person_id,
            id=ids.ordered(work.now),
            kind=kind,
            agency_id=agency_id,
            about=about,
            at=work.now,
        )
    )
    if mail:
        work.later("notices.mail", {"person_id": str(person_id)})


def unread(work: Work) -> int:
    """Count the actor's own notices that are not marked as read."""
    return queries.unread(work, work.actor.person_id)


def newest(work: Work, most: int = 50, before: int | None = None) -> list[NoticeFacts]:
    """Give the actor's own notices, newest first; `before` is the id of the last one shown."""
    return queries.newest(work, work.actor.person_id, most, before)


def mark_read(work: Work) -> None:
    """Mark all of the actor's own notices as read."""
    work.session.execute(
        update(Notice)
        .where(Notice.person_id == work.actor.person_id, Notice.read_at.is_(None))
        .values(read_at=work.now)
    )


def send_mail(work: Work, settings: Settings, about: dict[str, Any]) -> None:
    """Send "You have an update" to the person of `about["person_id"]`, in their language; nothing else is said.

    No agency and no topic stand in it, because others may read the mail. Does nothing without a mail server or
    an address. Raises MailRefused when the server does not take it. Privacy Act 2020 principle 5.
    """
    reader = queries.reader_of(work, int(about["person_id"]))
    if reader is None or not reader.email or not settings.smtp_host:
        return
    message = _mail(reader.language, reader.email, settings)
    message["Date"] = format_datetime(work.now)
    try:
        _send(message, settings)
    except (smtplib.SMTPException, OSError) as fault:
        raise MailRefused(f"the mail server did not take a notice: {type(fault).__name__}") from None


def _mail(tag: str, address: str, settings: Settings) -> EmailMessage:
    words = language.translator(tag if language.known(tag) else "en")
    sender = settings.mail_from or "portal@localhost"
    message = EmailMessage()
    # L10n: Subject of every mail. It must not say what the update is about.
    subject = N_("You have an update")
    message["Subject"] = words.attr(subject)
    message["From"] = sender
    message["To"] = address
    message["Message-ID"] = make_msgid(domain=parseaddr(sender)[1].rpartition("@")[2] or "localhost")
    message["Auto-Submitted"] = "auto-generated"
    # L10n: Text of every mail. %(address)s is the address of the sign-in page. It must not name an agency.
    text = N_(
        "You have an update. To read it, go to %(address)s and sign in. No one will ask for your password."
    )
    message.set_content(words.attr(text, address=f"{settings.base_url}/{words.tag}/") + "\n")
    return message


def _send(message: EmailMessage, settings: Settings) -> None:
    with smtplib.SMTP(
        settings.smtp_host, settings.smtp_port, timeout=SECONDS, local_hostname="localhost"
    ) as server:
        if settings.smtp_starttls:
            server.starttls(context=ssl.create_default_context())
        if settings.smtp_user:
            server.login(settings.smtp_user, settings.smtp_password)
        server.send_message(message)
