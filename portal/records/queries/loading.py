"""Loads records with a fixed number of statements, whatever the number of agencies and records."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, select

from portal.agencies.queries import Catalogue, catalogue
from portal.agencies.rules import TypeFacts
from portal.base import clock
from portal.base.crypto import Place
from portal.base.problems import NotThere
from portal.base.work import Work
from portal.records import rules
from portal.records.models import Part, Record, Version
from portal.records.queries.reach import Reader, is_shown, within_reach
from portal.records.queries.views import (
    DisclosureFacts,
    Line,
    RecordView,
    StatementFacts,
    VersionFacts,
    WithheldFacts,
    as_day,
)

NEVER_SHOWN = ("unsaid",)
"""Kinds of parts that leave no trace on any page of the person (Privacy Act 2020 section 47)."""


def version_place(column: str, no: int, record_id: int, person_id: int, agency_id: int) -> Place:
    """Give where a sealed body or reason of a version stands; `column` is body or why."""
    return Place("records_version", f"{column}/{no}", record_id, person_id, agency_id)


def part_place(part_id: int, person_id: int, agency_id: int) -> Place:
    """Give where the sealed words of a part stand."""
    return Place("records_part", "body", part_id, person_id, agency_id)


def show(work: Work, ref: int, person_id: int | None = None) -> RecordView:
    """Give one record with its older versions: the actor's own, or a person's to the actor's agency's staff.

    Staff see what their own agency holds, whatever became of the link. Raises NotThere. Three reads, keys
    included. Privacy Act 2020 principle 6.
    """
    reader = Reader.PERSON if person_id is None else Reader.STAFF
    found = load(work, _person(work, person_id), Record.ref == ref, history=True, reader=reader)
    if not found:
        raise NotThere()
    return found[0]


def for_record_ids(
    work: Work, person_id: int, record_ids: Iterable[int], reader: Reader = Reader.PERSON
) -> list[RecordView]:
    """Give some records of a person, newest first, without older versions.

    Ids that are unknown, or that the reader's links do not open, are left out.
    """
    return load(work, person_id, Record.id.in_(list(record_ids)), reader=reader)


def all_shareable(work: Work) -> list[RecordView]:
    """Give all records of the actor's person, newest first, without older versions.

    Records of `safety` types are among them: a share may hold those only when named one by one.
    """
    return load(work, _person(work, None))


def held_by(work: Work, person_id: int) -> list[RecordView]:
    """Give all that the actor's agency holds about a person, newest first, whatever became of the link.

    For a member of its staff who may see the person's file.
    """
    # What a wrong link brought and was set aside is another client's: never read as this person's.
    return load(work, person_id, Record.state == "live", reader=Reader.STAFF)


def load(
    work: Work,
    person_id: int,
    *conditions: Any,
    history: bool = False,
    reader: Reader = Reader.PERSON,
) -> list[RecordView]:
    """Give the records of a person that meet the conditions and that a reader's links open, newest first."""
    reached = within_reach(work, statement_of(person_id, *conditions), person_id, reader)
    if not history:
        reached = reached.where(Version.no == Record.version_no)
    return views_of(work, person_id, work.session.execute(reached).all(), history)


def statement_of(person_id: int, *conditions: Any) -> Select:
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
        .order_by(Record.recorded_on.desc().nulls_last(), Record.id.desc(), Version.no)
    )


def views_of(work: Work, person_id: int, found: Iterable[Row], history: bool = False) -> list[RecordView]:
    """Open the rows of `statement_of`, in their order, with what stands beside each value: one more read."""
    book = catalogue(work)
    rows: dict[int, list[Row]] = {}
    for row in found:
        rows.setdefault(row.id, []).append(row)
    views = {
        record_id: view
        for record_id, its in rows.items()
        if (view := _view(work, book, person_id, its, history)) is not None
    }
    _put_parts(work, person_id, views)
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


def _put_parts(work: Work, person_id: int, views: dict[int, RecordView]) -> None:
    """Put beside each value what must be read with it, and sort out the fields that say nothing."""
    if not views:
        return
    statement = (
        select(Part.id, Part.record_id, Part.agency_id, Part.kind, Part.field, Part.body, Part.at)
        .where(Part.person_id == person_id, Part.record_id.in_(list(views)))
        .where(Part.ended_at.is_(None), Part.kind.not_in(NEVER_SHOWN))
        .order_by(Part.id)
    )
    for part in work.session.execute(statement):
        body = work.keys.open_json(part_place(part.id, person_id, part.agency_id), part.body)
        _PUT[part.kind](views[part.record_id], part, body)
    for view in views.values():
        view.disclosures.sort(key=lambda one: one.on or date.min, reverse=True)
        view.unrecorded = [line.field for line in view.lines if line.bare]
        view.lines = [line for line in view.lines if not line.bare]


def _put_statement(view: RecordView, part: Row, body: dict) -> None:
    said = StatementFacts(body["text"], body["lang"], clock.nz_date(part.at), body.get("request_ref"))
    line = view.line(part.field)
    (line.statements if line else view.statements).append(said)


def _put_review(view: RecordView, part: Row, body: dict) -> None:
    line = view.line(part.field)
    if line:
        line.review_ref = body["request_ref"]
    if body["request_ref"] not in view.review_refs:
        view.review_refs.append(body["request_ref"])


def _put_withheld(view: RecordView, part: Row, body: dict) -> None:
    kept = WithheldFacts(
        field=part.field,
        lines=int(body.get("lines") or 0),
        ground=str(body.get("ground") or ""),
        plain=body.get("plain") or "",
        decided_by=body.get("decided_by") or "",
        decided_on=as_day(body.get("decided_on")),
    )
    view.withheld.append(kept)
    line = view.line(part.field)
    if line:
        line.withheld.append(kept)


def _put_disclosure(view: RecordView, _part: Row, body: dict) -> None:
    view.disclosures.append(
        DisclosureFacts(
            as_day(body.get("on")), body.get("to") or "", body.get("why") or "", body.get("law") or ""
        )
    )


def _put_came_back(view: RecordView, part: Row, _body: dict) -> None:
    line = view.line(part.field)
    if line:
        line.came_back_on = clock.nz_date(part.at)


_PUT = {
    "statement": _put_statement,
    "review": _put_review,
    "withheld": _put_withheld,
    "disclosure": _put_disclosure,
    "came-back": _put_came_back,
}
