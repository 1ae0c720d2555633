"""Pure rules of the desk: filters as they stand in an address, and figures that may be shown to a team."""

from portal.casework.rules.figures import (
    DAYS,
    OUTCOME_WORDS,
    OUTCOMES,
    Answered,
    by_language,
    middle,
    of_hundred,
    shown,
)
from portal.casework.rules.filters import (
    KIND_WORDS,
    MAX_NAME,
    MOST_VIEWS,
    STATE_WORDS,
    Chosen,
    chosen_from,
)

__all__ = [
    "DAYS",
    "KIND_WORDS",
    "MAX_NAME",
    "MOST_VIEWS",
    "OUTCOMES",
    "OUTCOME_WORDS",
    "STATE_WORDS",
    "Answered",
    "Chosen",
    "by_language",
    "chosen_from",
    "middle",
    "of_hundred",
    "shown",
]
