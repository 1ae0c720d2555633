"""Loads records with a fixed number of statements, whatever the number of agencies and records."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from portal.agencies.queries import Catalogue, catalogue
from portal.agencies.rules import TypeFacts
from portal.base import clock
from portal.base.crypto import Place
from portal.base.problems import NotThere
from portal.base.statements import fixed
from portal.base.work import Work
from portal.records import rules
from portal.records.models import Record, Version
from portal.records.queries.beside import put_parts
from portal.records.queries.reach import Reader, is_shown, reading, within_reach
from portal.records.queries.views import Line, RecordView, VersionFacts

MOST = 20
_NEVER = date.min
NEWEST_FIRST = (Record.recorded_on.desc().nulls_last(), Record.id.desc())


def version_place(column: str, no: int, record_id: int, person_id: int, agency_id: int) -> Place:
    """Give where a sealed body or reason of a version stands; `column` is body or why."""
    return Place("records_version", f"{column}/{no}", record_id, person_id, agency_id)


def show(work: Work, ref: int, person_id: int | None = None) -> RecordView:
    """Give one record with its older versions: the actor's own, or a person's to the actor's agency's staff.

    Staff see what their own agency holds, whatever became of the link. Raises NotThere. Three reads, keys
    included. Privacy Act 2020 principle 6.
    """
    reader = Reader.PERSON if person_id is None else Reader.STAFF
    found = load(work, _person(work, person_id), ref=[ref], history=True, reader=reader)
    if not found:
        raise NotThere()
    return found[0]


def for_record_ids(
    work: Work,
    person_id: int,
    record_ids: Iterable[int],
    reader: Reader = Reader.PERSON,
    history: bool = False,
) -> list[RecordView]:
    """Give some records of a person, newest first; their older versions only with `history`.

    Ids that are unknown, or that the reader's links do not open, are left out.
    """
    return load(work, person_id, id=list(record_ids), reader=reader, history=history)


def for_refs(work: Work, refs: Iterable[int | None]) -> list[RecordView]:
    """Give some records of the actor's person, newest first, as `for_record_ids` does."""
    return load(work, _person(work, None), ref=[ref for ref in refs if ref is not None])


def all_shareable(work: Work) -> list[RecordView]:
    """Give all records of the actor's person, newest first, without older versions.

    Records of `safety` types are among them: a share may hold those only when named one by one.
    """
    return load(work, _person(work, None))


def held_by(work: Work, person_id: int, after: int | None = None) -> tuple[list[RecordView], int | None]:
    """Give what the actor's agency holds about a person, newest first, whatever became of the link.

    For a member of its staff who may see the person's file. Twenty at a time: the ref of the last comes along where
    older ones follow; `after` is such a ref.
    """
    # What a wrong link brought and was set aside is another client's: never read as this person's.
    states = ("live", rules.SILENT)
    statement = statement_of(person_id, Record.state.in_(states), Version.no == Record.version_no)
    if after is not None:
        statement = statement.where(is_older(person_id, after, states))
    bound = within_reach(statement.limit(MOST + 1), person_id, *reading(work, Reader.STAFF))
    rows = work.session.execute(bound).all()
    views = views_of(work, person_id, rows[:MOST], reader=Reader.STAFF)
    return views, rows[MOST - 1].ref if len(rows) > MOST else None


def load(
    work: Work, person_id: int, *, history: bool = False, reader: Reader = Reader.PERSON, **among: list[int]
) -> list[RecordView]:
    """Give the records of a person that a reader's links open, newest first.

    `among` may name a column of records (ref, id or agency_id), and of what its value must be one.
    """
    by, values = next(iter(among.items()), (None, []))
    reader, rests_on = reading(work, reader)
    # What stood there before it was put right is the person's own to show.
    history = history and reader is not Reader.HELPER
    statement = _reached(person_id, rests_on, values, by=by, history=history, reader=reader)
    return views_of(work, person_id, work.session.execute(*statement).all(), history, reader)


@fixed
def _reached(
    person_id: Any, rests_on: Any, values: Any, *, by: str | None, history: bool, reader: Reader
) -> Select:
    conditions = [getattr(Record, by).in_(values)] if by else []
    if not history:
        conditions.append(Version.no == Record.version_no)
    return within_reach(statement_of(person_id, *conditions), person_id, reader, rests_on)


