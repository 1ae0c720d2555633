"""What every agency has at its desk: rows of work, the list that shows them, and figures of what was decided."""

from portal.agencies.tasks.figures import Decided, decided, figures, figures_of_all
from portal.agencies.tasks.keeping import (
    OPEN,
    WATCHED,
    TaskFacts,
    add,
    change,
    close,
    close_if_open,
    facts_of,
    find,
    give_back,
    open_agencies,
    own_agency,
    tell_once,
)
from portal.agencies.tasks.listing import ALL, Counts, Fits, Wanted, Worklist, counts, worklist
from portal.agencies.tasks.presence import Opened, open_row

__all__ = [
    "ALL",
    "OPEN",
    "WATCHED",
    "Counts",
    "Decided",
    "Fits",
    "Opened",
    "TaskFacts",
    "Wanted",
    "Worklist",
    "add",
    "change",
    "close",
    "close_if_open",
    "counts",
    "decided",
    "facts_of",
    "figures",
    "figures_of_all",
    "find",
    "give_back",
    "open_agencies",
    "open_row",
    "own_agency",
    "tell_once",
    "worklist",
]
