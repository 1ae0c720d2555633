"""Where an account is signed in: the list of its sessions, and ending one, or all others (ASVS 7.4.5, 7.5.2)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from portal.base.db import rows_changed
from portal.base.problems import NotThere
from portal.base.work import Work
from portal.identity import queries, rules
from portal.identity.browsers import Kind, kept_kind
from portal.identity.models import SignInSession


@dataclass(frozen=True)
class Device:
    """A session as its owner sees it; moments are aware UTC."""

    id: int
    kind: Kind
    made_at: datetime
    seen_at: datetime
    current: bool


def devices(work: Work) -> list[Device]:
    """Give the sessions of the actor's account that are not over, this one first, then the last used."""
    found = work.session.scalars(
        select(SignInSession)
        .where(SignInSession.account_id == work.actor.account_id, SignInSession.stage == "full")
        .order_by(SignInSession.seen_at.desc())
    )
    shown = [
        Device(
            row.id,
            kept_kind(queries.device_of(work, row) or ""),
            row.made_at,
            row.seen_at,
            row.fingerprint == work.actor.session,
        )
        for row in found
        if not _is_over(work, row)
    ]
    return sorted(shown, key=lambda one: not one.current)


def end_one(work: Work, session_id: int) -> None:
    """End a session of the actor's account. Raises NotThere for anybody else's."""
    mine = SignInSession.account_id == work.actor.account_id
    if not rows_changed(work.session, delete(SignInSession).where(mine, SignInSession.id == session_id)):
        raise NotThere()


def end_others(work: Work) -> None:
    """End all sessions of the actor's account but this one: after a password or factor changed, too."""
    work.session.execute(
        delete(SignInSession).where(
            SignInSession.account_id == work.actor.account_id,
            SignInSession.fingerprint != work.actor.session,
        )
    )


def _is_over(work: Work, row: SignInSession) -> bool:
    short = row.shared_device or work.actor.discreet
    idle = rules.idle_limit(staff=row.agency_id is not None, shared_device=short)
    return rules.is_over(work.now, made_at=row.made_at, seen_at=row.seen_at, stage=row.stage, idle=idle)
