"""Making accounts and people, and what an account keeps: codes, language, memberships, keys."""

from datetime import date

import pyotp
from sqlalchemy import delete, select, update

from portal.base import ids
from portal.base.crypto import Place
from portal.base.db import rows_changed
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
from portal.identity.passwords import Hashed
from portal.identity.queries import name_place, place
from portal.identity.queries.helping import DECEASED
from portal.identity.rules import fingerprint
from portal.language.rules import N_


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
    password: str | Hashed,
    name: str,
    *,
    person_id: int | None = None,
    language: str = "en",
    totp_secret: str | None = None,
    state: str = "active",
    account_id: int | None = None,
) -> int:
    """Make an account with a password and an authenticator secret (base32), and give its id.

    In state "new" it cannot sign in yet. Pages hash the password before (`new_password`), whether or not the
    name is taken: that is not told by the time. The command line may give it plain. Raises Invalid when the
    name is taken, or about a plain password.
    """
    hashed = password if isinstance(password, Hashed) else new_password(password, username)
    key = work.keys.digest("sign-in-name", rules.fold_name(username))
    if work.session.get(SignInName, key) is not None:
        # L10n: Error beside the user name field when joining.
        raise Invalid(N_("Choose another user name. That one cannot be used."), "username")
    account_id = account_id or ids.random63()
    secret = totp_secret or pyotp.random_base32()
    work.session.add(
        Account(
            id=account_id,
            person_id=person_id,
            name=work.keys.seal(name_place(account_id), name),
            password_hash=hashed.text,
            totp_secret=work.keys.seal(place("totp_secret", account_id), secret),
            language=language,
            state=state,
            made_at=work.now,
        )
    )
    work.session.add(SignInName(fingerprint=key, account_id=account_id))
    return account_id


def add_membership(work: Work, account_id: int, agency_id: int, role: str, vouched: bool = True) -> None:
    """Give an account a role in an organisation: caseworker, privacy-officer, steward, frontline or administrator.

    `vouched` is false where the organisation lets somebody in and the portal's operator had no part in it.
    """
    work.session.add(
        Membership(
            account_id=account_id,
            agency_id=agency_id,
            role=role,
            state="active",
            made_at=work.now,
            vouched_at=work.now if vouched else None,
        )
    )


def fresh_recovery_codes(work: Work, account_id: int, number: int = rules.RECOVERY_CODES) -> list[str]:
    """Replace an account's recovery codes by new ones, usually eight, and give them: they cannot be read again."""
    work.session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account_id))
    codes = [ids.typed_code(16) for _ in range(number)]
    for code in codes:
        key = work.keys.digest("recovery-code", code)
        work.session.add(RecoveryCode(account_id=account_id, fingerprint=key))
    return ["-".join(code[i : i + 4] for i in range(0, 16, 4)) for code in codes]


def choose_language(work: Work, tag: str) -> None:
    """Keep the language an account reads in."""
    work.session.execute(update(Account).where(Account.id == work.actor.account_id).values(language=tag))


def deactivate(work: Work, account_id: int) -> None:
    """Shut an account: its sessions are over at the next click."""
    account = work.session.get(Account, account_id)
    if account is None:
        raise NotThere()
    account.state = "shut"
    work.session.execute(delete(SignInSession).where(SignInSession.account_id == account_id))


def add_api_key(work: Work, agency_id: int, label: str, scope: str = rules.SEND) -> str:
    """Make a key for an agency's system, and give it: only its hash is kept.

    `scope` is one of rules.SCOPES: a key sends records, or takes the agency's copy home, never both.
    """
    if scope not in rules.SCOPES:
        raise ValueError("a key sends or reads")
    token = f"pk_{ids.token()}"
    work.session.add(
        ApiKey(
            fingerprint=fingerprint(token),
            agency_id=agency_id,
            label=label[:60],
            scope=scope,
            made_at=work.now,
        )
    )
    return token


def end_api_keys(work: Work, agency_id: int, label: str) -> int:
    """End the keys of an agency that have a label, from the next call on, and give how many that were."""
    live = [ApiKey.agency_id == agency_id, ApiKey.label == label[:60], ApiKey.revoked_at.is_(None)]
    return rows_changed(work.session, update(ApiKey).where(*live).values(revoked_at=work.now))


def new_password(password: str, username: str, field: str = "password") -> Hashed:
    """Hash a new password, before the transaction that keeps it. Raises Invalid about `field`: too short, too easy."""
    if not rules.password_is_long_enough(password):
        # L10n: Error beside the password field. %(n)s is a number of characters.
        raise Invalid(N_("Use a password of %(n)s characters or more."), field, n=rules.SHORTEST_PASSWORD)
    if rules.password_is_too_easy(password, username) or passwords.is_common(password, username):
        # L10n: Error beside the password field.
        raise Invalid(N_("That password is too easy to guess. Use three or more words."), field)
    return passwords.prepare(password)


def shut_for_death(work: Work, person_id: int) -> None:
    """Shut the account of a person who died: nobody signs in with it, and what is open ends at once."""
    row = work.session.scalars(select(Account).where(Account.person_id == person_id)).one_or_none()
    if row is not None and row.state == "active":
        row.state = DECEASED
        work.session.execute(delete(SignInSession).where(SignInSession.account_id == row.id))


def open_after_mistake(work: Work, person_id: int) -> None:
    """Let a person sign in again whom staff had said to have died."""
    row = work.session.scalars(select(Account).where(Account.person_id == person_id)).one_or_none()
    if row is not None and row.state == DECEASED:
        row.state = "active"


def has_died(work: Work, person_id: int) -> bool:
    """Say whether two of an agency's staff said that a person died."""
    died = (Account.person_id == person_id, Account.state == DECEASED)
    return work.session.scalar(select(Account.id).where(*died)) is not None
