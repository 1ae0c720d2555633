"""Reads of helpers: whom a person lets help them and with what, and for whom an account may act."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from sqlalchemy import Row, Select, and_, select

from portal.base import ids
from portal.base.crypto import Place
from portal.base.problems import NotThere
from portal.base.work import Work
from portal.delegations import rules
from portal.delegations.models import Grant, Helped, Helper, HelperCode, Scope
from portal.delegations.rules import Group
from portal.delegations.rules.authority import CHOSEN
from portal.identity.models import Account
from portal.identity.queries import name_place as account_name_place
from portal.identity.queries.helping import can_be_helped


@dataclass(frozen=True, slots=True)
class HelperFacts:
    """Somebody who helps a person. `state` is waiting (for the code), live, expired, ended or unsafe.

    `last_on` is the last day in New Zealand on which it holds; `code_until` the end of a code that was not used,
    None where there is none any more. `groups` are what they may see. Times are aware UTC.
    """

    id: int
    ref: int
    name: str
    state: str
    made_at: datetime
    last_on: date
    used_at: datetime | None
    ended_at: datetime | None
    code_until: datetime | None
    groups: frozenset[Group]

    @property
    def open(self) -> bool:
        """Say whether they can see something, or will as soon as they use their code."""
        return self.state in ("waiting", "live")


@dataclass(frozen=True, slots=True)
class HelpedFacts:
    """Somebody for whom an account may act now: by what name they go here, and the last day on which it holds."""

    ref: int
    person_id: int
    grant_id: int
    name: str
    last_on: date


def name_place(helper_id: int, person_id: int) -> Place:
    """Give where stands what a person calls their helper."""
    return Place("delegations_helper", "name", helper_id, person_id)


def helpers(work: Work) -> list[HelperFacts]:
    """Give all whom the actor lets, or let, help them, the newest first. One read, keys left out."""
    rows = work.session.execute(_own(work).order_by(Helper.id.desc())).all()
    return [_facts(work, list(its)) for _, its in groupby(rows, lambda row: row.id)]


def helper(work: Work, ref: int) -> HelperFacts:
    """Give one of the actor's helpers. Raises NotThere for anybody else's."""
    rows = work.session.execute(_own(work).where(Helper.ref == ref)).all()
    if not rows:
        raise NotThere()
    return _facts(work, list(rows))


def helped(work: Work) -> list[HelpedFacts]:
    """Give those for whom the actor's account may act now, by name. What is over leaves no trace. One read."""
    rows = work.session.execute(_helped(work))
    return sorted((_helped_facts(work, row) for row in rows), key=lambda one: one.name)


def on_call(work: Work, ref: int) -> HelpedFacts:
    """Give one of those for whom the actor's account may act now. Raises NotThere, also where that is over."""
    row = work.session.execute(_helped(work).where(Helped.ref == ref)).first()
    if row is None:
        raise NotThere()
    return _helped_facts(work, row)


def grants_of(work: Work, person_id: int, helper_id: int) -> list[Grant]:
    """Give the live rights that rest on one of a person's helpers, to be changed."""
    mine = (Grant.person_id == person_id, Grant.kind == "helper", Grant.about == helper_id)
    return list(work.session.scalars(select(Grant).where(*mine, Grant.ended_at.is_(None))))


def scope_rows(work: Work, person_id: int, helper_id: int) -> list[Scope]:
    """Give the rows that say what a person's helper may see, to be changed."""
    mine = (Scope.person_id == person_id, Scope.helper_id == helper_id)
    return list(work.session.scalars(select(Scope).where(*mine)))


def code_key(work: Work, code: str) -> bytes:
    """Give the fingerprint under which a helper's code is kept, however it was typed."""
    return work.keys.digest("helper-code", ids.fold_code(code))


def behind_code(work: Work, code: str) -> Helper | None:
    """Give the helper whom a code that still holds is for; None for any other."""
    return work.session.scalars(
        select(Helper)
        .join(HelperCode, (HelperCode.person_id == Helper.person_id) & (HelperCode.helper_id == Helper.id))
        .join(Account, Account.person_id == Helper.person_id)
        .where(
            HelperCode.fingerprint == code_key(work, code),
            HelperCode.expires_at > work.now,
            Helper.state == "waiting",
            Helper.until > work.now,
            can_be_helped(Account, Helper),
        )
    ).first()


def _person(work: Work) -> int:
    if work.actor.person_id is None or work.actor.helping is not None:
        raise NotThere()
    return work.actor.person_id


def _own(work: Work) -> Select:
    return (
        select(
            Helper.__table__,
            HelperCode.expires_at.label("code_until"),
            *(Scope.agency_id, Scope.type_key),
        )
        .outerjoin(
            HelperCode,
            and_(HelperCode.person_id == Helper.person_id, HelperCode.helper_id == Helper.id),
        )
        .outerjoin(Scope, and_(Scope.person_id == Helper.person_id, Scope.helper_id == Helper.id))
        # Who acts by an authority that an agency checked stands on a page of its own (`authority`).
        .where(Helper.person_id == _person(work), Helper.kind == CHOSEN)
    )


def _facts(work: Work, rows: list[Row]) -> HelperFacts:
    row = rows[0]
    state = "unsafe" if row.unsafe else row.state
    if state in ("waiting", "live") and row.until <= work.now:
        state = "expired"
    code_until = row.code_until if row.code_until and row.code_until > work.now else None
    return HelperFacts(
        id=row.id,
        ref=row.ref,
        name=work.keys.open(name_place(row.id, row.person_id), row.name),
        state=state,
        made_at=row.made_at,
        last_on=rules.last_day(row.until),
        used_at=row.used_at,
        ended_at=row.ended_at,
        code_until=code_until if state == "waiting" else None,
        groups=frozenset(Group(one.agency_id, one.type_key) for one in rows if one.type_key is not None),
    )


def _helped(work: Work) -> Select:
    return (
        select(
            *(Helped.ref, Grant.person_id, Grant.id.label("grant_id"), Grant.until),
            *(Account.id.label("account_id"), Account.name),
        )
        .join(Grant, (Grant.person_id == Helped.person_id) & (Grant.about == Helped.helper_id))
        .join(Helper, (Helper.person_id == Grant.person_id) & (Helper.id == Grant.about))
        .join(Account, Account.person_id == Grant.person_id)
        .where(
            Helped.account_id == (work.actor.account_id or 0),
            Grant.kind == "helper",
            Grant.account_id == Helped.account_id,
            Grant.ended_at.is_(None),
            Grant.until > work.now,
            Helper.state == "live",
            can_be_helped(Account, Helper),
        )
    )


def _helped_facts(work: Work, row: Row) -> HelpedFacts:
    name = work.keys.open(account_name_place(row.account_id), row.name)
    return HelpedFacts(row.ref, row.person_id, row.grant_id, name, rules.last_day(row.until))
