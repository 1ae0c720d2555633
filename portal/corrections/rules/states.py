"""The states of a correction request, and who may move it where (Privacy Act 2020 ss 59 to 65, 69; principle 7).

Late is not a state: it is a flag that is set once. A complaint is an event, and may come at any time. What the
law's own table leaves open stands below it, apart, and is named in docs/decisions.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.law import moves
from portal.law.moves import PERSON, SECOND, STAFF, SYSTEM, Move, Who


class State(StrEnum):
    """Where a correction request stands."""

    DRAFT = "draft"
    RECEIVED = "received"
    ID_CHECK = "id_check"
    TRANSFERRED = "transferred"
    IN_REVIEW = "in_review"
    EXTENDED = "extended"
    DECIDED_YES = "decided_yes"
    DECIDED_PART = "decided_part"
    DECIDED_NO = "decided_no"
    APPLIED = "applied"
    STATEMENT_OFFERED = "statement_offered"
    STATEMENT_RECEIVED = "statement_received"
    STATEMENT_ATTACHED = "statement_attached"
    NOTIFYING = "notifying"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Event(StrEnum):
    """What happened to a correction request, as its history and the ledger tell it."""

    REQUESTED = "CorrectionRequested"
    WRITTEN_DOWN = "CorrectionWrittenDown"
    IDENTITY_ASKED = "CorrectionIdentityAsked"
    IDENTITY_CONFIRMED = "CorrectionIdentityConfirmed"
    QUESTION_ASKED = "CorrectionQuestionAsked"
    QUESTION_ANSWERED = "CorrectionQuestionAnswered"
    TRANSFERRED = "CorrectionTransferred"
    PART_TRANSFERRED = "CorrectionTransferredInPart"
    REVIEW_STARTED = "CorrectionReviewStarted"
    PROPOSED = "CorrectionDecisionProposed"
    SENT_BACK = "CorrectionProposalSentBack"
    EXTENDED = "CorrectionExtended"
    DECIDED = "CorrectionDecided"
    ITEM_APPLIED = "CorrectionItemApplied"
    APPLIED = "CorrectionApplied"
    STATEMENT_OFFERED = "StatementOffered"
    STATEMENT_RECEIVED = "StatementReceived"
    STATEMENT_ATTACHED = "StatementAttached"
    STATEMENT_TAKEN_OFF = "StatementTakenOff"
    NOTIFYING = "CorrectionTellingOthers"
    RECIPIENT_TOLD = "CorrectionRecipientTold"
    RECIPIENT_NOT_TOLD = "CorrectionRecipientNotTold"
    CLOSED = "CorrectionClosed"
    WITHDRAWN = "CorrectionWithdrawn"
    OVERDUE = "CorrectionOverdue"
    COMPLAINED = "CorrectionComplaint"
    DUE_DATE_EARLIER = "CorrectionDueDateEarlier"


FOR_STAFF = frozenset({Event.PROPOSED, Event.SENT_BACK})
"""Events that the person does not see: how staff work on it is for staff."""


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


@dataclass(frozen=True)
class Facts:
    """What the guards ask about; whatever is not said counts as not so. Days are Pacific/Auckland days.

    complete: at least one value. doubt: what would prove who asks is said. owner: somebody of the agency has it.
    hand_on: the person does not mind. closer: it is said why the other agency is nearer. ground, new_day: of an
    extension. decided: each value is, and they add up to this. reasons: each no has one, with its ground. second:
    somebody else proposed it. changed: nothing is left to change in the record. text: the statement has words.
    not_fixed: a value was not, or not all, fixed. settled: each past recipient is told, or it is said why not.
    """

    today: date = date.max
    transfer_by_on: date = date.min
    due_on: date = date.min
    complete: bool = False
    doubt: bool = False
    owner: bool = False
    hand_on: bool = False
    closer: bool = False
    ground: bool = False
    new_day: bool = False
    decided: bool = False
    reasons: bool = False
    second: bool = False
    changed: bool = False
    text: bool = False
    not_fixed: bool = False
    settled: bool = False


GUARDS: dict[str, Callable[[Facts], bool]] = {
    "complete": lambda facts: facts.complete,
    "doubt": lambda facts: facts.doubt,
    "owner": lambda facts: facts.owner,
    "in-ten-days": lambda facts: facts.today <= facts.transfer_by_on,
    "may-pass-on": lambda facts: facts.hand_on,
    "closer": lambda facts: facts.closer,
    "in-twenty-days": lambda facts: facts.today <= facts.due_on,
    "extension-ground": lambda facts: facts.ground,
    "new-day": lambda facts: facts.new_day,
    "decided": lambda facts: facts.decided,
    "reasons": lambda facts: facts.reasons,
    "second-person": lambda facts: facts.second,
    "changed": lambda facts: facts.changed,
    "statement": lambda facts: facts.text,
    "not-fixed": lambda facts: facts.not_fixed,
    "settled": lambda facts: facts.settled,
}

_PASS_ON = Move(STAFF, ("in-ten-days", "may-pass-on", "closer"))
_REVIEW = Move(STAFF, ("owner",))
_TAKE_BACK = Move(PERSON)
_OFFER = Move(SYSTEM, ("not-fixed",))
_STATE = Move(PERSON, ("statement", "not-fixed"))
# The words came along with the request, so that no offer is needed.
_STATED = Move(SYSTEM, ("statement",))
_APPLY = Move(STAFF | SYSTEM, ("changed",))
_NOTIFY = Move(SYSTEM)


def _decisions(origin: State) -> dict[tuple[State, State], Move]:
    no = Move(SECOND, ("decided", "reasons", "second-person"))
    return {
        (origin, State.DECIDED_YES): Move(STAFF, ("decided",)),
        (origin, State.DECIDED_PART): no,
        (origin, State.DECIDED_NO): no,
    }


TABLE: dict[tuple[State, State], Move] = {
    # A request may also be taken down by staff, on the phone or at the counter: an oral one is valid.
    (State.DRAFT, State.RECEIVED): Move(PERSON | STAFF, ("complete",)),
    (State.RECEIVED, State.ID_CHECK): Move(STAFF, ("doubt",)),
    (State.RECEIVED, State.TRANSFERRED): _PASS_ON,
    (State.ID_CHECK, State.TRANSFERRED): _PASS_ON,
    (State.RECEIVED, State.IN_REVIEW): _REVIEW,
    (State.ID_CHECK, State.IN_REVIEW): _REVIEW,
    (State.IN_REVIEW, State.EXTENDED): Move(
        SECOND, ("in-twenty-days", "extension-ground", "new-day", "second-person")
    ),
    **{
        (state, State.WITHDRAWN): _TAKE_BACK
        for state in (State.DRAFT, State.RECEIVED, State.ID_CHECK, State.IN_REVIEW, State.EXTENDED)
    },
    **_decisions(State.IN_REVIEW),
    **_decisions(State.EXTENDED),
    (State.DECIDED_YES, State.APPLIED): _APPLY,
    (State.DECIDED_PART, State.APPLIED): _APPLY,
    (State.DECIDED_NO, State.STATEMENT_OFFERED): _OFFER,
    (State.DECIDED_PART, State.STATEMENT_OFFERED): _OFFER,
    (State.STATEMENT_OFFERED, State.STATEMENT_RECEIVED): _STATE,
    **{
        (state, State.STATEMENT_RECEIVED): _STATED
        for state in (State.DECIDED_YES, State.DECIDED_PART, State.DECIDED_NO)
    },
    (State.STATEMENT_RECEIVED, State.STATEMENT_ATTACHED): Move(STAFF | SYSTEM, ("statement",)),
    (State.APPLIED, State.NOTIFYING): _NOTIFY,
    (State.STATEMENT_ATTACHED, State.NOTIFYING): _NOTIFY,
    (State.NOTIFYING, State.CLOSED): Move(STAFF | SYSTEM, ("settled", "changed")),
    # Not in the law's own table. Of a partly decided request the record is changed after the offer went out,
    # and maybe after a statement came.
    (State.STATEMENT_OFFERED, State.APPLIED): _APPLY,
    (State.NOTIFYING, State.APPLIED): _APPLY,
    # "At any later time", also of a request that was fixed in part or has ended.
    (State.APPLIED, State.STATEMENT_RECEIVED): _STATE,
    (State.STATEMENT_ATTACHED, State.STATEMENT_RECEIVED): _STATE,
    (State.NOTIFYING, State.STATEMENT_RECEIVED): _STATE,
    (State.CLOSED, State.STATEMENT_RECEIVED): _STATE,
}
"""Every move there is: (from, to) to who may, and under which guards. What is not here is refused."""

EVENT_OF: dict[State, Event] = {
    State.RECEIVED: Event.REQUESTED,
    State.ID_CHECK: Event.IDENTITY_ASKED,
    State.TRANSFERRED: Event.TRANSFERRED,
    State.IN_REVIEW: Event.REVIEW_STARTED,
    State.EXTENDED: Event.EXTENDED,
    State.DECIDED_YES: Event.DECIDED,
    State.DECIDED_PART: Event.DECIDED,
    State.DECIDED_NO: Event.DECIDED,
    State.APPLIED: Event.APPLIED,
    State.STATEMENT_OFFERED: Event.STATEMENT_OFFERED,
    State.STATEMENT_RECEIVED: Event.STATEMENT_RECEIVED,
    State.STATEMENT_ATTACHED: Event.STATEMENT_ATTACHED,
    State.NOTIFYING: Event.NOTIFYING,
    State.CLOSED: Event.CLOSED,
    State.WITHDRAWN: Event.WITHDRAWN,
}
"""The event of entering a state; a draft makes none."""

OPEN = frozenset({State.RECEIVED, State.ID_CHECK, State.IN_REVIEW, State.EXTENDED})
"""States in which the agency owes a decision and the clock runs."""

ANSWERED = frozenset(State) - OPEN - {State.DRAFT, State.WITHDRAWN, State.TRANSFERRED}
"""States after a decision."""


def refused_because(state: str, to: str, who: Who, facts: Facts) -> str | None:
    """Give why a move is refused: "no-such-move", "not-yours" or the name of a guard; None when it may be made."""
    return moves.refused_because(TABLE.get((State(state), State(to))), who, GUARDS, facts)


def may_move(state: str, to: str) -> bool:
    """Say whether a request may go from one state to the other, whoever moves it."""
    return (State(state), State(to)) in TABLE


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


def is_late(state: str, today: date, due_on: date) -> bool:
    """Say whether the agency still owes a decision after its due date; the law calls that a refusal (s 69).

    today, due_on: Pacific/Auckland days.
    """
    return State(state) in OPEN and today > due_on
