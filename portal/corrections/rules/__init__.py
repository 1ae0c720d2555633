"""The rules of a correction request: its states, what it must contain, its words, its reference."""

from portal.corrections.rules.checks import (
    MAX_ITEMS,
    MAX_REASON,
    MAX_STATEMENT,
    MAX_VALUE,
    check_decision,
    check_items,
    check_statement,
    check_wish,
)
from portal.corrections.rules.references import read_reference, reference
from portal.corrections.rules.states import (
    EVENT_OF,
    OPEN,
    Decision,
    Event,
    State,
    Status,
    Wish,
    is_late,
    may_move,
    next_states,
    outcome,
    states_after,
    status,
)
from portal.corrections.rules.words import (
    DECISION_WORDS,
    PROBLEM_WORDS,
    STATUS_WORDS,
    WISH_WORDS,
)

__all__ = [
    "DECISION_WORDS",
    "EVENT_OF",
    "MAX_ITEMS",
    "MAX_REASON",
    "MAX_STATEMENT",
    "MAX_VALUE",
    "OPEN",
    "PROBLEM_WORDS",
    "STATUS_WORDS",
    "WISH_WORDS",
    "Decision",
    "Event",
    "State",
    "Status",
    "Wish",
    "check_decision",
    "check_items",
    "check_statement",
    "check_wish",
    "is_late",
    "may_move",
    "next_states",
    "outcome",
    "read_reference",
    "reference",
    "states_after",
    "status",
]
