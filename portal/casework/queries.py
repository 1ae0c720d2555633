"""Reads of the desk: who works at it, the views that a worker keeps, and deaths that staff recorded."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, case, cast, exists, literal, null, select, union_all

from portal.agencies import tasks
from portal.base import ids
from portal.base.crypto import SYSTEM_OWNER, Place
from portal.base.problems import NotThere
from portal.base.work import Work
from portal.casework.models import Death, SavedView
from portal.identity.models import Account, Membership
from portal.identity.permissions import DESK_ROLES
from portal.identity.queries import colleague_ref, name_place

TEAM = 0
"""In place of an account: the views that everybody at a desk has."""


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who answers requests at the actor's agency. `code` stands for them in addresses and forms.

    `person_id` is their own, 0 where their account has none: nobody is given what is about themselves.
    """

    account_id: int
    code: str
    name: str
    role: str
    person_id: int


@dataclass(frozen=True, slots=True)
class View:
    """A filter that the actor keeps; `asked` is what stands in its address. `team`: everybody at the desk has it."""

    ref: int
    name: str
    asked: dict[str, Any]
    team: bool = False


@dataclass(frozen=True, slots=True)
class Desk:
    """The people of a desk by name, and the actor's own and the team's views in the order in which they were made."""

    colleagues: list[Colleague] = field(default_factory=list)
    views: list[View] = field(default_factory=list)

    def colleague(self, code: str | None) -> Colleague | None:
        """Find who a code stands for; None for nobody here."""
        return next((one for one in self.colleagues if one.code == code), None)

    def name_of(self, account_id: int) -> str:
        """Give a colleague's name; empty for who no longer works here."""
        return next((one.name for one in self.colleagues if one.account_id == account_id), "")


def view_place(agency_id: int, view_id: int) -> Place:
    """Give where the name of a view stands: under the agency's own key, which the list reads anyway."""
    return Place("casework_saved_view", "document", view_id, SYSTEM_OWNER, agency_id)


def desk(work: Work) -> Desk:
    """Give the people of the actor's desk and the views that the actor has, in one read. Raises NotThere off a desk."""
    agency_id, found = tasks.own_agency(work), Desk()
    people: Any = (
        select(
            *(literal("person").label("what"), Membership.account_id.label("id"), Membership.role),
            *(Account.name.label("sealed"), Account.person_id),
        )
        .join(Account, Account.id == Membership.account_id)
        .where(
            Membership.agency_id == agency_id,
            Membership.state == "active",
            Membership.role.in_(sorted(DESK_ROLES)),
            Account.state == "active",
        )
    )
    views: Any = select(
        *(literal("view"), SavedView.id, case((SavedView.account_id == TEAM, "team"), else_="")),
        *(SavedView.document, cast(null(), BigInteger)),
    ).where(SavedView.agency_id == agency_id, SavedView.account_id.in_((work.actor.account_id or 0, TEAM)))
    for row in work.session.execute(union_all(people, views)):
        if row.what == "view":
            kept = work.keys.open_json(view_place(agency_id, row.id), row.sealed)
            found.views.append(View(row.id, kept["name"], kept["asked"], row.role == "team"))
        else:
            code = ids.encode(colleague_ref(work, agency_id, row.id))
            name = work.keys.open(name_place(row.id), row.sealed)
            found.colleagues.append(Colleague(row.id, code, name, row.role, row.person_id or 0))
    found.colleagues.sort(key=lambda one: (one.name.casefold(), one.code))
    found.views.sort(key=lambda one: one.ref)
    return found


def left_behind() -> ColumnElement[bool]:
    """Give the condition for views of those who no longer work at the agency."""
    return (SavedView.account_id != TEAM) & ~exists(
        select(Membership.account_id).where(
            Membership.account_id == SavedView.account_id,
            Membership.agency_id == SavedView.agency_id,
            Membership.state == "active",
        )
    )


@dataclass(frozen=True, slots=True)
class DeathFacts:
    """What staff said of a client's death. `state` is asked, dead, refused, undoing or undone; times aware UTC.

    `said` is who said what, the oldest first; `stopped` how many shares and helpers ended then. `mine` says that the
    actor is the one who has to find somebody else to agree.
    """

    id: int
    ref: int
    person_id: int
    state: str
    client_ref: str
    died_on: date
    said: list[tuple[str, str]]
    stopped: dict[str, int]
    asked_at: datetime
    decided_at: datetime | None
    mine: bool


def death_place(death_id: int, person_id: int, agency_id: int) -> Place:
    """Give where stands what staff said of a death."""
    return Place("casework_death", "document", death_id, person_id, agency_id)


def death(work: Work, ref: int) -> DeathFacts:
    """Give one death that staff of the actor's agency recorded. Raises NotThere."""
    agency_id = tasks.own_agency(work)
    wanted = select(Death.__table__).where(Death.agency_id == agency_id, Death.ref == ref)
    row = work.session.execute(wanted).first()
    if row is None:
        raise NotThere()
    said = work.keys.open_json(death_place(row.id, row.person_id, agency_id), row.document)
    return DeathFacts(
        *(row.id, row.ref, row.person_id, row.state, said["client_ref"]),
        died_on=date.fromisoformat(said["died_on"]),
        said=[(one["by"], one["words"]) for one in said["said"]],
        stopped=said.get("stopped", {}),
        asked_at=row.asked_at,
        decided_at=row.decided_at,
        mine=row.asked_by == work.actor.account_id,
    )
