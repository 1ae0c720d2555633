"""The rules of a correction request: its states, what it must contain, its letters, its words, its reference."""

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
from portal.corrections.rules.differences import Difference, Piece, difference
from portal.corrections.rules.references import read_reference, reference
from portal.corrections.rules.states import (
    EVENT_OF,
    FOR_STAFF,
    OPEN,
    TABLE,
    Decision,
    Event,
    Facts,
    State,
    Wish,
    is_late,
    may_move,
    outcome,
    refused_because,
)
from portal.corrections.rules.statuses import Status, status
from portal.corrections.rules.words import (
    DECISION_WORDS,
    PROBLEM_WORDS,
    REFUSED_BECAUSE,
    STATUS_WORDS,
    WISH_WORDS,
)

__all__ = [
    "DECISION_WORDS",
    "EVENT_OF",
    "FOR_STAFF",
    "MAX_ITEMS",
    "MAX_REASON",
    "MAX_STATEMENT",
    "MAX_VALUE",
    "OPEN",
    "PROBLEM_WORDS",
    "REFUSED_BECAUSE",
    "STATUS_WORDS",
    "TABLE",
    "WISH_WORDS",
    "Decision",
    "Difference",
    "Event",
    "Facts",
    "Piece",
    "State",
    "Status",
    "Wish",
    "check_decision",
    "check_items",
    "check_statement",
    "check_wish",
    "difference",
    "is_late",
    "may_move",
    "outcome",
    "read_reference",
    "reference",
    "refused_because",
    "status",
]
