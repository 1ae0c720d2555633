"""Verbs of records: receive what an agency sends, correct it, and put beside it what must be read with it."""

import json
from datetime import date
from typing import Any

from sqlalchemy import select

from portal.base import clock, ids
from portal.base.problems import NotThere
from portal.base.work import Work
from portal.records import queries, rules
from portal.records.models import Part, Record, Version

WHOLE = ""
"""The field of a part that is about the whole record."""
KEPT = ("live", "aside")
"""States of records that staff may still answer a request about; `aside` is what a wrong link had loaded."""


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
    record = _by_source(work, person_id, agency_id, type_key, source)
    why = why or {}
    if record is None:
        record = Record(
            person_id=person_id,
            id=_next_id(work),
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
        _add_version(work, record, body, why, changed_by, recorded_on)
        return "new"
    return _receive_again(work, record, body, why, changed_by, recorded_on)


def correct(
    work: Work, person_id: int, record_id: int, changes: dict[str, Any], why: dict[str, Any] | None = None
) -> None:
    """Put values right after a request: a new version by "correction". A value of None takes the field out.

    Nothing is written where every value is already so. Raises NotThere. Privacy Act 2020 principle 7, section 63.
    """
    record = _record(work, person_id, record_id)
    present = _open_version(work, _newest(work, record))
    body = {key: value for key, value in {**present, **changes}.items() if value is not None}
    if rules.differences(present, body):
        _add_version(work, record, body, why or {}, "correction", clock.nz_date(work.now))


def attach_statement(
    work: Work, person_id: int, record_id: int, field: str, text: str, lang: str, request_ref: int
) -> None:
    """Attach a person's own words to a value, or to the whole record (field ""), for good.

    `lang` is a language tag such as `sm`. Whatever shows the value shows the words too. Raises NotThere.
    Privacy Act 2020 principle 7(3)-(4), section 64.
    """
    body = {"text": text, "lang": lang, "request_ref": request_ref}
    _add_part(work, _record(work, person_id, record_id), "statement", field, body)


def begin_review(work: Work, person_id: int, record_id: int, fields: list[str], request_ref: int) -> None:
    """Mark values as being looked at, from a request until its decision. Raises NotThere. Principle 8."""
    record = _record(work, person_id, record_id)
    for field in fields or [WHOLE]:
        _add_part(work, record, "review", field, {"request_ref": request_ref})


def end_review(work: Work, person_id: int, record_id: int, request_ref: int) -> None:
    """Take away the marks that a request put on a record's values. Raises NotThere."""
    record = _record(work, person_id, record_id)
    for part in _open_parts(work, record, "review"):
        if _part_body(work, part)["request_ref"] == request_ref:
            part.ended_at = work.now


def withhold(work: Work, person_id: int, record_id: int, field: str | None, details: dict[str, Any]) -> None:
    """Note that an agency keeps a part of a record from the person.

    `details`: lines, ground (a code of law.grounds), plain, decided_by (a role), decided_on (ISO date), `told`,
    and `on_file`, which is never shown. Where `told` is false (section 47, neither confirm nor deny) nothing
    reaches the person: no row, count or gap. Raises NotThere. Privacy Act 2020 sections 46 to 53.
    """
    kind = "withheld" if details.get("told", True) else "unsaid"
    _add_part(work, _record(work, person_id, record_id), kind, field or WHOLE, details)


def note_disclosure(work: Work, person_id: int, record_id: int, details: dict[str, Any]) -> None:
    """Note whom a record was shared with: `on` (ISO date), `to`, `why`, `law`. Raises NotThere. Principle 11."""
    _add_part(work, _record(work, person_id, record_id), "disclosure", WHOLE, details)


def past_recipients(work: Work, person_id: int, record_id: int) -> list[dict[str, Any]]:
    """Give whom a record was shared with, so that they can be told what was corrected (principle 7(5))."""
    record = _record(work, person_id, record_id)
    return [_part_body(work, part) for part in _open_parts(work, record, "disclosure")]


def record_id_of(work: Work, person_id: int, agency_id: int, type_key: str, source_id: str) -> int:
    """Give the id of a record by the agency's own number of it. Raises NotThere."""
    source = work.keys.digest("record-source", f"{person_id}\x1f{agency_id}\x1f{type_key}\x1f{source_id}")
    found = _by_source(work, person_id, agency_id, type_key, source)
    if found is None:
        raise NotThere()
    return found.id


def record_ref_of(work: Work, person_id: int, agency_id: int, type_key: str, source_id: str) -> int:
    """Give the id in a record's address by the agency's own number of it. Raises NotThere."""
    return _record(work, person_id, record_id_of(work, person_id, agency_id, type_key, source_id)).ref


def _receive_again(
    work: Work,
    record: Record,
    body: dict[str, Any],
    why: dict[str, Any],
    changed_by: str,
    recorded_on: date | None,
) -> str:
    if _fingerprint(work, record, body) == _newest(work, record).body_fingerprint:
        _note_came_back(work, record, [])
        return "unchanged"
    versions = _bodies(work, record)
    present = versions[-1][1]
    again = rules.corrected(versions).came_back(body)
    kept = rules.keeping(present, body, again)
    if rules.differences(present, kept):
        record.recorded_on = recorded_on or record.recorded_on
        _add_version(work, record, kept, why, changed_by, recorded_on)
        if not again:
            _note_came_back(work, record, [])
            return "changed"
    news = _note_came_back(work, record, again)
    if news:
        return "came-back"
    return "changed" if rules.differences(present, kept) else "unchanged"


def _note_came_back(work: Work, record: Record, fields: list[str]) -> bool:
    """Keep in mind which old values came back; False when the person was told of all of them before."""
    known = {part.field: part for part in _open_parts(work, record, "came-back")}
    for field, part in known.items():
        if field not in fields:
            part.ended_at = work.now
    for field in fields:
        if field not in known:
            _add_part(work, record, "came-back", field, {})
    return bool(set(fields) - set(known))


def _by_source(work: Work, person_id: int, agency_id: int, type_key: str, source: bytes) -> Record | None:
    return work.session.scalars(
        select(Record).where(
            Record.person_id == person_id,
            Record.agency_id == agency_id,
            Record.type_key == type_key,
            Record.source_fingerprint == source,
        )
    ).first()


def _record(work: Work, person_id: int, record_id: int) -> Record:
    record = work.session.scalars(
        select(Record).where(Record.person_id == person_id, Record.id == record_id, Record.state.in_(KEPT))
    ).first()
    if record is None:
        raise NotThere()
    return record


def _newest(work: Work, record: Record) -> Version:
    return work.session.scalars(
        select(Version).where(
            Version.person_id == record.person_id,
            Version.record_id == record.id,
            Version.no == record.version_no,
        )
    ).one()


def _bodies(work: Work, record: Record) -> list[tuple[str, dict[str, Any]]]:
    versions = work.session.scalars(
        select(Version)
        .where(Version.person_id == record.person_id, Version.record_id == record.id)
        .order_by(Version.no)
    )
    return [(version.changed_by, _open_version(work, version)) for version in versions]


def _open_version(work: Work, version: Version) -> dict[str, Any]:
    place = queries.version_place("body", version.no, version.record_id, version.person_id, version.agency_id)
    return work.keys.open_json(place, version.body)


def _add_version(
    work: Work,
    record: Record,
    body: dict[str, Any],
    why: dict[str, Any],
    changed_by: str,
    recorded_on: date | None,
) -> None:
    why = {**_carried(work, record), **why}
    record.version_no += 1
    record.changed_at = work.now
    where = (record.version_no, record.id, record.person_id, record.agency_id)
    work.session.add(
        Version(
            person_id=record.person_id,
            record_id=record.id,
            no=record.version_no,
            agency_id=record.agency_id,
            body=work.keys.seal_json(queries.version_place("body", *where), body),
            body_fingerprint=_fingerprint(work, record, body),
            why=work.keys.seal_json(queries.version_place("why", *where), why),
            changed_by=changed_by,
            recorded_on=recorded_on,
            received_at=work.now,
        )
    )
    work.session.flush()


def _carried(work: Work, record: Record) -> dict[str, Any]:
    """Give what a new version takes over: where the record came from, and whose words are in it."""
    if not record.version_no:
        return {}
    last = _newest(work, record)
    place = queries.version_place("why", last.no, last.record_id, last.person_id, last.agency_id)
    why = work.keys.open_json(place, last.why)
    return {key: why[key] for key in ("source", "third_party") if why.get(key)}


def _fingerprint(work: Work, record: Record, body: dict[str, Any]) -> bytes:
    canonical = json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return work.keys.digest("record-body", f"{record.person_id}\x1f{record.id}\x1f{canonical}")


def _add_part(work: Work, record: Record, kind: str, field: str, body: dict[str, Any]) -> None:
    part_id = _next_id(work)
    place = queries.part_place(part_id, record.person_id, record.agency_id)
    owner = {"person_id": record.person_id, "record_id": record.id, "agency_id": record.agency_id}
    sealed = work.keys.seal_json(place, body)
    work.session.add(Part(id=part_id, kind=kind, field=field, body=sealed, at=work.now, **owner))


def _open_parts(work: Work, record: Record, kind: str) -> list[Part]:
    return list(
        work.session.scalars(
            select(Part).where(
                Part.person_id == record.person_id,
                Part.record_id == record.id,
                Part.kind == kind,
                Part.ended_at.is_(None),
            )
        )
    )


def _part_body(work: Work, part: Part) -> dict[str, Any]:
    return work.keys.open_json(queries.part_place(part.id, part.person_id, part.agency_id), part.body)


def _next_id(work: Work) -> int:
    """Give a time-ordered id that this unit of work has not given yet: a feed brings many in one moment."""
    given: set[int] = work.session.info.setdefault("records_ids", set())
    while (number := ids.ordered(work.now)) in given:
        continue
    given.add(number)
    return number
