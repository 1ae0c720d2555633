"""Verbs of identity: make accounts, sign in with two steps, carry and end sessions."""

import hashlib
from datetime import date

import pyotp
from sqlalchemy import delete, update

from portal.base import ids
from portal.base.crypto import Place
from portal.base.problems import Invalid, NotThere
from portal.base.work import Work
from portal.identity import passwords, queries, rules
from portal.identity.models import (
    Account,
    ApiKey,
    Membership,
    Person,
    RecoveryCode,
    SignInName,
    SignInSession,
)
from portal.identity.permissions import Actor
from portal.language.rules import N_


def fingerprint(token: str) -> bytes:
    """Give the SHA-256 under which a 256-bit token is kept."""
    return hashlib.sha256(token.encode()).digest()


def add_person(work: Work, full_name: str, birth_date: date) -> int:
    """Make a service user and give the person id. The name may be in any script and is kept as typed (NFC)."""
    person_id = ids.random63()
    keys = work.keys
    work.session.add(
        Person(
            person_id=person_id,
            full_name=keys.seal(Place("identity_person", "full_name", person_id, person_id), full_name),
            birth_date=keys.seal(
                Place("identity_person", "birth_date", person_id, person_id), birth_date.isoformat()
            ),
            made_on=work.now.date(),
        )
    )
    return person_id


def person_facts(work: Work, person_id: int) -> queries.PersonFacts:
    """Give a person's own name and birth date (to check a feed against). Raises NotThere."""
    return queries.person_facts(work, person_id)


def add_account(
    work: Work,
    username: str,
    password: str,
    name: str,
    *,
    person_id: int | None = None,
    language: str = "en",
    totp_secret: str | None = None,
) -> int:
    """Make an account with a password and an authenticator secret (base32), and give its id.

    Raises Invalid when the sign-in name is taken or the password is too short.
    """
    if not rules.password_is_long_enough(password):
        # L10n: Error beside the password field. %(n)s is a number of characters.
        raise Invalid(
            N_("Use a password of %(n)s characters or more."), "password", n=rules.SHORTEST_PASSWORD
        )
    key = work.keys.digest("sign-in-name", rules.fold_name(username))
    if work.session.get(SignInName, key) is not None:
        # L10n: Error beside the user name field when joining.
        raise Invalid(N_("Choose another user name. That one cannot be used."), "username")
    account_id = ids.random63()
    secret = totp_secret or pyotp.random_base32()
    work.session.add(
        Account(
            id=account_id,
            person_id=person_id,
            name=work.keys.seal(_place("name", account_id), name),
            password_hash=passwords.hash_secret(password),
            totp_secret=work.keys.seal(_place("totp_secret", account_id), secret),
            language=language,
            made_at=work.now,
        )
    )
    work.session.add(SignInName(fingerprint=key, account_id=account_id))
    return account_id


def add_membership(work: Work, account_id: int, agency_id: int, role: str) -> None:
    """Give an account a role in an organisation: adviser, privacy-officer, steward or frontline."""
    work.session.add(
        Membership(account_id=account_id, agency_id=agency_id, role=role, state="active", made_at=work.now)
    )


def fresh_recovery_codes(work: Work, account_id: int) -> list[str]:
    """Replace an account's recovery codes by eight new ones, and give them: they cannot be read again."""
    work.session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account_id))
    codes = [ids.typed_code(16) for _ in range(rules.RECOVERY_CODES)]
    for code in codes:
        key = work.keys.digest("recovery-code", code)
        work.session.add(RecoveryCode(account_id=account_id, fingerprint=key))
    return ["-".join(code[i : i + 4] for i in range(0, 16, 4)) for code in codes]


def begin_sign_in(work: Work, username: str, password: str, shared_device: bool = False) -> str | None:
    """Check the first step, and give the token of a session that waits for the second; None if wrong.

    The same work is done whether or not the name exists. The caller has counted the try already.
    """
    account = queries.account_by_name(work, rules.fold_name(username))
    right = passwords.matches(account.password_hash if account else None, password)
    if not right or account is None or account.state != "active":
        return None
    token = ids.token()
    work.session.add(
        SignInSession(
            fingerprint=fingerprint(token),
            account_id=account.id,
            stage="password",
            made_at=work.now,
            seen_at=work.now,
            shared_device=shared_device,
        )
    )
    return token


