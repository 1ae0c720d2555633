"""A letter that asks an agency for what it holds: its paragraphs, from what somebody wrote for it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from portal.language.rules import N_

FORMS = {
    # L10n: Guide, ready letter, answer: in which form somebody wants to get information.
    "paper": N_("Copies on paper"),
    # L10n: Guide, ready letter, answer: in which form somebody wants to get information.
    "file": N_("Files, by email"),
    # L10n: Guide, ready letter, answer: in which form somebody wants to get information.
    "look": N_("Look at it together with a worker"),
}
_FORMS = {
    # L10n: Ready letter to an agency, a sentence: the form in which the writer wants the information.
    "paper": N_("I would like copies on paper."),
    # L10n: Ready letter to an agency, a sentence: the form in which the writer wants the information.
    "file": N_("I would like it as files, by email."),
    # L10n: Ready letter to an agency, a sentence: the form in which the writer wants the information.
    "look": N_("I would like to look at it together with one of your workers."),
}
_LAW = (
    # L10n: Ready letter to an agency: the law.
    N_("Answer as soon as you can, and within 20 working days. If you do not hold it, pass it on within 10."),
    # L10n: Ready letter to an agency: the law.
    N_("If you keep anything from me, tell me why, and that I can complain to the Privacy Commissioner."),
)

Paragraph = tuple[str, dict[str, Any]]
"""A msgid and its values; a date among them is written in the language of the letter."""


@dataclass(frozen=True)
class Asked:
    """What somebody wrote for their letter; `what` and `urgent` may be empty. `how` is a key of FORMS."""

    agency: str
    names: str
    birth_date: date
    what: str
    how: str
    reach: str
    urgent: str


def letter(asked: Asked) -> list[Paragraph]:
    """Give the paragraphs as (msgid, values). Privacy Act 2020 principle 6, sections 41, 43, 44, 52 and 56."""
    # L10n: Ready letter to an agency, first line; %(agency)s is its name.
    parts: list[Paragraph] = [(N_("To: the privacy officer, %(agency)s"), {"agency": asked.agency})]
    parts.append(
        # L10n: Ready letter to an agency.
        (N_("I ask for information you hold about me, under principle 6 of the Privacy Act 2020."), {})
    )
    # L10n: Ready letter to an agency; %(names)s are all names of the writer.
    parts.append((N_("My names, now and before: %(names)s"), {"names": asked.names}))
    # L10n: Ready letter to an agency; %(date)s is the writer's birth date.
    parts.append((N_("I was born on %(date)s."), {"date": asked.birth_date}))
    if asked.what:
        # L10n: Ready letter to an agency; %(what)s is what the writer wants, in their own words.
        parts.append((N_("I want: %(what)s"), {"what": asked.what}))
    else:
        parts.append(
            # L10n: Ready letter to an agency.
            (N_("I want all of it: notes, e-mails, marks, scores, and what others told you."), {})
        )
    parts.append((_FORMS[asked.how], {}))
    # L10n: Ready letter to an agency; %(reach)s is a phone number, address or other way, in the writer's words.
    parts.append((N_("Reach me only this way: %(reach)s"), {"reach": asked.reach}))
    if asked.urgent:
        # L10n: Ready letter to an agency; %(why)s is the reason, in the writer's words.
        parts.append((N_("This is urgent because: %(why)s"), {"why": asked.urgent}))
    return [*parts, *((one, {}) for one in _LAW)]
