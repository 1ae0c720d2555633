"""Letters on the way to an answer: received, who are you, passed on, more time (law.md 3.3, L1 to L4)."""

from portal.access_requests.rules.letter_words import ASK_FOR, COMPLAIN, COMPLAINT, CONTACT, DUE, PHONE
from portal.language.rules import N_
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
        Part(
            "received",
            (
                # L10n: in a letter; %(received_on)s is a date with its weekday, %(reference)s a short code.
                Line(
                    N_("We got it on %(received_on)s. Its reference is %(reference)s."), days=("received_on",)
                ),
            ),
            needs=("received_on", "reference"),
        ),
        Part("due", (DUE,), needs=("due_on",)),
        CONTACT,
        Part(
            "help",
            (
                # L10n: in a letter.
                Line(N_("We help you with this request if you like. Asking for help is free.")),
                # L10n: in a letter.
                Line(N_("Someone you trust may speak for you or come with you.")),
            ),
        ),
        COMPLAINT,
    ),
)

L2 = Letter(
    "L2",
    # L10n: title of a letter: the agency must be sure who asks.
    N_("We need to know that it is you"),
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
        Part(
            "alternatives",
            (
                # L10n: in a letter.
                Line(N_("You do not need a photo ID. You can come in, or bring someone who knows you.")),
                # L10n: in a letter.
                Line(N_("You can also answer questions about things that only you know.")),
            ),
        ),
        # L10n: in a letter.
        Part(
            "clock", (Line(N_("Our time to answer goes on while we wait for you.")), DUE), needs=("due_on",)
        ),
        CONTACT,
    ),
)

L3 = Letter(
    "L3",
    # L10n: title of a letter.
    N_("We passed your request on"),
    "Privacy Act 2020, section 43",
    (
        Part(
            "to",
            (
                # L10n: in a letter; %(moved_on)s is a date, %(to)s the name of an agency.
                Line(N_("On %(moved_on)s we passed your request on to %(to)s."), days=("moved_on",)),
            ),
            needs=("to", "moved_on"),
        ),
        # L10n: in a letter; the reason follows in the agency's own words.
        Part("why", (Line(N_("This is why:")), Line(said="why")), needs=("why",)),
        Part(
            "their-contact",
            (
                # L10n: in a letter; %(to)s is the name of an agency, %(to_ask_for)s the role of a worker there.
                Line(N_("At %(to)s, ask for: %(to_ask_for)s.")),
                # L10n: in a letter, before a phone number of another agency.
                Line(N_("Their phone number is %(to_phone)s."), only=("to_phone",)),
            ),
            needs=("to", "to_ask_for"),
        ),
        Part(
            "new-due",
            (
                # L10n: in a letter; %(new_due_on)s is a date with its weekday.
                Line(N_("They must answer by %(new_due_on)s, and sooner if they can."), days=("new_due_on",)),
            ),
            needs=("new_due_on",),
        ),
        Part(
            "object",
            (
                # L10n: in a letter.
                Line(N_("If you do not want it passed on, tell us or them at once.")),
                COMPLAIN,
            ),
        ),
    ),
)

L4 = Letter(
    "L4",
    # L10n: title of a letter.
    N_("We need more time"),
    "Privacy Act 2020, section 48",
    (
        Part(
            "until",
            # L10n: in a letter; %(until_on)s is a date with its weekday.
            (Line(N_("The new last day for our answer is %(until_on)s."), days=("until_on",)),),
            needs=("until_on",),
        ),
        Part("ground", (Line(word="extension"), Line(said="why")), needs=("extension", "why")),
        Part(
            "complaint",
            (
                # L10n: in a letter. Commissioner is an office.
                Line(N_("You can complain to the Privacy Commissioner about this extra time. It is free.")),
            ),
        ),
        # L10n: in a letter.
        Part(
            "meanwhile",
            (Line(N_("We go on working on it. Ask us at any time how far we are.")), ASK_FOR, PHONE),
        ),
    ),
)
