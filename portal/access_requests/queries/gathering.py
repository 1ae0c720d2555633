"""What an agency keeps from a person on the portal itself: records with withheld parts, and records kept silent."""

from sqlalchemy import select

from portal.base.work import Work
from portal.records.models import Part, Record, Version
from portal.records.queries import Reader, RecordView
from portal.records.queries.loading import statement_of, views_of
from portal.records.queries.reach import within_reach
from portal.records.rules import SILENT

KEPT = ("withheld", "unsaid")


def kept_back(work: Work, person_id: int) -> list[RecordView]:
    """Give the records at the actor's agency of which the person sees nothing, or not all; three reads."""
    parts = select(Part.record_id).where(
        Part.person_id == person_id,
        Part.agency_id == work.actor.agency_id,
        Part.kind.in_(KEPT),
        Part.ended_at.is_(None),
    )
    kept = (Record.state == SILENT) | Record.id.in_(parts)
    statement = statement_of(person_id, kept, Version.no == Record.version_no)
    bound = within_reach(statement, person_id, Reader.STAFF, work.actor.agency_id)
    return views_of(work, person_id, work.session.execute(bound).all(), reader=Reader.STAFF)
