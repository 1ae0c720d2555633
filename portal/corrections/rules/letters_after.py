"""Letters with an answer, and what follows it: fixed, not fixed, a statement, others told, the end (L5 to L9)."""

from portal.language.rules import N_
from portal.law.grounds import DECLINE_GROUNDS
from portal.law.letter_lines import COMPLAIN, COMPLAINT, CONTACT, EXTENSION_GROUNDS
from portal.law.letters import Letter, Line, Part

ENDS = {
    # L10n: in the last letter about a request: all of it was fixed.
    "fixed": N_("We fixed what you asked for."),
    # L10n: in the last letter about a request: some of it was fixed.
    "partly_fixed": N_("We fixed a part of what you asked for."),
    # L10n: in the last letter about a request: nothing was fixed.
    "not_fixed": N_("We did not fix what you asked for."),
    # L10n: in the last letter about a request: the person took it back.
    "withdrawn": N_("You took your request back. We changed nothing."),
}
WORDS = {
    "extension": EXTENSION_GROUNDS,
    "ground": {one.code: one.plain for one in DECLINE_GROUNDS},
    "end": ENDS,
}

TELL = Part(
    "told",
    # L10n: in a letter. "It": what is wrong, or the person's own words about it.
    (Line(N_("We tell those who got it before, as far as that can be done. You get a list of them.")),),
)

L5 = Letter(
    "L5",
    # L10n: title of a letter.
    N_("We fix what you asked for"),
    "Privacy Act 2020, section 63, and principle 7",
    (
        Part(
            "changed",
            (
                # L10n: in a letter; %(label)s is the name of a value, %(was)s and %(now)s what it said and will say.
                Line(N_("%(label)s said: %(was)s. It will say: %(now)s."), only=("was", "now")),
                # L10n: in a letter; %(label)s is the name of a value, %(now)s what it will say.
                Line(N_("%(label)s was missing. It will say: %(now)s."), only=("now",), absent=("was",)),
                # L10n: in a letter; %(label)s is the name of a value, %(was)s what it said.
                Line(N_("%(label)s said: %(was)s. We take it out."), only=("was",), absent=("now",)),
                # L10n: in a letter; %(label)s is the name of a value. The person asked how it was checked.
                Line(N_("%(label)s: we did what you asked. The value stays."), absent=("was", "now")),
                Line(said="reason"),
            ),
            needs=("items",),
            each="items",
            entries=("label",),
        ),
        Part(
            "when",
            (
                # L10n: in a letter; %(apply_by_on)s is a date with its weekday.
                Line(N_("We do this by %(apply_by_on)s."), days=("apply_by_on",), only=("apply_by_on",)),
                # L10n: in a letter; %(decided_on)s is a date with its weekday.
                Line(
                    N_("We decided this on %(decided_on)s. Nothing more has to be done."),
                    days=("decided_on",),
                    absent=("apply_by_on",),
                ),
            ),
            needs=("decided_on",),
        ),
        Part(
            "shown",
            (
                # L10n: in a letter.
                Line(N_("You see it here as a new version. The old one stays in the history.")),
            ),
        ),
        TELL,
        CONTACT,
    ),
)

L6 = Letter(
    "L6",
    # L10n: title of a letter.
    N_("What we did not fix, and why"),
    "Privacy Act 2020, sections 63, 64 and 66",
    (
        Part(
            "items",
            (
                # L10n: in a letter; %(label)s is the name of a value, such as "Home address".
                Line(N_("We did not change this: %(label)s."), absent=("partly",)),
                # L10n: in a letter; %(label)s is the name of a value, %(now)s what it will say.
                Line(N_("We change only a part of this: %(label)s. It will say: %(now)s."), only=("partly",)),
                Line(word="ground"),
                # L10n: in a letter; %(section)s is a section of an Act, in English.
                Line(N_("The law: %(section)s."), only=("section",)),
                Line(said="reason"),
            ),
            needs=("items",),
            each="items",
            entries=("label", "ground", "section", "reason"),
        ),
        Part(
            "statement",
            (
                # L10n: in a letter. "Them" and "it": the person's own words, and what the agency holds.
                Line(N_("You can give us your own words about it. We must keep them with it.")),
                # L10n: in a letter.
                Line(N_("You can do that at any time, now or later.")),
            ),
        ),
        Part(
            "how",
            (
                # L10n: in a letter, how a person can give their own words.
                Line(N_("Write them here in any language, say them to us, or let a worker write them down.")),
            ),
        ),
        COMPLAINT,
        # L10n: in a letter.
        Part("charge", (Line(N_("None of this costs you anything.")),)),
        CONTACT,
    ),
)

