"""Sessions: signing in with two steps, asking again, wearing a hat, and ending."""

from dataclasses import dataclass
from typing import Any

import pyotp
from sqlalchemy import delete, select, update

from portal.base import ids
from portal.base.clock import nz_date
from portal.base.crypto import SYSTEM_OWNER
from portal.base.db import rows_changed
from portal.base.problems import NotThere
from portal.base.work import Work
from portal.identity import passwords, queries, rules
from portal.identity.models import Account, Membership, SignInSession
from portal.identity.permissions import Actor
from portal.identity.queries import device_of, device_place, place
from portal.identity.rules import fingerprint
from portal.identity.service.accounts import choose_language
from portal.identity.service.tried import tell_of_paper, use_printed


@dataclass(frozen=True, repr=False)
class Checked:
    """A password that was compared: with which account's, and the hash that stood there. `right` says the answer."""

    account_id: int
    stored: str
    right: bool


def check_password(work: Work, username: str, password: str) -> Checked:
    """Compare a password, before the transaction that begins a session: Argon2id takes its time.

    The same work is done whether or not the name exists. The caller has counted the try already. Raises Busy.
    """
    account = queries.account_by_name(work, rules.fold_name(username))
    stored = account.password_hash if account else None
    # A name that nobody has is digested at sign-in like one that somebody has.
    return Checked(account.id if account else 0, stored or "", passwords.matches(stored, password))


def check_own_password(work: Work, password: str) -> Checked:
    """Compare a password with that of the actor's own account. Raises NotThere without one, and Busy."""
    stored = work.session.scalar(select(Account.password_hash).where(Account.id == work.actor.account_id))
    if stored is None or work.actor.account_id is None:
        raise NotThere()
    return Checked(work.actor.account_id, stored, passwords.matches(stored, password))


def begin_sign_in(
    work: Work, checked: Checked, shared_device: bool = False, device: str | None = None
) -> str | None:
    """Give the token of a session that waits for the second step; None if the password was wrong.

    `device` is the kind of browser as one text (`browsers.kind_of`). Looks again whether the account is active
    and still has the password that was compared.
    """
    if not checked.right:
        return None
    account = work.session.get(Account, checked.account_id)
    if account is None or account.state != "active" or account.password_hash != checked.stored:
        return None
    return open_session(work, account.id, "password", shared_device=shared_device, device=device)


def finish_sign_in(work: Work, session: bytes, code: str) -> str | None:
    """Check the second step (app code or recovery code), and give the token of a new full session; None if wrong."""
    waiting = work.session.get(SignInSession, session)
    if waiting is None or waiting.stage != "password" or not second_factor(work, waiting.account_id, code):
        return None
    return complete(work, waiting)


def step_up(work: Work, code: str) -> str | None:
    """Take a second factor from a signed-in account, and give the token of its renewed session; None if wrong."""
    present = work.session.get(SignInSession, work.actor.session)
    if present is None or not second_factor(work, present.account_id, code):
        return None
    return renewed(work, present)


def complete(work: Work, waiting: SignInSession) -> str:
    """Let a session that waited for its second step give way to a full one, and give that one's token."""
    tell_of_paper(work, waiting.account_id)
    hat = queries.first_hat(work, waiting.account_id)
    return _instead_of(work, waiting, agency_id=hat)


def renewed(work: Work, present: SignInSession) -> str:
    """Let a full session give way to one whose second factor was given now, and give that one's token."""
    kept = {
        name: getattr(present, name) for name in ("agency_id", "for_person_id", "for_grant_id", "made_at")
    }
    return _instead_of(work, present, **kept)


def open_session(work: Work, account_id: int, stage: str, *, device: str | None = None, **facts: Any) -> str:
    """Open a session under a token of its own, and give the token: only its hash is kept.

    `device` is the kind of browser as one text; left out, it is noted when the session is next touched.
    """
    token, number = ids.token(), ids.random63()
    row = {"id": number, "made_at": work.now, "seen_at": work.now, "shared_device": False, **facts}
    stage, with_worker = _beside(work, account_id, stage)
    row |= with_worker
    sealed = work.keys.seal(device_place(number, account_id), device) if device is not None else None
    made = SignInSession(
        fingerprint=fingerprint(token), account_id=account_id, stage=stage, device=sealed, **row
    )
    work.session.add(made)
    if facts.get("agency_id") is not None:
        # Colleagues who look after roles see on which day a role was last used.
        mine = (Membership.account_id == account_id, Membership.agency_id == facts["agency_id"])
        work.session.execute(update(Membership).where(*mine).values(seen_on=nz_date(work.now)))
    return token


def _beside(work: Work, account_id: int, stage: str) -> tuple[str, dict[str, Any]]:
    """Let every session that begins on a device which a worker handed over know of the worker, and wait for a yes.

    However somebody signs in: this is the one place where sessions begin. The worker, or another member of staff,
    who signs in there is back at their own desk.
    """
    beside = work.actor.beside
    if beside is None or account_id == beside.account_id:
        return stage, {}
    if work.session.scalar(select(Account.person_id).where(Account.id == account_id)) is None:
        return stage, {}
    agreed = beside.until is not None and account_id == work.actor.account_id
    facts: dict[str, Any] = {
        "beside_account_id": beside.account_id,
        "beside_agency_id": beside.agency_id,
        "beside_until": beside.until if agreed else None,
        "beside_ref": beside.ref if agreed else None,
        "shared_device": True,
        "agency_id": None,
    }
    return "agreeing" if stage == "full" and not agreed else stage, facts


