"""What a change of a record means: what differs, whether an old value came back, what needs a warning."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from portal.language.rules import N_

ABSENT = object()
"""Stands for a value that a version of a record does not have."""

TOPICS = {
    # L10n: Topic of an agency, in lists.
    "health": N_("Health"),
    # L10n: Topic of an agency, in lists.
    "education": N_("Education"),
    # L10n: Topic of an agency, in lists. Money from the state when someone has too little.
    "welfare": N_("Welfare"),
    # L10n: Topic of an agency, in lists.
    "child-wellbeing": N_("Child wellbeing"),
    # L10n: Topic of an agency, in lists.
    "justice": N_("Justice"),
    # L10n: Topic of an agency, in lists.
    "housing": N_("Housing"),
}

NATURES = {
    # L10n: Under a value of a record: what kind of thing it is.
    "opinion": N_("This is an opinion."),
    # L10n: Under a value of a record: what kind of thing it is.
    "allegation": N_("Someone said this. It may not have been checked."),
    # L10n: Under a value of a record: what kind of thing it is.
    "decision": N_("They decided this."),
    # L10n: Under a value of a record: what kind of thing it is. About a number such as a risk score.
    "score": N_("They worked this out."),
    # L10n: Under a value of a record: what kind of thing it is.
    "statement": N_("They wrote down what someone said."),
}
"""What is said beside a value that is not a plain fact (`x-nature`)."""

CHOICES = {
    # L10n: On a record's page, whether the person may say no to it being held.
    "none": N_("You have no choice about this."),
    # L10n: On a record's page, whether the person may say no to it being held.
    "limited": N_("You have some choice about this."),
    # L10n: On a record's page, whether the person may say no to it being held.
    "some": N_("This is your choice."),
}
"""Whether a person must: what each `choice` of a purpose says (Privacy Act 2020 principle 3(1)(e))."""


def differences(old: dict[str, Any], new: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Give the fields that differ between two bodies, each with (old value, new value) or ABSENT.

    In the order of the newer body; what was taken away comes last.
    """
    keys = [*new, *(key for key in old if key not in new)]
    pairs = {key: (old.get(key, ABSENT), new.get(key, ABSENT)) for key in keys}
    return {key: pair for key, pair in pairs.items() if not _same(*pair)}


def _same(one: Any, other: Any) -> bool:
    # In JSON true is not 1, although Python says so.
    return type(one) is type(other) and one == other


@dataclass
class Corrected:
    """Values that stand because of a correction: per field, the values that it replaced."""

    replaced: dict[str, list[Any]] = field(default_factory=dict)

    def came_back(self, incoming: dict[str, Any]) -> list[str]:
        """Give the fields in which a feed carries again what a correction replaced."""
        return [
            key
            for key, values in self.replaced.items()
            if any(_same(incoming.get(key, ABSENT), value) for value in values)
        ]


def corrected(versions: Iterable[tuple[str, dict[str, Any]]]) -> Corrected:
    """Read from (changed_by, body), oldest first, which present values were set by a correction.

    A later change by anyone else lifts the guard: it is news, not the old value coming back.
    """
    found = Corrected()
    before: dict[str, Any] | None = None
    for changed_by, body in versions:
        changes = differences(before, body) if before is not None else {}
        for key, (old, _new) in changes.items():
            if changed_by == "correction":
                found.replaced.setdefault(key, []).append(old)
            else:
                found.replaced.pop(key, None)
        before = body
    return found


def keeping(present: dict[str, Any], incoming: dict[str, Any], fields: Iterable[str]) -> dict[str, Any]:
    """Give the incoming body, but with the present values of some fields."""
    kept = dict(incoming)
    for key in fields:
        if key in present:
            kept[key] = present[key]
        else:
            kept.pop(key, None)
    return kept


def warns(sensitivity: str) -> bool:
    """Say whether a type of record gets a content note, and its heading before its words."""
    return sensitivity in ("sensitive", "safety")


def stays_folded(sensitivity: str) -> bool:
    """Say whether a record's values stay shut on its own page until the person opens them."""
    return sensitivity == "safety"


def in_timelines(sensitivity: str) -> bool:
    """Say whether a record may be named on a page the person did not open for it."""
    return sensitivity != "safety"


def is_review_field(key: str) -> bool:
    """Say whether a field holds the day on which an agency promised to look again (marks, plans)."""
    return key.endswith("review_on")


def review_passed(key: str, value: Any, today: date) -> bool:
    """Say whether a field holds a day to look again that is over. `today` is the day in New Zealand."""
    if not is_review_field(key) or not isinstance(value, str):
        return False
    try:
        return date.fromisoformat(value) < today
    except ValueError:
        return False


def is_empty(value: Any) -> bool:
    """Say whether an agency has written nothing in a field. False and 0 are something."""
    return value is None or value is ABSENT or (isinstance(value, str | list | dict) and not value)
