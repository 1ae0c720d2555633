"""Getting back in with the code of two workers: new factors for old ones, and an owner's way to stop it."""

import base64
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, exists, select, update

from portal.base import ids
from portal.base.problems import Ended, Invalid, NotThere
from portal.base.work import Work
from portal.identity import queries, rules
from portal.identity.models import (
    Account,
    External,
    KeptForm,
    Membership,
    PaperCard,
    Passkey,
    Recovery,
    SignInSession,
)
from portal.identity.passwords import Hashed
from portal.identity.queries import place
from portal.identity.service.accounts import fresh_recovery_codes
from portal.identity.service.joining import Joined
from portal.identity.service.recovery import OPEN, WAIT
from portal.identity.service.sessions import app_code, open_session
from portal.language.rules import N_
from portal.notices import service as notices


@dataclass(frozen=True, slots=True)
class OwnAsked:
    """A request about the reader's own account: where it was made, and when (aware UTC)."""

    agency_id: int
    asked_at: datetime


def own_asked(work: Work) -> list[OwnAsked]:
    """Give the open requests about the actor's own account."""
    rows = work.session.execute(
        select(Recovery.agency_id, Recovery.asked_at)
        .where(
            Recovery.account_id == work.actor.account_id,
            Recovery.state.in_(OPEN),
            Recovery.expires_at > work.now,
        )
        .order_by(Recovery.asked_at)
    )
    return [OwnAsked(row.agency_id, row.asked_at) for row in rows]


def stop_back(work: Work) -> None:
    """End every open request about the actor's own account, and the sessions that came of one."""
    _end_open(work, work.actor.account_id)
    work.session.execute(
        delete(SignInSession).where(
            SignInSession.account_id == work.actor.account_id, SignInSession.stage == "recover"
        )
    )


def begin_back(work: Work, username: str, code: str) -> str | None:
    """Take the code that a worker handed over, and give the token of a session that can only make new factors.

    None when name and code do not go together, whatever is wrong. Raises Invalid with what to do when they do,
    but the code was used, stopped, is too old or still waits. It is used up when the new factors are made.
    """
    key = work.keys.digest("give-back", ids.fold_code(code))
    row = work.session.scalars(select(Recovery).where(Recovery.fingerprint == key)).first()
    account = queries.account_by_name(work, rules.fold_name(username))
    if row is None or account is None or row.account_id != account.id or account.state != "active":
        return None
    if _has_role(work, account.id):
        return None
    _refuse_late_or_early(work, row)
    return open_session(work, account.id, "recover")


def new_app_secret(work: Work) -> str:
    """Give the authenticator secret (base32) that the actor's session is to set up: the same on every page of it."""
    _waiting(work)
    return base64.b32encode(work.keys.digest("give-back-app", work.actor.session.hex())[:20]).decode()


def finish_back(work: Work, password: Hashed, code: str) -> Joined:
    """Replace every factor of the actor's account by a new password and app, and give the first session and codes.

    The old password, app, passkeys, other providers, recovery codes and sessions are gone. Raises Invalid when
    the app's code is wrong, Ended when the request was stopped or is too old meanwhile, NotThere otherwise.
    """
    account = _waiting(work)
    _agreed(work, account)
    account.totp_secret = work.keys.seal(place("totp_secret", account.id), new_app_secret(work))
    account.totp_last_step = 0
    if not app_code(work, account, ids.fold_code(code)):
        # L10n: Beside the code field of the page that gives access back.
        raise Invalid(
            N_("That code did not work. Wait until your app shows a new one, and write that."), "code"
        )
    token, account = replace_factors(work, password)
    return Joined(token, fresh_recovery_codes(work, account.id))


def replace_factors(work: Work, password: Hashed) -> tuple[str, Account]:
    """End every old way into the actor's account, and give the token of its first new session, and the account.

    Its new second factor is the caller's to make. Raises Ended when two workers' yes is over, NotThere.
    """
    account = _waiting(work)
    row = _agreed(work, account)
    account.password_hash = password.text
    row.state = "used"
    work.session.flush()
    _end_open(work, account.id)
    work.session.execute(
        update(PaperCard)
        .where(PaperCard.account_id == account.id, PaperCard.ended_at.is_(None))
        .values(ended_at=work.now)
    )
    for table in (Passkey, External, KeptForm, SignInSession):
        work.session.execute(delete(table).where(table.account_id == account.id))
    if account.person_id is not None:
        notices.tell(work, account.person_id, "access_given_back")
    return open_session(work, account.id, "full", factor_at=work.now), account


def _agreed(work: Work, account: Account) -> Recovery:
    row = work.session.scalars(
        select(Recovery).where(
            Recovery.account_id == account.id, Recovery.state == "approved", Recovery.expires_at > work.now
        )
    ).first()
    if row is None:
        raise Ended()
    return row


def tell_owner(work: Work, about: dict[str, Any]) -> None:
    """Tell the owner of an account that somebody in person asked for a way into it (the worker process does this).

    From when they are told the hour runs in which they can stop it: not while each safe way to tell them sleeps. For a
    name that nobody has, and for who is told on the screen only, it runs from now on.
    """
    row = work.session.get(Recovery, int(about["id"]))
    if row is None or row.ready_at is not None:
        return
    account = work.session.get(Account, row.account_id)
    told_at = None
    if account is not None and account.person_id is not None:
        told_at = notices.told_at(work, account.person_id, "access_asked_back")
        notices.tell(work, account.person_id, "access_asked_back")
    row.ready_at = (told_at or work.now) + WAIT


def _refuse_late_or_early(work: Work, row: Recovery) -> None:
    if row.state == "used":
        # L10n: Above the form for a code that a worker handed over.
        raise Invalid(N_("This code was used. If it was not you, ask a worker for help now."))
    if row.state != "approved":
        # L10n: Above the form for a code that a worker handed over: its owner said that it was not them.
        raise Invalid(N_("This code was stopped. Ask a worker for a new one."))
    if row.expires_at <= work.now:
        # L10n: Above the form for a code that a worker handed over.
        raise Invalid(N_("This code has expired. Ask a worker for a new one."))
    if row.ready_at is None:
        # L10n: Above the form for a code that a worker handed over.
        raise Invalid(N_("This code does not work yet. Wait an hour, then try again."))
    left = row.ready_at - work.now
    if left > timedelta(0):
        # L10n: Above the form for a code that a worker handed over. %(n)s is a number of minutes.
        minutes = -(-int(left.total_seconds()) // 60)
        raise Invalid(N_("This code does not work yet. Minutes to wait: %(n)s."), n=minutes)


def _waiting(work: Work) -> Account:
    session = work.session.get(SignInSession, work.actor.session)
    account = work.session.get(Account, work.actor.account_id)
    if session is None or session.stage != "recover" or account is None or account.state != "active":
        raise NotThere()
    if _has_role(work, account.id):
        raise NotThere()
    return account


def _has_role(work: Work, account_id: int) -> bool:
    """Say whether an account has a role by now: such a one is never given back this way, whatever was asked before."""
    held = exists().where(Membership.account_id == account_id, Membership.state == "active")
    return bool(work.session.scalar(select(held)))


def _end_open(work: Work, account_id: int) -> None:
    rows = work.session.scalars(
        select(Recovery).where(Recovery.account_id == account_id, Recovery.state.in_(OPEN))
    )
    for row in rows:
        row.state = "refused"
