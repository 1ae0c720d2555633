"""Verbs of records: receive what an agency sends, correct it, and put beside it what must be read with it."""

from collections.abc import Collection
from datetime import date
from typing import Any

from portal.base import clock, ids
from portal.base.problems import NotThere
from portal.base.work import Work
from portal.records import rules
from portal.records.models import Record
from portal.records.service.awaiting import awaited_came
from portal.records.service.editing import taken_over, waiting_fields
from portal.records.service.rows import (
    WHOLE,
    add_part,
    add_version,
    bodies,
    by_source,
    fingerprint,
    newest,
    open_parts,
    open_version,
    part_body,
    record_of,
)


def receive(
    work: Work,
    person_id: int,
    agency_id: int,
    type_key: str,
    source_id: str,
    body: dict[str, Any],
    *,
    recorded_on: date | None = None,
    why: dict[str, Any] | None = None,
    changed_by: str = "agency",
) -> str:
    """Take one record as an agency sends it, and say what it was: new, changed, unchanged or came-back.

    `body` was checked against its type by the caller; `recorded_on` is the agency's day (New Zealand).
    `why` may hold `source` ({from, who, on, sentence}), `reason` and `third_party`. `came-back` means that the
    feed brought a value which a correction had replaced: the corrected value stands, other news is taken.
    The same old value again is `unchanged`, so that it is told once. Privacy Act 2020 principles 7 and 8.
    """
    source = work.keys.digest("record-source", f"{person_id}\x1f{agency_id}\x1f{type_key}\x1f{source_id}")
    record = by_source(work, person_id, agency_id, type_key, source)
    why = why or {}
    if record is None:
        record = Record(
            person_id=person_id,
            id=work.new_id(),
            ref=ids.random63(),
            agency_id=agency_id,
            type_key=type_key,
            source_fingerprint=source,
            recorded_on=recorded_on,
            changed_at=work.now,
            version_no=0,
            state="live",
        )
        work.session.add(record)
        add_version(work, record, body, why, changed_by, recorded_on)
        return "new"
    return _receive_again(work, record, body, why, changed_by, recorded_on)


def correct(
    work: Work, person_id: int, record_id: int, changes: dict[str, Any], why: dict[str, Any] | None = None
) -> None:
    """Put values right after a request: a new version by "correction". A value of None takes the field out.

    Nothing is written where every value is already so. Raises NotThere. Privacy Act 2020 principle 7, section 63.
    """
    record = record_of(work, person_id, record_id)
    present = open_version(work, newest(work, record))
    body = {key: value for key, value in {**present, **changes}.items() if value is not None}
    if rules.differences(present, body):
        add_version(work, record, body, why or {}, "correction", clock.nz_date(work.now))


def attach_statement(
    work: Work, person_id: int, record_id: int, field: str, text: str, lang: str, request_ref: int
) -> None:
    """Attach a person's own words to a value, or to the whole record (field ""), for good.

    `lang` is a language tag such as `sm`. Whatever shows the value shows the words too. Raises NotThere.
    Privacy Act 2020 principle 7(3)-(4), section 64.
    """
    body = {"text": text, "lang": lang, "request_ref": request_ref}
    add_part(work, record_of(work, person_id, record_id), "statement", field, body)


def take_off_statement(work: Work, person_id: int, record_id: int, field: str, request_ref: int) -> None:
    """Take the words that a request put beside a value away from it; what it said is kept. Raises NotThere.

    Only two people together may decide this, with a reason (section 64).
    """
    for part in open_parts(work, record_of(work, person_id, record_id), "statement"):
        if part.field == field and part_body(work, part)["request_ref"] == request_ref:
            part.ended_at = work.now


def begin_review(work: Work, person_id: int, record_id: int, fields: list[str], request_ref: int) -> None:
    """Mark values as being looked at, from a request until its decision. Raises NotThere. Principle 8."""
    record = record_of(work, person_id, record_id)
    for field in fields or [WHOLE]:
        add_part(work, record, "review", field, {"request_ref": request_ref})


