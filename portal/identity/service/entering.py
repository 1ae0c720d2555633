"""Signing in with another provider: who is known gets in, who is new joins, who is in already connects it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pyotp
from sqlalchemy import exists, func, select

from portal.base import ids
from portal.base.problems import Ended, Invalid, NotThere, Refused
from portal.base.work import Work
from portal.identity import queries, rules
from portal.identity.models import Account, External, Membership, PaperCard, Passkey, SignInSession
from portal.identity.providers import ProviderFacts, Said
from portal.identity.queries import name_place, place
from portal.identity.rules import fingerprint
from portal.identity.service.accounts import add_person, fresh_recovery_codes
from portal.identity.service.devices import factors_changed
from portal.identity.service.flows import keep_flow, see_flow, take_flow
from portal.identity.service.joining import Joined, forget_new, use_invitation
from portal.identity.service.providers import connected, external_key, forget_connection, provider_of
from portal.identity.service.sessions import open_session, renewed
from portal.language.rules import N_

NEW = "provider-new"


@dataclass(frozen=True)
class Entered:
    """The token to carry from now on, and what it opens: full, password (the second step follows), or new (join)."""

    token: str
    stage: str


@dataclass(frozen=True)
class Newcomer:
    """What somebody gives who joins with a provider: name and birth date, or a colleague's invitation code."""

    full_name: str = ""
    birth_date: date | None = None
    invitation: str = ""
    language: str = "en"


def enter(work: Work, facts: ProviderFacts, said: Said, *, shared: bool = False) -> Entered | None:
    """Let in whom a provider named, or let them join. None for an account that is shut, or has left the organisation.

    Where the provider asks for two steps itself, the session is full; else ours is still to come.
    """
    row = work.session.get(External, external_key(work, facts, said.subject))
    account = work.session.get(Account, row.account_id) if row else None
    if account is not None and account.state == "new":
        # Broken off half way: they begin again.
        forget_new(work, [account.id])
        account = None
    if row is None or account is None:
        return _keep_newcomer(work, facts, said)
    if account.state != "active" or not _belongs(work, account.id, facts.agency_id):
        return None
    row.used_at = work.now
    row.verified_at = work.now if _is_same(work, facts, said, account.person_id) else None
    if not facts.both_steps or not _stands_alone(work, account, facts.agency_id):
        return Entered(open_session(work, account.id, "password", shared_device=shared), "password")
    hat = facts.agency_id or queries.first_hat(work, account.id)
    token = open_session(work, account.id, "full", factor_at=work.now, agency_id=hat, shared_device=shared)
    return Entered(token, "full")


def step_up_with(work: Work, facts: ProviderFacts, said: Said) -> str | None:
    """Take a provider's two steps as a second factor asked for again; give the token of the renewed session."""
    present = work.session.get(SignInSession, work.actor.session)
    row = work.session.get(External, external_key(work, facts, said.subject))
    if present is None or row is None or row.account_id != present.account_id or not facts.both_steps:
        return None
    account = work.session.get_one(Account, present.account_id)
    if not _belongs(work, account.id, facts.agency_id) or not _stands_alone(work, account, facts.agency_id):
        return None
    return renewed(work, present)


def _stands_alone(work: Work, account: Account, agency_id: int | None) -> bool:
    """Say whether a provider's two steps are enough by themselves.

    An organisation's provider speaks for its own staff: where the account is also somebody's own, or has a role
    elsewhere, our second step follows. Whoever runs one organisation's sign-in cannot open another's desk.
    """
    if agency_id is None:
        return True
    elsewhere = exists().where(
        Membership.account_id == account.id, Membership.agency_id != agency_id, Membership.state == "active"
    )
    return account.person_id is None and not work.session.scalar(select(elsewhere))


def newcomer(work: Work, token: str) -> tuple[ProviderFacts, str, date | None] | None:
    """Give the provider, name and birth date of somebody who is about to join with this cookie; None if too late."""
    kept = see_flow(work, NEW, token, fingerprint(token))
    if kept is None:
        return None
    return provider_of(work, kept["provider"]), kept["name"], _day(kept["birth_date"])


def join_with(work: Work, token: str, given: Newcomer) -> Joined | None:
    """Make the account of somebody whom a provider named, in the cookie's own hour; None if that is over.

    Without the provider's own second step an app is still to be set up, and there are no codes yet.
    Raises Invalid about the invitation code.
    """
    kept = take_flow(work, NEW, token, fingerprint(token))
    if kept is None:
        return None
    facts = provider_of(work, kept["provider"])
    said = Said(kept["subject"], kept["name"], _day(kept["birth_date"]))
    key = external_key(work, facts, said.subject)
    if work.session.get(External, key) is not None:
        return None
    account = _new_person(work, given) if facts.agency_id is None else _new_colleague(work, facts, given)
    account.totp_secret = None
    if not facts.both_steps:
        account.totp_secret = work.keys.seal(place("totp_secret", account.id), pyotp.random_base32())
    work.session.add(account)
    _connect(work, facts, said, key, account)
    if not facts.both_steps:
        return Joined(open_session(work, account.id, "joining"), [])
    account.state = "active"
    hat = use_invitation(work, account)
    session = open_session(work, account.id, "full", factor_at=work.now, agency_id=hat)
    return Joined(session, fresh_recovery_codes(work, account.id))


