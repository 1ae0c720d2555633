"""Letters that a worker makes with a client beside them: one lets the worker ask, one asks to put something right."""

from dataclasses import dataclass
from datetime import date

from portal.guide.rules.letter import Paragraph
from portal.language.rules import N_

# L10n: Ready letter to an agency, first line; %(agency)s is its name.
_TO = N_("To: the privacy officer, %(agency)s")
# L10n: Ready letter to an agency; %(names)s are all names of the writer.
_NAMES = N_("My names, now and before: %(names)s")
# L10n: Ready letter to an agency; %(date)s is the writer's birth date.
_BORN = N_("I was born on %(date)s.")
# L10n: Ready letter to an agency; %(reach)s is a phone number, address or other way, in the writer's words.
_REACH = N_("Reach me only this way: %(reach)s")


@dataclass(frozen=True)
class Agent:
    """What a client lets a worker ask for, until when (a day in New Zealand)."""

    agency: str
    names: str
    birth_date: date
    worker: str
    works_at: str
    what: str
    ends_on: date
    reach: str


@dataclass(frozen=True)
class Fix:
    """What is wrong, what it should say, and what shows it, which may be empty."""

    agency: str
    names: str
    birth_date: date
    wrong: str
    right: str
    shows: str
    reach: str


def agent_letter(said: Agent) -> list[Paragraph]:
    """Give the paragraphs of an authority that a client signs. Privacy Act 2020 sections 40 and 57."""
    return [
        (_TO, {"agency": said.agency}),
        (_NAMES, {"names": said.names}),
        (_BORN, {"date": said.birth_date}),
        (
            # L10n: Ready letter by which somebody lets a worker ask for them; both are names.
            N_("I let %(worker)s of %(works_at)s ask you for information about me, and get it for me."),
            {"worker": said.worker, "works_at": said.works_at},
        ),
        # L10n: Ready letter by which somebody lets a worker ask for them: the law.
        (N_("See sections 40 and 57 of the Privacy Act 2020."), {}),
        # L10n: Ready letter by which somebody lets a worker ask for them; %(what)s in the writer's own words.
        (N_("They may ask for this, and for nothing else: %(what)s"), {"what": said.what}),
        # L10n: Ready letter by which somebody lets a worker ask for them: until when.
        (
            N_("This ends on %(date)s. I can end it sooner, and then I tell you and them."),
            {"date": said.ends_on},
        ),
        # L10n: Ready letter by which somebody lets a worker ask for them: nobody forces the writer.
        (N_("I sign of my own free will. Nobody makes me."), {}),
        (
            # L10n: Ready letter by which somebody lets a worker ask; %(reach)s is a safe way to reach the writer.
            N_("Ask me before you give anything out, if you are not sure. This way is safe: %(reach)s"),
            {"reach": said.reach},
        ),
    ]


def fix_letter(said: Fix) -> list[Paragraph]:
    """Give the paragraphs of a request to correct. Privacy Act 2020 principle 7, sections 59, 63, 64 and 66."""
    parts: list[Paragraph] = [
        (_TO, {"agency": said.agency}),
        # L10n: Ready letter that asks an agency to put something right: the law.
        (N_("I ask you to correct information about me, under principle 7 of the Privacy Act 2020."), {}),
        (_NAMES, {"names": said.names}),
        (_BORN, {"date": said.birth_date}),
        # L10n: Ready letter that asks an agency to put something right; in the writer's own words.
        (N_("This is wrong or missing: %(wrong)s"), {"wrong": said.wrong}),
        # L10n: Ready letter that asks an agency to put something right; in the writer's own words.
        (N_("It should say: %(right)s"), {"right": said.right}),
    ]
    if said.shows:
        # L10n: Ready letter that asks an agency to put something right; in the writer's own words.
        parts.append((N_("This shows it: %(shows)s"), {"shows": said.shows}))
    return [
        *parts,
        (_REACH, {"reach": said.reach}),
        # L10n: Ready letter that asks an agency to put something right: the law.
        (N_("Answer as soon as you can, and within 20 working days. Nobody may charge me for this."), {}),
        # L10n: Ready letter that asks an agency to put something right: the law.
        (
            N_(
                "If you say no, tell me why. Then keep my own words beside it, so that both are read together."
            ),
            {},
        ),
        # L10n: Ready letter that asks an agency to put something right: the law.
        (N_("Tell those who got the wrong facts from you."), {}),
        # L10n: Ready letter that asks an agency to put something right: the law.
        (N_("I can complain to the Privacy Commissioner, and that is free."), {}),
    ]
