"""Joining: an invitation, an account that is half made until the app's code was confirmed, and its end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import delete, select

from portal.base import ids
from portal.base.problems import NotThere
from portal.base.work import Work
from portal.identity import queries, rules
from portal.identity.models import (
    Account,
    External,
    Invitation,
    PaperCard,
    Person,
    RecoveryCode,
    SignInName,
    SignInSession,
)
from portal.identity.passwords import Hashed
from portal.identity.queries import invitation_place, name_place, place
from portal.identity.service.accounts import add_account, add_membership, add_person, fresh_recovery_codes
from portal.identity.service.sessions import app_code, open_session


@dataclass(frozen=True)
class Joiner:
    """What somebody gives who makes an account. Without a birth date it is a colleague, invited by `invitation`."""

    username: str
    password: Hashed
    full_name: str = ""
    birth_date: date | None = None
    invitation: str = ""
    language: str = "en"


@dataclass(frozen=True)
class Joined:
    """A finished account: the token of its first session, and its recovery codes, to be shown once."""

    token: str
    codes: list[str]


OPERATOR = 0


def invite(
    work: Work,
    agency_id: int | None,
    role: str,
    name: str,
    lasts: timedelta,
    asked_by: int = OPERATOR,
    agreed: bool = False,
) -> str:
    """Make a one-time invitation and give its code, which is kept nowhere.

    With an agency it is for staff in a role there; without, for a person. `name` is the full name. Of the operator
    it works at once; where an account asked for it, once somebody else has agreed. `agreed`: nobody has to.
    """
    code, invitation_id = ids.typed_code(rules.INVITATION_LENGTH), ids.random63()
    work.session.add(
        Invitation(
            fingerprint=work.keys.digest("invitation", code),
            agency_id=agency_id,
            role=role,
            name=work.keys.seal(invitation_place(invitation_id, agency_id), name),
            id=invitation_id,
            expires_at=work.now + lasts,
            asked_by=asked_by,
            approved_by=asked_by if agreed or asked_by == OPERATOR else None,
        )
    )
    return ids.in_fours(code)


def begin_join(work: Work, joiner: Joiner) -> str:
    """Keep a half-made account, and give the token of a session that can only finish it.

    Raises Invalid about the user name or password, NotThere or Ended about the invitation. An invitation is
    used up when the account is finished: whoever breaks off can begin again with it.
    """
    invited = queries.invited(work, joiner.invitation) if joiner.invitation else None
    if invited is not None:
        forget_new(work, [invited.id])
    name, person_id = joiner.full_name or (invited.name if invited else ""), None
    if joiner.birth_date is not None:
        person_id = add_person(work, name, joiner.birth_date)
    account_id = add_account(
        work,
        joiner.username,
        joiner.password,
        name,
        person_id=person_id,
        language=joiner.language,
        state="new",
        account_id=invited.id if invited else None,
    )
    token = open_session(work, account_id, "joining")
    return token


def joining_secret(work: Work) -> tuple[str, str]:
    """Give the authenticator secret (base32) and the name of the account that the actor is making."""
    row = work.session.execute(
        select(Account.name, Account.totp_secret).where(
            Account.id == work.actor.account_id, Account.state == "new"
        )
    ).first()
    if row is None:
        raise NotThere()
    number = work.actor.account_id
    secret = work.keys.open(place("totp_secret", number), row.totp_secret)
    return secret, work.keys.open(name_place(number), row.name)


def confirm_join(work: Work, code: str) -> Joined | None:
    """Finish the account that the actor is making with the first code of its app; None if the code is wrong."""
    account = work.session.get(Account, work.actor.account_id)
    if account is None or account.state != "new" or not app_code(work, account, ids.fold_code(code)):
        return None
    return finish_join(work, account)


def finish_join(work: Work, account: Account, *, fresh: bool = True) -> Joined:
    """Let an account count from now on, whose second factor was proved, and give its first session and codes.

    Unless `fresh`, it has its codes already, and none are given.
    """
    account.state = "active"
    agency_id = use_invitation(work, account)
    work.session.execute(delete(SignInSession).where(SignInSession.account_id == account.id))
    token = open_session(work, account.id, "full", factor_at=work.now, agency_id=agency_id)
    return Joined(token, fresh_recovery_codes(work, account.id) if fresh else [])


def forget_unfinished(work: Work) -> int:
    """Delete half-made accounts after their hour, and invitations that are over; give how many accounts."""
    old = work.session.scalars(
        select(Account.id).where(Account.state == "new", Account.made_at < work.now - rules.JOIN_WITHIN)
    ).all()
    forget_new(work, old)
    work.session.execute(delete(Invitation).where(Invitation.expires_at < work.now - timedelta(days=30)))
    return len(old)


def use_invitation(work: Work, account: Account) -> int | None:
    """Use up the invitation that an account was made from, with its role; give its organisation, if it has one."""
    row = work.session.scalars(
        select(Invitation).where(
            Invitation.id == account.id, Invitation.used_at.is_(None), Invitation.approved_by.is_not(None)
        )
    ).first()
    if row is None:
        return None
    row.used_at = work.now
    if row.agency_id is not None:
        vouched = row.approved_by == OPERATOR
        add_membership(work, account.id, row.agency_id, row.role, vouched=vouched)
    return row.agency_id


def forget_new(work: Work, account_ids: Sequence[int]) -> None:
    """Delete those of these accounts that were never finished, with all that they sealed."""
    unfinished = select(Account).where(Account.id.in_(account_ids), Account.state == "new")
    for account in work.session.scalars(unfinished).all():
        work.session.execute(delete(SignInSession).where(SignInSession.account_id == account.id))
        work.session.execute(delete(SignInName).where(SignInName.account_id == account.id))
        for table in (External, PaperCard, RecoveryCode):
            work.session.execute(delete(table).where(table.account_id == account.id))
        if account.person_id is not None:
            work.session.execute(delete(Person).where(Person.person_id == account.person_id))
            work.keys.erase(account.person_id, 0)
        work.keys.erase(account.id, 0)
        work.session.delete(account)
        work.session.flush()
