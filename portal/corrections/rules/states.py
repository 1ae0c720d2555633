"""The states of a correction request and what may follow what (Privacy Act 2020 ss 59 to 64, principle 7).

Later states (identity in doubt, transferred, extended, telling recipients, complaint) come with a later
issue. Late is not a state: it is a fact about a date.
"""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum


class State(StrEnum):
    """Where a correction request stands."""

    DRAFT = "draft"
    RECEIVED = "received"
    IN_REVIEW = "in_review"
    DECIDED_YES = "decided_yes"
    DECIDED_PART = "decided_part"
    DECIDED_NO = "decided_no"
    APPLIED = "applied"
    STATEMENT_OFFERED = "statement_offered"
    STATEMENT_ATTACHED = "statement_attached"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"


class Event(StrEnum):
    """What happened to a correction request, as its history and the ledger tell it."""

    REQUESTED = "CorrectionRequested"
    REVIEW_STARTED = "CorrectionReviewStarted"
    DECIDED = "CorrectionDecided"
    APPLIED = "CorrectionApplied"
    STATEMENT_OFFERED = "StatementOffered"
    STATEMENT_ATTACHED = "StatementAttached"
    WITHDRAWN = "CorrectionWithdrawn"
    CLOSED = "CorrectionClosed"
    REPLACED_VALUE_RETURNED = "ReplacedValueReturned"


class Wish(StrEnum):
    """What the person wants done with one value."""

    REPLACE = "replace"
    REMOVE = "remove"
    NOT_ME = "not_me"
    UNKNOWN = "unknown"
    # For what somebody thought, said or decided, where a change is rarely the whole answer.
    WORDS = "words"
    CHECKED = "checked"


class Decision(StrEnum):
    """What staff decide about one value."""

    ACCEPT = "accept"
    PARTLY = "partly"
    DECLINE = "decline"


class Status(StrEnum):
    """The seven tags a person may see on a request; their words are in STATUS_WORDS."""

    SENT = "sent"
    LOOKING = "looking"
    QUESTION = "question"
    LATE = "late"
    FIXED = "fixed"
    PARTLY_FIXED = "partly_fixed"
    NOT_FIXED = "not_fixed"


_NEXT: dict[State, tuple[State, ...]] = {
    State.DRAFT: (State.RECEIVED, State.WITHDRAWN),
    State.RECEIVED: (State.IN_REVIEW, State.WITHDRAWN),
    State.IN_REVIEW: (
        State.DECIDED_YES,
        State.DECIDED_PART,
        State.DECIDED_NO,
        State.WITHDRAWN,
    ),
    State.DECIDED_YES: (State.APPLIED,),
    State.DECIDED_PART: (State.APPLIED,),
    State.DECIDED_NO: (State.STATEMENT_OFFERED,),
    State.APPLIED: (State.STATEMENT_OFFERED, State.CLOSED),
    # No way out but the person's own statement: the offer stays open without time limit (s 64).
    State.STATEMENT_OFFERED: (State.STATEMENT_ATTACHED,),
    State.STATEMENT_ATTACHED: (State.CLOSED,),
    State.WITHDRAWN: (),
    State.CLOSED: (),
}

_FOLLOWS: dict[State, tuple[State, ...]] = {
    State.DECIDED_YES: (State.APPLIED,),
    State.DECIDED_PART: (State.APPLIED, State.STATEMENT_OFFERED),
    State.DECIDED_NO: (State.STATEMENT_OFFERED,),
}

EVENT_OF: dict[State, Event] = {
    State.RECEIVED: Event.REQUESTED,
    State.IN_REVIEW: Event.REVIEW_STARTED,
    State.DECIDED_YES: Event.DECIDED,
    State.DECIDED_PART: Event.DECIDED,
    State.DECIDED_NO: Event.DECIDED,
    State.APPLIED: Event.APPLIED,
    State.STATEMENT_OFFERED: Event.STATEMENT_OFFERED,
    State.STATEMENT_ATTACHED: Event.STATEMENT_ATTACHED,
    State.WITHDRAWN: Event.WITHDRAWN,
    State.CLOSED: Event.CLOSED,
}
"""The event to record on entering a state; a draft makes none."""

OPEN = frozenset({State.RECEIVED, State.IN_REVIEW})
"""States in which the agency owes a decision and the clock runs."""


def next_states(state: State) -> tuple[State, ...]:
    """List the states that may follow this one (Privacy Act 2020 ss 59 to 64)."""
    return _NEXT[State(state)]


def may_move(state: State, to: State) -> bool:
    """Say whether a request may go from one state to the other."""
    return to in _NEXT[State(state)]


def states_after(decided: State) -> tuple[State, ...]:
    """List the states a decision leads through without any further choice by a person.

    decided: one of the three decided states. A statement is offered where something was not fixed (s 63).
    Raises ValueError for any other state.
    """
    if decided not in _FOLLOWS:
        raise ValueError(f"{decided} is not a decision.")
    return _FOLLOWS[State(decided)]


def outcome(decisions: Iterable[str]) -> State:
    """Give the state that the decisions on all values add up to.

    Raises ValueError when there is none, or one that is not a Decision. Privacy Act 2020 s 63.
    """
    made = {Decision(decision) for decision in decisions}
    if not made:
        raise ValueError("A request is decided value by value; there is no decision here.")
    if made == {Decision.ACCEPT}:
        return State.DECIDED_YES
    return State.DECIDED_NO if made == {Decision.DECLINE} else State.DECIDED_PART


def is_late(state: State, today: date, due_on: date) -> bool:
    """Say whether the agency still owes a decision after its due date; the law calls that a refusal (s 69).

    today, due_on: Pacific/Auckland days.
    """
    return state in OPEN and today > due_on


def status(
    state: State,
    decisions: Iterable[str] = (),
    *,
    late: bool = False,
    asked: bool = False,
) -> Status | None:
    """Give the tag a person sees; None for a draft or a request taken back, which carry none.

    decisions: those on the values, needed once decided. late: from is_late. asked: staff wait for the
    person's answer.
    """
    if state in (State.DRAFT, State.WITHDRAWN):
        return None
    if state in OPEN:
        if late:
            return Status.LATE
        if asked:
            return Status.QUESTION
        return Status.SENT if state == State.RECEIVED else Status.LOOKING
    return {
        State.DECIDED_YES: Status.FIXED,
        State.DECIDED_PART: Status.PARTLY_FIXED,
        State.DECIDED_NO: Status.NOT_FIXED,
    }[outcome(decisions)]
