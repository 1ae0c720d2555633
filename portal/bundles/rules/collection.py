"""The notice that an organisation gives a person whose share it took in: principle 3A, in force from 1 May 2026.

Whoever collects from somebody else than the person tells the person: that it did, why, who gets it, who collected and
holds it and where, the law if there is one, and the rights to see it and have it put right. The portal puts the words
together; to give them is the organisation's own act.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from portal.language.rules import N_
from portal.law.letters import Letter, Paragraph

NOTICE = Letter(
    "N3A",
    # L10n: title of a notice that an organisation gives to a person whose share it took in.
    N_("We now hold information about you"),
    "Privacy Act 2020, information privacy principle 3A",
    (),
)
# L10n: in a notice to a person whose share was taken in; %(on)s is a date with its weekday. "We" is an organisation.
COLLECTED = N_("We collected information about you on %(on)s. You shared it with us.")
# L10n: in a notice to a person whose share was taken in; %(titles)s is a list of kinds of records.
ABOUT = N_("It is about: %(titles)s.")
# L10n: in a notice to a person whose share was taken in; %(agencies)s is a list of names of agencies.
CAME_FROM = N_("It comes from: %(agencies)s.")
# L10n: in a notice to a person whose share was taken in: some of it is what they wrote about themselves.
OWN_WORDS = N_("Some of it is in your own words.")
# L10n: heading in a notice to a person whose share was taken in.
WHY = N_("Why, and who gets it")
# L10n: in a notice to a person whose share was taken in; %(purpose)s is what the person wrote.
PURPOSE = N_("We collected it for this: %(purpose)s")
# L10n: in a notice to a person whose share was taken in: who gets it.
RECIPIENTS = N_(
    "Those of our workers who need it for this can see it. We ask you before anyone else gets it."
)
# L10n: in a notice to a person whose share was taken in. Law: be exact.
NO_LAW = N_("No law made you share it. It was your choice.")
# L10n: heading in a notice to a person whose share was taken in.
HOLDER = N_("Who holds it now")
# L10n: in a notice to a person whose share was taken in; name and address of the organisation.
HELD_BY = N_("%(organisation)s collected it and holds it. Address: %(address)s")
# L10n: in a notice to a person whose share was taken in; %(ask_for)s is a role, such as privacy officer.
ASK_FOR = N_("Ask for the %(ask_for)s: %(phone)s.")
# L10n: in a printed notice to a person whose share was taken in; the organisation writes on the line by hand.
WRITE_BY_HAND = N_("Name, address and phone of who collected it and holds it: %(line)s")
# L10n: heading in a notice to a person whose share was taken in.
RIGHTS = N_("Your rights")
# L10n: in a notice to a person whose share was taken in. Law: be exact (principles 6 and 7).
SEE_AND_FIX = N_("You may ask to see what we hold about you. You may ask us to fix it.")
# L10n: in a notice to a person whose share was taken in. Law: be exact.
COMPLAIN = N_("If you are not happy, tell us. You may also complain to the Privacy Commissioner.")
LINE = "_" * 40


@dataclass(frozen=True, slots=True)
class Collector:
    """The organisation that took a share in, as its catalogue entry names it."""

    name: str
    address: str
    ask_for: str
    phone: str


def notice(
    on: date,
    purpose: str,
    titles: Iterable[str],
    agencies: Iterable[str],
    collector: Collector | None,
    own_words: bool = False,
) -> list[tuple[str, list[Paragraph]]]:
    """Put the notice together, in parts: `on` a day in New Zealand, `titles` and `agencies` of what is in the share.

    `own_words` says that parts of their story are in it. Without a `collector` (somebody who opened the share
    without an account) there is a line to write on.
    """
    named, held_by = list(titles), list(agencies)
    what = [Paragraph(COLLECTED, days={"on": on})]
    if named:
        what.append(Paragraph(ABOUT, {"titles": ", ".join(named)}))
        what.append(Paragraph(CAME_FROM, {"agencies": ", ".join(held_by)}))
    if own_words:
        what.append(Paragraph(OWN_WORDS))
    return [
        ("what", what),
        (
            "why",
            [
                Paragraph(WHY, head=True),
                Paragraph(PURPOSE, {"purpose": purpose}),
                Paragraph(RECIPIENTS),
                Paragraph(NO_LAW),
            ],
        ),
        ("holder", [Paragraph(HOLDER, head=True), *_holder(collector)]),
        ("rights", [Paragraph(RIGHTS, head=True), Paragraph(SEE_AND_FIX), Paragraph(COMPLAIN)]),
    ]


def _holder(collector: Collector | None) -> list[Paragraph]:
    if collector is None or not collector.address:
        return [Paragraph(WRITE_BY_HAND, {"line": LINE})]
    found = [Paragraph(HELD_BY, {"organisation": collector.name, "address": collector.address})]
    if collector.phone:
        found.append(Paragraph(ASK_FOR, {"ask_for": collector.ask_for, "phone": collector.phone}))
    return found
