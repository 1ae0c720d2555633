"""What a change of a record means: what differs, whether an old value came back, what needs a warning or a check."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from portal.language.rules import N_

SILENT = "silent"
"""State of a record that a person's screens neither confirm nor deny (Privacy Act 2020 section 47)."""
STAFF_STATES = ("live", SILENT, "aside")
"""States of records that an agency's own staff may see; `aside` is what a wrong link had loaded."""
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

MARKS = {
    # L10n: A mark of one word beside a value of a record: what kind of thing it is. The page explains it once.
    "opinion": (N_("Opinion"), "look"),
    # L10n: A mark beside a value of a record: what kind of thing it is. The page explains it once.
    "allegation": (N_("Someone said this"), "ask"),
    # L10n: A mark beside a value of a record: what kind of thing it is. The page explains it once.
    "decision": (N_("Decision"), "part"),
    # L10n: A mark beside a value of a record: what kind of thing it is, such as a risk score. Explained once.
    "score": (N_("Score"), "no"),
    # L10n: A mark beside a value of a record: the words of the person or of somebody else. Explained once.
    "statement": (N_("What someone told them"), ""),
}
"""The word and the shape (a kind of tag) beside a value that is not a plain fact (`x-nature`)."""

CHOICES = {
    # L10n: On a record's page, whether the person may say no to it being held.
    "none": N_("You have no choice about this."),
    # L10n: On a record's page, whether the person may say no to it being held.
    "limited": N_("You have some choice about this."),
    # L10n: On a record's page, whether the person may say no to it being held.
    "some": N_("This is your choice."),
}
"""Whether a person must: what each `choice` of a purpose says (Privacy Act 2020 principle 3(1)(e))."""


FILES = {
    # L10n: Page for files to take along, a kind of file: for people. PDF is its format.
    "pdf": N_("Readable (PDF)"),
    # L10n: Page for files to take along, a kind of file: for other programs. JSON is its format.
    "json": N_("For other programs (JSON)"),
    # L10n: Page for files to take along, a kind of file: for the software of doctors. FHIR is its format.
    "fhir": N_("For health software (FHIR)"),
}
"""Kinds of files in which a person may take along what an agency holds (Privacy Act 2020 section 56)."""


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
    """Read from (changed_by, body), oldest first, which present values a correction set, or the person here.

    `changed_by` of the latter is `own`. A later change by anyone else lifts the guard: it is news, not the old
    value coming back.
    """
    found = Corrected()
    before: dict[str, Any] | None = None
    for changed_by, body in versions:
        changes = differences(before, body) if before is not None else {}
        for key, (old, _new) in changes.items():
            if changed_by in ("correction", "own"):
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


def tells_where(key: str) -> bool:
    """Say whether a field may tell where somebody lives or how to reach them: a parent is never shown it.

    A child's address is often the other parent's too, and a leaked one can get somebody hurt (security.md T28).
    """
    return bool(
        {"address", "phone", "email", "mobile", "contact", "household", "carer"} & set(key.split("_"))
    )


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


@dataclass(frozen=True, slots=True)
class Question:
    """A question that is always answered beside what somebody said about a person. `text` is a msgid.

    `fields` are keys under which agencies note the answer; an answer that is a word of a closed list (`coded`)
    names the kind of person, never the person.
    """

    key: str
    text: str
    fields: tuple[str, ...]
    coded: bool = False


ANSWERS = (
    # L10n: Beside something that was said about the person: a question, its answer follows. A kind of person.
    Question("who", N_("Who said it"), ("told_by", "how", "who_said"), coded=True),
    # L10n: Beside something that was said about the person: a question, its answer follows.
    Question("checked", N_("Was it checked"), ("looked_into", "checked")),
    # L10n: Beside something that was said about the person: a question, its answer follows.
    Question("asked", N_("Were you asked"), ("checked_with_you", "you_checked")),
    # L10n: Beside something that was said about the person: a question, its answer follows.
    Question("followed", N_("What followed"), ("what_followed", "outcome", "decision")),
)
"""What an agency owes the reader of an unchecked claim (catalogue of agencies, finding 5)."""

SOURCES = {
    # L10n: On a record's page, where it came from.
    "self": N_("You told them."),
    # L10n: On a record's page, where it came from.
    "other": N_("Someone else told them."),
    # L10n: On a record's page, where it came from: another agency's list was compared with theirs.
    "match": N_("It came from a match with another agency."),
    # L10n: On a record's page, where it came from.
    "observation": N_("Their staff saw it or worked it out."),
    # L10n: On a record's page, where it came from.
    "record": N_("It came from another record."),
}
"""Where a record came from, by `from` of its source (principles 2 and 3)."""

MOST_NOTE = 5000
EDIT_WITHIN = 5
"""Working days in which an agency puts into its own system what a person changed here."""
_CONTACT = ("address", "phone", "mobile", "email")
_DETAILS = frozenset({"text", "long-text"})


def is_contact(key: str, kind: str) -> bool:
    """Say whether a field holds an address, a phone number or a mail address: changing it needs a fresh code."""
    return kind in _DETAILS and any(word in key for word in _CONTACT)


def is_checked_yearly(key: str, kind: str, self_edit: bool, sensitivity: str) -> bool:
    """Say whether a person is asked once a year if a field is still right.

    What may be changed here, and how they are reached; never of a type that warns, because the list of what to
    check is a page that nobody opened for it. Privacy Act 2020 principle 8.
    """
    return sensitivity == "ordinary" and (self_edit or is_contact(key, kind))


def a_year_after(day: date) -> date:
    """Give the same day of the next year; the last day of February for the 29th."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def check_on(written_on: date, keys: Iterable[str], said_right: dict[str, date]) -> date | None:
    """Give the day from which a record has something to look at again; None when it has nothing of that kind.

    `written_on` is when the agency wrote it down, `said_right` when the person last said that a value is right.
    """
    days = [max(written_on, said_right.get(key, written_on)) for key in keys]
    return a_year_after(min(days)) if days else None
