"""A worker beside a person at one device: the worker's session put aside, the person's own one begun, and its end.

The worker's session is ended, not locked: nothing of it is left on the device to come back to, and the worker signs
in again with all that it takes. Whatever session begins there afterwards knows of the worker (`open_session`).
"""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import delete, select

from portal.base.problems import NotThere
from portal.base.work import Work
from portal.identity import rules
from portal.identity.models import Account, SignInSession
from portal.identity.queries import device_of
from portal.identity.rules import fingerprint
from portal.identity.service.sessions import end_session, open_session


@dataclass(frozen=True, slots=True)
class BesideOver:
    """A session with a worker beside it, over or not: whose it is, and the person's own row of it (0 for none)."""

    account_id: int
    person_id: int
    ref: int


def put_aside(work: Work) -> str:
    """End the session of the worker who acts, and give the token of one that only a client can take over from."""
    worker, agency_id = work.actor.account_id, work.actor.agency_id
    if worker is None or agency_id is None:
        raise NotThere()
    end_session(work, work.actor.session)
    given = {"beside_account_id": worker, "beside_agency_id": agency_id, "shared_device": True}
    return open_session(work, worker, "handing", **given)


def sign_in_beside(work: Work, account_id: int) -> str | None:
    """Begin the session of a person on the device that was handed over; None for an account that cannot have one.

    No second factor counts as given: what the person wants behind a code stays behind one.
    """
    beside, account = work.actor.beside, work.session.get(Account, account_id)
    if beside is None or account is None or account.state != "active" or account.person_id is None:
        return None
    if account_id == beside.account_id:
        return None
    return open_session(work, account_id, "full")


def agree_beside(work: Work, ref: int, until: datetime) -> str | None:
    """Let the actor's session begin in earnest, until a moment (aware UTC), and give its token.

    None where the person is helped somewhere else at this moment. Raises NotThere for any other session.
    """
    present, beside = work.session.get(SignInSession, work.actor.session), work.actor.beside
    if present is None or beside is None or present.stage != "agreeing":
        raise NotThere()
    # One at a time: two that agree at once wait for each other.
    work.session.execute(select(Account.id).where(Account.id == present.account_id).with_for_update())
    if _is_helped(work, present.account_id):
        return None
    work.actor = replace(work.actor, beside=replace(beside, until=until, ref=ref))
    device = device_of(work, present)
    token = open_session(work, present.account_id, "full", device=device, factor_at=present.factor_at)
    work.session.delete(present)
    return token


def end_beside(work: Work) -> list[int]:
    """End every session of the actor's account that has a worker beside it; give the person's rows of them."""
    # Of a worker's own account there may be one that waits for a client: it is not a session of a person's.
    mine = (
        SignInSession.account_id == work.actor.account_id,
        SignInSession.beside_account_id.is_not(None),
        SignInSession.stage != "handing",
    )
    found = work.session.scalars(select(SignInSession.beside_ref).where(*mine)).all()
    work.session.execute(delete(SignInSession).where(*mine))
    return [ref for ref in found if ref is not None]


def beside_over(work: Work, token: str) -> BesideOver | None:
    """Give whose session with a worker beside it a cookie carries, also once it is over; None for any other."""
    row = work.session.execute(
        select(SignInSession.account_id, SignInSession.beside_ref, Account.person_id)
        .join(Account, Account.id == SignInSession.account_id)
        .where(SignInSession.fingerprint == fingerprint(token), SignInSession.beside_account_id.is_not(None))
    ).first()
    if row is None:
        return None
    return BesideOver(row.account_id, row.person_id or 0, row.beside_ref or 0)


def _is_helped(work: Work, account_id: int) -> bool:
    live = select(SignInSession.id).where(
        SignInSession.account_id == account_id,
        SignInSession.stage == "full",
        SignInSession.beside_until > work.now,
        SignInSession.seen_at > work.now - rules.IDLE_SHARED,
    )
    return work.session.scalar(live.limit(1)) is not None