def connect(work: Work, facts: ProviderFacts, said: Said) -> bool:
    """Connect a provider to the actor's account; no, if its subject or the account has another one already.

    No as well if a provider that checks who people are names somebody born on another day.
    """
    key = external_key(work, facts, said.subject)
    row, account = work.session.get(External, key), work.session.get(Account, work.actor.account_id)
    if row is not None:
        return row.account_id == work.actor.account_id
    if account is None or facts.key in connected(work) or not _may_have(work, account, facts):
        return False
    if facts.verified and account.person_id is not None and said.birth_date is not None:
        if queries.person_facts(work, account.person_id).birth_date != said.birth_date:
            return False
    _connect(work, facts, said, key, account)
    factors_changed(work)
    return True


def disconnect(work: Work, key: str) -> None:
    """Take a provider away from the actor's account. Raises Invalid if it is the only way in."""
    if key not in connected(work):
        return
    if ways_in(work) < 2:
        # L10n: Above the button that takes a way to sign in away.
        raise Invalid(N_("This is your only way to sign in. Add another one first."))
    forget_connection(work, key)
    factors_changed(work)


def ways_in(work: Work) -> int:
    """Count the ways in which the actor's account can sign in: password with app or card, passkeys, providers."""
    mine = work.actor.account_id
    counts = [
        select(func.count()).select_from(table).where(table.account_id == mine).scalar_subquery()
        for table in (Passkey, External)
    ]
    card = exists().where(PaperCard.account_id == mine, PaperCard.ended_at.is_(None))
    row = work.session.execute(
        select(Account.password_hash, Account.totp_secret, *counts, card).where(Account.id == mine)
    ).one()
    return int(row[0] is not None and (row[1] is not None or row[4])) + row[2] + row[3]


def _keep_newcomer(work: Work, facts: ProviderFacts, said: Said) -> Entered:
    token = ids.token()
    born = said.birth_date.isoformat() if said.birth_date else None
    document: dict[str, Any] = {"provider": facts.key, "subject": said.subject}
    keep_flow(work, NEW, token, fingerprint(token), document | {"name": said.name, "birth_date": born})
    return Entered(token, "new")


def _new_person(work: Work, given: Newcomer) -> Account:
    assert given.birth_date is not None
    person_id = add_person(work, given.full_name, given.birth_date)
    return _account(work, ids.random63(), given.full_name, given.language, person_id)


def _new_colleague(work: Work, facts: ProviderFacts, given: Newcomer) -> Account:
    # L10n: Error beside the invitation code of a colleague who joins through their organisation's sign-in.
    unknown = N_("That code did not work. Check it against your invitation, letter by letter.")
    try:
        invited = queries.invited(work, given.invitation)
    except NotThere:
        raise Invalid(unknown, "invitation") from None
    except Ended:
        # L10n: Error beside the invitation code of a colleague who joins through their organisation's sign-in.
        over = N_("That code was used already, or is too old. Ask for a new invitation.")
        raise Invalid(over, "invitation") from None
    except Refused as fault:
        raise Invalid(fault.reason, "invitation") from None
    if invited.agency_id != facts.agency_id:
        raise Invalid(unknown, "invitation")
    forget_new(work, [invited.id])
    return _account(work, invited.id, invited.name, given.language, None)


def _account(work: Work, account_id: int, name: str, language: str, person_id: int | None) -> Account:
    return Account(
        id=account_id,
        person_id=person_id,
        name=work.keys.seal(name_place(account_id), name),
        password_hash=None,
        language=language,
        state="new",
        made_at=work.now,
    )


def _connect(work: Work, facts: ProviderFacts, said: Said, key: bytes, account: Account) -> None:
    same = _is_same(work, facts, said, account.person_id)
    work.session.add(
        External(
            fingerprint=key,
            account_id=account.id,
            provider=facts.key,
            made_at=work.now,
            used_at=work.now,
            verified_at=work.now if same else None,
        )
    )


def _is_same(work: Work, facts: ProviderFacts, said: Said, person_id: int | None) -> bool:
    """Say whether a provider that checks who people are says the person's own name and birth date."""
    if not facts.verified or person_id is None or said.birth_date is None:
        return False
    work.session.flush()
    own = queries.person_facts(work, person_id)
    return own.birth_date == said.birth_date and rules.fold_name(own.full_name) == rules.fold_name(said.name)


def _belongs(work: Work, account_id: int, agency_id: int | None) -> bool:
    if agency_id is None:
        return True
    member = exists().where(
        Membership.account_id == account_id,
        Membership.agency_id == agency_id,
        Membership.state == "active",
    )
    return bool(work.session.scalar(select(member)))


def _may_have(work: Work, account: Account, facts: ProviderFacts) -> bool:
    """People's providers are for people, an organisation's for its members."""
    if facts.agency_id is None:
        return account.person_id is not None
    return _belongs(work, account.id, facts.agency_id)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
