"""Reads of the access log: a person's own looks, newest first."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from portal.access_log.models import Look
from portal.base.crypto import Place
from portal.base.work import Work


@dataclass(frozen=True, slots=True)
class LookFacts:
    """One look: when (aware UTC), by staff, provider or link, of which organisation (0 for none), at what, why.

    `why` is a msgid for staff, else words of the one who opened; `who` a name as the looker's organisation
    gives it; `records` labels of what was seen.
    """

    id: int
    at: datetime
    by: str
    agency_id: int
    what: str
    who: str
    role: str
    why: str
    reference: str
    records: list[str]


def place(look_id: int, person_id: int) -> Place:
    """Give where the sealed details of a look stand: they are the person's own."""
    return Place("access_log_look", "details", look_id, person_id)


def looks(work: Work, person_id: int, most: int, before: int | None) -> list[LookFacts]:
    """Give a person's looks older than the id `before`, newest first."""
    wanted = [Look.person_id == person_id]
    if before is not None:
        wanted.append(Look.id < before)
    rows = work.session.execute(
        select(Look.id, Look.at, Look.by, Look.agency_id, Look.what, Look.details)
        .where(*wanted)
        .order_by(Look.id.desc())
        .limit(most)
    )
    return [_facts(work, person_id, row) for row in rows]


def _facts(work: Work, person_id: int, row) -> LookFacts:
    details = work.keys.open_json(place(row.id, person_id), row.details)
    return LookFacts(
        id=row.id,
        at=row.at,
        by=row.by,
        agency_id=row.agency_id,
        what=row.what,
        who=str(details.get("who") or ""),
        role=str(details.get("role") or ""),
        why=str(details.get("why") or ""),
        reference=str(details.get("reference") or ""),
        records=[str(one) for one in details.get("records") or []],
    )
