"""What is proposed for an occasion: kinds of records, lines and parts of a story, by the catalogue's own marks.

No agency is named here. A rule reads the topic of an agency and the key, the marks and the natures of its types.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from portal.language.rules import N_

MOST_OF_A_KIND = 3
"""Of each kind of record the newest few: a clinic needs no ten years of repairs."""
OWN_CHOICE = "own"
"""In a form, for "I choose myself"."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """Something for which people share. `topic`: of its ordinary types all are proposed; `also`: further types.

    Those with sums of money only where `money` matters, and what staff think or score only with `opinions`. `story`
    holds numbers of parts of the person's story.
    """

    label: str
    hint: str
    topic: str = ""
    also: dict[str, frozenset[str]] = field(default_factory=dict)
    money: bool = False
    opinions: bool = False
    story: frozenset[int] = frozenset()


OCCASIONS: dict[str, Occasion] = {
    "clinic": Occasion(
        # L10n: What a share is for, an answer.
        N_("A new doctor or clinic"),
        # L10n: What a share is for, below the answer "A new doctor or clinic".
        N_("Who you are, allergies, vaccines, long-term illness, what helps you"),
        topic="health",
        also={"health": frozenset({"condition"})},
        opinions=True,
        story=frozenset({2, 3}),
    ),
    "housing": Occasion(
        # L10n: What a share is for, an answer.
        N_("A home to rent, or a housing list"),
        # L10n: What a share is for, below the answer "A home to rent, or a housing list".
        N_("Where you lived, rent, income, what you need in a home"),
        topic="housing",
        also={"welfare": frozenset({"person", "payment", "housing_need"})},
        money=True,
        story=frozenset({4}),
    ),
    "school": Occasion(
        # L10n: What a share is for, an answer.
        N_("Starting at a school"),
        # L10n: What a share is for, below the answer "Starting at a school".
        N_("School records, help with learning, vaccines, allergies"),
        topic="education",
        also={"education": frozenset({"learning_support"}), "health": frozenset({"allergy", "immunisation"})},
        story=frozenset({2, 3}),
    ),
    "support": Occasion(
        # L10n: What a share is for, an answer.
        N_("A support worker's first visit"),
        # L10n: What a share is for, below the answer "A support worker's first visit".
        N_("Your plans and goals, and all of your story but for other people"),
        also={
            "child-wellbeing": frozenset({"whanau_plan", "my_plan"}),
            "welfare": frozenset({"budget"}),
            "housing": frozenset({"support_visit"}),
        },
        money=True,
        story=frozenset({2, 3, 4, 5}),
    ),
}


def proposes(occasion: Occasion, topic: str, key: str, sensitivity: str, kinds: Iterable[str]) -> bool:
    """Say whether records of a type are proposed: its agency's topic, its key and mark, the kinds of its fields.

    Never one on which safety rests: of those each line is ticked by the person.
    """
    if sensitivity == "safety":
        return False
    if key in occasion.also.get(topic, ()):
        return True
    ordinary = topic == occasion.topic and sensitivity == "ordinary"
    return ordinary and (occasion.money or "money" not in kinds)


def proposes_line(occasion: Occasion, topic: str, nature: str, masked: bool) -> bool:
    """Say whether a line of such a record is proposed: no claim, no number that opens doors elsewhere.

    An opinion or a score of staff only where the occasion asks for it: a landlord needs none.
    """
    if nature == "allegation" or (masked and topic != occasion.topic):
        return False
    return occasion.opinions or nature not in ("opinion", "score")
