"""What a note says in three parts, and what may stand in it."""

from datetime import date, timedelta

from portal.language.rules import ENGLISH, LANGUAGES, N_

PARTS: dict[str, str] = {
    # L10n: public note of an agency, heading of its first part: what people told the agency
    "heard": N_("What people said"),
    # L10n: public note of an agency, heading of its second part: what the agency changed
    "did": N_("What they did"),
    # L10n: public note of an agency, heading of its last part: what the agency has not done yet
    "still": N_("What is still open"),
}
# Without these a note says nothing; where nothing is open, the last part is left empty.
NEEDED = ("heard", "did")
# Characters of one part in one language, and notes of one agency.
MAX_PART, MOST_NOTES = 500, 200

Words = dict[str, dict[str, str]]
"""The parts of a note that are not empty, by a language's URL word."""


def tidied(words: Words) -> Words:
    """Give the parts that hold something, of languages of ours."""
    said = {
        tag: {part: parts[part].strip() for part in PARTS if parts.get(part, "").strip()}
        for tag, parts in words.items()
        if tag in LANGUAGES
    }
    return {tag: parts for tag, parts in said.items() if parts}


def missing(words: Words) -> list[tuple[str, str]]:
    """Give (language, part) for each part that is needed and not there: in English, and where a language is begun."""
    tags = [tag for tag in LANGUAGES if tag == ENGLISH or tag in words]
    return [(tag, part) for tag in tags for part in NEEDED if part not in words.get(tag, {})]


def too_long(words: Words) -> list[tuple[str, str]]:
    """Give (language, part) for each part that is longer than one may be."""
    return [
        (tag, part) for tag, parts in words.items() for part, said in parts.items() if len(said) > MAX_PART
    ]


def read_in(words: Words, tag: str) -> str:
    """Give the language in which a reader of a page in `tag` gets a note: that one, or else English."""
    return tag if tag in words else ENGLISH


def twelve_months(today: date) -> tuple[date, date]:
    """Give the first and last of the twelve whole months before today's month.

    Whole months only: figures that moved each day would, by what a day adds, tell of one answer.
    """
    last = today.replace(day=1) - timedelta(days=1)
    return today.replace(day=1, year=today.year - 1), last
