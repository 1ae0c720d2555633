"""Figures about answers that name nobody: small numbers hidden, the others rounded, middles and parts of a hundred."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from portal.language.rules import N_

K = TypeVar("K")
DAYS = 90
OUTCOMES = ("yes", "part", "no", "none", "silent")
OUTCOME_WORDS: dict[str, str] = {
    # L10n: team figures, an outcome: all of it was fixed, or all was shown
    "yes": N_("Yes"),
    # L10n: team figures, an outcome: a part was fixed or shown
    "part": N_("In part"),
    # L10n: team figures, an outcome: nothing was fixed or shown
    "no": N_("No"),
    # L10n: team figures, an outcome: the agency holds nothing of what was asked for
    "none": N_("Nothing held"),
    # L10n: team figures, an outcome; Privacy Act 2020, section 47. Law: be exact.
    "silent": N_("Neither confirmed nor denied"),
}


@dataclass(frozen=True, slots=True)
class Answered:
    """So many answers of one sort: whether in time, and how many working days each took."""

    kind: str
    outcome: str
    language: str
    on_time: bool
    days: int
    n: int


def shown(counts: Mapping[K, int], least: int, base: int) -> dict[K, int | None]:
    """Give what may be shown of counts that add up: None for less than `least`, the rest rounded to `base`.

    Where one count alone would be hidden, the next smallest is too: else the total would tell it. None at all (0)
    is no number of people, and stays.
    """
    hidden = {key for key, n in counts.items() if 0 < n < least}
    rest = sorted((n, str(key), key) for key, n in counts.items() if n >= least)
    if len(hidden) == 1 and rest:
        hidden.add(rest[0][2])
    return {key: None if key in hidden else rounded(n, base) for key, n in counts.items()}


def rounded(n: int, base: int) -> int:
    """Round to the nearest multiple of `base`, a half upwards; 1 or less leaves the number as it is."""
    return n if base <= 1 else (2 * n + base) // (2 * base) * base


def of_hundred(part: int, whole: int, least: int) -> int | None:
    """Give how many of a hundred; None where there are too few to say."""
    return round(100 * part / whole) if whole and whole >= least else None


def middle(days: Iterable[tuple[int, int]], least: int) -> int | None:
    """Give the median of (days, how many), the lower one of two; None where there are too few to say."""
    sorted_days = sorted(days)
    total = sum(n for _day, n in sorted_days)
    if total < max(least, 1):
        return None
    passed = 0
    for day, n in sorted_days:
        passed += n
        if 2 * passed >= total:
            return day
    return None


def by_language(answers: Iterable[Answered], least: int, base: int) -> dict[str, dict[str, int | None]]:
    """Give for each language the answers in all ("all") and by outcome, as they may be shown.

    What is hidden in a row or in a column stands never alone there, so that no sum tells it.
    """
    table: dict[str, dict[str, int]] = {}
    for one in answers:
        row = table.setdefault(one.language, dict.fromkeys(OUTCOMES, 0))
        row[one.outcome] = row.get(one.outcome, 0) + one.n
    totals = shown({tag: sum(row.values()) for tag, row in table.items()}, least, base)
    columns = {
        outcome: shown({tag: row[outcome] for tag, row in table.items()}, least, base) for outcome in OUTCOMES
    }
    found: dict[str, dict[str, int | None]] = {}
    for tag, row in table.items():
        cells = {outcome: columns[outcome][tag] for outcome in OUTCOMES}
        open_ones = sorted((row[outcome], outcome) for outcome, n in cells.items() if n)
        if list(cells.values()).count(None) == 1 and open_ones:
            cells[open_ones[0][1]] = None
        if totals[tag] is None:
            cells = {outcome: None if row[outcome] else 0 for outcome in OUTCOMES}
        found[tag] = {"all": totals[tag], **cells}
    return found
