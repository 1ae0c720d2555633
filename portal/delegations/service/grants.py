"""Give, end and check the right of an organisation, or of one of its workers, to see something of a person."""

from datetime import datetime

from sqlalchemy import or_, select

from portal.base.work import Work
from portal.delegations.models import Grant


def grant(
    work: Work,
    person_id: int,
    agency_id: int,
    kind: str,
    about: int,
    until: datetime | None = None,
    account_id: int | None = None,
) -> None:
    """Let an organisation see what the request or share `about` rests on; it ends by itself at `until` (aware UTC).

    `kind` is case, share or urgent; with `account_id` one worker only may use it. Written by the room that makes
    the case or share, in the same transaction.
    """
    work.session.add(
        Grant(
            person_id=person_id,
            id=work.new_id(),
            kind=kind,
            agency_id=agency_id,
            about=about,
            account_id=account_id,
            given_at=work.now,
            until=until,
        )
    )


def end(work: Work, person_id: int, kind: str, about: int) -> None:
    """End every right that rests on a request or share, from now on."""
    rows = select(Grant).where(
        Grant.person_id == person_id, Grant.kind == kind, Grant.about == about, Grant.ended_at.is_(None)
    )
    for row in work.session.scalars(rows):
        row.ended_at = work.now


def may(work: Work, person_id: int, agency_id: int, kind: str, about: int) -> bool:
    """Say whether an organisation, and the worker who asks, has the right at this moment."""
    found = work.session.scalar(
        select(Grant.id)
        .where(
            Grant.person_id == person_id,
            Grant.agency_id == agency_id,
            Grant.kind == kind,
            Grant.about == about,
            Grant.ended_at.is_(None),
            or_(Grant.account_id.is_(None), Grant.account_id == (work.actor.account_id or 0)),
            or_(Grant.until.is_(None), Grant.until > work.now),
        )
        .limit(1)
    )
    return found is not None
