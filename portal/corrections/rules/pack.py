"""All that a complaint about a request needs, as paragraphs to read, to print and to draw (law.md 3.1, COMPLAINT).

What was asked, the days and how they were counted, the answer with its grounds, messages, letters, and the law. It is
put together for its person, and nothing sends it. Privacy Act 2020 ss 63 to 65, 69 and Part 5.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from portal.corrections.rules.letters import LETTERS, composed
from portal.corrections.rules.states import Decision, Wish
from portal.language.rules import N_
from portal.law import grounds
from portal.law.letters import Letter, Paragraph

PACK = Letter(
    "PACK",
    # L10n: title of a paper that a person can send along with a complaint about a request.
    N_("All about this request"),
    "Privacy Act 2020, sections 59, 63, 64, 65 and 69, and principle 7",
    (),
)

WISHES = {
    # L10n: in a paper for a complaint, what was asked; %(label)s is the name of a value, %(wanted)s what it should say.
    Wish.REPLACE: N_("%(label)s should say: %(wanted)s"),
    # L10n: in a paper for a complaint, what was asked; %(label)s is the name of a value.
    Wish.REMOVE: N_("%(label)s should be taken away."),
    # L10n: in a paper for a complaint, what was asked; %(label)s is the name of a value.
    Wish.NOT_ME: N_("%(label)s is about somebody else."),
    # L10n: in a paper for a complaint, what was asked; %(label)s is the name of a value.
    Wish.UNKNOWN: N_("%(label)s is wrong. The right answer was not known."),
    # L10n: in a paper for a complaint, what was asked; %(label)s is the name of a value. The words follow.
    Wish.WORDS: N_("%(label)s should have these words beside it:"),
    # L10n: in a paper for a complaint, what was asked; %(label)s is the name of a value.
    Wish.CHECKED: N_("%(label)s: the agency should say how it checked this."),
}
ANSWERS = {
    # L10n: in a paper for a complaint, the answer; %(label)s is the name of a value.
    Decision.ACCEPT: N_("%(label)s: they said yes."),
    # L10n: in a paper for a complaint, the answer; %(label)s is the name of a value.
    Decision.PARTLY: N_("%(label)s: they said yes to a part."),
    # L10n: in a paper for a complaint, the answer; %(label)s is the name of a value.
    Decision.DECLINE: N_("%(label)s: they said no."),
}
LAW = (
    # L10n: in a paper for a complaint, the law in short. Law: be exact.
    N_("Section 59: a person may ask an agency to fix what it holds about them."),
    # L10n: in a paper for a complaint, the law in short. Law: be exact.
    N_("Section 63: it must answer within 20 working days. If it says no, it must say why."),
    # L10n: in a paper for a complaint, the law in short. Law: be exact.
    N_("Section 64: the person may give their own words, to stand beside what it holds."),
    # L10n: in a paper for a complaint, the law in short. Law: be exact.
    N_("Section 65: it may take more time for three reasons only, and must tell within the 20 working days."),
    # L10n: in a paper for a complaint, the law in short. Law: be exact.
    N_("Section 69: no answer in time counts as a no. No harm has to be shown."),
)


@dataclass(frozen=True)
class AskedFor:
    """One value in a pack, its values as English text: what it said, what it should say, and the answer."""

    label: str
    wish: str
    held: str
    wanted: str
    decision: str = ""
    ground: str = ""
    reason: str = ""


@dataclass(frozen=True)
class PackFacts:
    """What a pack is made from. Days are Pacific/Auckland days; `state` is late, open, answered or ended.

    `skips` are (first, last, why) of holidays that were passed over; `questions` (asked, answer, language of the
    answer); `letters` (kind, day, facts); `lang` is the language of the person's own words.
    """

    agency: str
    reference: str
    received_on: date
    due_on: date
    state: str
    lang: str
    items: list[AskedFor]
    reason: str = ""
    extended_to_on: date | None = None
    decided_on: date | None = None
    skips: list[tuple[date, date, str]] = field(default_factory=list)
    questions: list[tuple[str, str, str]] = field(default_factory=list)
    letters: list[tuple[str, date, Mapping[str, Any]]] = field(default_factory=list)


def pack(facts: PackFacts) -> list[tuple[str, list[Paragraph]]]:
    """Give each part of a pack with its paragraphs, in order; a part with nothing to say is left out."""
    parts = [
        ("about", _about(facts)),
        ("asked", _asked(facts)),
        ("days", _days(facts)),
        ("answer", _answer(facts)),
        ("messages", _messages(facts)),
        *((f"letter-{no}", _letter(*one)) for no, one in enumerate(facts.letters, 1)),
        # L10n: in a paper for a complaint, heading.
        ("law", [_head(N_("The law")), *(Paragraph(msgid, {}) for msgid in LAW)]),
    ]
    return [(key, paragraphs) for key, paragraphs in parts if paragraphs]


def _about(facts: PackFacts) -> list[Paragraph]:
    return [
        # L10n: in a paper for a complaint; %(agency)s is a name, %(reference)s a short code.
        _line(
            N_("A request to %(agency)s to fix something. Its reference is %(reference)s."),
            agency=facts.agency,
            reference=facts.reference,
        ),
        # L10n: in a paper for a complaint.
        _line(N_("If you send this, add your name and how they can reach you.")),
    ]


def _asked(facts: PackFacts) -> list[Paragraph]:
    # L10n: in a paper for a complaint, heading.
    found = [_head(N_("What was asked"))]
    for item in facts.items:
        if item.held:
            # L10n: in a paper for a complaint; %(label)s is the name of a value, %(held)s what it said.
            found.append(_line(N_("%(label)s said: %(held)s"), label=item.label, held=item.held))
        else:
            # L10n: in a paper for a complaint; %(label)s is the name of a value.
            found.append(_line(N_("%(label)s was missing."), label=item.label))
        # Only a value that should be another has a place for it.
        wanted = {"wanted": item.wanted} if item.wish == Wish.REPLACE else {}
        found.append(Paragraph(WISHES[Wish(item.wish)], {"label": item.label, **wanted}))
        found += _said(item.wanted, facts.lang) if item.wish == Wish.WORDS else []
    if facts.reason.strip():
        # L10n: in a paper for a complaint; the person's own words follow.
        found += [_line(N_("In the person’s own words:")), *_said(facts.reason, facts.lang)]
    return found


def _days(facts: PackFacts) -> list[Paragraph]:
    # L10n: in a paper for a complaint, heading.
    found = [_head(N_("The days"))]
    # L10n: in a paper for a complaint; %(received_on)s is a date with its weekday.
    found.append(_line(N_("They got it on %(received_on)s."), days={"received_on": facts.received_on}))
    if facts.extended_to_on:
        # L10n: in a paper for a complaint; %(until_on)s is a date with its weekday.
        line = N_("They took more time. The new last day is %(until_on)s.")
        found.append(_line(line, days={"until_on": facts.extended_to_on}))
    else:
        # L10n: in a paper for a complaint; %(due_on)s is a date with its weekday.
        line = N_("The last day for an answer is %(due_on)s: 20 working days, counted from the day after.")
        found.append(_line(line, days={"due_on": facts.due_on}))
        # L10n: how a due date was worked out
        found.append(
            _line(N_("Weekends and public holidays do not count. A holiday in just one region does count."))
        )
        found += [one for skip in facts.skips for one in _skip(*skip)]
    found.append(_how_it_stands(facts))
    return found


def _how_it_stands(facts: PackFacts) -> Paragraph:
    if facts.decided_on:
        # L10n: in a paper for a complaint; %(decided_on)s is a date with its weekday.
        return _line(N_("They answered on %(decided_on)s."), days={"decided_on": facts.decided_on})
    if facts.state == "late":
        # L10n: in a paper for a complaint. Law: be exact.
        return _line(N_("There was no answer by then. In law that is a no (section 69)."))
    if facts.state == "open":
        # L10n: in a paper for a complaint.
        return _line(N_("There is no answer yet."))
    # L10n: in a paper for a complaint: the request was taken back, or another agency has it.
    return _line(N_("They do not have to answer any more."))


def _skip(first_on: date, last_on: date, why: str) -> Iterable[Paragraph]:
    if first_on == last_on:
        # L10n: in a paper for a complaint; %(first_on)s is a date with its weekday. The name of the holiday follows.
        yield _line(N_("Not counted: %(first_on)s."), days={"first_on": first_on})
    else:
        # L10n: in a paper for a complaint; both are dates with their weekday. The name of the holiday follows.
        line = N_("Not counted: %(first_on)s to %(last_on)s.")
        yield _line(line, days={"first_on": first_on, "last_on": last_on})
    yield Paragraph(why, {})


def _answer(facts: PackFacts) -> list[Paragraph]:
    # L10n: in a paper for a complaint, heading.
    found = [_head(N_("What they answered"))]
    for item in facts.items:
        if not item.decision:
            continue
        found.append(_line(ANSWERS[Decision(item.decision)], label=item.label))
        ground = grounds.decline_ground(item.ground) if item.ground else None
        if ground is not None:
            # L10n: in a letter; %(section)s is a section of an Act, in English.
            section = _line(N_("The law: %(section)s."), section=ground.section)
            found += [Paragraph(ground.plain, {}), section]
        found += _said(item.reason, "en")
    return found if len(found) > 1 else []


def _messages(facts: PackFacts) -> list[Paragraph]:
    # L10n: in a paper for a complaint, heading above questions of the agency and the person's answers.
    found = [_head(N_("What they asked, and the answers"))]
    for asked, answer, lang in facts.questions:
        found += _said(asked, "en")
        # L10n: in a paper for a complaint, below a question.
        found += _said(answer, lang) or [_line(N_("No answer was given."))]
    return found if len(found) > 1 else []


def _letter(kind: str, on: date, known: Mapping[str, Any]) -> list[Paragraph]:
    # L10n: in a paper for a complaint, above a letter of the agency; %(on)s is a date with its weekday.
    top = [_head(N_("Their letter of %(on)s"), days={"on": on}), Paragraph(LETTERS[kind].title, {})]
    return [*top, *(one for _key, paragraphs in composed(kind, known) for one in paragraphs)]


def _head(msgid: str, days: Mapping[str, date] | None = None) -> Paragraph:
    return Paragraph(msgid, dict.fromkeys(days or {}, ""), days or {}, head=True)


def _line(msgid: str, days: Mapping[str, date] | None = None, **values: str) -> Paragraph:
    return Paragraph(msgid, values, days or {})


def _said(text: str, lang: str) -> list[Paragraph]:
    return [Paragraph(said=text.strip(), lang=lang)] if text.strip() else []
