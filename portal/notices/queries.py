"""Reads of notices, and of where a person reads them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from portal.base.work import Work
from portal.identity import queries as identity
from portal.notices.models import Notice


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """One notice: what kind, which agency (0 for none), the ref it is about (0 for none); times aware UTC."""

    id: int
    kind: str
    agency_id: int
    about: int
    at: datetime
    read_at: datetime | None


def newest(work: Work, person_id: int, most: int, before: int | None) -> list[NoticeFacts]:
    """Give a person's notices, newest first, older than the id `before`."""
    wanted = [Notice.person_id == person_id]
    if before is not None:
        wanted.append(Notice.id < before)
    rows = work.session.execute(
        select(Notice.id, Notice.kind, Notice.agency_id, Notice.about, Notice.at, Notice.read_at)
        .where(*wanted)
        .order_by(Notice.id.desc())
        .limit(most)
    )
    return [NoticeFacts(*row) for row in rows]


def unread(work: Work, person_id: int) -> int:
    """Count the notices that a person has not marked as read."""
    return (
        work.session.scalar(
            select(func.count())
            .select_from(Notice)
            .where(Notice.person_id == person_id, Notice.read_at.is_(None))
        )
        or 0
    )


def reader_of(work: Work, person_id: int) -> identity.Reader | None:
    """Give in what language and at what address a person reads; None without an account."""
    return identity.reader_of(work, person_id)
