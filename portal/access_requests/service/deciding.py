"""Deciding: staff propose, a privacy officer who is somebody else approves every no and every extension."""

from datetime import date
from typing import Any

from portal.access_requests import rules
from portal.access_requests.models import AccessRequest
from portal.access_requests.queries.places import item_place
from portal.access_requests.rules.letters import EXTENSION_GROUNDS
from portal.access_requests.service import letters
from portal.access_requests.service.charging import may_charge
from portal.access_requests.service.handling import needed
from portal.access_requests.service.moving import (
    TASK,
    end_case,
    file_of,
    find_open,
    move,
    note_event,
    put_file,
    words_of,
)
from portal.access_requests.service.searching import items_of, searched
from portal.agencies import tasks
from portal.base.clock import nz_date
from portal.base.problems import Conflict, Invalid
from portal.base.work import Work
from portal.delegations import service as delegations
from portal.language.rules import N_
from portal.law import grounds

ALONE = (rules.State.GRANTED, rules.State.NOT_HELD)
"""Decisions that need no second person: yes to all, and nothing found."""
NOT_ALL = ("redact", "refuse")
COUNTED_AS = {
    rules.State.GRANTED: "yes",
    rules.State.GRANTED_IN_PART: "part",
    rules.State.REFUSED: "no",
    rules.State.NOT_HELD: "none",
    rules.State.NCND: "silent",
}
"""How a decision stands in the team's figures, which name nobody."""
EXTENDED = rules.State.EXTENDED.value

# L10n: staff page of a request to see something, error: the chosen answer does not fit the items.
OTHERWISE = N_("This is not what your decisions on the items add up to. Look at them again.")
# L10n: staff page of a request to see something, error: a colleague proposed something already.
WAITS = N_("A decision waits for a second person already.")
# L10n: staff page that asks for more time, error.
WHY_LONGER = N_("Choose one of the law’s three reasons.")
# L10n: staff page that asks for more time, error beside a date.
LATER = N_("Choose a day after the present due date.")
# L10n: staff page that approves a decision, error: a colleague was faster.
NOTHING = N_("Nothing waits for your approval.")


def propose_extension(work: Work, ref: int, ground: str, until_on: date | None, reason: str) -> None:
    """Propose a later last day, by one of the law's three reasons; a privacy officer approves it.

    `ground` a, b or c (s 48): so much, asking others, hard questions. Only within the 20 working days, and once.
    Raises Invalid, Conflict, NotThere. Privacy Act 2020 s 48.
    """
    request = _to_decide(work, ref)
    if request.state != rules.State.REVIEWING:
        raise Conflict()
    if nz_date(work.now) > request.due_on:
        raise Invalid(rules.REFUSED_BECAUSE["in-twenty-days"])
    if ground not in EXTENSION_GROUNDS:
        raise Invalid(WHY_LONGER, "ground")
    if until_on is None or until_on <= request.due_on:
        raise Invalid(LATER, "until")
    said = needed(reason, "reason")
    _propose(work, request, EXTENDED, {"ground": ground, "until_on": until_on.isoformat(), "reason": said})


def propose_decision(
    work: Work, ref: int, outcome: str, *, ground: str = "", reason: str = "", elsewhere: str | None = None
) -> None:
    """Propose the answer; yes to all and nothing found stand at once, the others wait for approval.

    `outcome` is granted, granted_in_part, refused, not_held or ncnd, and must be what the items add up to; ncnd is
    a privacy officer's own decision, with its `ground` and the `reason` why saying yes or no would itself do harm.
    `elsewhere` says for not_held who else may hold it: "" for nobody known, None for not considered.
    Raises Invalid, Conflict, NotThere. Privacy Act 2020 ss 44 to 47, 53(a).
    """
    request = _to_decide(work, ref)
    if request.state == rules.State.SEARCHING:
        move(work, request, rules.State.REVIEWING, searched=bool(searched(work, request)))
    if outcome == rules.State.NCND:
        _be_silent(work, request, ground, reason)
        return
    _check_outcome(work, request, outcome)
    if outcome in ALONE:
        put_file(work, request, elsewhere=(elsewhere or "").strip()[: rules.MAX_LINE])
        _decide(work, request, rules.State(outcome), considered=elsewhere is not None)
    else:
        _propose(work, request, outcome, {})


def approve(work: Work, ref: int) -> None:
    """Approve what a colleague proposed, as a privacy officer: the decision or the extension stands from now.

    Raises Invalid (also for the one who proposed it), Conflict, NotThere. law.md 3.2: A + P.
    """
    request = find_open(work, ref)
    if not request.proposed:
        raise Invalid(NOTHING)
    second = request.proposed_by != work.actor.account_id
    if request.proposed == EXTENDED:
        _extend(work, request, second)
        return
    to = rules.State(request.proposed)
    _check_outcome(work, request, to)
    _decide(work, request, to, second=second, grounds=_has_grounds(work, request))


