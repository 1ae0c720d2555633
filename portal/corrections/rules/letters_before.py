"""Letters on the way to an answer: received, who are you, passed on, more time (law.md 3.3, L1 to L4)."""

from portal.language.rules import N_
from portal.law.letter_lines import (
    ALTERNATIVES,
    CLOCK,
    COMPLAINT,
    CONTACT,
    DUE,
    HELP,
    MORE_TIME,
    MORE_TIME_TITLE,
    PASSED_ON,
    PASSED_ON_TITLE,
    RECEIVED,
    WHO_TITLE,
)
from portal.law.letters import Letter, Line, Part

L1 = Letter(
    "L1",
    # L10n: title of a letter: an agency received the person's request to fix something.
    N_("We have your request to fix something"),
    "Privacy Act 2020, sections 59, 61 and 63",
    (
        Part(
            "asked",
            # L10n: in a letter; %(label)s is the name of a value, such as "Home address".
            (Line(N_("You asked us to fix this: %(label)s.")),),
            needs=("items",),
            each="items",
            entries=("label",),
        ),
        RECEIVED,
        Part("due", (DUE,), needs=("due_on",)),
        CONTACT,
        HELP,
        COMPLAINT,
    ),
)

L2 = Letter(
    "L2",
    WHO_TITLE,
    "Privacy Act 2020, sections 57 and 59",
    (
        Part(
            "evidence",
            (
                # L10n: in a letter; what the agency needs follows in its own words.
                Line(N_("Before we change anything, we must be sure that it is you. This is enough:")),
                Line(said="wanted"),
            ),
            needs=("wanted",),
        ),
        ALTERNATIVES,
        CLOCK,
        CONTACT,
    ),
)

L3 = Letter(
    "L3",
    PASSED_ON_TITLE,
    "Privacy Act 2020, section 62",
    (
        Part(
            "what",
            # L10n: in a letter; %(label)s is the name of a value, such as "Home address".
            (Line(N_("You asked us to fix this: %(label)s.")),),
            needs=("items",),
            each="items",
            entries=("label",),
        ),
        *PASSED_ON,
    ),
)

L4 = Letter("L4", MORE_TIME_TITLE, "Privacy Act 2020, section 65", MORE_TIME)
