"""What staff read of one request: its row of the worklist, its right to be seen, itself and its values, in one read."""

from sqlalchemy import or_, select

from portal.agencies import tasks
from portal.agencies.models import Task
from portal.base.crypto import SYSTEM_OWNER
from portal.base.problems import NotThere
from portal.base.work import Work
from portal.corrections.models import CorrectionRequest, Item
from portal.corrections.queries.requests import RequestView, view_of
from portal.delegations.models import Grant
from portal.identity import queries as identity
from portal.identity.models import Person
from portal.notices.models import Contact


def case(work: Work, ref: int, kind: str) -> tuple[tasks.TaskFacts, RequestView, str, bool]:
    """Give a request of the actor's agency, its row of the worklist, the person's name, and whether post is safe.

    Raises NotThere without a live grant.

    Two reads: the rows, and the keys of the agency's worklist and of the person.
    """
    rows = work.session.execute(
        select(Task, CorrectionRequest, Item, Person.full_name, Contact.unsafe)
        .join(
            Grant,
            (Grant.person_id == Task.person_id)
            & (Grant.agency_id == Task.agency_id)
            & (Grant.about == Task.ref)
            & (Grant.kind == "case"),
        )
        .join(
            CorrectionRequest,
            (CorrectionRequest.person_id == Task.person_id) & (CorrectionRequest.ref == Task.ref),
        )
        .join(Item, (Item.person_id == Task.person_id) & (Item.request_id == CorrectionRequest.id))
        .join(Person, Person.person_id == Task.person_id)
        .outerjoin(Contact, (Contact.person_id == Task.person_id) & (Contact.channel == "post"))
        .where(
            Task.agency_id == work.actor.agency_id,
            Task.ref == ref,
            Task.kind == kind,
            CorrectionRequest.agency_id == work.actor.agency_id,
            Grant.ended_at.is_(None),
            or_(Grant.until.is_(None), Grant.until > work.now),
        )
        .order_by(Item.no)
    ).all()
    if work.actor.agency_id is None or not rows:
        raise NotThere()
    work.keys.load(SYSTEM_OWNER, rows[0].Task.person_id)
    items = {row.Item.no: row.Item for row in rows}
    request = view_of(work, rows[0].CorrectionRequest, list(items.values()), [])
    name = identity.open_name(work, rows[0].Task.person_id, rows[0].full_name)
    return tasks.facts_of(work, rows[0].Task), request, name, not rows[0].unsafe
