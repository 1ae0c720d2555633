"""Rows of records as verbs read and write them: a record, its versions, and the parts beside its values."""

import json
from datetime import date
from typing import Any

from sqlalchemy import select

from portal.agencies.queries import catalogue
from portal.base import clock
from portal.base.problems import NotThere
from portal.base.work import Work
from portal.records import queries, rules
from portal.records.models import Part, Record, Version

WHOLE = ""
"""The field of a part that is about the whole record."""


def by_source(work: Work, person_id: int, agency_id: int, type_key: str, source: bytes) -> Record | None:
    """Give the record that has an agency's own number, by its fingerprint."""
    return work.session.scalars(
        select(Record).where(
            Record.person_id == person_id,
            Record.agency_id == agency_id,
            Record.type_key == type_key,
            Record.source_fingerprint == source,
        )
    ).first()


def record_of(work: Work, person_id: int, record_id: int) -> Record:
    """Give a record of a person, whatever their screens may show of it. Raises NotThere."""
    record = work.session.scalars(
        select(Record).where(
            Record.person_id == person_id, Record.id == record_id, Record.state.in_(rules.STAFF_STATES)
        )
    ).first()
    if record is None:
        raise NotThere()
    return record


def newest(work: Work, record: Record) -> Version:
    """Give the present version of a record."""
    return work.session.scalars(
        select(Version).where(
            Version.person_id == record.person_id,
            Version.record_id == record.id,
            Version.no == record.version_no,
        )
    ).one()


def bodies(work: Work, record: Record) -> list[tuple[str, dict[str, Any]]]:
    """Give (changed_by, body) of each version, oldest first."""
    versions = work.session.scalars(
        select(Version)
        .where(Version.person_id == record.person_id, Version.record_id == record.id)
        .order_by(Version.no)
    )
    return [(_by(work, version), open_version(work, version)) for version in versions]


def _by(work: Work, version: Version) -> str:
    """Say who changed it; `own` where the person did so here, and not by telling the agency."""
    here = version.changed_by == "person" and open_why(work, version).get("here")
    return "own" if here else version.changed_by


def open_version(work: Work, version: Version) -> dict[str, Any]:
    """Give the body of a version."""
    place = queries.version_place("body", version.no, version.record_id, version.person_id, version.agency_id)
    return work.keys.open_json(place, version.body)


def open_why(work: Work, version: Version) -> dict[str, Any]:
    """Give who changed a version, where it came from, and the reason."""
    place = queries.version_place("why", version.no, version.record_id, version.person_id, version.agency_id)
    return work.keys.open_json(place, version.why)


def add_version(
    work: Work,
    record: Record,
    body: dict[str, Any],
    why: dict[str, Any],
    changed_by: str,
    recorded_on: date | None,
) -> None:
    """Add a version, which is the present one from now on; it takes over where the record came from."""
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
            body_fingerprint=fingerprint(work, record, body),
            why=work.keys.seal_json(queries.version_place("why", *where), why),
            changed_by=changed_by,
            recorded_on=recorded_on,
            received_at=work.now,
        )
    )
    set_check(work, record, body)
    work.session.flush()


def set_check(work: Work, record: Record, body: dict[str, Any]) -> None:
    """Note on a record from which day the person is asked whether it is still right."""
    kind = catalogue(work).type(record.agency_id, record.type_key)
    asked = queries.checked_yearly(kind) if kind else []
    keys = [key for key in asked if not rules.is_empty(body.get(key))]
    record.check_on = None
    if keys:
        said = {part.field: clock.nz_date(part.at) for part in open_parts(work, record, "right")}
        written_on = record.recorded_on or clock.nz_date(record.changed_at)
        record.check_on = rules.check_on(written_on, keys, said)


def _carried(work: Work, record: Record) -> dict[str, Any]:
    """Give what a new version takes over: where the record came from, its codes, and whose words are in it."""
    if not record.version_no:
        return {}
    why = open_why(work, newest(work, record))
    return {key: why[key] for key in ("source", "codes", "third_party", "allegation") if why.get(key)}


def fingerprint(work: Work, record: Record, body: dict[str, Any]) -> bytes:
    """Give the keyed fingerprint of a body, by which a repeat is known."""
    canonical = json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return work.keys.digest("record-body", f"{record.person_id}\x1f{record.id}\x1f{canonical}")


def add_part(work: Work, record: Record, kind: str, field: str, body: dict[str, Any]) -> None:
    """Put a part beside a value of a record, or beside the whole."""
    part_id = work.new_id()
    place = queries.part_place(part_id, record.person_id, record.agency_id)
    owner = {"person_id": record.person_id, "record_id": record.id, "agency_id": record.agency_id}
    sealed = work.keys.seal_json(place, body)
    work.session.add(Part(id=part_id, kind=kind, field=field, body=sealed, at=work.now, **owner))


def open_parts(work: Work, record: Record, kind: str) -> list[Part]:
    """Give the parts of one kind that stand beside a record now."""
    return list(
        work.session.scalars(
            select(Part)
            .where(
                Part.person_id == record.person_id,
                Part.record_id == record.id,
                Part.kind == kind,
                Part.ended_at.is_(None),
            )
            .order_by(Part.id)
        )
    )


def part_body(work: Work, part: Part) -> dict[str, Any]:
    """Give what a part says."""
    return work.keys.open_json(queries.part_place(part.id, part.person_id, part.agency_id), part.body)