L6S = Letter(
    "L6S",
    # L10n: title of a letter: the person's own words were taken away from beside what an agency holds.
    N_("Your words do not stand beside it any more"),
    "Privacy Act 2020, section 64",
    (
        Part(
            "items",
            (
                # L10n: in a letter; %(label)s is the name of a value. The reason follows in the agency's own words.
                Line(N_("We took your words away from this: %(label)s. This is why:")),
                Line(said="reason"),
            ),
            needs=("items",),
            each="items",
            entries=("label", "reason"),
        ),
        Part(
            "statement",
            (
                # L10n: in a letter, after the person's own words were taken away.
                Line(N_("Two people looked at this. You can give us other words at any time.")),
            ),
        ),
        COMPLAINT,
        CONTACT,
    ),
)

L7 = Letter(
    "L7",
    # L10n: title of a letter.
    N_("Your words stand beside it"),
    "Privacy Act 2020, section 64, and principle 7",
    (
        Part(
            "words",
            (
                # L10n: in a letter; %(label)s is the name of a value. The person's own words follow.
                Line(N_("These are your words about this: %(label)s.")),
                Line(said="text"),
            ),
            needs=("items",),
            each="items",
            entries=("label", "text"),
        ),
        Part(
            "where",
            (
                # L10n: in a letter.
                Line(
                    N_("They stand with it wherever it is read: on screen, on paper, and when it is shared.")
                ),
            ),
        ),
        Part(
            "since",
            # L10n: in a letter; %(attached_on)s is a date with its weekday.
            (Line(N_("They have stood there since %(attached_on)s."), days=("attached_on",)),),
            needs=("attached_on",),
        ),
        TELL,
        CONTACT,
    ),
)

L8 = Letter(
    "L8",
    # L10n: title of a letter to an organisation that once got a value which was wrong.
    N_("Bring your records up to date"),
    "Privacy Act 2020, principle 7(5)",
    (
        # L10n: in a letter to an organisation; %(name)s is a person.
        Part("about", (Line(N_("This is about %(name)s.")),), needs=("to", "name")),
        Part(
            "items",
            (
                # L10n: in a letter to an organisation; %(label)s is the name of a value, %(now)s what is right.
                Line(N_("%(label)s was not right. Right is: %(now)s."), only=("now",)),
                # L10n: in a letter to an organisation; %(label)s is the name of a value.
                Line(N_("%(label)s was not right. Take it out."), only=("gone",)),
                # L10n: in a letter to an organisation; %(label)s is the name of a value. Their words follow.
                Line(N_("Keep these words of the person with it: %(label)s."), only=("text",)),
                Line(said="text"),
            ),
            needs=("items",),
            each="items",
            entries=("label",),
        ),
        Part(
            "since",
            # L10n: in a letter to an organisation; %(since_on)s is a date with its weekday.
            (Line(N_("This holds from %(since_on)s."), days=("since_on",)),),
            needs=("since_on",),
        ),
        Part(
            "ask",
            (
                # L10n: in a letter to an organisation.
                Line(N_("You got this from us or from the person. Change it in your own records.")),
            ),
        ),
        CONTACT,
    ),
)

L9 = Letter(
    "L9",
    # L10n: title of the last letter about a request.
    N_("Your request is closed"),
    "Privacy Act 2020, section 63, and principle 7(5)",
    (
        Part("outcome", (Line(word="end"),), needs=("end",)),
        Part(
            "told",
            (
                # L10n: in a letter; %(to)s is somebody who had got the old value.
                Line(N_("We told %(to)s."), only=("to",), absent=("reason",)),
                # L10n: in a letter; %(to)s is somebody who had got the old value. The reason follows.
                Line(N_("We could not tell %(to)s. This is why:"), only=("to", "reason")),
                Line(said="reason"),
                # L10n: in a letter: the agency knows of nobody who had got the old value.
                Line(N_("We know of no one else who got it."), only=("nobody",)),
                # L10n: in a letter: the request was taken back.
                Line(N_("So there is no one to tell."), only=("unchanged",)),
            ),
            needs=("recipients",),
            each="recipients",
        ),
        Part(
            "history",
            (
                # L10n: in a letter.
                Line(N_("You find all that happened on this site, under Requests.")),
                COMPLAIN,
            ),
        ),
        CONTACT,
    ),
)
