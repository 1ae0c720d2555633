"""Values that an agency promised to put right: an agency's own feed that brings one has done so."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from portal.agencies import queries as agencies
from portal.agencies.rules import shows
from portal.base import clock
from portal.base.work import Work
from portal.records import rules
from portal.records.models import Record
from portal.records.service.rows import (
    add_part,
    add_version,
    newest,
    open_parts,
    open_version,
    part_body,
    record_of,
)

JOB = "corrections.note_applied"
"""What the worker does once a feed brought a promised value: the request is in a higher room."""


@dataclass(frozen=True, slots=True)
class Found:
    """A record of an agency that holds some fields, with its present body."""

    id: int
    ref: int
    type_key: str
    body: dict[str, Any]


def await_value(
    work: Work, person_id: int, record_id: int, field: str, value: Any, request_ref: int, no: int
) -> None:
    """Keep in mind that a value will be put right after a request; None for one that is taken out. Principle 7.

    When the agency's own system sends just that, it is taken as the correction, and the request hears of it. `no` is
    the number of the value in the request. Raises NotThere.
    """
    body = {"value": value, "request_ref": str(request_ref), "no": no}
    add_part(work, record_of(work, person_id, record_id), "awaited", field, body)


def end_awaiting(work: Work, person_id: int, record_id: int, request_ref: int, fields: list[str]) -> None:
    """Forget what a request had promised about some values. Raises NotThere."""
    for part in open_parts(work, record_of(work, person_id, record_id), "awaited"):
        if part.field in fields and part_body(work, part)["request_ref"] == str(request_ref):
            part.ended_at = work.now


def awaited_came(work: Work, record: Record, incoming: dict[str, Any]) -> bool:
    """Take promised values that a feed brings as what was corrected, and say whether there were any.

    They become a version of their own, so that the old value is known as replaced if it ever comes back.
    """
    present = open_version(work, newest(work, record))
    changes: dict[str, Any] = {}
    for part in open_parts(work, record, "awaited"):
        said = part_body(work, part)
        sent = incoming.get(part.field)
        if type(sent) is not type(said["value"]) or sent != said["value"]:
            continue
        part.ended_at = work.now
        changes[part.field] = said["value"]
        about = {"person_id": str(record.person_id), "ref": said["request_ref"], "no": str(said["no"])}
        work.later(JOB, about)
        why = {"request_ref": int(said["request_ref"])}
        body = {key: value for key, value in {**present, **changes}.items() if value is not None}
        if rules.differences(present, body):
            add_version(work, record, body, why, "correction", clock.nz_date(work.now))
            present = body
    return bool(changes)


def record_with(work: Work, person_id: int, agency_id: int, fields: list[str]) -> Found | None:
    """Give an agency's newest record that has all of some fields, if the person's screens show it; else None.

    For a request that is passed on there: whoever passes it on learns nothing of this. Privacy Act 2020 s 62.
    """
    link = agencies.links_of(work, person_id).get(agency_id)
    types = agencies.catalogue(work).agency(agency_id).types
    if link is None or link.state != "active":
        return None
    fit = [
        kind.key
        for kind in types.values()
        if set(fields) <= set(kind.fields)
        and rules.in_timelines(kind.sensitivity)
        and shows(link.strength, kind.sensitivity)
    ]
    rows = select(Record).where(
        Record.person_id == person_id,
        Record.agency_id == agency_id,
        Record.type_key.in_(fit),
        Record.state == "live",
    )
    record = work.session.scalars(rows.order_by(Record.changed_at.desc()).limit(1)).first()
    if record is None:
        return None
    return Found(record.id, record.ref, record.type_key, open_version(work, newest(work, record)))
