"""Deciding a request: staff see it beside the record, and decide all its values at once."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from portal.access_log import service as access_log
from portal.agencies import tasks, values
from portal.agencies.rules import FieldFacts
from portal.base.problems import Conflict, Invalid, NotThere
from portal.base.work import Work
from portal.corrections import queries, rules
from portal.corrections.models import CorrectionRequest, Item
from portal.corrections.service import requests
from portal.delegations import service as delegations
from portal.identity import queries as identity
from portal.language.rules import N_
from portal.records import queries as record_queries
from portal.records import service as records
from portal.records.queries import RecordView

SEEN_AFTER = timedelta(days=30)
"""How long staff may still read a case after it is decided, to answer questions about it."""

FIXED_WISHES = frozenset({rules.Wish.WORDS, rules.Wish.CHECKED})
"""Wishes that leave the value as it is when they are met."""


@dataclass(frozen=True)
class Decision:
    """What staff decide about item `no`: `value` is what the record will say, as typed."""

    no: int
    decision: str
    value: str = ""
    ground: str = ""
    reason: str = ""


@dataclass(frozen=True)
class CaseView:
    """A request as staff see it: beside the record as it is now, with its row of the worklist."""

    request: queries.RequestView
    record: RecordView
    task: tasks.TaskFacts
    person_name: str
    post_is_safe: bool


def case(work: Work, ref: int) -> CaseView:
    """Give a request of the actor's agency beside its record, and let the look ride along with the page.

    Call it as a read, not inside `work.do`. Raises NotThere without a task of the agency or a live grant.
    """
    task, request, name, post_is_safe = queries.case(work, ref, requests.TASK)
    found = CaseView(
        request=request,
        record=record_queries.show(work, request.record_ref, task.person_id),
        task=task,
        person_name=name,
        post_is_safe=post_is_safe,
    )
    work.also(access_log.note, task.person_id, "staff", task.agency_id, "request", _look(work, found))
    return found


def take(work: Work, ref: int) -> None:
    """Take a request as one's own, and begin to look at it. Raises NotThere, Conflict once it has ended."""
    task, request = _open(work, ref)
    if request.state == rules.State.RECEIVED:
        requests.happened(work, request, [rules.State.IN_REVIEW], "staff")
    tasks.change(work, ref, state="looking", owner_id=work.actor.account_id, agency_id=task.agency_id)


def decide(work: Work, ref: int, version: int, decisions: list[Decision]) -> str:
    """Decide every value of a request in one transaction, change the record, and tell the person.

    `version` is that of the request as staff saw it. Decided and applied are two moments, both set now. Where
    something was not fixed, the person is offered a statement; words they sent along are attached at once.
    Raises Conflict when somebody else decided or the person took it back, Invalid with a sentence (its field is
    decision-N, value-N, ground-N or reason-N), NotThere. Privacy Act 2020 ss 63 and 64, principle 7.
    """
    task, request = _open(work, ref)
    if request.version != version:
        raise Conflict()
    if request.state == rules.State.RECEIVED:
        requests.happened(work, request, [rules.State.IN_REVIEW], "staff")
    seen = queries.show(work, ref, task.person_id)
    made = {one.no: one for one in decisions}
    items = requests.items_of(work, request)
    fields = {one.no: one.field for one in seen.items}
    changes: dict[str, Any] = {}
    for item in items:
        changes |= _decide_item(work, item, fields[item.no], made.get(item.no) or Decision(item.no, ""))
    _move(work, request, [item.decision or "" for item in items])
    # The version guards the state: whoever comes second stops here.
    work.session.flush()
    if changes:
        reasons = [made[item.no].reason.strip() for item in items if item.field in changes]
        why = {"request_ref": request.ref, "reason": "\n".join(filter(None, reasons))}
        records.correct(work, request.person_id, request.record_id, changes, why)
    for item in items:
        if item.wish == rules.Wish.WORDS:
            text = requests.words_of(work, item)["wanted"]
            requests.put_statement(work, request, item, text, request.language, "staff")
    requests.end_case(work, request)
    delegations.end(work, request.person_id, "case", ref)
    delegations.grant(work, request.person_id, request.agency_id, "case", ref, work.now + SEEN_AFTER)
    requests.tell(work, request, "request_decided")
    return request.reference


def _move(work: Work, request: CorrectionRequest, decisions: list[str]) -> None:
    decided = rules.outcome(decisions)
    states = [decided, *rules.states_after(decided)]
    requests.happened(work, request, states, "staff")
    request.decided_at = work.now
    if rules.State.APPLIED in states:
        request.applied_at = work.now


def _decide_item(work: Work, item: Item, field: FieldFacts, made: Decision) -> dict[str, Any]:
    """Write the decision on one value, and give what it changes in the record."""
    for problem in rules.check_decision(
        field.nature, made.decision, made.value, made.ground, made.reason, wish=item.wish
    ):
        raise Invalid(rules.PROBLEM_WORDS[problem], f"{_box(problem)}-{item.no}")
    words = requests.words_of(work, item)
    changes = _changes(item, field, made, words)
    item.decision = made.decision
    item.ground = made.ground if made.decision != rules.Decision.ACCEPT else None
    value = changes.get(item.field, words["held"])
    requests.put_words(work, item, words | {"value": value, "reason": made.reason.strip()})
    return changes


def _changes(item: Item, field: FieldFacts, made: Decision, words: dict[str, Any]) -> dict[str, Any]:
    accepted = made.decision == rules.Decision.ACCEPT
    if made.decision == rules.Decision.DECLINE or (accepted and item.wish in FIXED_WISHES):
        return {}
    if accepted and item.wish in (rules.Wish.REMOVE, rules.Wish.NOT_ME):
        return {item.field: None}
    if accepted and not made.value.strip():
        return {item.field: words["wanted"]}
    try:
        return {item.field: values.parse(field, made.value)}
    except Invalid as fault:
        raise Invalid(fault.message, f"value-{item.no}", **fault.values_) from None


def _box(problem: str) -> str:
    box = problem.split("-")[0]
    return {"law": "reason"}.get(box, box)


def _open(work: Work, ref: int) -> tuple[tasks.TaskFacts, CorrectionRequest]:
    task = _task(work, ref)
    request = requests.find_request(work, task.person_id, ref)
    # Nobody answers a request of their own, whatever their role: a colleague does.
    if request is None or task.person_id == work.actor.person_id:
        raise NotThere()
    if request.state not in rules.OPEN:
        raise Conflict()
    return task, request


def _task(work: Work, ref: int) -> tasks.TaskFacts:
    task = tasks.find(work, ref)
    if task.kind != requests.TASK or not delegations.may(work, task.person_id, task.agency_id, "case", ref):
        raise NotThere()
    return task


def _look(work: Work, found: CaseView) -> dict[str, Any]:
    name = identity.account_name(work, work.actor.account_id) if work.actor.account_id else ""
    return {
        "who": name,
        "role": work.actor.role or "",
        # L10n: on the page "Who has looked": why staff of an agency saw something.
        "why": N_("To answer your request to fix something"),
        "reference": found.request.reference,
        "about": str(found.request.ref),
        "records": [found.record.type.title],
    }
