"""What a person asks not to be asked again, of what is in a share."""

from portal.agencies.queries import catalogue
from portal.agencies.rules import Words
from portal.base import ids
from portal.base.work import Work
from portal.bundles.queries.choices import STORY
from portal.bundles.queries.preview import told
from portal.bundles.queries.shares import ShareFacts
from portal.story.rules import NOT_AGAIN

SHORT = 300
"""Characters of a person's own list that is shown whole; a longer one is named by its heading."""


def askable(work: Work, found: ShareFacts, tag: str = "en") -> list[tuple[str, Words, str]]:
    """Name what is in a share, each kind once, with a key and the agency that holds it. No read.

    The agency of what the person told themselves is empty. Left out is what may not be named here, and the part of a
    story that is itself a list of what not to ask.
    """
    book = catalogue(work)
    named = {
        f"{STORY}.{one['part']}": (told(one, tag).heading, "")
        for one in found.told
        if one["part"] != NOT_AGAIN
    }
    for line in found.shown_lines:
        kind = book.type(line["agency"], line["type"]) if line["fields"] else None
        if kind is not None:
            held_by = book.agency(kind.agency_id).name
            named.setdefault(f"{ids.encode(kind.agency_id)}.{kind.key}", (kind.title_in(tag), held_by))
    return [(key, words, held_by) for key, (words, held_by) in named.items()]


def quiet_titles(work: Work, found: ShareFacts, tag: str = "en") -> list[Words]:
    """Name what the person asked not to be asked again, of what is still in the share. No read.

    Their own list of it, where it goes along, stands first: in their words where these are short.
    """
    lists = [told(one, tag) for one in found.told if one["part"] == NOT_AGAIN]
    own_list = [Words(one.text, one.lang) if len(one.text) <= SHORT else one.heading for one in lists]
    named = [words for key, words, _ in askable(work, found, tag) if key in found.quiet]
    return list(dict.fromkeys([*own_list, *named]))
