"""Parts of a person's own story in a share: a copy of the words as they are when chosen, and never later ones."""

from collections.abc import Callable, Collection, Iterable
from typing import Any

from portal.base.clock import nz_date
from portal.base.problems import Invalid
from portal.base.work import Work
from portal.language.rules import N_
from portal.story import queries as story
from portal.story.rules import ABOUT_OTHERS


def chosen_story(work: Work, before: Iterable[dict[str, Any]] = ()) -> list[dict[str, Any]]:
    """Give a copy of all that stands in the actor's story, for a draft; what went along `before` goes again.

    The part about other people goes only when it is ticked. Raises Invalid when nothing is written.
    """
    went = {one["part"]: one["goes"] for one in before}
    copied = _copied(work, lambda part: went.get(part, part not in ABOUT_OTHERS))
    if not copied:
        # L10n: Error on the page where a person chooses what to share: they ticked "My story".
        raise Invalid(N_("You have not written anything in My story yet."), "story")
    return copied


def proposed_story(work: Work, parts: Collection[int]) -> list[dict[str, Any]]:
    """Give a copy of the actor's story for a draft in which these parts go, but never the one about other people."""
    return _copied(work, lambda part: part in parts and part not in ABOUT_OTHERS)


def _copied(work: Work, goes: Callable[[int], bool]) -> list[dict[str, Any]]:
    return [
        {
            "part": part.no,
            "title": part.title,
            "text": part.text,
            "lang": part.lang,
            "on": nz_date(part.at).isoformat(),
            "goes": goes(part.no),
        }
        for part in story.parts(work)
        if part.text and part.at is not None
    ]


def ticked_story(work: Work, held: list[dict[str, Any]], ticked: list[str]) -> list[dict[str, Any]]:
    """Give the parts that a draft holds, as they stand now, with those marked that go: part numbers as text."""
    if not held:
        return []
    known = {one["part"] for one in held}
    return [one | {"goes": str(one["part"]) in ticked} for one in chosen_story(work) if one["part"] in known]
