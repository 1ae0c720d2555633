"""Since when all that the actor shares is paused, and when it was."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select

from portal.base.work import Work
from portal.bundles.models import Pause, Share
from portal.bundles.queries.shares import own


@dataclass(frozen=True, slots=True)
class Paused:
    """A time in which nothing could be opened; `until` is None while it lasts. Times are aware UTC."""

    since: datetime
    until: datetime | None


def paused_since(work: Work) -> datetime | None:
    """Give since when (aware UTC) the actor's shares are paused; None when they are not. One read."""
    return work.session.scalar(
        select(Pause.paused_at)
        .where(Pause.person_id == own(work), Pause.resumed_at.is_(None))
        .order_by(Pause.id)
        .limit(1)
    )


@dataclass(frozen=True, slots=True)
class Now:
    """Whether the actor shares: how many of their shares have not ended, and since when all are paused (or None)."""

    shares: int
    paused_since: datetime | None


def now_shared(work: Work) -> Now:
    """Say whether the actor shares anything at this moment. One read."""
    person_id = own(work)
    going = (
        select(func.count())
        .where(
            *(Share.person_id == person_id, Share.state == "live", Share.expires_at > work.now),
            *(Share.tries_left > 0, or_(Share.most_opens.is_(None), Share.opens < Share.most_opens)),
            or_(Share.starts_at.is_(None), Share.starts_at <= work.now),
        )
        .scalar_subquery()
    )
    paused = (
        select(func.min(Pause.paused_at))
        .where(Pause.person_id == person_id, Pause.resumed_at.is_(None))
        .scalar_subquery()
    )
    return Now(*work.session.execute(select(going, paused)).one())


def pauses_in(work: Work, start: datetime, end: datetime) -> list[Paused]:
    """Give the pauses of the actor that touch the time between two aware moments, oldest first. One read."""
    rows = work.session.execute(
        select(Pause.paused_at, Pause.resumed_at)
        .where(
            Pause.person_id == own(work),
            Pause.paused_at < end,
            or_(Pause.resumed_at.is_(None), Pause.resumed_at > start),
        )
        .order_by(Pause.id)
    )
    return [Paused(row.paused_at, row.resumed_at) for row in rows]
