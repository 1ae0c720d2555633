"""Reads of ingest: what stands beside a record already, what waits, and when a record was written."""

from datetime import date
from typing import Any

from sqlalchemy import select

from portal.base.work import Work
from portal.records.models import Part, Record
from portal.records.queries import part_place

SAID = ("withheld", "unsaid", "disclosure")


def said_of(work: Work, person_id: int, record_id: int) -> list[tuple[str, dict[str, Any]]]:
    """Give (field, details) of each withheld part and disclosure that stands beside a record."""
    rows = work.session.execute(
        select(Part.id, Part.field, Part.agency_id, Part.body).where(
            Part.person_id == person_id,
            Part.record_id == record_id,
            Part.kind.in_(SAID),
            Part.ended_at.is_(None),
        )
    )
    return [
        (row.field, work.keys.open_json(part_place(row.id, person_id, row.agency_id), row.body))
        for row in rows
    ]


def record_facts(work: Work, person_id: int, record_id: int) -> tuple[int, date | None]:
    """Give a record's ref and the agency's own day of what is held now."""
    row = work.session.execute(
        select(Record.ref, Record.recorded_on).where(Record.person_id == person_id, Record.id == record_id)
    ).one()
    return row.ref, row.recorded_on
