"""The parts of a person's story, and what may stand in them."""

from portal.language.rules import LANGUAGES, N_

OWN = 5
HEADINGS: dict[int, str] = {
    # L10n: My story, heading of a part: the people (and others) who count for the person.
    1: N_("Who matters to me"),
    # L10n: My story, heading of a part: what does the person good, or makes a hard day easier.
    2: N_("What helps"),
    # L10n: My story, heading of a part: what nobody needs to ask the person again.
    3: N_("Do not ask me again"),
    # L10n: My story, heading of a part: wishes for the time to come.
    4: N_("What I hope for"),
    # L10n: My story, heading of the part whose heading the person may write; shown until they did.
    OWN: N_("In my own words"),
}
"""Parts by their number in an address: a number tells nothing of what somebody wrote."""

NOT_AGAIN = 3
# Of these the first names other people most often: it is shared only when ticked.
ABOUT_OTHERS = frozenset({1})
MOST = 20_000
MOST_TITLE = 100
# Any language at all: one that the portal does not know has no tag.
ANOTHER = "other"
UNKNOWN_LANGUAGE = "und"


def is_part(no: int) -> bool:
    """Say whether a part of a story has this number."""
    return no in HEADINGS


def known_language(tag: str | None, page: str) -> str:
    """Give the language a part is kept in: what was chosen, or else that of the page."""
    return tag if tag == ANOTHER or tag in LANGUAGES else page


def lang_of(tag: str) -> str:
    """Give the value of a `lang` attribute (and of a FHIR language) for a kept language."""
    return LANGUAGES[tag].bcp47 if tag in LANGUAGES else UNKNOWN_LANGUAGE


def too_much(text: str) -> int:
    """Give by how many characters a text is longer than a part may be; 0 when it fits."""
    return max(0, len(text) - MOST)
