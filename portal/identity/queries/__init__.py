"""Reads of identity: accounts, the actor behind a session, a person's own facts."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, func, select

from portal.base import ids
from portal.base.crypto import SYSTEM_OWNER, Place
from portal.base.problems import Ended, NotThere, Refused
from portal.base.statements import fixed
from portal.base.work import Work
from portal.identity import rules
from portal.identity.models import (
    Account,
    ApiKey,
    Invitation,
    Membership,
    Person,
    RecoveryCode,
    SignInName,
    SignInSession,
)
from portal.identity.permissions import Actor
from portal.identity.queries.beside import beside_of, with_beside
from portal.identity.queries.helping import for_someone, with_help
from portal.language.rules import N_

KINDS = {"full": "account", "password": "half", "joining": "joining", "recover": "recovering"}
KINDS |= {stage: stage for stage in ("handing", "agreeing")}


@dataclass(frozen=True)
class Hat:
    """An organisation in which an account has a role."""

    agency_id: int
    role: str


@dataclass(frozen=True)
class Invited:
    """Whom an open invitation is for; without an agency it is for a person."""

    id: int
    agency_id: int | None
    role: str
    name: str


@dataclass(frozen=True)
class PersonFacts:
    """A person's own name and birth date, as they gave them."""

    full_name: str
    birth_date: date


@dataclass(frozen=True)
class Reader:
    """In what language an account reads, and whether what it is told must be neutral always."""

    name: str
    language: str
    discreet: bool


def name_place(account_id: int) -> Place:
    """Give where an account's display name stands: under the portal's own key, which every page reads anyway."""
    return Place("identity_account", "name", account_id, SYSTEM_OWNER)


def colleague_ref(work: Work, agency_id: int, account_id: int) -> int:
    """Give the id under which an organisation's own people find a colleague.

    Not the account's own id: nobody can tell that a colleague has a role elsewhere too.
    """
    key = work.keys.digest("colleague", f"{agency_id} {account_id}")
    return int.from_bytes(key[:8], "big") >> 1 or 1


def place(column: str, account_id: int) -> Place:
    """Give where a sealed value of an account stands."""
    return Place("identity_account", column, account_id, account_id)


def device_place(session_id: int, account_id: int) -> Place:
    """Give where the kind of a session's browser stands."""
    return Place("identity_session", "device", session_id, account_id)


def device_of(work: Work, row: SignInSession) -> str | None:
    """Give the kind of a session's browser as it was noted; None if it was not."""
    return work.keys.open(device_place(row.id, row.account_id), row.device) if row.device else None


def account_by_name(work: Work, folded_name: str) -> Account | None:
    """Find an account by its folded sign-in name."""
    key = work.keys.digest("sign-in-name", folded_name)
    return work.session.scalars(
        select(Account)
        .join(SignInName, SignInName.account_id == Account.id)
        .where(SignInName.fingerprint == key)
    ).first()


def first_hat(work: Work, account_id: int) -> int | None:
    """Give the organisation whose hat an account puts on at sign-in; None for an account with a person."""
    row = work.session.execute(
        select(Membership.agency_id, Account.person_id)
        .join(Account, Account.id == Membership.account_id)
        .where(Membership.account_id == account_id, Membership.state == "active")
        .order_by(Membership.made_at)
    ).first()
    return row.agency_id if row and row.person_id is None else None


def actor_of(work: Work, session: bytes) -> tuple[Actor, bool] | None:
    """Give the actor of a full session and whether it is due to be touched; None if it is over."""
    row = work.session.execute(*_session_row(session, work.now)).first()
    if row is None:
        return None
    # A half-made account can go on joining and nothing else.
    if row.state != ("new" if row.stage == "joining" else "active"):
        return None
    short = row.shared_device or row.discreet
    idle = rules.idle_limit(staff=row.agency_id is not None, shared_device=short)
    if rules.is_over(work.now, made_at=row.made_at, seen_at=row.seen_at, stage=row.stage, idle=idle):
        return None
    beside = beside_of(work, row)
    # Never both: who acts for another person does so without a worker beside them.
    if row.beside_account_id is not None and (beside is None or row.for_person_id is not None):
        return None
    actor = Actor(
        kind=KINDS[row.stage],
        account_id=row.account_id,
        person_id=row.person_id,
        agency_id=row.agency_id,
        role=row.role,
        session=session,
        factor_at=row.factor_at,
        language=row.language,
        discreet=row.discreet,
        ask_again=row.ask_again,
        sealed_name=row.name,
        beside=beside,
    )
    if row.for_person_id is not None:
        actor = for_someone(actor, row)
    return actor, work.now - row.seen_at > rules.TOUCH_EVERY


@fixed
def _session_row(session: Any, now: Any) -> Select:
    session_row = (
        select(
            *(
                SignInSession.stage,
                SignInSession.shared_device,
                SignInSession.account_id,
                SignInSession.agency_id,
            ),
            *(SignInSession.made_at, SignInSession.seen_at, SignInSession.factor_at),
            *(Account.person_id, Account.name, Account.language, Account.state),
            *(Account.discreet, Account.ask_again),
            Membership.role,
        )
        .join(Account, Account.id == SignInSession.account_id)
        .outerjoin(
            Membership,
            and_(
                Membership.account_id == SignInSession.account_id,
                Membership.agency_id == SignInSession.agency_id,
                Membership.state == "active",
            ),
        )
        .where(SignInSession.fingerprint == session)
    )
    return with_beside(with_help(session_row, now))


