"""Lines and parts that letters of several rooms share: whom to ask, how to complain, passing on, more time.

Each sentence is one msgid of at most twenty words. "We" is the agency, "you" the person.
"""

from portal.language.rules import N_
from portal.law.letters import Line, Part

EXTENSION_GROUNDS = {
    # L10n: in a letter, why the agency may take longer. Law: be exact.
    "a": N_("You asked for so much that answering in time would unreasonably hold up our other work."),
    # L10n: in a letter, why the agency may take longer. Law: be exact.
    "b": N_("We have to ask others first, and that cannot be done in time."),
    # L10n: in a letter, why the agency may take longer. Law: be exact.
    "c": N_("Your request raises hard questions, and they cannot be answered in time."),
}
"""Privacy Act 2020 ss 48 and 65: the only reasons for taking longer."""

# L10n: in a letter of an agency, the last lines of most letters. Commissioner is an office.
COMPLAIN = Line(
    N_("You can complain for free. Start with our privacy officer, or go to the Privacy Commissioner.")
)
# L10n: in a letter of an agency; %(ask_for)s is the role of a worker, such as "privacy officer".
ASK_FOR = Line(N_("If you have a question, ask for: %(ask_for)s."))
# L10n: in a letter of an agency, before its phone number.
PHONE = Line(N_("Our phone number is %(phone)s."), only=("phone",))
# L10n: in a letter of an agency; %(due_on)s is a date with its weekday.
DUE = Line(
    N_("The last day for our answer is %(due_on)s. We should answer sooner if we can."), days=("due_on",)
)
CONTACT = Part("contact", (ASK_FOR, PHONE), needs=("ask_for",))
COMPLAINT = Part("complaint", (COMPLAIN,))
RECEIVED = Part(
    "received",
    (
        # L10n: in a letter; %(received_on)s is a date with its weekday, %(reference)s a short code.
        Line(N_("We got it on %(received_on)s. Its reference is %(reference)s."), days=("received_on",)),
    ),
    needs=("received_on", "reference"),
)
HELP = Part(
    "help",
    (
        # L10n: in a letter.
        Line(N_("We help you with this request if you like. Asking for help is free.")),
        # L10n: in a letter.
        Line(N_("Someone you trust may speak for you or come with you.")),
    ),
)
ALTERNATIVES = Part(
    "alternatives",
    (
        # L10n: in a letter.
        Line(N_("You do not need a photo ID. You can come in, or bring someone who knows you.")),
        # L10n: in a letter.
        Line(N_("You can also answer questions about things that only you know.")),
    ),
)
# L10n: in a letter.
CLOCK = Part("clock", (Line(N_("Our time to answer goes on while we wait for you.")), DUE), needs=("due_on",))
# L10n: title of a letter: the agency must be sure who asks.
WHO_TITLE = N_("We need to know that it is you")

# L10n: title of a letter.
PASSED_ON_TITLE = N_("We passed your request on")
# L10n: in a letter; the reason follows in the agency's own words.
WHY = Part("why", (Line(N_("This is why:")), Line(said="why")), needs=("why",))
PASSED_ON = (
    Part(
        "to",
        (
            # L10n: in a letter; %(moved_on)s is a date, %(to)s the name of an agency.
            Line(N_("On %(moved_on)s we passed your request on to %(to)s."), days=("moved_on",)),
        ),
        needs=("to", "moved_on"),
    ),
    WHY,
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
)
"""What a letter about passing a request on must say: to whom, why, their contact, the new day, how to object."""

# L10n: title of a letter.
MORE_TIME_TITLE = N_("We need more time")
MORE_TIME = (
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
        "meanwhile", (Line(N_("We go on working on it. Ask us at any time how far we are.")), ASK_FOR, PHONE)
    ),
)
"""What a letter about more time must say: until when, which of the three reasons, how to complain, what goes on."""
