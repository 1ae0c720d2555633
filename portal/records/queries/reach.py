"""Who reads: what a link opens to the person, to those they share with, and to the agency's own staff."""

from enum import Enum
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, literal

from portal.agencies.models import Link
from portal.agencies.queries import LinkFacts, links_of, reached
from portal.agencies.rules import TypeFacts, shows
from portal.base.problems import NotThere
from portal.base.work import Work
from portal.delegations.models import Helper, Order, OrderScope, Scope
from portal.records.models import Record
from portal.records.rules import STAFF_STATES


class Reader(Enum):
    """For whom records are read.

    A record of which nothing may be said (`silent`, Privacy Act 2020 section 47) is there for STAFF alone.
    PERSON: their link is live, proved well enough for the type, and not hidden. RECIPIENT of a share: the same,
    but what the person hid on their own screens goes on. HELPER: what PERSON may, and of that only the groups that
    the person chose for this helper. STAFF: of the agency that holds the record, and no other; also what was set
    aside after a wrong link.
    """

    PERSON = "person"
    RECIPIENT = "recipient"
    HELPER = "helper"
    STAFF = "staff"


def reader_of(work: Work, person_id: int) -> Reader:
    """Say as whom the actor reads a share of this person: as themselves, or as somebody it was given to."""
    own = work.actor.person_id == person_id and work.actor.agency_id is None and work.actor.helping is None
    return Reader.PERSON if own else Reader.RECIPIENT


def reading(work: Work, reader: Reader = Reader.PERSON) -> tuple[Reader, int | None]:
    """Say as whom the actor reads, and what that rests on: never more than the actor may, whatever is asked for.

    It rests on the actor's agency for STAFF, and on the helper's id for HELPER; else on nothing. Whoever helps
    somebody is a HELPER wherever the person, or one with whom they share, would read. Raises NotThere.
    """
    helping = work.actor.helping
    if helping is not None:
        if reader is Reader.STAFF or not helping.live:
            raise NotThere()
        return Reader.HELPER, helping.id
    if reader is Reader.STAFF:
        if work.actor.agency_id is None:
            raise NotThere()
        return reader, work.actor.agency_id
    return reader, None


def chosen(person_id: Any, helper_id: Any, agency_id: Any, type_key: Any) -> ColumnElement[bool]:
    """Say in SQL that a helper may see a group, records of one type at one agency, and no order says otherwise."""
    ticked = exists().where(
        Scope.person_id == person_id,
        Scope.helper_id == helper_id,
        Scope.agency_id == agency_id,
        Scope.type_key == type_key,
    )
    return ticked & ~barred(person_id, helper_id, agency_id, type_key)


def barred(person_id: Any, helper_id: Any, agency_id: Any, *type_keys: Any) -> ColumnElement[bool]:
    """Say in SQL that an order at an agency keeps everything, or one of these types, from whoever this helper is.

    It goes before every right, also before the person's own choice of a helper (security.md T28).
    """
    return exists().where(
        Helper.person_id == person_id,
        Helper.id == helper_id,
        Order.person_id == person_id,
        Order.agency_id == agency_id,
        Order.account_id == Helper.account_id,
        Order.lifted_at.is_(None),
        OrderScope.person_id == person_id,
        OrderScope.order_id == Order.id,
        OrderScope.type_key.in_(("", *type_keys)),
    )


def links_within(work: Work, person_id: int) -> dict[int, LinkFacts]:
    """Give the links that the actor's pages may name, by agency id. One read.

    To a helper those of agencies of which a group was chosen, and no link in doubt: that is the person's own matter.
    """
    reader, rests_on = reading(work)
    if reader is not Reader.HELPER:
        return links_of(work, person_id)
    named = exists().where(
        Scope.person_id == person_id, Scope.helper_id == rests_on, Scope.agency_id == Link.agency_id
    )
    open_to_them = named & ~barred(person_id, rests_on, Link.agency_id)
    return links_of(work, person_id, Link.state == "active", open_to_them)


def within_reach(statement: Select, person_id: Any, reader: Reader, rests_on: Any = None) -> Select:
    """Bind a statement over records to what a reader may reach, and add the column `strength`.

    `rests_on` is what the reader's right rests on, as `reading` gives it.

    Here a silent record leaves every read of the person and of those they share with, before anything is opened.
    Rows must then be asked with `is_shown`, because which types need a stronger proof stands in the catalogue.
    """
    if reader is Reader.STAFF:
        return statement.add_columns(literal("verified").label("strength")).where(
            Record.agency_id == rests_on, Record.state.in_(STAFF_STATES)
        )
    statement = (
        statement.add_columns(Link.strength)
        .join(Link, (Link.person_id == Record.person_id) & (Link.agency_id == Record.agency_id))
        .where(Link.person_id == person_id, Link.state == "active", Record.state == "live")
    )
    if reader is Reader.RECIPIENT:
        return statement
    statement = statement.where(Link.hidden_at.is_(None))
    if reader is Reader.HELPER:
        return statement.where(chosen(person_id, rests_on, Record.agency_id, Record.type_key))
    return statement


def reached_record(person_id: Any, agency_id: Any, record_id: Any) -> ColumnElement[bool]:
    """Say in SQL, of three columns, that a person's screens may show what is about this record."""
    live = exists().where(Record.person_id == person_id, Record.id == record_id, Record.state == "live")
    return live & reached(person_id, agency_id)


def is_shown(row: Any, kind: TypeFacts | None) -> bool:
    """Say whether a row's link is proved well enough for its type."""
    return kind is not None and shows(row.strength, kind.sensitivity)
