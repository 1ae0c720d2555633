"""Who reads: what a link opens to the person, to those they share with, and to the agency's own staff."""

from enum import Enum
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, literal

from portal.agencies.models import Link
from portal.agencies.queries import reached
from portal.agencies.rules import TypeFacts, shows
from portal.base.work import Work
from portal.records.models import Record
from portal.records.rules import STAFF_STATES


class Reader(Enum):
    """For whom records are read.

    A record of which nothing may be said (`silent`, Privacy Act 2020 section 47) is there for STAFF alone.
    PERSON: their link is live, proved well enough for the type, and not hidden. RECIPIENT of a share: the same,
    but what the person hid on their own screens goes on. STAFF: of the agency that holds the record, and no other;
    also what was set aside after a wrong link.
    """

    PERSON = "person"
    RECIPIENT = "recipient"
    STAFF = "staff"


def reader_of(work: Work, person_id: int) -> Reader:
    """Say as whom the actor reads a share of this person: as themselves, or as somebody it was given to."""
    own = work.actor.person_id == person_id and work.actor.agency_id is None
    return Reader.PERSON if own else Reader.RECIPIENT


def within_reach(statement: Select, person_id: Any, reader: Reader, agency_id: Any = None) -> Select:
    """Bind a statement over records to what a reader may reach, and add the column `strength`.

    `agency_id` is that of the actor, for STAFF.

    Here a silent record leaves every read of the person and of those they share with, before anything is opened.
    Rows must then be asked with `is_shown`, because which types need a stronger proof stands in the catalogue.
    """
    if reader is Reader.STAFF:
        return statement.add_columns(literal("verified").label("strength")).where(
            Record.agency_id == agency_id, Record.state.in_(STAFF_STATES)
        )
    statement = (
        statement.add_columns(Link.strength)
        .join(Link, (Link.person_id == Record.person_id) & (Link.agency_id == Record.agency_id))
        .where(Link.person_id == person_id, Link.state == "active", Record.state == "live")
    )
    return statement.where(Link.hidden_at.is_(None)) if reader is Reader.PERSON else statement


def reached_record(person_id: Any, agency_id: Any, record_id: Any) -> ColumnElement[bool]:
    """Say in SQL, of three columns, that a person's screens may show what is about this record."""
    live = exists().where(Record.person_id == person_id, Record.id == record_id, Record.state == "live")
    return live & reached(person_id, agency_id)


def is_shown(row: Any, kind: TypeFacts | None) -> bool:
    """Say whether a row's link is proved well enough for its type."""
    return kind is not None and shows(row.strength, kind.sensitivity)
