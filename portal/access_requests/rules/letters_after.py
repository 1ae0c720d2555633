"""Letters with an answer: yes, no, not held, neither confirm nor deny, handed over (law.md 3.3, L10 to L14)."""

from portal.access_requests.rules.letter_words import FIX
from portal.language.rules import N_
from portal.law.letter_lines import ASK_FOR, COMPLAINT, CONTACT, PHONE
from portal.law.letters import Letter, Line, Part

L10 = Letter(
    "L10",
    # L10n: title of a letter.
    N_("You can see what you asked for"),
    "Privacy Act 2020, sections 45, 56 and 66",
    (
        Part("form", (Line(word="form"),), needs=("form",)),
        Part(
            "time",
            (
                # L10n: in a letter.
                Line(
                    N_("We hand it over without delay, as soon as we know that it is you."),
                    absent=("charge",),
                ),
                # L10n: in a letter that asks for money; what is handed over is "it".
                Line(
                    N_("We hand it over without delay once you have paid, or once we ask for nothing."),
                    only=("charge",),
                ),
            ),
        ),
        Part(
            "charge",
            (
                # L10n: in a letter.
                Line(
                    N_(
                        "It costs you nothing. If someone asks you to pay, you can complain about that for free."
                    ),
                    absent=("may_charge", "charge"),
                ),
                # L10n: in a letter of an agency that may ask for money.
                Line(
                    N_(
                        "If there is something to pay, we tell you first, and why. You can complain about it."
                    ),
                    only=("may_charge",),
                    absent=("charge",),
                ),
                # L10n: in a letter; %(charge)s is a sum such as $12.50.
                Line(
                    N_("We ask you to pay %(charge)s for this. Pay nothing before you say yes."),
                    only=("charge",),
                ),
                # L10n: in a letter; the reason follows in the agency's own words.
                Line(N_("This is why:"), only=("charge",)),
                Line(said="charge_why"),
                # L10n: in a letter that asks for money.
                Line(N_("You can ask for less, so that it costs less or nothing."), only=("charge",)),
                # L10n: in a letter that asks for money. Commissioner is an office. Law: be exact.
                Line(
                    N_("You can complain about the charge to us or to the Privacy Commissioner. It is free."),
                    only=("charge",),
                ),
            ),
        ),
        Part(
            "third-party",
            (
                # L10n: in a letter.
                Line(N_("Some parts are about other people too. Where we left them out, we say so and why.")),
            ),
        ),
        Part("correct", (FIX,)),
    ),
)

L11 = Letter(
    "L11",
    # L10n: title of a letter. The agency decided that the person does not get to see something.
    N_("What we keep from you, and why"),
    "Privacy Act 2020, sections 46 and 49 to 53",
    (
        Part(
            "items",
            (
                # L10n: in a letter; %(title)s is the name of a paper, such as "Visit note of 3 May 2024".
                Line(N_("We keep this from you: %(title)s."), absent=("redacted",)),
                # L10n: in a letter; %(title)s is the name of a paper, such as "Visit note of 3 May 2024".
                Line(N_("You see this with a passage taken out: %(title)s."), only=("redacted",)),
                Line(word="ground"),
                # L10n: in a letter; %(section)s is a section of an Act, in English.
                Line(N_("The law: %(section)s."), only=("section",)),
                Line(said="reason"),
            ),
            needs=("items",),
            each="items",
            entries=("title", "ground", "section", "reason"),
        ),
        Part(
            "supporting",
            (
                # L10n: in a letter.
                Line(N_("You may ask us what our reasons rest on.")),
                # L10n: in a letter.
                Line(
                    N_(
                        "We must tell you, unless telling would do the very harm that the reason guards against."
                    )
                ),
            ),
        ),
        COMPLAINT,
        Part(
            "released",
            (
                # L10n: in a letter.
                Line(N_("You get to see all the rest of what we found."), only=("released",)),
                # L10n: in a letter.
                Line(N_("We found nothing else that we could show you."), absent=("released",)),
            ),
        ),
        CONTACT,
    ),
)

L12 = Letter(
    "L12",
    # L10n: title of a letter.
    N_("We looked, and do not hold this"),
    "Privacy Act 2020, section 53(a)",
    (
        Part(
            "searched",
            # L10n: in a letter; %(on)s is a date, %(system)s the name of a place or computer system.
            (Line(N_("On %(on)s we searched here: %(system)s."), days=("on",)),),
            needs=("searches",),
            each="searches",
            entries=("system", "on"),
        ),
        Part(
            "not-held",
            # L10n: in a letter.
            (Line(N_("We did not find what you asked for.")),),
        ),
        Part(
            "elsewhere",
            (
                # L10n: in a letter; %(elsewhere)s is the name of another agency or several.
                Line(N_("It may be with %(elsewhere)s. You can ask them too."), only=("elsewhere",)),
                # L10n: in a letter.
                Line(N_("We do not know of anyone else who may hold it."), absent=("elsewhere",)),
            ),
        ),
        COMPLAINT,
        CONTACT,
    ),
)

L13 = Letter(
    "L13",
    # L10n: title of a letter. It must not say whether anything is held.
    N_("Our answer to your request"),
    "Privacy Act 2020, section 47",
    (
        Part(
            "neither",
            (
                # L10n: in a letter. Law: be exact. It must not hint at whether anything is held, or why.
                Line(N_("We can neither confirm nor deny that we hold what you asked for.")),
                # L10n: in a letter. It must not hint at whether anything is held, or why.
                Line(
                    N_(
                        "The law lets us answer in this way. This answer does not mean that there is anything."
                    )
                ),
            ),
        ),
        COMPLAINT,
    ),
)

L14 = Letter(
    "L14",
    # L10n: title of a letter that comes with what the agency hands over.
    N_("Here is what you asked for"),
    "Privacy Act 2020, principles 6 and 7",
    (
        Part(
            "contents",
            (
                # L10n: in a letter, in a list; %(title)s is the name of a paper.
                Line(N_("You get this: %(title)s."), absent=("redacted",)),
                # L10n: in a letter, in a list; %(title)s is the name of a paper.
                Line(N_("You get this, with a passage taken out: %(title)s."), only=("redacted",)),
            ),
            needs=("contents",),
            each="contents",
            entries=("title",),
        ),
        Part(
            "legend",
            (
                # L10n: in a letter. The sign is short and stands in texts that are handed over.
                Line(
                    N_(
                        "Where we took out a passage, a sign stands in its place and says that it was kept from you."
                    )
                ),
                # L10n: in a letter.
                Line(N_("The reason stands beside it. The passage itself is in no page and no file.")),
            ),
        ),
        Part(
            "support",
            (
                # L10n: in a letter.
                Line(N_("It can be hard to read. You can read it with someone, and stop at any time.")),
                ASK_FOR,
                PHONE,
            ),
        ),
        Part(
            "leave",
            # L10n: in a letter. "Leave quickly" is the button on every page.
            (
                Line(
                    N_("If someone comes in, press “Leave quickly” at the top. It closes this site at once.")
                ),
            ),
        ),
        Part("correct", (FIX,)),
    ),
)
