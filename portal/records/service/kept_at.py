"""What an agency keeps of a linked person, by kind and day only: for its staff who write a request down."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from portal.agencies import queries as agencies
from portal.agencies.rules import TypeFacts, shows
from portal.base.work import Work
from portal.records.models import Record


@dataclass(frozen=True, slots=True)
class Kept:
    """A record without what stands in it: its ref, its kind, and when it changed last (aware UTC)."""

    ref: int
    type: TypeFacts
    changed_at: datetime


def kept_at(work: Work, person_id: int, agency_id: int) -> list[Kept]:
    """List the live records of a linked person at an agency that the person's screens show too, the newest first.

    Nothing of a record is opened: whoever writes a request down needs to know which there are, and no more.
    """
    link = agencies.links_of(work, person_id).get(agency_id)
    if link is None or link.state != "active":
        return []
    types = agencies.catalogue(work).agency(agency_id).types
    rows = work.session.execute(
        select(Record.ref, Record.type_key, Record.changed_at)
        .where(Record.person_id == person_id, Record.agency_id == agency_id, Record.state == "live")
        .order_by(Record.changed_at.desc(), Record.id.desc())
    )
    return [
        Kept(row.ref, types[row.type_key], row.changed_at)
        for row in rows
        if row.type_key in types and shows(link.strength, types[row.type_key].sensitivity)
    ]
