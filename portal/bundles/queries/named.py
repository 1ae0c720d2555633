"""Shares with an organisation by its name: those that its workers can open now."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select

from portal.base.problems import NotThere
from portal.base.work import Work
from portal.bundles.models import Opening, Share
from portal.bundles.queries.doors import Door, is_let_in, may_be_opened, open_grant, takes_shares
from portal.bundles.queries.shares import MOST, place
from portal.delegations.models import Grant
from portal.identity.permissions import Permission, allowed


@dataclass(frozen=True, slots=True)
class SharesWithUs:
    """A person who shares with the actor's organisation now: their name, what for, until when, and last opened.

    Times are aware UTC. Nothing of what is in the share, and nothing else of the person.
    """

    ref: int
    name: str
    purpose: str
    expires_at: datetime
    last_at: datetime | None
    door: Door


def shares_with_us(work: Work, after: int | None = None) -> tuple[list[SharesWithUs], int | None]:
    """Give who shares with the actor's organisation now, newest first, 30 at a time; `after` is the ref of the last.

    Two reads. Empty for an organisation that is no longer one to share with.
    """
    agency_id = _organisation(work)
    if not takes_shares(work, agency_id):
        return [], None
    shown = _live(work, agency_id)
    if after is not None:
        mine = (Grant.agency_id == agency_id, Grant.kind == "share", Grant.about == after)
        shown = shown.where(Grant.id < select(Grant.id).where(*mine).scalar_subquery())
    rows = work.session.execute(shown.order_by(Grant.id.desc()).limit(MOST + 1)).all()
    work.keys.load(*{row.person_id for row in rows[:MOST]})
    found = [_one(work, row) for row in rows[:MOST]]
    return found, found[-1].ref if len(rows) > MOST else None


def ending_first(work: Work, most: int) -> list[SharesWithUs]:
    """Give those who share with the actor's organisation now, up to `most`, those whose share ends first on top.

    Two reads, and the persons' keys. Empty for an organisation that is no longer one to share with.
    """
    agency_id = _organisation(work)
    if not takes_shares(work, agency_id):
        return []
    rows = work.session.execute(_live(work, agency_id).order_by(Share.expires_at, Grant.id).limit(most)).all()
    work.keys.load(*{row.person_id for row in rows})
    return [_one(work, row) for row in rows]


def share_with_us(work: Work, ref: int) -> SharesWithUs:
    """Give one share that names the actor's organisation, while it can be opened. Raises NotThere."""
    agency_id = _organisation(work)
    row = work.session.execute(_live(work, agency_id).where(Share.ref == ref)).first()
    if row is None or not takes_shares(work, agency_id):
        raise NotThere()
    return _one(work, row)


def _organisation(work: Work) -> int:
    if not allowed(work.actor, Permission.BUNDLES_PROVIDER) or work.actor.agency_id is None:
        raise NotThere()
    return work.actor.agency_id


def _live(work: Work, agency_id: int) -> Select:
    last = select(func.max(Opening.at)).where(
        Opening.person_id == Share.person_id, Opening.share_id == Share.id
    )
    return (
        select(
            *(Share.person_id, Share.id, Share.ref, Share.chosen, Share.expires_at, Share.tries_left),
            last.correlate(Share).scalar_subquery().label("last_at"),
        )
        .select_from(Grant)
        .join(Share, (Share.person_id == Grant.person_id) & (Share.ref == Grant.about))
        .where(
            Grant.agency_id == agency_id,
            *open_grant(work),
            Share.state == "live",
            Share.expires_at > work.now,
            may_be_opened(),
            is_let_in(work),
        )
    )


def _one(work: Work, row) -> SharesWithUs:
    chosen = work.keys.open_json(place("chosen", row.id, row.person_id), row.chosen)
    door = Door(row.person_id, row.id, "", row.tries_left, row.ref, spent=False)
    return SharesWithUs(row.ref, chosen["name"], chosen["purpose"], row.expires_at, row.last_at, door)
