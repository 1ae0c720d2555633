"""What staff read of a change that a person made here: its row of the worklist and the person's name, in one read."""

from sqlalchemy import or_, select

from portal.agencies import tasks
from portal.agencies.models import Task
from portal.base.crypto import SYSTEM_OWNER
from portal.base.problems import NotThere
from portal.base.work import Work
from portal.delegations.models import Grant
from portal.identity import queries as identity
from portal.identity.models import Person


def edit_task(work: Work, ref: int, kind: str) -> tuple[tasks.TaskFacts, str]:
    """Give a row of the actor's agency about a change, and the person's name. Raises NotThere without a live grant.

    Two reads: the row, and the keys of the agency's worklist and of the person.
    """
    row = work.session.execute(
        select(Task, Person.full_name)
        .join(
            Grant,
            (Grant.person_id == Task.person_id)
            & (Grant.agency_id == Task.agency_id)
            & (Grant.about == Task.ref)
            & (Grant.kind == "case"),
        )
        .join(Person, Person.person_id == Task.person_id)
        .where(
            Task.agency_id == work.actor.agency_id,
            Task.ref == ref,
            Task.kind == kind,
            Grant.ended_at.is_(None),
            or_(Grant.until.is_(None), Grant.until > work.now),
        )
    ).first()
    if work.actor.agency_id is None or row is None:
        raise NotThere()
    person_id = row.Task.person_id
    work.keys.load(SYSTEM_OWNER, person_id)
    return tasks.facts_of(work, row.Task), identity.open_name(work, person_id, row.full_name)
