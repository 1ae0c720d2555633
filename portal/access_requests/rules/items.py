"""Items of an access request: what may be decided about one, what goes with it, and what is taken out of its text."""

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum

from portal.access_requests.rules.states import State
from portal.language.rules import N_
from portal.law.grounds import MUST_NAME_LAW, AccessGround, access_ground, names_a_law

MARK = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)
"""What staff put around a passage that must go."""

MET_ELSEWHERE = frozenset({"second-approver", "senior-approver", "search-log"})
"""Needs of a ground that are met by what is done, not by a note: approval by a second person, the search log."""


class Outcome(StrEnum):
    """What staff decide about one item. SILENT leaves no trace on any page of the person's (s 47)."""

    RELEASE = "release"
    REDACT = "redact"
    REFUSE = "refuse"
    SILENT = "silent"


TOLD = (Outcome.RELEASE, Outcome.REDACT, Outcome.REFUSE)

# L10n: staff page that decides about one item, error.
_CHOOSE = N_("Choose what to do with this item.")
# L10n: staff page that decides about one item, error. The two brackets stand around a passage that is taken out.
_NO_MARK = N_("Put [[ and ]] around what must go.")
# L10n: staff page that decides about one item, error. The two brackets stand around a passage that is taken out.
_MARKS = N_("There are [[ and ]] in the text. Choose “show without the marked parts”, or take them out.")
# L10n: staff page that decides about one item, error. The two brackets stand around a passage that is taken out.
_HALF = N_("One [[ or ]] stands alone. Each passage needs both.")
# L10n: staff page that decides about one item, error.
_GROUND = N_("Choose a reason in law.")
# L10n: staff page that decides about one item, error.
_REASON = N_("Write the reason in plain words. The person reads it.")
# L10n: staff page that decides about one item, error: the reason must name the other Act and its year.
_LAW = N_("Name the law and its year.")
# L10n: staff page that decides about one item, error: the reason in law asks for a note of its own.
_NOTE = N_("This reason in law needs a note. Write it here.")
# L10n: staff page that decides about one item, error. It is about neither confirming nor denying.
_SILENCE = N_("This reason in law does not allow you to stay silent. Choose another.")

# L10n: staff page that decides about one item, error. It is about neither confirming nor denying.
_SECOND_TEST = N_("Write why saying yes or no would itself do harm.")


def parts_of(text: str, ground: str) -> list[list[str]]:
    """Give a text without its marked passages, as ["text", words] and ["gone", ground] in order.

    Of a marked passage nothing is left, not even its length. Privacy Act 2020 s 55.
    """
    parts: list[list[str]] = []
    for place, piece in enumerate(MARK.split(text)):
        if place % 2:
            parts.append(["gone", ground])
        elif piece:
            parts.append(["text", piece])
    return parts


def check_item(
    outcome: str, text: str, ground: str | None, reason: str, notes: Mapping[str, str]
) -> tuple[str, str] | None:
    """Give what is wrong with a decision on one item, as (sentence, box); None when it can stand.

    ground: a code of law.access_grounds. notes: {need: text} for what the ground must have on file; its box
    is named note-<need>; for silence the note is "silence". Privacy Act 2020 ss 46, 47, 49 to 53, 55.
    """
    if outcome not in set(Outcome):
        return _CHOOSE, "outcome"
    wrong = _check_marks(outcome, text)
    if wrong or outcome == Outcome.RELEASE:
        return wrong
    found = access_ground(ground or "")
    if found is None or not found.enabled:
        return _GROUND, "ground"
    if outcome == Outcome.SILENT:
        return _check_silence(found, notes)
    if not reason.strip():
        return _REASON, "reason"
    return _check_notes(found, reason, notes)


def _check_silence(ground: AccessGround, notes: Mapping[str, str]) -> tuple[str, str] | None:
    if not ground.may_neither_confirm:
        return _SILENCE, "ground"
    return None if (notes.get("silence") or "").strip() else (_SECOND_TEST, "silence")


def _check_marks(outcome: str, text: str) -> tuple[str, str] | None:
    rest = MARK.sub("", text)
    if "[[" in rest or "]]" in rest:
        return _HALF, "text"
    marked = rest != text
    if outcome == Outcome.REDACT and not marked:
        return _NO_MARK, "text"
    if outcome == Outcome.RELEASE and marked:
        return _MARKS, "text"
    return None


def _check_notes(ground: AccessGround, reason: str, notes: Mapping[str, str]) -> tuple[str, str] | None:
    for need in ground.needs:
        if need == MUST_NAME_LAW:
            if not names_a_law(reason):
                return _LAW, "reason"
        elif need not in MET_ELSEWHERE and not (notes.get(need) or "").strip():
            return _NOTE, f"note-{need}"
    return None


def outcome_of(outcomes: Iterable[str]) -> State | None:
    """Give the decision that reviewed items add up to; None while one of them has no outcome.

    Items that are kept silent count for nothing; where they are all there is, only silence is left (s 47).
    """
    made = list(outcomes)
    if not all(made):
        return None
    told = {one for one in made if one in TOLD}
    if not told:
        return State.NCND if made else State.NOT_HELD
    if told == {Outcome.RELEASE}:
        return State.GRANTED
    return State.REFUSED if told == {Outcome.REFUSE} else State.GRANTED_IN_PART
