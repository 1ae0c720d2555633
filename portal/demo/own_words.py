"""What the demo people tell in their own words, and what they chose."""

from typing import Any

from portal.base import ids
from portal.choices import rules
from portal.choices import service as choices
from portal.demo.stories import moment
from portal.story import service as story


def tell(demo, persona: dict[str, Any]) -> None:
    """Write a person's story, part by part."""
    actor = demo.actors[persona["account"]]
    for one in persona["story"]:
        words = (one["part"], 0, one["title"], one["text"], one["language"])
        demo.do(story.keep, *words, actor=actor, now=moment(one["at"]) + demo.shift)


def choose(demo, persona: dict[str, Any]) -> list[int]:
    """Make a person's choices, and give the refs of their receipts."""
    actor = demo.actors[persona["account"]]
    return [
        ids.own(
            demo.do(
                choices.choose,
                rules.ref_of(demo.agency_ids[one["agency"]], one["purpose"]),
                one["answer"],
                actor=actor,
                now=moment(one["at"]) + demo.shift,
            )
        )
        for one in persona["choices"]
    ]
