"""Who an organisation's people are, which changes of role wait, and which invitations are open."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Row, select

from portal.base.problems import NotThere
from portal.base.work import Work
from portal.identity.models import Account, Invitation, Membership, RoleChange
from portal.identity.queries import colleague_ref, invitation_place, name_place

ADMINISTRATOR = "administrator"
# By kind of organisation: who can be invited, and what a role can be changed to.
ROLES: dict[str, tuple[str, ...]] = {
    "agency": ("caseworker", "privacy-officer", "steward", ADMINISTRATOR),
    "provider": ("frontline", ADMINISTRATOR),
}


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody with a role in the organisation. `ref` is theirs here only; `seen_on` the day of the last sign-in."""

    ref: int
    account_id: int
    name: str
    role: str
    since: datetime
    seen_on: date | None
    me: bool


@dataclass(frozen=True, slots=True)
class Change:
    """A change of role that waits. An empty `role` means to leave. `mine`: the reader may not approve it."""

    ref: int
    name: str
    was: str
    role: str
    asked_by: str
    asked_at: datetime
    mine: bool
    # Accounts that may not approve it: who asked, and whose role it is.
    between: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Open:
    """An invitation that nobody has used yet. `waits` for somebody to agree; `mine`: the reader may not."""

    ref: int
    name: str
    role: str
    expires_at: datetime
    waits: bool
    asked_by: str
    mine: bool
    # The account that asked for it.
    asker: int


@dataclass(frozen=True, slots=True)
class Team:
    """The people of an organisation, changes that wait, and invitations that are open."""

    colleagues: list[Colleague]
    changes: list[Change]
    invitations: list[Open]

    @property
    def administrators(self) -> int:
        """How many may approve."""
        return sum(one.role == ADMINISTRATOR for one in self.colleagues)

    def others_may_approve(self, change: "Change") -> bool:
        """Say whether anybody here may approve a change: neither who asked for it nor whose role it is."""
        return any(
            one.role == ADMINISTRATOR and one.account_id not in change.between for one in self.colleagues
        )

    def others_may_agree(self, invitation: "Open") -> bool:
        """Say whether anybody here may agree to an invitation: an administrator who did not ask for it."""
        return any(
            one.role == ADMINISTRATOR and one.account_id != invitation.asker for one in self.colleagues
        )

    def colleague(self, ref: int) -> Colleague:
        """Find a colleague. Raises NotThere."""
        return _only([one for one in self.colleagues if one.ref == ref])

    def change(self, ref: int) -> Change:
        """Find a change that waits. Raises NotThere."""
        return _only([one for one in self.changes if one.ref == ref])

    def invitation(self, ref: int) -> Open:
        """Find an open invitation. Raises NotThere."""
        return _only([one for one in self.invitations if one.ref == ref])


def team(work: Work) -> Team:
    """Give the people of the actor's organisation."""
    return team_of(work, own_agency(work))


def team_of(work: Work, agency_id: int) -> Team:
    """Give the people of an organisation (its administrators' page, and the operator's command)."""
    people = [_colleague(work, agency_id, row) for row in work.session.execute(_members(agency_id)).all()]
    by_id = {one.account_id: one for one in people}
    changes = work.session.scalars(
        select(RoleChange)
        .where(RoleChange.agency_id == agency_id, RoleChange.state == "asked")
        .order_by(RoleChange.id)
    ).all()
    invitations = work.session.execute(
        select(Invitation.__table__)
        .where(
            Invitation.agency_id == agency_id,
            Invitation.used_at.is_(None),
            Invitation.expires_at > work.now,
        )
        .order_by(Invitation.expires_at)
    ).all()
    return Team(
        people,
        [_change(work, row, by_id) for row in changes if row.account_id in by_id],
        [_invitation(work, row, by_id) for row in invitations],
    )


def _members(agency_id: int):
    return (
        select(
            *(Membership.account_id, Membership.role, Membership.made_at, Membership.seen_on),
            Account.name,
        )
        .join(Account, Account.id == Membership.account_id)
        .where(Membership.agency_id == agency_id, Membership.state == "active")
        .order_by(Membership.made_at, Membership.account_id)
    )


def _colleague(work: Work, agency_id: int, row: Row) -> Colleague:
    return Colleague(
        ref=colleague_ref(work, agency_id, row.account_id),
        account_id=row.account_id,
        name=work.keys.open(name_place(row.account_id), row.name),
        role=row.role,
        since=row.made_at,
        seen_on=row.seen_on,
        me=row.account_id == work.actor.account_id,
    )


def _change(work: Work, row: RoleChange, people: dict[int, Colleague]) -> Change:
    one, by = people[row.account_id], people.get(row.asked_by)
    return Change(
        ref=row.id,
        name=one.name,
        was=one.role,
        role=row.role,
        asked_by=by.name if by else "",
        asked_at=row.asked_at,
        mine=work.actor.account_id in (row.asked_by, row.account_id),
        between=(row.asked_by, row.account_id),
    )


def _invitation(work: Work, row: Row, people: dict[int, Colleague]) -> Open:
    by = people.get(row.asked_by or 0)
    return Open(
        ref=row.id,
        name=work.keys.open(invitation_place(row.id, row.agency_id), row.name),
        role=row.role,
        expires_at=row.expires_at,
        waits=row.approved_by is None,
        asked_by=by.name if by else "",
        mine=row.asked_by == work.actor.account_id,
        asker=row.asked_by or 0,
    )


def _only(found: list):
    if not found:
        raise NotThere()
    return found[0]


def own_agency(work: Work) -> int:
    """Give the organisation whose hat the actor wears. Raises NotThere without one."""
    if work.actor.agency_id is None:
        raise NotThere()
    return work.actor.agency_id
