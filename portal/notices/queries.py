"""Reads of notices, of how a person may be reached, and of messages on their way."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, func, select

from portal.agencies.models import Link
from portal.base.crypto import Place
from portal.base.work import Work
from portal.identity import queries as identity
from portal.notices import rules
from portal.notices.models import Contact, Delivery, Notice

COUNTED = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """One notice: what kind, which agency (0 for none), the ref it is about (0 for none); times aware UTC."""

    id: int
    kind: str
    agency_id: int
    about: int
    at: datetime
    read_at: datetime | None


@dataclass(frozen=True)
class Way:
    """A checked, safe address that may be used for a purpose; `how_much` is allowed or neutral."""

    channel: str
    how_much: str
    safe_from: int | None
    safe_until: int | None


@dataclass(frozen=True)
class ContactFacts:
    """How a person may be reached by one channel; `waiting` is a new address whose code was not typed yet."""

    channel: str
    address: str = ""
    waiting: str = ""
    note: str = ""
    unsafe: bool = False
    confirmed: bool = False
    purposes: dict[str, str] = field(default_factory=dict)
    safe_from: int | None = None
    safe_until: int | None = None

    @property
    def used(self) -> bool:
        """Say whether anything may be sent or said by this channel."""
        return self.confirmed and not self.unsafe


@dataclass(frozen=True, slots=True)
class ParkedFacts:
    """A message that could not be sent: nothing of the person, times aware UTC."""

    id: int
    channel: str
    fault: str
    tries: int
    made_at: datetime
    done_at: datetime | None


def newest(
    work: Work, person_id: int, most: int, before: int | None = None, *, hidden: bool = False
) -> list[NoticeFacts]:
    """Give a person's notices, newest first, older than the id `before`; none about an agency that they hid.

    With `hidden` only those: for the one page that asks for a second factor first.
    """
    wanted = [Notice.person_id == person_id, _hidden(person_id) if hidden else ~_hidden(person_id)]
    if before is not None:
        wanted.append(Notice.id < before)
    rows = work.session.execute(
        select(Notice.id, Notice.kind, Notice.agency_id, Notice.about, Notice.at, Notice.read_at)
        .where(*wanted)
        .order_by(Notice.id.desc())
        .limit(most)
    )
    return [NoticeFacts(*row) for row in rows]


def unread(work: Work, person_id: int) -> int:
    """Count the notices that a person has not marked as read; none about an agency that they hid."""
    return (
        work.session.scalar(
            select(func.count())
            .select_from(Notice)
            .where(Notice.person_id == person_id, Notice.read_at.is_(None), ~_hidden(person_id))
        )
        or 0
    )


def _hidden(person_id: int) -> ColumnElement[bool]:
    return exists().where(Link.agency_id == Notice.agency_id, *_unnamed(person_id))


def _unnamed(person_id: int) -> tuple[ColumnElement[bool], ...]:
    """Give what makes a link one of which nothing is said: hidden by the person, or "not me"."""
    return Link.person_id == person_id, Link.hidden_at.is_not(None) | (Link.state == "disowned")


def hides(work: Work, person_id: int, agency_id: int) -> bool:
    """Say whether a person hid an agency or said "not me": then nothing is sent about it either."""
    return bool(
        work.session.scalar(select(exists().where(Link.agency_id == agency_id, *_unnamed(person_id))))
    )


def ways(work: Work, person_id: int | None, purpose: str) -> list[Way]:
    """Give the addresses to which the portal itself may send something for a purpose."""
    rows = work.session.execute(
        select(Contact.channel, Contact.purposes, Contact.safe_from, Contact.safe_until)
        .where(
            Contact.person_id == person_id,
            Contact.channel.in_(rules.SENDING),
            Contact.confirmed_at.is_not(None),
            Contact.unsafe.is_(False),
        )
        .order_by(Contact.channel)
    )
    found = [
        Way(row.channel, row.purposes.get(purpose, "neutral"), row.safe_from, row.safe_until) for row in rows
    ]
    return [way for way in found if way.how_much != "never"]


def contacts(work: Work, person_id: int | None) -> dict[str, ContactFacts]:
    """Give all four channels of a person, in their order; those of which nothing is known are empty."""
    rows = work.session.execute(select(Contact.__table__).where(Contact.person_id == person_id)).all()
    known = {row.channel: _facts(work, row) for row in rows}
    return {channel: known.get(channel, ContactFacts(channel)) for channel in rules.CHANNELS}


def _facts(work: Work, row) -> ContactFacts:
    kept = work.keys.open_json(contact_place(row.channel, row.person_id), row.document)
    return ContactFacts(
        channel=row.channel,
        address=kept.get("address", ""),
        waiting=kept.get("new", ""),
        note=kept.get("note", ""),
        unsafe=row.unsafe,
        confirmed=row.confirmed_at is not None,
        purposes=row.purposes,
        safe_from=row.safe_from,
        safe_until=row.safe_until,
    )


def contact_place(channel: str, person_id: int) -> Place:
    """Give where a person's address stands."""
    return Place("notices_contact", "document", rules.CHANNELS.index(channel), person_id)


def last_ordinary(work: Work, person_id: int, channel: str) -> Delivery | None:
    """Give the newest message by a channel that is not about safety: later ones may join it, or wait for it."""
    ordinary = list(rules.PURPOSE)
    return work.session.scalars(
        select(Delivery)
        .where(
            Delivery.person_id == person_id,
            Delivery.channel == channel,
            Delivery.kind.in_([*ordinary, "several"]),
        )
        .order_by(Delivery.id.desc())
        .limit(1)
    ).first()


def counts(work: Work) -> dict[str, int]:
    """Count the messages of the last 30 days by state, of the agency whose hat the actor wears."""
    rows = work.session.execute(
        select(Delivery.state, func.count())
        .where(Delivery.agency_id == work.actor.agency_id, Delivery.made_at >= work.now - COUNTED)
        .group_by(Delivery.state)
    )
    return {state: n for state, n in rows}


def parked(work: Work, most: int) -> list[ParkedFacts]:
    """Give the messages that could not be sent, newest first, of the agency whose hat the actor wears."""
    rows = work.session.execute(
        select(
            *(Delivery.id, Delivery.channel, Delivery.fault, Delivery.tries),
            *(Delivery.made_at, Delivery.done_at),
        )
        .where(Delivery.agency_id == work.actor.agency_id, Delivery.state == "parked")
        .order_by(Delivery.id.desc())
        .limit(most)
    )
    return [ParkedFacts(*row) for row in rows]


def reader_of(work: Work, person_id: int) -> identity.Reader | None:
    """Give in what language a person reads, and whether discreetly; None without an account."""
    return identity.reader_of(work, person_id)