def end_review(
    work: Work, person_id: int, record_id: int, request_ref: int, fields: Collection[str] | None = None
) -> None:
    """Take away the marks that a request put on a record's values, all of them or those of `fields`.

    Raises NotThere.
    """
    record = record_of(work, person_id, record_id)
    for part in open_parts(work, record, "review"):
        named = fields is None or part.field in fields
        if named and part_body(work, part)["request_ref"] == request_ref:
            part.ended_at = work.now


def withhold(work: Work, person_id: int, record_id: int, field: str | None, details: dict[str, Any]) -> None:
    """Note that an agency keeps a part of a record from the person.

    `details`: lines, ground (a code of law.grounds), plain, decided_by (a role), decided_on (ISO date), `told`,
    and `on_file`, which is never shown. Where `told` is false (section 47, neither confirm nor deny) nothing
    reaches the person: no row, count or gap. Raises NotThere. Privacy Act 2020 sections 46 to 53.
    """
    kind = "withheld" if details.get("told", True) else "unsaid"
    add_part(work, record_of(work, person_id, record_id), kind, field or WHOLE, details)


def note_disclosure(work: Work, person_id: int, record_id: int, details: dict[str, Any]) -> None:
    """Note whom a record was shared with: `on` (ISO date), `to`, `why`, `law`. Raises NotThere. Principle 11."""
    add_part(work, record_of(work, person_id, record_id), "disclosure", WHOLE, details)


def past_recipients(work: Work, person_id: int, record_id: int) -> list[dict[str, Any]]:
    """Give whom a record was shared with, so that they can be told what was corrected (principle 7(5))."""
    record = record_of(work, person_id, record_id)
    return [part_body(work, part) for part in open_parts(work, record, "disclosure")]


def record_id_of(work: Work, person_id: int, agency_id: int, type_key: str, source_id: str) -> int:
    """Give the id of a record by the agency's own number of it. Raises NotThere."""
    source = work.keys.digest("record-source", f"{person_id}\x1f{agency_id}\x1f{type_key}\x1f{source_id}")
    found = by_source(work, person_id, agency_id, type_key, source)
    if found is None:
        raise NotThere()
    return found.id


def record_ref_of(work: Work, person_id: int, agency_id: int, type_key: str, source_id: str) -> int:
    """Give the id in a record's address by the agency's own number of it. Raises NotThere."""
    return record_of(work, person_id, record_id_of(work, person_id, agency_id, type_key, source_id)).ref


def _receive_again(
    work: Work,
    record: Record,
    body: dict[str, Any],
    why: dict[str, Any],
    changed_by: str,
    recorded_on: date | None,
) -> str:
    taken_over(work, record, body)
    fulfilled = awaited_came(work, record, body)
    became = _take_news(work, record, body, why, changed_by, recorded_on)
    return "changed" if fulfilled and became == "unchanged" else became


def _take_news(
    work: Work,
    record: Record,
    body: dict[str, Any],
    why: dict[str, Any],
    changed_by: str,
    recorded_on: date | None,
) -> str:
    if fingerprint(work, record, body) == newest(work, record).body_fingerprint:
        _note_came_back(work, record, [])
        return "unchanged"
    versions = bodies(work, record)
    present = versions[-1][1]
    old = rules.corrected(versions).came_back(body)
    kept = rules.keeping(present, body, old)
    # The agency has not put into its system yet what the person changed here: that is no old value coming back.
    again = [field for field in old if field not in waiting_fields(work, record)] if old else []
    if rules.differences(present, kept):
        record.recorded_on = recorded_on or record.recorded_on
        add_version(work, record, kept, why, changed_by, recorded_on)
        if not again:
            _note_came_back(work, record, [])
            return "changed"
    news = _note_came_back(work, record, again)
    if news:
        return "came-back"
    return "changed" if rules.differences(present, kept) else "unchanged"


def _note_came_back(work: Work, record: Record, fields: list[str]) -> bool:
    """Keep in mind which old values came back; False when the person was told of all of them before."""
    known = {part.field: part for part in open_parts(work, record, "came-back")}
    for field, part in known.items():
        if field not in fields:
            part.ended_at = work.now
    for field in fields:
        if field not in known:
            add_part(work, record, "came-back", field, {})
    return bool(set(fields) - set(known))
