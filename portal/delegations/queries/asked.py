"""Reads of what a helper asked for, for the person they help: never what it says, nor others' requests."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, case, exists, literal, select, union_all

from portal.access_requests.models import Draft as AccessDraft
from portal.agencies.models import Task
from portal.agencies.queries import reached
from portal.base.problems import NotThere
from portal.base.work import Work
from portal.corrections.models import Draft as FixDraft
from portal.delegations.models import HelperRequest, Scope


@dataclass(frozen=True, slots=True)
class HelperAsk:
    """A request that a helper made: its reference, who answers, by when (a day in New Zealand), what it is (a kind)."""

    reference: str
    agency_id: int
    kind: str
    made_at: datetime
    due_on: date
    open: bool


@dataclass(frozen=True, slots=True)
class HelperDraft:
    """What a helper has begun to ask and not sent; `kind` is correction or access, `kept_at` aware UTC."""

    ref: int
    kind: str
    kept_at: datetime


def made_by_helper(work: Work, most: int = 50) -> list[HelperAsk]:
    """Give the requests that the actor made for the one they help, open ones first. One read.

    Only at agencies of which something is chosen for them still, and that the person does not hide.
    """
    person_id, helper_id = _helping(work)
    rows = work.session.execute(
        select(
            *(HelperRequest.reference, HelperRequest.agency_id, HelperRequest.kind, HelperRequest.made_at),
            *(Task.due_on, Task.state),
        )
        .join(Task, and_(Task.agency_id == HelperRequest.agency_id, Task.ref == HelperRequest.ref))
        .where(
            HelperRequest.person_id == person_id,
            HelperRequest.helper_id == helper_id,
            reached(person_id, HelperRequest.agency_id),
            exists().where(
                Scope.person_id == person_id,
                Scope.helper_id == helper_id,
                Scope.agency_id == HelperRequest.agency_id,
            ),
        )
        .order_by(case((Task.state == "closed", 1), else_=0), Task.due_on, HelperRequest.ref)
        .limit(most)
    )
    return [
        HelperAsk(row.reference, row.agency_id, row.kind, row.made_at, row.due_on, row.state != "closed")
        for row in rows
    ]


def begun_by_helper(work: Work) -> list[HelperDraft]:
    """Give what the actor has begun to ask for the one they help and not sent, the last kept first. One read."""
    person_id, helper_id = _helping(work)
    parts = [
        select(table.ref, literal(kind).label("kind"), table.kept_at).where(
            table.person_id == person_id, table.helper_id == helper_id
        )
        for table, kind in ((FixDraft, "correction"), (AccessDraft, "access"))
    ]
    rows = work.session.execute(union_all(*parts).order_by("kept_at"))
    return [HelperDraft(row.ref, row.kind, row.kept_at) for row in rows][::-1]


def is_own(work: Work, batch: int) -> bool:
    """Say whether the actor may learn that a draft was sent: the person always, a helper of what they sent alone."""
    if work.actor.helping is None:
        return True
    person_id, helper_id = _helping(work)
    mine = (HelperRequest.person_id == person_id, HelperRequest.helper_id == helper_id)
    found = select(HelperRequest.ref).where(*mine, HelperRequest.batch == batch).limit(1)
    return work.session.scalar(found) is not None


def _helping(work: Work) -> tuple[int, int]:
    helping, person_id = work.actor.helping, work.actor.person_id
    if helping is None or not helping.live or person_id is None:
        raise NotThere()
    return person_id, helping.id
