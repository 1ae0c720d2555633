"""Words that the letters of an access request share: grounds, forms of access, and that one may ask for a fix.

Each sentence is one msgid of at most twenty words. "We" is the agency, "you" the person.
"""

from collections.abc import Mapping

from portal.language.rules import N_
from portal.law.access_grounds import ACCESS_GROUNDS
from portal.law.letter_lines import EXTENSION_GROUNDS
from portal.law.letters import Line

FORMS = {
    # L10n: in a letter, how the agency shows what was asked for: on this site.
    "here": N_("You can see it on this site."),
    # L10n: in a letter, how the agency shows what was asked for.
    "paper": N_("You get a copy on paper, in a way that is safe for you."),
    # L10n: in a letter, how the agency shows what was asked for: the person comes to fetch it.
    "fetch": N_("It is ready for you on paper. Come and get it, and say your reference. We post nothing."),
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

# L10n: in a letter of an agency.
FIX = Line(N_("If something is wrong, ask us to fix it. That is free, on this site or in any other way."))