def finish_sign_in(work: Work, session: bytes, code: str) -> str | None:
    """Check the second step (app code or recovery code), and give the token of a new full session; None if wrong."""
    waiting = work.session.get(SignInSession, session)
    if waiting is None or not _second_factor(work, waiting.account_id, code):
        return None
    token = ids.token()
    work.session.add(
        SignInSession(
            fingerprint=fingerprint(token),
            account_id=waiting.account_id,
            stage="full",
            made_at=work.now,
            seen_at=work.now,
            factor_at=work.now,
            agency_id=queries.first_hat(work, waiting.account_id),
            shared_device=waiting.shared_device,
        )
    )
    work.session.delete(waiting)
    return token


def step_up(work: Work, code: str) -> str | None:
    """Take a second factor from a signed-in account, and give the token of its renewed session; None if wrong."""
    present = work.session.get(SignInSession, work.actor.session)
    if present is None or not _second_factor(work, present.account_id, code):
        return None
    token = ids.token()
    work.session.add(
        SignInSession(
            fingerprint=fingerprint(token),
            account_id=present.account_id,
            stage="full",
            made_at=present.made_at,
            seen_at=work.now,
            factor_at=work.now,
            agency_id=present.agency_id,
            shared_device=present.shared_device,
        )
    )
    work.session.delete(present)
    return token


def touch(work: Work, session: bytes, language: str) -> None:
    """Note that a session is in use, and the language its account now reads in."""
    work.session.execute(
        update(SignInSession).where(SignInSession.fingerprint == session).values(seen_at=work.now)
    )
    if language != work.actor.language:
        choose_language(work, language)


def end_session(work: Work, session: bytes) -> None:
    """End a session: the cookie is worth nothing from now on."""
    work.session.execute(delete(SignInSession).where(SignInSession.fingerprint == session))


def choose_language(work: Work, tag: str) -> None:
    """Keep the language an account reads in."""
    work.session.execute(update(Account).where(Account.id == work.actor.account_id).values(language=tag))


def set_email(work: Work, account_id: int, email: str) -> None:
    """Keep an e-mail address to which a neutral notice may be sent."""
    account = work.session.get(Account, account_id)
    if account is None:
        raise NotThere()
    account.email = work.keys.seal(_place("email", account_id), email)


def deactivate(work: Work, account_id: int) -> None:
    """Shut an account: its sessions are over at the next click."""
    account = work.session.get(Account, account_id)
    if account is None:
        raise NotThere()
    account.state = "shut"
    work.session.execute(delete(SignInSession).where(SignInSession.account_id == account_id))


def add_api_key(work: Work, agency_id: int, label: str) -> str:
    """Make a key with which an agency's system may send records, and give it: only its hash is kept."""
    token = f"pk_{ids.token()}"
    work.session.add(
        ApiKey(fingerprint=fingerprint(token), agency_id=agency_id, label=label[:60], made_at=work.now)
    )
    return token


def key_actor(work: Work, token: str) -> Actor | None:
    """Give the actor of an API key; None if it is unknown or revoked."""
    return queries.key_actor(work, fingerprint(token))


def actor_of(work: Work, token: str) -> tuple[Actor, bool] | None:
    """Give the actor of a session token, and whether the session is due to be touched; None if it is over."""
    return queries.actor_of(work, fingerprint(token))


def _second_factor(work: Work, account_id: int, code: str) -> bool:
    account = work.session.get(Account, account_id)
    if account is None or account.state != "active":
        return False
    typed = ids.fold_code(code)
    if typed.isascii() and typed.isdigit():
        return _app_code(work, account, typed)
    key = work.keys.digest("recovery-code", typed)
    used = work.session.execute(
        update(RecoveryCode)
        .where(
            RecoveryCode.account_id == account_id,
            RecoveryCode.fingerprint == key,
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=work.now)
    )
    return used.rowcount == 1


def _app_code(work: Work, account: Account, typed: str) -> bool:
    totp = pyotp.TOTP(work.keys.open(_place("totp_secret", account.id), account.totp_secret))
    step = int(work.now.timestamp()) // totp.interval
    for near in (step, step - 1, step + 1):
        # Each step is accepted once: a code read over a shoulder is worth nothing after its use.
        if near > account.totp_last_step and pyotp.utils.strings_equal(typed, totp.generate_otp(near)):
            account.totp_last_step = near
            return True
    return False


def _place(column: str, account_id: int) -> Place:
    return Place("identity_account", column, account_id, account_id)


def expire(work: Work) -> int:
    """Delete sessions that are over by the longest limit, and give how many (the worker calls this)."""
    gone = work.session.execute(
        delete(SignInSession).where(SignInSession.made_at < work.now - rules.ABSOLUTE)
    )
    return gone.rowcount
