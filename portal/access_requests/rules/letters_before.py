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
    # L10n: title of a letter.
    N_("We have your request"),
    "Privacy Act 2020, sections 42 and 44",
    (
        Part(
            "asked",
            (
                # L10n: in a letter, what the person asked for.
                Line(N_("You asked to see all that we hold about you."), absent=("since", "until", "topic")),
                # L10n: in a letter, what the person asked for; %(since)s is a date.
                Line(
                    N_("You asked to see what we hold about you since %(since)s."),
                    days=("since",),
                    only=("since",),
                    absent=("until",),
                ),
                # L10n: in a letter, what the person asked for; %(until)s is a date.
                Line(
                    N_("You asked to see what we hold about you up to %(until)s."),
                    days=("until",),
                    only=("until",),
                    absent=("since",),
                ),
                # L10n: in a letter, what the person asked for; %(since)s and %(until)s are dates.
                Line(
                    N_("You asked to see what we hold about you from %(since)s to %(until)s."),
                    days=("since", "until"),
                    only=("since", "until"),
                ),
                # L10n: in a letter, what the person asked for; their own words follow.
                Line(N_("You asked to see what we hold about this:"), only=("topic",)),
                Line(said="topic"),
            ),
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
    "Privacy Act 2020, section 57",
    (
        Part(
            "evidence",
            (
                # L10n: in a letter; what the agency needs follows in its own words.
                Line(N_("Before we show you anything, we must be sure that it is you. This is enough:")),
                Line(said="wanted"),
            ),
            needs=("wanted",),
        ),
        ALTERNATIVES,
        CLOCK,
        CONTACT,
    ),
)

L3 = Letter("L3", PASSED_ON_TITLE, "Privacy Act 2020, section 43", PASSED_ON)

L4 = Letter("L4", MORE_TIME_TITLE, "Privacy Act 2020, section 48", MORE_TIME)
