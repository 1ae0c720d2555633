"""Access given back in person: one worker asks, a second one approves, and a one-time code is handed over.

Nobody is told whether a sign-in name exists: a request about no account goes the same way, and its code works for
nobody. The code waits for an hour after its owner was told, so that an owner who can still sign in, or reads a notice
elsewhere, can stop what they did not ask for. Workers take part once they have been there for a while.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import exists, select

from portal.base import ids
from portal.base.crypto import SYSTEM_OWNER, Place
from portal.base.problems import Conflict, Ended, Invalid, NotThere
from portal.base.work import Work
from portal.identity import rules
from portal.identity.models import (
    Account,
    Membership,
    Recovery,
    SignInName,
)
from portal.identity.queries import name_place
from portal.language.rules import N_

WAIT = timedelta(hours=1)
LASTS = timedelta(hours=24)
# A code lasts longer than the longest sleep of a way to tell its owner.
CODE_LASTS = timedelta(hours=48)
# So long a worker whom the operator does not know has been a member, before they take part.
MEMBER_FOR = timedelta(days=14)
CODE_LENGTH = 16
OPEN = ("asked", "approved")


@dataclass(frozen=True, slots=True)
class Asked:
    """A request to give access back, as the organisation's workers see it; times are aware UTC."""

    ref: int
    username: str
    saw: list[str]
    words: str
    state: str
    asked_by: str
    mine: bool
    asked_at: datetime
    expires_at: datetime


def ask_back(work: Work, username: str, saw: Sequence[str], words: str) -> str:
    """Ask, as a worker of a provider, that somebody who sits here gets a new way to sign in; give the ref.

    `saw` holds what the worker saw (photo, known, other). The same is done and said for every name. Only an
    account of a person without a role anywhere is ever given back: an organisation invites its people anew.
    Raises Invalid for a worker who is new here.
    """
    recovery_id, agency_id = ids.random63(), _agency(work)
    _refuse_newcomer(work, agency_id)
    document = {"username": username, "saw": list(saw), "words": words}
    work.session.add(
        Recovery(
            id=recovery_id,
            account_id=work.session.scalar(_account_of(work, username)) or 0,
            agency_id=agency_id,
            document=work.keys.seal_json(_place(recovery_id, agency_id), document),
            state="asked",
            asked_by=work.actor.account_id,
            asked_at=work.now,
            expires_at=work.now + LASTS,
        )
    )
    # Told by the worker process, so that this step does the same work for a name that nobody has.
    work.later("identity.tell_owner", {"id": str(recovery_id)})
    return ids.encode(recovery_id)


def asked_here(work: Work) -> list[Asked]:
    """Give the open requests of the actor's organisation, the newest first."""
    rows = work.session.execute(
        _rows(_agency(work))
        .where(Recovery.state == "asked", Recovery.expires_at > work.now)
        .order_by(Recovery.asked_at.desc())
    ).all()
    return [_asked(work, row) for row in rows]


def asked_one(work: Work, ref: int) -> Asked:
    """Give one request of the actor's organisation in any state. Raises NotThere for any other."""
    row = work.session.execute(_rows(_agency(work)).where(Recovery.id == ref)).first()
    if row is None:
        raise NotThere()
    return _asked(work, row)


def approve_back(work: Work, ref: int) -> str:
    """Approve a colleague's request, and give the one-time code: it is kept nowhere. Lasts 48 hours.

    Raises NotThere for another organisation's, Invalid for one's own or for a worker who is new here, Conflict if it
    was decided, Ended if too old.
    """
    row = _undecided(work, ref)
    _refuse_newcomer(work, row.agency_id)
    if row.asked_by == work.actor.account_id:
        # L10n: Above the buttons for staff: the same worker may not do both steps.
        raise Invalid(N_("A colleague has to approve this. You asked for it."))
    code = ids.typed_code(CODE_LENGTH)
    row.state, row.approved_by = "approved", work.actor.account_id
    row.fingerprint = work.keys.digest("give-back", code)
    row.expires_at = work.now + CODE_LASTS
    return ids.in_fours(code)


def refuse_back(work: Work, ref: int) -> None:
    """End a request without a code: by the one who asked, or by a colleague who has doubts."""
    _undecided(work, ref).state = "refused"


def _agency(work: Work) -> int:
    if work.actor.agency_id is None:
        raise NotThere()
    return work.actor.agency_id


def _refuse_newcomer(work: Work, agency_id: int) -> None:
    """Two invented colleagues give nothing back: a member for two weeks, or one whom the operator let in."""
    mine = work.session.get(Membership, (work.actor.account_id, agency_id))
    if mine is None or (mine.vouched_at is None and mine.made_at > work.now - MEMBER_FOR):
        # L10n: Above a form for workers who give somebody a way back in: they joined the organisation lately.
        raise Invalid(N_("You can do this when you have been here for 14 days. Ask a colleague to do it."))


def _account_of(work: Work, username: str):
    """A person's account without a role: whoever has one could do more with it than its owner's own harm."""
    key = work.keys.digest("sign-in-name", rules.fold_name(username))
    role = exists().where(Membership.account_id == Account.id, Membership.state == "active")
    return (
        select(Account.id)
        .join(SignInName, SignInName.account_id == Account.id)
        .where(
            SignInName.fingerprint == key, Account.state == "active", Account.person_id.is_not(None), ~role
        )
    )


def _rows(agency_id: int):
    return (
        select(Recovery, Account.name)
        .join(Account, Account.id == Recovery.asked_by)
        .where(Recovery.agency_id == agency_id)
    )


def _asked(work: Work, row: Any) -> Asked:
    kept: Recovery = row.Recovery
    document = work.keys.open_json(_place(kept.id, kept.agency_id), kept.document)
    return Asked(
        ref=kept.id,
        **document,
        state=kept.state if kept.expires_at > work.now else "over",
        asked_by=work.keys.open(name_place(kept.asked_by), row.name),
        mine=kept.asked_by == work.actor.account_id,
        asked_at=kept.asked_at,
        expires_at=kept.expires_at,
    )


def _undecided(work: Work, ref: int) -> Recovery:
    row = work.session.scalars(
        select(Recovery).where(Recovery.id == ref, Recovery.agency_id == _agency(work))
    ).first()
    if row is None:
        raise NotThere()
    if row.state != "asked":
        raise Conflict()
    if row.expires_at <= work.now:
        raise Ended()
    return row


def _place(recovery_id: int, agency_id: int) -> Place:
    return Place("identity_recovery", "document", recovery_id, SYSTEM_OWNER, agency_id)