def _to_decide(work: Work, ref: int) -> AccessRequest:
    request = find_open(work, ref)
    if request.proposed:
        raise Invalid(WAITS)
    if request.state not in (rules.State.SEARCHING, rules.State.REVIEWING, rules.State.EXTENDED):
        raise Conflict()
    return request


def _propose(work: Work, request: AccessRequest, what: str, more: dict[str, Any]) -> None:
    request.proposed, request.proposed_by = what, work.actor.account_id or 0
    put_file(work, request, proposal=more | {"at": work.now.isoformat()}, sent_back=None)
    note_event(work, request, rules.Event.PROPOSED)
    tasks.change(work, request.ref, state="waiting", agency_id=request.agency_id)
    work.session.flush()


def _check_outcome(work: Work, request: AccessRequest, outcome: str) -> None:
    made = rules.outcome_of(item.outcome for item, _words in items_of(work, request))
    if made is None:
        raise Invalid(rules.REFUSED_BECAUSE["reviewed"])
    if outcome != made:
        raise Invalid(OTHERWISE, "outcome")


def _has_grounds(work: Work, request: AccessRequest) -> bool:
    kept = [item for item, _words in items_of(work, request) if item.outcome in NOT_ALL]
    return bool(kept) and all(item.ground for item in kept)


def _extend(work: Work, request: AccessRequest, second: bool) -> None:
    said = file_of(work, request)["proposal"]
    until_on = date.fromisoformat(said["until_on"])
    move(work, request, rules.State.EXTENDED, second=second)
    request.extended_to_on = request.due_on = until_on
    request.proposed, request.proposed_by = "", 0
    put_file(work, request, proposal=None, extension=said)
    tasks.change(work, request.ref, state="looking", agency_id=request.agency_id, due_on=until_on)
    letters.write(work, request, "L4", extension=said["ground"], why=said["reason"], until_on=until_on)


def _be_silent(work: Work, request: AccessRequest, ground: str, reason: str) -> None:
    """Neither confirm nor deny: the same moves, letter and file whether items exist or not (s 47)."""
    found = grounds.access_ground(ground)
    allowed = found is not None and found.enabled and found.may_neither_confirm
    said = (reason or "").strip()
    _careful(work, request)
    move(work, request, rules.State.NCND, silence=allowed and bool(said))
    put_file(work, request, silence={"ground": ground, "reason": said})
    _answered(work, request, [ground])
    letters.write(work, request, "L13")
    end_case(work, request, answered=True)


def _careful(work: Work, request: AccessRequest) -> None:
    delegations.refuse_while_held(work, request.person_id, request.agency_id, request.ref)


def _decide(work: Work, request: AccessRequest, to: rules.State, **facts: Any) -> None:
    _careful(work, request)
    log = searched(work, request)
    move(work, request, to, reviewed=True, searched=bool(log), **facts)
    items = items_of(work, request)
    _answered(work, request, [item.ground or "" for item, _words in items if item.outcome in NOT_ALL])
    for item, words in items:
        if item.outcome in rules.TOLD:
            place = item_place(item.person_id, item.request_id, item.no, item.agency_id, "shown")
            shown = {"title": words["title"], "on": words["on"], "reason": words["reason"], "parts": []}
            item.shown = work.keys.seal_json(place, shown)
    if to in rules.TO_HAND_OVER:
        may = {"may_charge": "yes"} if may_charge(work, request.agency_id) else {}
        letters.write(work, request, "L10", form=words_of(work, request)["form"], **may)
    if to in (rules.State.GRANTED_IN_PART, rules.State.REFUSED):
        shown_too = sum(item.outcome in ("release", "redact") for item, _words in items)
        letters.write(work, request, "L11", items=_kept_from_them(items), released=shown_too)
    if to == rules.State.NOT_HELD:
        where = [{"system": words["system"], "on": nz_date(row.at)} for row, words in log]
        letters.write(work, request, "L12", searches=where, elsewhere=file_of(work, request)["elsewhere"])
    if to not in rules.TO_HAND_OVER:
        end_case(work, request, answered=True)
    else:
        tasks.change(work, request.ref, state="looking", agency_id=request.agency_id)


def _answered(work: Work, request: AccessRequest, because: list[str]) -> None:
    request.decided_at = work.now
    request.proposed, request.proposed_by = "", 0
    put_file(work, request, proposal=None, sent_back=None)
    tasks.decided(
        work,
        request.agency_id,
        TASK,
        COUNTED_AS[rules.State(request.state)],
        language=request.language,
        received_on=request.received_on,
        due_on=request.due_on,
        grounds=because,
    )


def _kept_from_them(items: list[tuple[Any, dict[str, Any]]]) -> list[dict[str, Any]]:
    return [
        {
            "title": words["title"],
            "ground": item.ground,
            "reason": words["reason"],
            **({"redacted": "yes"} if item.outcome == "redact" else {}),
        }
        for item, words in items
        if item.outcome in NOT_ALL
    ]
