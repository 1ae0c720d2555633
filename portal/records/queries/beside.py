"""Puts beside each value of a record what must be read with it: statements, marks, withheld parts, notes."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, select

from portal.base import clock
from portal.base.crypto import Place
from portal.base.problems import NotThere
from portal.base.statements import fixed
from portal.base.work import Work
from portal.delegations.rules.authority import PARENT
from portal.records.models import Part
from portal.records.queries.reach import Reader
from portal.records.queries.views import (
    DisclosureFacts,
    NoteFacts,
    RecordView,
    StatementFacts,
    WithheldFacts,
    as_day,
)

NEVER_SHOWN = ("unsaid", "silent")
"""Kinds of parts that leave no trace on any page of the person (Privacy Act 2020 section 47)."""
OWN = ("note",)
"""Kinds of parts that nobody but the person reads."""
BEHIND = ("awaited",)
"""Kinds of parts that are for what comes in, and not for a page."""
BETWEEN = ("withheld", "disclosure", "came-back", "right", "edit")
"""Kinds of parts that are between the person and the agency, and nobody's who helps."""
ABOUT = "about"
"""Kind of a part that says: this passage is about one who acts for the person, and about nobody else."""
UNASKED = ("note-shown",)
"""Kinds of parts that the person shows to those whom they chose: not to who acts by an authority."""


def part_place(part_id: int, person_id: int, agency_id: int) -> Place:
    """Give where the sealed words of a part stand."""
    return Place("records_part", "body", part_id, person_id, agency_id)


def earlier_notes(work: Work, view: RecordView, field: str) -> list[dict[str, Any]]:
    """Give what the actor's note beside a value said before, newest first, as {text, lang, at}; `at` is aware UTC.

    One read. Raises NotThere for a record of somebody else.
    """
    if view.person_id != work.actor.person_id:
        raise NotThere()
    parts = work.session.execute(
        select(Part.id, Part.agency_id, Part.body).where(
            Part.person_id == view.person_id,
            Part.record_id == view.id,
            Part.kind.in_(("note", "note-shown")),
            Part.field == field,
            Part.ended_at.is_(None),
        )
    )
    found: list[dict[str, Any]] = []
    for part in parts:
        place = part_place(part.id, view.person_id, part.agency_id)
        found += work.keys.open_json(place, part.body).get("earlier", [])
    return [{**one, "at": datetime.fromisoformat(one["at"])} for one in reversed(found)]


def put_parts(work: Work, person_id: int, views: dict[int, RecordView], reader: Reader) -> None:
    """Put beside each value what must be read with it, and sort out the fields that say nothing. One read."""
    if not views:
        return
    unread = NEVER_SHOWN + (() if reader is Reader.PERSON else OWN)
    rows = work.session.execute(*_parts(person_id, list(views), unread + _further(work, reader))).all()
    parts = [
        (part, work.keys.open_json(part_place(part.id, person_id, part.agency_id), part.body))
        for part in rows
    ]
    if reader is Reader.HELPER:
        _for_a_helper(work, views, parts)
    for part, body in parts:
        if part.kind == ABOUT:
            views[part.record_id].about.append((part.field, body["helper"]))
        elif views[part.record_id].shows_beside(part.field):
            _PUT[part.kind](views[part.record_id], part, body)
    for view in views.values():
        view.disclosures.sort(key=lambda one: one.on or date.min, reverse=True)
        view.unrecorded = [line.field for line in view.lines if line.bare]
        view.lines = [line for line in view.lines if not line.bare]


def _further(work: Work, reader: Reader) -> tuple[str, ...]:
    """Name the further kinds of parts that a reader does not get."""
    if reader is not Reader.HELPER:
        return BEHIND if reader is Reader.STAFF else (*BEHIND, ABOUT)
    chosen = work.actor.helping is None or not work.actor.helping.by_authority
    return BEHIND + BETWEEN + (() if chosen else UNASKED)


def _for_a_helper(work: Work, views: dict[int, RecordView], parts: list[tuple[Row, dict]]) -> None:
    """Take from each record what its helper does not see; a passage about the helper alone stays."""
    helping = work.actor.helping
    theirs = {
        (part.record_id, part.field)
        for part, body in parts
        if part.kind == ABOUT and helping is not None and body.get("helper") == str(helping.id)
    }
    parent = helping is not None and helping.kind == PARENT
    for record_id, view in views.items():
        view.for_a_helper(parent, [field for number, field in theirs if number == record_id])


@fixed
def _parts(person_id: Any, record_ids: Any, unread: Any) -> Select:
    return (
        select(Part.id, Part.record_id, Part.agency_id, Part.kind, Part.field, Part.body, Part.at)
        .where(Part.person_id == person_id, Part.record_id.in_(record_ids))
        .where(Part.ended_at.is_(None), Part.kind.not_in(unread))
        .order_by(Part.id)
    )


def _put_statement(view: RecordView, part: Row, body: dict) -> None:
    said = StatementFacts(body["text"], body["lang"], clock.nz_date(part.at), body.get("request_ref"))
    line = view.line(part.field)
    (line.statements if line else view.statements).append(said)


def _put_note(view: RecordView, part: Row, body: dict) -> None:
    note = NoteFacts(body["text"], body["lang"], clock.nz_date(part.at), part.kind == "note-shown")
    line = view.line(part.field)
    if line:
        line.note = note
    else:
        view.note = note


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
        line.came_back_on = _day(part.at)


def _put_right(view: RecordView, part: Row, _body: dict) -> None:
    line = view.line(part.field)
    if line:
        line.right_on = _day(part.at)


def _put_edit(view: RecordView, part: Row, body: dict) -> None:
    line = view.line(part.field)
    if line:
        line.edited_on, line.edit_due_on = _day(part.at), as_day(body.get("due_on"))


def _day(at: datetime) -> date:
    return clock.nz_date(at)


_PUT = {
    "statement": _put_statement,
    "note": _put_note,
    "note-shown": _put_note,
    "review": _put_review,
    "withheld": _put_withheld,
    "disclosure": _put_disclosure,
    "came-back": _put_came_back,
    "right": _put_right,
    "edit": _put_edit,
}
