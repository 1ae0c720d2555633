"""The seven tags that a person may see on a request, and which one it carries."""

from collections.abc import Iterable
from enum import StrEnum

from portal.corrections.rules.states import OPEN, State, outcome


class Status(StrEnum):
    """The seven tags a person may see on a request; their words are in STATUS_WORDS."""

    SENT = "sent"
    LOOKING = "looking"
    QUESTION = "question"
    LATE = "late"
    FIXED = "fixed"
    PARTLY_FIXED = "partly_fixed"
    NOT_FIXED = "not_fixed"


def who_acts(state: str, *, late: bool = False, asked: bool = False, waiting: bool = False) -> str:
    """Say whose turn it is: person, agency or nobody. The arguments are those of `status`."""
    stands = State(state)
    if stands in OPEN:
        return "person" if not late and (asked or stands == State.ID_CHECK) else "agency"
    return "agency" if waiting or stands == State.NOTIFYING else "nobody"


def status(
    state: str,
    decisions: Iterable[str] = (),
    *,
    late: bool = False,
    asked: bool = False,
    waiting: bool = False,
) -> Status | None:
    """Give the tag a person sees; None for a draft, a request taken back, and one that was passed on.

    decisions: those on the values; once decided, without them nothing is said. late: from is_late. asked: staff wait
    for the person's answer, or for proof of who they are. waiting: something was accepted, and the agency's record
    does not say it yet: nothing is called fixed before it is.
    """
    stands = State(state)
    if stands in (State.DRAFT, State.WITHDRAWN, State.TRANSFERRED):
        return None
    if stands in OPEN:
        if late:
            return Status.LATE
        if asked or stands == State.ID_CHECK:
            return Status.QUESTION
        return Status.SENT if stands == State.RECEIVED else Status.LOOKING
    if waiting:
        return Status.LOOKING
    made = list(decisions)
    if not made:
        return None
    return {
        State.DECIDED_YES: Status.FIXED,
        State.DECIDED_PART: Status.PARTLY_FIXED,
        State.DECIDED_NO: Status.NOT_FIXED,
    }[outcome(made)]
