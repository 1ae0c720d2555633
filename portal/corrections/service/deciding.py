"""Deciding: a whole yes stands at once; a no, or a no to a part, is proposed, and a second person approves it."""

from dataclasses import asdict
from datetime import date
from typing import Any

from portal.agencies import queries as agencies
from portal.agencies import tasks
from portal.base.clock import nz_date
from portal.base.problems import Conflict, Invalid
from portal.base.work import Work
from portal.corrections import queries, rules
from portal.corrections.models import CorrectionRequest
from portal.corrections.service import answers, letters, stating
from portal.corrections.service import deciding_after as after
from portal.corrections.service.answers import Answer, Asked, Decision
from portal.corrections.service.deciding_words import NOTHING, WAITS, WHAT
from portal.corrections.service.handling import begin, limited, needed
from portal.corrections.service.moving import (
    TASK,
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
from portal.delegations import service as delegations
from portal.law.letter_lines import EXTENSION_GROUNDS
from portal.law.moves import Who

EXTENDED = rules.State.EXTENDED.value
COUNTED_AS = {
    rules.State.DECIDED_YES: "yes",
    rules.State.DECIDED_PART: "part",
    rules.State.DECIDED_NO: "no",
}
"""What a decision counts as in the team's figures."""


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
    made = answers.check(_asked(work, request), decisions)
    decided = rules.outcome(one.made.decision for one in made)
    if decided == rules.State.DECIDED_YES:
        _stand(work, request, decided, made)
    else:
        _propose(work, request, decided.value, {"decisions": [asdict(one.made) for one in made]})
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
    made = answers.check(_asked(work, request), [Decision(**one) for one in said["decisions"]])
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


def _asked(work: Work, request: CorrectionRequest) -> list[Asked]:
    seen = queries.show(work, request.ref, request.person_id)
    return [
        Asked(one.no, one.field, one.wish, one.held, one.wanted) for one in seen.items if not one.moved_to
    ]


def _stand(
    work: Work,
    request: CorrectionRequest,
    decided: rules.State,
    made: list[Answer],
    *,
    second: bool = False,
) -> None:
    """Let a decision stand: each value gets its own, then the law goes on by itself."""
    delegations.refuse_while_held(work, request.person_id, request.agency_id, request.ref)
    move(work, request, decided, decided=True, reasons=True, second=second)
    request.decided_at = work.now
    items = own_items(work, request)
    agency = agencies.catalogue(work).agency(request.agency_id)
    for item, answer in zip(items, made, strict=True):
        one = answer.made
        item.decision = one.decision
        item.ground = one.ground if one.decision != rules.Decision.ACCEPT else None
        said = {"value": answer.value, "reason": one.reason.strip()}
        other = answers.reason_in(agency, one) if item.ground else {}
        put_item_words(work, item, item_words(work, item) | said | ({"reason_in": other} if other else {}))
        if answer.changes:
            after.promise(work, request, item, answer.value)
    tasks.decided(
        work,
        request.agency_id,
        TASK,
        COUNTED_AS[decided],
        language=request.language,
        received_on=request.received_on,
        due_on=request.due_on,
        grounds=[item.ground for item in items if item.ground],
    )
    after.decided(work, request, items, answers.drafts(made, agency, nz_date(work.now), after.apply_by(work)))
