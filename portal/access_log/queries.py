"""Reads of the access log: a person's own looks, newest first."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select

from portal.access_log.models import Look
from portal.agencies.models import Link
from portal.base.crypto import Place
from portal.base.work import Work


@dataclass(frozen=True, slots=True)
class LookFacts:
    """One look: when (aware UTC), by staff, provider or link, of which organisation (0 for none), at what, why.

    `why` is a msgid for staff, else words of the one who opened; `who` a name as the looker's organisation
    gives it; `records` labels of what was seen; `held_by` for each of them the agency that holds it, where the
    records of several agencies were seen at once.
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
    held_by: list[int]

    def named(self, agency_ids: Collection[int]) -> list[str]:
        """Give the labels that a page may show which names these agencies only."""
        if not self.held_by:
            return self.records
        return [one for one, held in zip(self.records, self.held_by, strict=True) if held in agency_ids]


def place(look_id: int, person_id: int) -> Place:
    """Give where the sealed details of a look stand: they are the person's own."""
    return Place("access_log_look", "details", look_id, person_id)


def looks(work: Work, person_id: int, most: int, before: int | None) -> list[LookFacts]:
    """Give a person's looks older than the id `before`, newest first.

    None by an agency that they hid, or to which their link is in doubt: the log is a screen like the others.
    """
    unnamed = exists().where(
        Link.person_id == person_id,
        Link.agency_id == Look.agency_id,
        (Link.state != "active") | Link.hidden_at.is_not(None),
    )
    wanted = [Look.person_id == person_id, ~unnamed]
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
        held_by=[int(one) for one in details.get("held_by") or []],
    )