def _instead_of(work: Work, old: SignInSession, **facts: Any) -> str:
    facts |= {"factor_at": work.now, "shared_device": old.shared_device}
    token = open_session(work, old.account_id, "full", device=device_of(work, old), **facts)
    work.session.delete(old)
    return token


def touch(work: Work, session: bytes, language: str, device: str | None = None) -> None:
    """Note that a session is in use, by what kind of browser, and the language its account now reads in."""
    changes: dict[str, Any] = {"seen_at": work.now}
    if device is not None and work.actor.account_id is not None:
        number = work.session.scalar(
            select(SignInSession.id).where(
                SignInSession.fingerprint == session, SignInSession.device.is_(None)
            )
        )
        if number is not None:
            changes["device"] = work.keys.seal(device_place(number, work.actor.account_id), device)
    work.session.execute(update(SignInSession).where(SignInSession.fingerprint == session).values(changes))
    if language != work.actor.language:
        choose_language(work, language)


def wear(work: Work, agency_id: int | None) -> None:
    """Act for an organisation from now on, or as oneself (None). Raises NotThere without a role there."""
    if agency_id is None:
        if work.actor.person_id is None:
            raise NotThere()
    elif agency_id not in [hat.agency_id for hat in queries.hats(work)]:
        raise NotThere()
    work.session.execute(
        update(SignInSession)
        .where(SignInSession.fingerprint == work.actor.session)
        .values(agency_id=agency_id, for_person_id=None, for_grant_id=None, seen_at=work.now)
    )


def act_for(work: Work, person_id: int, grant_id: int) -> None:
    """Act for a person from now on, by a grant that the caller has checked. The session says so, and loses its hat.

    Whether the grant holds is looked at again with each page (`queries.actor_of`).
    """
    work.session.execute(
        update(SignInSession)
        .where(SignInSession.fingerprint == work.actor.session)
        .values(for_person_id=person_id, for_grant_id=grant_id, agency_id=None, seen_at=work.now)
    )


def act_for_oneself(work: Work) -> None:
    """Act for nobody else any more: as one's own person, or with the hat that is put on at sign-in."""
    hat = queries.first_hat(work, work.actor.account_id) if work.actor.account_id is not None else None
    work.session.execute(
        update(SignInSession)
        .where(SignInSession.fingerprint == work.actor.session)
        .values(for_person_id=None, for_grant_id=None, agency_id=hat, seen_at=work.now)
    )


def helped_name(work: Work) -> str:
    """Give the name by which the person goes here whom the actor helps; empty where they help nobody. No read."""
    helping = work.actor.helping
    if helping is None or helping.sealed_name is None:
        return ""
    return work.keys.open(queries.name_place(helping.account_id), helping.sealed_name)


def end_session(work: Work, session: bytes) -> None:
    """End a session: the cookie is worth nothing from now on."""
    work.session.execute(delete(SignInSession).where(SignInSession.fingerprint == session))


def key_actor(work: Work, token: str) -> Actor | None:
    """Give the actor of an API key; None if it is unknown or revoked."""
    return queries.key_actor(work, fingerprint(token))


def actor_of(work: Work, token: str) -> tuple[Actor, bool] | None:
    """Give the actor of a session token, and whether the session is due to be touched; None if it is over."""
    found = queries.actor_of(work, fingerprint(token))
    if found is not None and found[0].helping is not None and found[0].person_id is not None:
        # The band above a helper's pages names the person, below it stands what is theirs, or what asks for the
        # helper's own code: one read for all three.
        work.keys.load(SYSTEM_OWNER, found[0].person_id, found[0].account_id or 0)
    return found


def second_factor(work: Work, account_id: int, code: str) -> bool:
    """Take a code from the app or a recovery code of an active account, once; say whether it was right."""
    account = work.session.get(Account, account_id)
    if account is None or account.state != "active":
        return False
    typed = ids.fold_code(code)
    if typed.isascii() and typed.isdigit():
        return app_code(work, account, typed)
    return use_printed(work, account_id, typed)


def app_code(work: Work, account: Account, typed: str) -> bool:
    """Take a code from the app, and say whether it was right. Each time step is accepted once."""
    if account.totp_secret is None:
        return False
    totp = pyotp.TOTP(work.keys.open(place("totp_secret", account.id), account.totp_secret))
    step = int(work.now.timestamp()) // totp.interval
    for near in (step, step - 1, step + 1):
        # Each step is accepted once: a code read over a shoulder is worth nothing after its use.
        if near > account.totp_last_step and pyotp.utils.strings_equal(typed, totp.generate_otp(near)):
            account.totp_last_step = near
            return True
    return False


def expire(work: Work) -> int:
    """Delete sessions that are over by the longest limit, and give how many (the worker calls this).

    They stay an hour longer, worth nothing: what is sent from a page that timed out is kept for their account.
    """
    over = work.now - rules.ABSOLUTE - rules.KEEP_ANSWERS
    return rows_changed(work.session, delete(SignInSession).where(SignInSession.made_at < over))
