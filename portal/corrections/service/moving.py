"""Moving a request from state to state by the law's table, with an event for each move; and finding it for writing."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from portal.agencies import tasks
from portal.base.clock import nz_date
from portal.base.problems import Conflict, Invalid, NotThere
from portal.base.work import Work
from portal.corrections import queries, rules
from portal.corrections.models import CorrectionRequest, Event, Item
from portal.corrections.queries.places import file_place, item_place, request_place
from portal.delegations import service as delegations
from portal.law.moves import Who, who_of
from portal.notices import service as notices
from portal.records import service as records

SEEN_AFTER = timedelta(days=30)
"""How long staff may still read a case after it is decided, to answer questions about it."""

TASK = "correction"
"""The kind of task and of grant that a request makes."""
APPLY = "correction_apply"
"""The kind of task that reminds staff of something accepted that is not in the record yet."""
TELL = "correction_tell"
"""The kind of task that asks staff to tell those who got the old value."""
TOLD = "correction_told"
"""The kind of task by which another organisation is told that a value it got was not right."""
LATE = "correction_late"
"""The kind of task that puts a late request before the privacy officer."""


def who(work: Work, request: CorrectionRequest) -> Who:
    """Say as whom the actor moves a request. Raises NotThere for anybody else, and for staff whose own it is."""
    actor = work.actor
    if actor.kind == "system":
        return Who.SYSTEM
    if actor.agency_id is None and actor.person_id == request.person_id:
        return Who.PERSON
    if actor.agency_id != request.agency_id or actor.person_id == request.person_id:
        raise NotThere()
    return who_of(actor.role, own=False, system=False)


def move(
    work: Work, request: CorrectionRequest, to: rules.State, by: Who | None = None, **facts: Any
) -> None:
    """Move a request, with its event, if the table lets this actor and the guards hold.

    facts: those of rules.Facts that are so; the dates are filled in here. by: said where the law moves it by itself,
    and where another agency's staff let this one receive a request. Raises Conflict where the state does not lead
    there (somebody was faster), Invalid with a sentence where a guard fails, NotThere. law.md 3.1.
    """
    mover = by or who(work, request)
    known = rules.Facts(
        today=nz_date(work.now),
        transfer_by_on=request.transfer_by_on or date.min,
        due_on=request.due_on,
        **facts,
    )
    fault = rules.refused_because(request.state, to, mover, known)
    if fault == "no-such-move":
        raise Conflict()
    if fault is not None:
        raise Invalid(rules.REFUSED_BECAUSE[fault])
    request.state = to.value
    note_event(work, request, rules.EVENT_OF[to], mover)
    # The version guards the state: whoever comes second stops here.
    work.session.flush()


def note_event(work: Work, request: CorrectionRequest, name: rules.Event, by: Who | None = None) -> None:
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


def find_request(work: Work, person_id: int, ref: int) -> CorrectionRequest | None:
    """Give a request of a person for writing; None when there is none.

    For the person there is none while its agency is hidden, or the link in doubt.
    """
    wanted = [CorrectionRequest.person_id == person_id, CorrectionRequest.ref == ref]
    if work.actor.person_id == person_id:
        wanted.append(queries.reached_request())
    return work.session.scalars(select(CorrectionRequest).where(*wanted)).first()


def find_own(work: Work, ref: int) -> CorrectionRequest:
    """Give a request of the actor for writing. Raises NotThere."""
    request = find_request(work, work.actor.person_id, ref)
    if request is None:
        raise NotThere()
    return request


def find_case(work: Work, ref: int) -> tuple[tasks.TaskFacts, CorrectionRequest]:
    """Give a request of the actor's agency for writing, with its row of the worklist.

    Raises NotThere, and Conflict where the person took it back, or it was passed on: what staff typed is kept then.
    """
    task = tasks.find(work, ref)
    if task.kind != TASK or task.person_id == work.actor.person_id:
        # Nobody answers a request of their own, whatever their role: a colleague does.
        raise NotThere()
    request = find_request(work, task.person_id, ref)
    if request is None or request.agency_id != task.agency_id:
        raise NotThere()
    if request.state in (rules.State.WITHDRAWN, rules.State.TRANSFERRED):
        raise Conflict()
    if not delegations.may(work, task.person_id, task.agency_id, "case", ref):
        raise NotThere()
    return task, request


def require_officer(work: Work) -> None:
    """Let only a privacy officer go on. Raises Invalid with a sentence."""
    if work.actor.role != "privacy-officer":
        raise Invalid(rules.REFUSED_BECAUSE["not-yours"])


def find_open(work: Work, ref: int) -> CorrectionRequest:
    """Give an undecided request of the actor's agency for writing. Raises NotThere, Conflict once it is decided."""
    _task, request = find_case(work, ref)
    if request.state not in rules.OPEN:
        raise Conflict()
    return request


def items_of(work: Work, request: CorrectionRequest) -> list[Item]:
    """Give the values of a request for writing, in order; those too that were passed on."""
    rows = select(Item).where(Item.person_id == request.person_id, Item.request_id == request.id)
    return list(work.session.scalars(rows.order_by(Item.no)))


def own_items(work: Work, request: CorrectionRequest) -> list[Item]:
    """Give the values of a request that its agency answers about, for writing, in order."""
    return [item for item in items_of(work, request) if item.moved_to is None]


def item_words(work: Work, item: Item) -> dict[str, Any]:
    """Open the sealed words of one value."""
    return work.keys.open_json(
        item_place(item.person_id, item.request_id, item.no, item.agency_id), item.words
    )


def put_item_words(work: Work, item: Item, words: dict[str, Any]) -> None:
    """Seal the words of one value."""
    item.words = work.keys.seal_json(
        item_place(item.person_id, item.request_id, item.no, item.agency_id), words
    )


def words_of(work: Work, request: CorrectionRequest) -> dict[str, Any]:
    """Open the person's own words of a request."""
    return work.keys.open_json(request_place(request.person_id, request.id, request.agency_id), request.words)


def file_of(work: Work, request: CorrectionRequest) -> dict[str, Any]:
    """Open what only staff read of a request."""
    return work.keys.open_json(file_place(request), request.file) if request.file else {}


def put_file(work: Work, request: CorrectionRequest, **changes: Any) -> None:
    """Change what only staff read of a request; None takes a part away."""
    kept = {name: one for name, one in (file_of(work, request) | changes).items() if one is not None}
    request.file = work.keys.seal_json(file_place(request), kept)


def tell(work: Work, request: CorrectionRequest, kind: str) -> None:
    """Tell the person of a request what happened; a mail goes out only where they asked for it."""
    by = words_of(work, request)["reply"]["by"]
    notices.tell(work, request.person_id, kind, request.agency_id, request.ref, mail=by == "email")


def end_case(work: Work, request: CorrectionRequest) -> None:
    """End the review marks and the task of a request, and the agency's right to look at it."""
    if request.record_id:
        records.end_review(work, request.person_id, request.record_id, request.ref)
    tasks.close_if_open(work, request.agency_id, request.ref)
    delegations.end(work, request.person_id, "case", request.ref)


def let_look(work: Work, request: CorrectionRequest, *, on: bool) -> None:
    """Let the agency go on reading a decided case: while there is something to do (`on`), or for 30 more days."""
    delegations.end(work, request.person_id, "case", request.ref)
    until = None if on else work.now + SEEN_AFTER
    delegations.grant(work, request.person_id, request.agency_id, "case", request.ref, until)