def key_actor(work: Work, key: bytes) -> Actor | None:
    """Give the actor of an agency's API key, with its scope as the role; None if it is unknown or revoked."""
    found = work.session.execute(
        select(ApiKey.agency_id, ApiKey.scope).where(ApiKey.fingerprint == key, ApiKey.revoked_at.is_(None))
    ).first()
    return Actor(kind="key", agency_id=found.agency_id, role=found.scope) if found else None


def account_name(work: Work, account_id: int | None) -> str:
    """Give an account's display name; the actor's own is not read again. Raises NotThere."""
    if account_id is not None and account_id == work.actor.account_id and work.actor.sealed_name:
        return work.keys.open(name_place(account_id), work.actor.sealed_name)
    sealed = work.session.scalar(select(Account.name).where(Account.id == account_id))
    if sealed is None or account_id is None:
        raise NotThere()
    return work.keys.open(name_place(account_id), sealed)


def reader_of(work: Work, person_id: int) -> Reader | None:
    """Give how a person's account reads: name, language, discreetly or not; None without an account."""
    row = work.session.execute(
        select(Account.id, Account.name, Account.language, Account.discreet).where(
            Account.person_id == person_id, Account.state == "active"
        )
    ).first()
    if row is None:
        return None
    # Whoever asks how a person reads will open what is theirs next: one statement for both.
    work.keys.load(row.id, person_id)
    name = work.keys.open(name_place(row.id), row.name)
    return Reader(name=name, language=row.language, discreet=row.discreet)


def open_name(work: Work, person_id: int, sealed: bytes) -> str:
    """Open a person's own full name as it was read."""
    return work.keys.open(Place("identity_person", "full_name", person_id, person_id), sealed)


def person_facts(work: Work, person_id: int) -> PersonFacts:
    """Give a person's own name and birth date. Raises NotThere."""
    row = work.session.execute(
        select(Person.full_name, Person.birth_date).where(Person.person_id == person_id)
    ).first()
    if row is None:
        raise NotThere()
    keys = work.keys
    return PersonFacts(
        full_name=open_name(work, person_id, row.full_name),
        birth_date=date.fromisoformat(
            keys.open(Place("identity_person", "birth_date", person_id, person_id), row.birth_date)
        ),
    )


def has_password(work: Work) -> bool:
    """Say whether the actor's account has a password."""
    found = work.session.scalar(select(Account.password_hash).where(Account.id == work.actor.account_id))
    return found is not None


def has_factors(work: Work) -> tuple[bool, bool]:
    """Say whether the actor's account has a password, and whether it has an app."""
    row = work.session.execute(
        select(Account.password_hash.is_not(None), Account.totp_secret.is_not(None)).where(
            Account.id == work.actor.account_id
        )
    ).one()
    return bool(row[0]), bool(row[1])


def hats(work: Work) -> list[Hat]:
    """Give the organisations whose hat the actor's account may wear, the oldest first."""
    rows = work.session.execute(
        select(Membership.agency_id, Membership.role)
        .where(Membership.account_id == work.actor.account_id, Membership.state == "active")
        .order_by(Membership.made_at, Membership.agency_id)
    )
    return [Hat(row.agency_id, row.role) for row in rows]


def shared_device(work: Work) -> bool:
    """Say whether the actor said at sign-in that others use this phone or computer."""
    found = work.session.scalar(
        select(SignInSession.shared_device).where(SignInSession.fingerprint == work.actor.session)
    )
    return bool(found)


def recovery_codes_left(work: Work) -> int:
    """Give how many of the actor's recovery codes are unused."""
    return work.session.execute(
        select(func.count())
        .select_from(RecoveryCode)
        .where(RecoveryCode.account_id == work.actor.account_id, RecoveryCode.used_at.is_(None))
    ).scalar_one()


def invitation_place(invitation_id: int, agency_id: int | None) -> Place:
    """Give where the name in an invitation stands."""
    return Place("identity_invitation", "name", invitation_id, SYSTEM_OWNER, agency_id or 0)


def invited(work: Work, code: str) -> Invited:
    """Give whom an invitation is for.

    Raises NotThere for an unknown code, Ended for one used or too old, Refused while nobody else agreed to it.
    """
    row = work.session.get(Invitation, work.keys.digest("invitation", ids.fold_code(code)))
    if row is None:
        raise NotThere()
    if row.used_at is not None or row.expires_at <= work.now:
        raise Ended()
    if row.approved_by is None:
        # L10n: Page for somebody with an invitation to which no second administrator has agreed yet.
        raise Refused(N_("This invitation waits for a second administrator. Try again later."))
    name = work.keys.open(invitation_place(row.id, row.agency_id), row.name)
    return Invited(row.id, row.agency_id, row.role, name)
