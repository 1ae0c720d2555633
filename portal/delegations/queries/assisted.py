"""Reads of help at one device: the requests that a worker helped to make, and whether somebody is helped just now."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, case, func, select

from portal.agencies.models import Task
from portal.base.work import Work
from portal.delegations import rules
from portal.delegations.models import AssistRequest
from portal.identity.models import SignInSession


@dataclass(frozen=True, slots=True)
class HelpedAsk:
    """A request that a worker helped to make: its reference, who must answer, by when (a day in New Zealand)."""

    reference: str
    agency_id: int
    due_on: date
    open: bool


def helped_by(work: Work, most: int = 50) -> list[HelpedAsk]:
    """Give the requests that the actor helped to make in the last months, the open ones by due day, then the others.

    Nothing of what they say, or of whose they are: the worker saw that only beside the person.
    """
    rows = work.session.execute(
        select(AssistRequest.reference, AssistRequest.to_agency_id, Task.due_on, Task.state)
        .join(Task, and_(AssistRequest.to_agency_id == Task.agency_id, AssistRequest.ref == Task.ref))
        .where(
            AssistRequest.agency_id == (work.actor.agency_id or 0),
            AssistRequest.account_id == (work.actor.account_id or 0),
            AssistRequest.made_at > work.now - rules.SHOWN_FOR,
        )
        .order_by(case((Task.state == "closed", 1), else_=0), Task.due_on, AssistRequest.id)
        .limit(most)
    )
    return [HelpedAsk(row.reference, row.to_agency_id, row.due_on, row.state != "closed") for row in rows]


def helped_until(work: Work) -> datetime | None:
    """Give until when (aware UTC) a worker helps the actor at some device just now; None where nobody does."""
    return work.session.scalar(
        select(func.max(SignInSession.beside_until)).where(
            SignInSession.account_id == work.actor.account_id,
            SignInSession.stage == "full",
            SignInSession.beside_until > work.now,
        )
    )
