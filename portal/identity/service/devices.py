"""Where an account is signed in: the list of its sessions, ending one, and what ends all others (ASVS 7.4.3, 7.5.2)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from portal.base.db import rows_changed
from portal.base.problems import Invalid, NotThere
from portal.base.work import Work
from portal.identity import queries, rules
from portal.identity.browsers import Kind, kept_kind
from portal.identity.models import Account, SignInSession
from portal.identity.passwords import Hashed
from portal.identity.service.accounts import fresh_recovery_codes
from portal.identity.service.sessions import Checked
from portal.language.rules import N_
from portal.notices import service as notices


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


def end_one(work: Work, session_id: int) -> bool:
    """End a session of the actor's account, and say whether it was this one. Raises NotThere for anybody else's."""
    mine = (SignInSession.account_id == work.actor.account_id, SignInSession.id == session_id)
    ended = work.session.scalar(select(SignInSession.fingerprint).where(*mine))
    if ended is None or not rows_changed(work.session, delete(SignInSession).where(*mine)):
        raise NotThere()
    return ended == work.actor.session


def end_others(work: Work) -> None:
    """End all sessions of the actor's account but this one: after a password or factor changed, too."""
    work.session.execute(
        delete(SignInSession).where(
            SignInSession.account_id == work.actor.account_id,
            SignInSession.fingerprint != work.actor.session,
        )
    )


def factors_changed(work: Work) -> None:
    """End the account's other sessions after its password or a factor changed, and tell its person."""
    end_others(work)
    if work.actor.person_id is not None:
        notices.tell(work, work.actor.person_id, "sign_in_changed")


def tell_wrong_codes(work: Work, account_id: int) -> None:
    """Tell the person of an account that many wrong codes were tried upon it (the view counts them)."""
    person_id = work.session.scalar(select(Account.person_id).where(Account.id == account_id))
    if person_id is not None:
        notices.tell(work, person_id, "wrong_codes")


def change_password(work: Work, checked: Checked | None, new: Hashed) -> None:
    """Put a new password in place of the one that was compared; all other sessions end, and the person is told.

    `checked` is None for an account that has none yet. Raises Invalid when the present one was wrong or has changed.
    """
    account = work.session.get(Account, work.actor.account_id)
    if account is None:
        raise NotThere()
    stored = account.password_hash
    if stored is not None and (checked is None or not checked.right or checked.stored != stored):
        # L10n: Error beside the field of the present password, on the page that changes it.
        raise Invalid(N_("That is not your present password. Try again."), "present_password")
    account.password_hash = new.text
    factors_changed(work)


def change_recovery_codes(work: Work) -> list[str]:
    """Replace the actor's recovery codes, and give the new ones; other sessions end, and the person is told."""
    if work.actor.account_id is None:
        raise NotThere()
    factors_changed(work)
    return fresh_recovery_codes(work, work.actor.account_id)


def _is_over(work: Work, row: SignInSession) -> bool:
    short = row.shared_device or work.actor.discreet
    idle = rules.idle_limit(staff=row.agency_id is not None, shared_device=short)
    return rules.is_over(work.now, made_at=row.made_at, seen_at=row.seen_at, stage=row.stage, idle=idle)
