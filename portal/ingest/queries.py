"""Reads of ingest: what stands beside a record already, what is held back, and when a record was written."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from portal.agencies import queries as agencies
from portal.agencies.models import Client, Link
from portal.agencies.rules import contradicted
from portal.base.crypto import SYSTEM_OWNER, Place
from portal.base.problems import NotThere
from portal.base.work import Work
from portal.identity import queries as identity
from portal.identity.models import Person
from portal.ingest.models import Held, Settlement
from portal.records.models import Part, Record
from portal.records.queries import part_place

SAID = ("withheld", "unsaid", "disclosure")


def said_of(work: Work, person_id: int, record_id: int) -> list[tuple[str, dict[str, Any]]]:
    """Give (field, details) of each withheld part and disclosure that stands beside a record."""
    rows = work.session.execute(
        select(Part.id, Part.field, Part.agency_id, Part.body).where(
            Part.person_id == person_id,
            Part.record_id == record_id,
            Part.kind.in_(SAID),
            Part.ended_at.is_(None),
        )
    )
    return [
        (row.field, work.keys.open_json(part_place(row.id, person_id, row.agency_id), row.body))
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class LinkSaid:
    """What the link to a client says: since when (aware UTC), how it was proved, and the other name that staff took.

    `contradicts` names what was sent that is not the linked person's: name, birth_date. `person_id` stays here.
    """

    person_id: int
    linked_at: datetime
    strength: str
    known_as: str
    contradicts: tuple[str, ...]
    full_name: str
    born: date


@dataclass(frozen=True, slots=True)
class HeldFacts:
    """Something held back: its row's ids, when it came (aware UTC), and what was sent, opened.

    `proposed_by` is the account of a worker who wants it shown, 0 for nobody; `proposed_why` what they wrote.
    """

    id: int
    ref: int
    received_at: datetime
    facts: dict[str, Any]
    proposed_by: int = 0
    proposed_why: str = ""


def held_place(row_id: int, agency_id: int) -> Place:
    """Give where stands what was sent and held back."""
    return Place("ingest_held", "body", row_id, SYSTEM_OWNER, agency_id)


def settlement_place(row_id: int, agency_id: int) -> Place:
    """Give where stands what a worker wrote about something held back."""
    return Place("ingest_settlement", "words", row_id, SYSTEM_OWNER, agency_id)


def held_one(work: Work, ref: int) -> HeldFacts:
    """Give something held back at the actor's agency that nobody has settled: two reads. Raises NotThere."""
    mine = (Settlement.agency_id == Held.agency_id) & (Settlement.held_id == Held.id)
    rows = work.session.execute(
        select(
            *(Held.id, Held.ref, Held.agency_id, Held.received_at, Held.body),
            *(Settlement.id.label("said_id"), Settlement.at, Settlement.account_id, Settlement.words),
        )
        .outerjoin(Settlement, mine & (Settlement.at >= Held.received_at))
        .where(Held.agency_id == work.actor.agency_id, Held.ref == ref, Held.settled_at.is_(None))
        .order_by(Settlement.id.desc())
    ).first()
    if work.actor.agency_id is None or rows is None:
        raise NotThere()
    facts = work.keys.open_json(held_place(rows.id, rows.agency_id), rows.body)
    if rows.said_id is None:
        return HeldFacts(rows.id, rows.ref, rows.received_at, facts)
    why = work.keys.open_json(settlement_place(rows.said_id, rows.agency_id), rows.words)["why"]
    return HeldFacts(rows.id, rows.ref, rows.received_at, facts, rows.account_id, why)


def held_of(work: Work, most: int) -> list[HeldFacts]:
    """Give what is held back at the actor's agency and not settled, the newest first: two reads."""
    rows = work.session.execute(
        select(Held.id, Held.ref, Held.agency_id, Held.received_at, Held.body)
        .where(Held.agency_id == work.actor.agency_id, Held.settled_at.is_(None))
        .order_by(Held.received_at.desc(), Held.id)
        .limit(most)
    )
    return [
        HeldFacts(
            row.id, row.ref, row.received_at, work.keys.open_json(held_place(row.id, row.agency_id), row.body)
        )
        for row in rows
    ]


def link_said(
    work: Work, agency_id: int, fingerprint: bytes, names: tuple[str, ...], born: date | None
) -> LinkSaid | None:
    """Give what the live link to a client says beside a name and birth date; None where nobody is linked. Two reads."""
    row = work.session.execute(
        select(Link.person_id, Link.pairwise_id, Link.linked_at, Link.strength, Link.held, Person.full_name,
               Person.birth_date)
        .join(Client, (Client.person_id == Link.person_id) & (Client.agency_id == Link.agency_id))
        .join(Person, Person.person_id == Link.person_id)
        .where(Client.agency_id == agency_id, Client.fingerprint == fingerprint, Link.state == "active")
    ).first()  # fmt: skip
    if row is None:
        return None
    own = identity.open_name(work, row.person_id, row.full_name)
    day = work.keys.open(Place("identity_person", "birth_date", row.person_id, row.person_id), row.birth_date)
    known = [(own, date.fromisoformat(day))]
    if row.held is not None:
        place = agencies.held_place(row.pairwise_id, row.person_id, agency_id)
        kept = work.keys.open_json(place, row.held)
        known.append((kept["name"], date.fromisoformat(kept["birth_date"])))
    said = contradicted(names, born, known)
    known_as = known[1][0] if len(known) > 1 else ""
    return LinkSaid(row.person_id, row.linked_at, row.strength, known_as, said, *known[0])


def record_facts(work: Work, person_id: int, record_id: int) -> tuple[int, date | None]:
    """Give a record's ref and the agency's own day of what is held now."""
    row = work.session.execute(
        select(Record.ref, Record.recorded_on).where(Record.person_id == person_id, Record.id == record_id)
    ).one()
    return row.ref, row.recorded_on