def statement_of(person_id: Any, *conditions: Any) -> Select:
    """Give the statement that reads a person's records with their versions, newest first.

    It still has to be bound by `within_reach`.
    """
    return (
        select(
            *(Record.id, Record.ref, Record.agency_id, Record.type_key, Record.changed_at, Record.version_no),
            Record.recorded_on.label("record_on"),
            *(Version.no, Version.body, Version.why, Version.changed_by),
            *(Version.recorded_on, Version.received_at),
        )
        .join(Version, (Version.person_id == Record.person_id) & (Version.record_id == Record.id))
        .where(Record.person_id == person_id, Version.person_id == person_id)
        .where(*conditions)
        .order_by(*NEWEST_FIRST, Version.no)
    )


def is_older(person_id: int, after: int, states: tuple[str, ...] = ("live",)) -> ColumnElement[bool]:
    """Say in SQL that a record comes after that of a ref in the order of `statement_of`."""
    last = aliased(Record)
    one = (last.person_id == person_id, last.ref == after, last.state.in_(states))
    on = select(func.coalesce(last.recorded_on, _NEVER)).where(*one).scalar_subquery()
    number = select(last.id).where(*one).scalar_subquery()
    key = func.coalesce(Record.recorded_on, _NEVER)
    return or_(key < on, and_(key == on, Record.id < number))


def views_of(
    work: Work,
    person_id: int,
    found: Iterable[Row],
    history: bool = False,
    reader: Reader = Reader.PERSON,
) -> list[RecordView]:
    """Open the rows of `statement_of`, in their order, with what stands beside each value: one more read."""
    book, (reader, _) = catalogue(work), reading(work, reader)
    rows: dict[int, list[Row]] = {}
    for row in found:
        rows.setdefault(row.id, []).append(row)
    views = {
        record_id: view
        for record_id, its in rows.items()
        if (view := _view(work, book, person_id, its, history)) is not None
    }
    put_parts(work, person_id, views, reader)
    return list(views.values())


def _person(work: Work, person_id: int | None) -> int:
    person_id = person_id or work.actor.person_id
    if person_id is None:
        raise NotThere()
    return person_id


def _view(work: Work, book: Catalogue, person_id: int, rows: list[Row], history: bool) -> RecordView | None:
    last = rows[-1]
    kind = book.type(last.agency_id, last.type_key)
    if kind is None or not is_shown(last, kind):
        return None
    opened = [_open(work, person_id, row, "body") for row in rows]
    body = opened[-1]
    view = RecordView(
        person_id=person_id,
        id=last.id,
        ref=last.ref,
        agency=book.agency(last.agency_id),
        type=kind,
        recorded_on=last.record_on,
        changed_at=last.changed_at,
        changed_by=last.changed_by,
        version_no=last.version_no,
        why=_open(work, person_id, last, "why"),
        body=body,
        lines=[Line(one, body.get(key, rules.ABSENT)) for key, one in kind.fields.items()],
    )
    for slug in {one.held_at for one in kind.fields.values() if one.held_at}:
        holder = book.by_slug(slug)
        if holder is not None and holder.id != last.agency_id:
            view.holders[slug] = holder.name
    if history:
        view.versions = _versions(work, person_id, kind, rows, opened)
    return view


def _open(work: Work, person_id: int, row: Row, column: str) -> dict[str, Any]:
    place = version_place(column, row.no, row.id, person_id, row.agency_id)
    return work.keys.open_json(place, getattr(row, column))


def _versions(
    work: Work, person_id: int, kind: TypeFacts, rows: list[Row], bodies: list[dict]
) -> list[VersionFacts]:
    versions = []
    for place, row in enumerate(rows):
        changed = rules.differences(bodies[place - 1], bodies[place]) if place else {}
        versions.append(
            VersionFacts(
                no=row.no,
                changed_by=row.changed_by,
                on=row.recorded_on or clock.nz_date(row.received_at),
                reason=_open(work, person_id, row, "why").get("reason") or "",
                changes=[
                    (Line(kind.fields[key], before), Line(kind.fields[key], after))
                    for key, (before, after) in changed.items()
                    if key in kind.fields
                ],
            )
        )
    return versions[::-1]
