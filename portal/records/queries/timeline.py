"""What happened to a person's records, by time: one event for each version, newest first."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, select

from portal.agencies.queries import catalogue
from portal.agencies.rules import AgencyFacts, TypeFacts
from portal.base import clock
from portal.base.problems import NotThere
from portal.base.statements import fixed
from portal.base.work import Work
from portal.records import rules
from portal.records.models import Record, Version
from portal.records.queries.reach import Reader, is_shown, links_within, reading, within_reach

MOST = 40


@dataclass(frozen=True, slots=True)
class Event:
    """One version of a record. `first`: it is new. `on` is the day in New Zealand on which it was written down."""

    ref: int
    no: int
    agency: AgencyFacts
    type: TypeFacts
    on: date
    changed_by: str

    @property
    def first(self) -> bool:
        """Say whether the record was new."""
        return self.no == 1


@dataclass(frozen=True, slots=True)
class Timeline:
    """A page of events by month, and the agencies by which they can be filtered.

    `next` is the last event that is shown, as (ref of its record, number of its version), where older ones follow.
    """

    months: list[tuple[date, list[Event]]]
    agencies: list[AgencyFacts]
    next: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the timeline is wanted: of one agency, between two days (both count), older than an event."""

    agency_id: int | None = None
    first: date = date.min
    last: date = date.max
    after: tuple[int, int] | None = None


def timeline(work: Work, wanted: Wanted) -> Timeline:
    """Give events of the actor's person, newest first. Two reads, whatever is filtered. Principle 6.

    What is about safety is never among them: this is a page that was not opened for it.
    """
    person_id = work.actor.person_id
    if person_id is None:
        raise NotThere()
    book, links = catalogue(work), links_within(work, person_id)
    named = [one for one in book.agencies if one.id in links and links[one.id].state == "active"]
    if wanted.agency_id not in {one.id for one in named}:
        # One that is not linked, or hidden, or none at all: the same page.
        wanted = replace(wanted, agency_id=None)
    reader, rests_on = reading(work)
    found = work.session.execute(*_events(person_id, rests_on, reader=reader))
    rows = sorted(
        (row for row in found if _fits(book.type(row.agency_id, row.type_key), row, wanted)), key=_key
    )
    rows.reverse()
    start = next((at + 1 for at, row in enumerate(rows) if (row.ref, row.no) == wanted.after), 0)
    shown = rows[start : start + MOST]
    months: dict[date, list[Event]] = {}
    for row in shown:
        kind = book.type(row.agency_id, row.type_key)
        if kind is not None:
            # Who asked for a change is between the person and the agency.
            by = row.changed_by if reader is not Reader.HELPER else "agency"
            event = Event(row.ref, row.no, book.agency(row.agency_id), kind, _day(row), by)
            months.setdefault(event.on.replace(day=1), []).append(event)
    return Timeline(
        list(months.items()),
        named,
        (shown[-1].ref, shown[-1].no) if start + MOST < len(rows) else None,
    )


@fixed
def _events(person_id: Any, rests_on: Any, *, reader: Reader) -> Select:
    """One row per version, without any value."""
    statement = (
        select(
            *(Record.id, Record.ref, Record.agency_id, Record.type_key),
            *(Version.no, Version.changed_by, Version.recorded_on, Version.received_at),
        )
        .join(Version, (Version.person_id == Record.person_id) & (Version.record_id == Record.id))
        .where(Record.person_id == person_id, Version.person_id == person_id)
    )
    return within_reach(statement, person_id, reader, rests_on)


def _fits(kind: TypeFacts | None, row: Row, wanted: Wanted) -> bool:
    return (
        kind is not None
        and is_shown(row, kind)
        and rules.in_timelines(kind.sensitivity)
        and wanted.agency_id in (None, row.agency_id)
        and wanted.first <= _day(row) <= wanted.last
    )


def _day(row: Row) -> date:
    return row.recorded_on or clock.nz_date(row.received_at)


def _key(row: Row) -> tuple[date, int, int]:
    return _day(row), row.id, row.no
