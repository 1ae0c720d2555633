"""Words that the letters of an access request share: grounds, forms of access, and the lines most of them end with.

Each sentence is one msgid of at most twenty words. "We" is the agency, "you" the person.
"""

from collections.abc import Mapping

from portal.language.rules import N_
from portal.law.access_grounds import ACCESS_GROUNDS
from portal.law.letters import Line, Part

EXTENSION_GROUNDS = {
    # L10n: in a letter, why the agency may take longer. Law: be exact.
    "a": N_("You asked for so much that answering in time would unreasonably hold up our other work."),
    # L10n: in a letter, why the agency may take longer. Law: be exact.
    "b": N_("We have to ask others first, and that cannot be done in time."),
    # L10n: in a letter, why the agency may take longer. Law: be exact.
    "c": N_("Your request raises hard questions, and they cannot be answered in time."),
}
"""Privacy Act 2020 s 48: the only reasons for taking longer."""

FORMS = {
    # L10n: in a letter, how the agency shows what was asked for: on this site.
    "here": N_("You can see it on this site."),
    # L10n: in a letter, how the agency shows what was asked for.
    "paper": N_("You get a copy on paper, in a way that is safe for you."),
    # L10n: in a letter, how the agency shows what was asked for.
    "talk": N_("Someone goes through it with you. You can see it on this site too."),
    # L10n: in a letter, how the agency shows what was asked for.
    "listen": N_("Someone reads it to you. You can see it on this site too."),
}

WORDS: dict[str, Mapping[str, str]] = {
    "extension": EXTENSION_GROUNDS,
    "form": FORMS,
    "ground": {one.code: one.plain for one in ACCESS_GROUNDS if one.enabled},
}

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
# L10n: in a letter of an agency.
FIX = Line(N_("If something is wrong, ask us to fix it. That is free, on this site or in any other way."))
CONTACT = Part("contact", (ASK_FOR, PHONE), needs=("ask_for",))
COMPLAINT = Part("complaint", (COMPLAIN,))
