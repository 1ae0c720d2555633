"""Moving a request from state to state by the law's table, with an event for each move; and finding it for writing."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from portal.access_requests import rules
from portal.access_requests.models import AccessRequest, Event
from portal.access_requests.queries.places import file_place, named_request, words_place
from portal.agencies import tasks
from portal.base.clock import nz_date
from portal.base.problems import Conflict, Invalid, NotThere
from portal.base.work import Work
from portal.delegations import service as delegations

SEEN_AFTER = timedelta(days=30)
TASK = "access"
"""The kind of task that a request makes; its grant is a case, as for corrections."""


def who(work: Work, request: AccessRequest) -> rules.Who:
    """Say as whom the actor moves a request. Raises NotThere for anybody else, and for staff whose own it is."""
    actor = work.actor
    if actor.kind == "system":
        return rules.Who.SYSTEM
    if actor.agency_id is None and actor.person_id == request.person_id:
        return rules.Who.PERSON
    if actor.agency_id != request.agency_id or actor.person_id == request.person_id:
        raise NotThere()
    return rules.who_of(actor.role, own=False, system=False)


def move(
    work: Work, request: AccessRequest, to: rules.State, by: rules.Who | None = None, **facts: Any
) -> None:
    """Move a request, with its event, if the table lets this actor and the guards hold.

    facts: those of rules.Facts that are so; the dates are filled in here. by: said only where another agency's
    staff let this one receive a request. Raises Conflict where the state does not
    lead there (somebody was faster), Invalid with a sentence where a guard fails, NotThere. law.md 3.2.
    """
    mover = by or who(work, request)
    known = rules.Facts(
        today=nz_date(work.now), transfer_by_on=request.transfer_by_on, due_on=request.due_on, **facts
    )
    fault = rules.refused_because(request.state, to, mover, known)
    if fault == "no-such-move":
        raise Conflict()
    if fault is not None:
        raise Invalid(rules.REFUSED_BECAUSE[fault], rules.BOXES.get(fault))
    event = rules.event_of(rules.State(request.state), to)
    request.state = to.value
    note_event(work, request, event, mover)
    # The version guards the state: whoever comes second stops here.
    work.session.flush()


def note_event(work: Work, request: AccessRequest, name: rules.Event, by: rules.Who | None = None) -> None:
    """Write down what happened to a request."""
    work.session.add(
        Event(
            person_id=request.person_id,
            id=work.new_id(),
            request_id=request.id,
            agency_id=request.agency_id,
            name=name.value,
            by=(by or who(work, request)).value,
            account_id=work.actor.account_id or 0,
            at=work.now,
        )
    )


def find_own(work: Work, ref: int) -> AccessRequest:
    """Give a request of the actor for writing. Raises NotThere, also while its agency is hidden from their screens."""
    row = work.session.scalars(
        select(AccessRequest).where(
            AccessRequest.person_id == work.actor.person_id, AccessRequest.ref == ref, named_request()
        )
    ).first()
    if row is None:
        raise NotThere()
    return row


def find_case(work: Work, ref: int) -> tuple[tasks.TaskFacts, AccessRequest]:
    """Give a request of the actor's agency for writing, with its row of the worklist. Raises NotThere."""
    task = tasks.find(work, ref)
    if task.kind != TASK or task.person_id == work.actor.person_id:
        # Nobody answers a request of their own, whatever their role: a colleague does.
        raise NotThere()
    if not delegations.may(work, task.person_id, task.agency_id, "case", ref):
        raise NotThere()
    request = work.session.scalars(
        select(AccessRequest).where(AccessRequest.person_id == task.person_id, AccessRequest.ref == ref)
    ).first()
    if request is None or request.agency_id != task.agency_id:
        raise NotThere()
    return task, request


def find_open(work: Work, ref: int) -> AccessRequest:
    """Give an undecided request of the actor's agency for writing. Raises NotThere, Conflict once it is decided."""
    _task, request = find_case(work, ref)
    if request.state not in rules.OPEN:
        raise Conflict()
    return request


def words_of(work: Work, request: AccessRequest) -> dict[str, Any]:
    """Open the person's own words of a request."""
    return work.keys.open_json(words_place(request), request.words)


def file_of(work: Work, request: AccessRequest) -> dict[str, Any]:
    """Open what only staff read of a request."""
    return work.keys.open_json(file_place(request), request.file)


def put_file(work: Work, request: AccessRequest, **changes: Any) -> None:
    """Change what only staff read of a request; None takes a part away."""
    kept = {name: one for name, one in (file_of(work, request) | changes).items() if one is not None}
    request.file = work.keys.seal_json(file_place(request), kept)


def end_case(work: Work, request: AccessRequest, *, answered: bool = False) -> None:
    """Take a request off the agency's worklist, and end the agency's right to look at it.

    Once it is answered, staff may read it for 30 more days, to answer questions about it.
    """
    tasks.close(work, request.agency_id, request.ref)
    delegations.end(work, request.person_id, "case", request.ref)
    if answered:
        until = work.now + SEEN_AFTER
        delegations.grant(work, request.person_id, request.agency_id, "case", request.ref, until)
