"""Deciding: a whole yes stands at once; a no, or a no to a part, is proposed, and a second person approves it."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from portal.agencies import tasks, values
from portal.agencies.rules import FieldFacts
from portal.base.clock import nz_date
from portal.base.problems import Conflict, Invalid
from portal.base.work import Work
from portal.corrections import queries, rules
from portal.corrections.models import CorrectionRequest, Item
from portal.corrections.service import deciding_after as after
from portal.corrections.service import letters, stating
from portal.corrections.service.deciding_words import NOTHING, WAITS, WHAT
from portal.corrections.service.handling import begin, limited, needed
from portal.corrections.service.moving import (
    file_of,
    find_case,
    find_open,
    item_words,
    move,
    note_event,
    own_items,
    put_file,
    put_item_words,
    require_officer,
)
from portal.law.letter_lines import EXTENSION_GROUNDS
from portal.law.moves import Who

EXTENDED = rules.State.EXTENDED.value
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


def decide(work: Work, ref: int, version: int, decisions: list[Decision]) -> str:
    """Decide every value of a request at once. Yes to all stands from now; anything else waits for a second person.

    `version` is that of the request as staff saw it. Raises Conflict when somebody else decided, or the person took it
    back, Invalid with a sentence (its field is decision-N, value-N, ground-N or reason-N), NotThere.
    Privacy Act 2020 s 63, principle 7; law.md 3.1: A for a yes, A + P for a no.
    """
    request = find_open(work, ref)
    if request.version != version:
        raise Conflict()
    if request.proposed:
        raise Invalid(WAITS)
    begin(work, request)
    made = _checked(work, request, decisions)
    decided = rules.outcome(one.decision for one in made)
    if decided == rules.State.DECIDED_YES:
        _stand(work, request, decided, made)
    else:
        _propose(work, request, decided.value, {"decisions": [asdict(one) for one in made]})
    return request.reference


def propose_extension(work: Work, ref: int, ground: str, until_on: date | None, reason: str) -> None:
    """Propose a later last day, by one of the law's three reasons; a privacy officer approves it.

    `ground` a, b or c: so much, asking others, hard questions. `until_on` is a Pacific/Auckland day. Only until the
    20th working day, and once. Raises Invalid, Conflict, NotThere. Privacy Act 2020 s 65.
    """
    request = find_open(work, ref)
    if request.proposed:
        raise Invalid(WAITS)
    facts = _extension_facts(request, ground, until_on)
    fault = rules.refused_because(
        request.state,
        EXTENDED,
        Who.OFFICER,
        rules.Facts(today=nz_date(work.now), due_on=request.due_on, second=True, **facts),
    )
    if fault == "no-such-move":
        raise Conflict()
    if fault is not None or until_on is None:
        box = {"extension-ground": "ground", "new-day": "until"}.get(fault or "new-day")
        raise Invalid(rules.REFUSED_BECAUSE[fault or "new-day"], box)
    said = needed(reason, "reason")
    _propose(work, request, EXTENDED, {"ground": ground, "until_on": until_on.isoformat(), "reason": said})


def approve(work: Work, ref: int) -> None:
    """Approve what a colleague proposed, as a privacy officer: it stands from now.

    A decision, more time, or that a statement is taken away. Raises Invalid (also for the one who proposed it),
    Conflict once it is decided, NotThere. law.md 3.1: A + P.
    """
    request = _proposed(work, ref)
    second = request.proposed_by != work.actor.account_id
    if request.proposed == stating.OFF:
        stating.take_off(work, request, second=second)
        return
    said = file_of(work, request)["proposal"]
    if request.proposed == EXTENDED:
        _extend(work, request, said, second)
        return
    made = _checked(work, request, [Decision(**one) for one in said["decisions"]])
    _stand(work, request, rules.State(request.proposed or ""), made, second=second)


def send_back(work: Work, ref: int, why: str) -> None:
    """Do not approve what a colleague proposed; it can be worked on again. By a privacy officer.

    Raises Invalid, Conflict, NotThere.
    """
    request = _proposed(work, ref)
    require_officer(work)
    said = limited(why, "why")
    if not said:
        raise Invalid(WHAT, "why")
    request.proposed, request.proposed_by = None, None
    put_file(work, request, proposal=None, sent_back={"why": said, "at": work.now.isoformat()})
    note_event(work, request, rules.Event.SENT_BACK)
    if request.state in rules.OPEN:
        tasks.change(work, request.ref, state="looking", agency_id=request.agency_id)


def _proposed(work: Work, ref: int) -> CorrectionRequest:
    _task, request = find_case(work, ref)
    if not request.proposed:
        if request.state not in rules.OPEN:
            raise Conflict()
        raise Invalid(NOTHING)
    return request


def _propose(work: Work, request: CorrectionRequest, what: str, more: dict[str, Any]) -> None:
    request.proposed, request.proposed_by = what, work.actor.account_id or 0
    put_file(work, request, proposal=more | {"at": work.now.isoformat()}, sent_back=None)
    note_event(work, request, rules.Event.PROPOSED)
    tasks.change(work, request.ref, state="waiting", agency_id=request.agency_id)
    work.session.flush()


def _extension_facts(request: CorrectionRequest, ground: str, until_on: date | None) -> dict[str, Any]:
    later = until_on is not None and until_on > request.due_on
    return {"ground": ground in EXTENSION_GROUNDS, "new_day": later}


def _extend(work: Work, request: CorrectionRequest, said: dict[str, Any], second: bool) -> None:
    until_on = date.fromisoformat(said["until_on"])
    facts = _extension_facts(request, said["ground"], until_on)
    move(work, request, rules.State.EXTENDED, second=second, **facts)
    request.extended_to_on = request.due_on = until_on
    request.proposed, request.proposed_by = None, None
    put_file(work, request, proposal=None, sent_back=None, extension=said)
    tasks.change(work, request.ref, state="looking", agency_id=request.agency_id, due_on=until_on)
    letters.write(work, request, "L4", extension=said["ground"], why=said["reason"], until_on=until_on)


def _checked(work: Work, request: CorrectionRequest, decisions: list[Decision]) -> list[Decision]:
    """Give the decision on each value, in order. Raises Invalid for the first that cannot stand."""
    made = {one.no: one for one in decisions}
    fields = _fields(work, request)
    checked = []
    for item in own_items(work, request):
        one, field = made.get(item.no) or Decision(item.no, ""), fields[item.no]
        for problem in rules.check_decision(
            field.nature, one.decision, one.value, one.ground, one.reason, wish=item.wish
        ):
            raise Invalid(rules.PROBLEM_WORDS[problem], f"{_box(problem)}-{item.no}")
        _changes(item, field, one, item_words(work, item))
        checked.append(one)
    return checked


def _stand(
    work: Work,
    request: CorrectionRequest,
    decided: rules.State,
    made: list[Decision],
    *,
    second: bool = False,
) -> None:
    """Let a decision stand: each value gets its own, then the law goes on by itself."""
    fields = _fields(work, request)
    move(work, request, decided, decided=True, reasons=True, second=second)
    request.decided_at = work.now
    items = own_items(work, request)
    for item, one in zip(items, made, strict=True):
        words = item_words(work, item)
        changes = _changes(item, fields[item.no], one, words)
        item.decision = one.decision
        item.ground = one.ground if one.decision != rules.Decision.ACCEPT else None
        value = changes.get(item.field, words["held"])
        put_item_words(work, item, words | {"value": value, "reason": one.reason.strip()})
        if changes:
            after.promise(work, request, item, value)
    after.decided(work, request, items, fields)


def _fields(work: Work, request: CorrectionRequest) -> dict[int, FieldFacts]:
    seen = queries.show(work, request.ref, request.person_id)
    return {one.no: one.field for one in seen.items}


def _changes(item: Item, field: FieldFacts, made: Decision, words: dict[str, Any]) -> dict[str, Any]:
    """Give what a decision changes in the record; None for a value that is taken out."""
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
