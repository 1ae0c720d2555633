"""The states of an access request, and who may move it where (Privacy Act 2020 ss 40 to 58, 69; principle 6).

Late is not a state: it is a fact about a date. What the law leaves open (how an identity check and a safety hold
end, and that the person may take an open request back) stands here beside what it says.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.law import moves
from portal.law.moves import PERSON, SECOND, STAFF, Move, Who


class State(StrEnum):
    """Where an access request stands."""

    DRAFT = "draft"
    RECEIVED = "received"
    ID_CHECK = "id_check"
    SAFETY_HOLD = "safety_hold"
    TRANSFERRED = "transferred"
    SEARCHING = "searching"
    REVIEWING = "reviewing"
    EXTENDED = "extended"
    GRANTED = "granted"
    GRANTED_IN_PART = "granted_in_part"
    REFUSED = "refused"
    NOT_HELD = "not_held"
    NCND = "ncnd"
    FEE_WAIT = "fee_wait"
    RELEASED = "released"
    WITHDRAWN = "withdrawn"


class Event(StrEnum):
    """What happened to an access request, as its history and the ledger tell it."""

    REQUESTED = "AccessRequested"
    WRITTEN_DOWN = "AccessWrittenDown"
    TAKEN = "AccessTaken"
    IDENTITY_ASKED = "AccessIdentityAsked"
    IDENTITY_CONFIRMED = "AccessIdentityConfirmed"
    HELD = "AccessHeldForSafety"
    HOLD_LIFTED = "AccessHoldLifted"
    TRANSFERRED = "AccessTransferred"
    PART_TRANSFERRED = "AccessTransferredInPart"
    SEARCH_STARTED = "AccessSearchStarted"
    REVIEW_STARTED = "AccessReviewStarted"
    PROPOSED = "AccessDecisionProposed"
    SENT_BACK = "AccessProposalSentBack"
    EXTENDED = "AccessExtended"
    DECIDED = "AccessDecided"
    FEE_ASKED = "AccessFeeAsked"
    FEE_AGREED = "AccessFeeAgreed"
    FEE_LESS = "AccessFeeLessWanted"
    FEE_PAID = "AccessFeePaid"
    FEE_WAIVED = "AccessFeeWaived"
    RELEASED = "AccessReleased"
    WITHDRAWN = "AccessWithdrawn"
    OVERDUE = "AccessOverdue"
    DUE_DATE_EARLIER = "AccessDueDateEarlier"


TOLD = frozenset(
    {
        Event.REQUESTED, Event.IDENTITY_ASKED, Event.IDENTITY_CONFIRMED, Event.TRANSFERRED,
        Event.PART_TRANSFERRED, Event.SEARCH_STARTED, Event.EXTENDED, Event.DECIDED, Event.FEE_ASKED,
        Event.FEE_AGREED, Event.FEE_LESS, Event.FEE_PAID, Event.FEE_WAIVED, Event.RELEASED, Event.WITHDRAWN,
        Event.OVERDUE,
    }
)  # fmt: skip
"""Events that the person sees. A safety hold must show in nothing (s 57); how staff work is for staff."""


@dataclass(frozen=True)
class Facts:
    """What the guards ask about; whatever is not said counts as not so. Days are Pacific/Auckland days."""

    today: date = date.max
    transfer_by_on: date = date.min
    due_on: date = date.min
    complete: bool = False
    hand_on: bool = False
    plan: bool = False
    searched: bool = False
    reviewed: bool = False
    second: bool = False
    grounds: bool = False
    considered: bool = False
    silence: bool = False
    may_charge: bool = False
    fee_settled: bool = True
    identity: bool = False
    safe: bool = False
    support: bool = False


GUARDS: dict[str, Callable[[Facts], bool]] = {
    "complete": lambda facts: facts.complete,
    "in-ten-days": lambda facts: facts.today <= facts.transfer_by_on,
    "may-pass-on": lambda facts: facts.hand_on,
    "plan": lambda facts: facts.plan,
    "searched": lambda facts: facts.searched,
    "in-twenty-days": lambda facts: facts.today <= facts.due_on,
    "reviewed": lambda facts: facts.reviewed,
    "second-person": lambda facts: facts.second,
    "grounds": lambda facts: facts.grounds,
    "transfer-considered": lambda facts: facts.considered,
    "silence": lambda facts: facts.silence,
    "may-charge": lambda facts: facts.may_charge,
    "fee-settled": lambda facts: facts.fee_settled,
    "identity": lambda facts: facts.identity,
    "safe-delivery": lambda facts: facts.safe,
    "support": lambda facts: facts.support,
}


_RELEASE = Move(STAFF, ("identity", "safe-delivery", "support", "fee-settled"))
_TAKE_BACK = Move(PERSON)
_PASS_ON = Move(STAFF, ("in-ten-days", "may-pass-on"))


def _decisions(origin: State) -> dict[tuple[State, State], Move]:
    return {
        (origin, State.GRANTED): Move(STAFF, ("reviewed",)),
        (origin, State.GRANTED_IN_PART): Move(SECOND, ("reviewed", "grounds", "second-person")),
        (origin, State.REFUSED): Move(SECOND, ("reviewed", "grounds", "second-person")),
        (origin, State.NOT_HELD): Move(STAFF, ("searched", "transfer-considered")),
        (origin, State.NCND): Move(SECOND, ("silence",)),
    }


TABLE: dict[tuple[State, State], Move] = {
    # A request may also be taken down by staff, on the phone or at the counter: an oral one is valid.
    (State.DRAFT, State.RECEIVED): Move(PERSON | STAFF, ("complete",)),
    (State.RECEIVED, State.ID_CHECK): Move(STAFF),
    (State.RECEIVED, State.SAFETY_HOLD): Move(STAFF, ("plan",)),
    (State.RECEIVED, State.TRANSFERRED): _PASS_ON,
    (State.RECEIVED, State.SEARCHING): Move(STAFF),
    (State.SEARCHING, State.REVIEWING): Move(STAFF, ("searched",)),
    (State.REVIEWING, State.EXTENDED): Move(SECOND, ("in-twenty-days", "second-person")),
    **_decisions(State.REVIEWING),
    **_decisions(State.EXTENDED),
    (State.GRANTED, State.FEE_WAIT): Move(STAFF, ("may-charge",)),
    (State.GRANTED_IN_PART, State.FEE_WAIT): Move(STAFF, ("may-charge",)),
    (State.GRANTED, State.RELEASED): _RELEASE,
    (State.GRANTED_IN_PART, State.RELEASED): _RELEASE,
    # Not in the law's own table: how an identity check, a safety hold and a charge end.
    (State.ID_CHECK, State.RECEIVED): Move(STAFF, ("identity",)),
    (State.SAFETY_HOLD, State.RECEIVED): Move(SECOND),
    (State.FEE_WAIT, State.RELEASED): _RELEASE,
    **{
        (state, State.WITHDRAWN): _TAKE_BACK
        for state in (
            State.DRAFT, State.RECEIVED, State.ID_CHECK, State.SAFETY_HOLD, State.SEARCHING, State.REVIEWING,
            State.EXTENDED,
        )
    },
}  # fmt: skip
"""Every move there is: (from, to) to who may, and under which guards. What is not here is refused."""

EVENT_OF: dict[State, Event] = {
    State.ID_CHECK: Event.IDENTITY_ASKED,
    State.SAFETY_HOLD: Event.HELD,
    State.TRANSFERRED: Event.TRANSFERRED,
    State.SEARCHING: Event.SEARCH_STARTED,
    State.REVIEWING: Event.REVIEW_STARTED,
    State.EXTENDED: Event.EXTENDED,
    State.GRANTED: Event.DECIDED,
    State.GRANTED_IN_PART: Event.DECIDED,
    State.REFUSED: Event.DECIDED,
    State.NOT_HELD: Event.DECIDED,
    State.NCND: Event.DECIDED,
    State.FEE_WAIT: Event.FEE_ASKED,
    State.RELEASED: Event.RELEASED,
    State.WITHDRAWN: Event.WITHDRAWN,
}
"""The event of entering a state; RECEIVED has its own, by where it came from."""

OPEN = frozenset(
    {State.RECEIVED, State.ID_CHECK, State.SAFETY_HOLD, State.SEARCHING, State.REVIEWING, State.EXTENDED}
)
"""States in which the agency owes a decision and the clock runs."""

DECISIONS = frozenset({State.GRANTED, State.GRANTED_IN_PART, State.REFUSED, State.NOT_HELD, State.NCND})
"""The decisions there are."""

TO_HAND_OVER = frozenset({State.GRANTED, State.GRANTED_IN_PART, State.FEE_WAIT})
"""Decided, and not handed over yet: a duty of its own (Koso v MBIE [2014] NZHRRT 39)."""

ITEMS_SHOWN = frozenset({State.GRANTED, State.GRANTED_IN_PART, State.REFUSED, State.FEE_WAIT, State.RELEASED})
"""States in which the person's page lists items; in any other nothing of them is even read."""


def event_of(state: State, to: State) -> Event:
    """Give the event of a move."""
    if to == State.RECEIVED:
        back = {State.ID_CHECK: Event.IDENTITY_CONFIRMED, State.SAFETY_HOLD: Event.HOLD_LIFTED}
        return back.get(State(state), Event.REQUESTED)
    return EVENT_OF[State(to)]


def refused_because(state: str, to: str, who: Who, facts: Facts) -> str | None:
    """Give why a move is refused: "no-such-move", "not-yours" or the name of a guard; None when it may be made."""
    return moves.refused_because(TABLE.get((State(state), State(to))), who, GUARDS, facts)


def is_late(state: str, today: date, due_on: date) -> bool:
    """Say whether the agency still owes a decision after its due date; the law calls that a refusal (s 69)."""
    return State(state) in OPEN and today > due_on
