"""A letter of any room as a tagged PDF: the paragraphs of its page, in its language, with English beside it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Response, make_response

from portal.base import pdf
from portal.base.pdf import Block
from portal.base.problems import Invalid
from portal.language.rules import ENGLISH, LANGUAGES, N_
from portal.language.translation import Translator
from portal.law.letters import Letter, Paragraph
from portal.web.core import actor, work
from portal.web.letters import Shown, letter_facts

IN_ENGLISH = LANGUAGES[ENGLISH].bcp47
# Stands around the name of a place in a sentence until its value is put in, with its own language.
_PLACE = "\ue000"
# L10n: error page instead of the PDF file of a letter.
NO_FILE = N_("We could not make this file. Go back and print the page, or try again later.")


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above a letter: from whom (an agency's name), the request's reference, its number and moment.

    Without an agency it is no letter, but something that the reader put together here.
    """

    agency: str
    reference: str
    no: int
    at: datetime


def letter_file(kind: Letter, parts: list[tuple[str, list[Paragraph]]], tag: str, head: Head) -> Response:
    """Answer with a letter as a PDF file, in the language `tag` with English beside it.

    Its name says neither from whom it is nor about what. Drawing takes a while, so nothing of the store is held
    meanwhile. Its view counts it among the pages that are read in an hour. Raises Invalid where it cannot be drawn.
    """
    facts = letter_facts(kind, parts, tag)
    own = facts["sides"][0]
    made = {"blocks": letter_blocks(kind, facts["parts"], facts["sides"], head)}
    work().finish()
    work().session.close()
    try:
        body = pdf.render("document", made, lang=own.language.bcp47, title=own.attr(kind.title))
    except pdf.CannotDraw as fault:
        raise Invalid(NO_FILE) from fault
    answer = make_response(body)
    answer.mimetype = "application/pdf"
    name = f"{'file' if actor().discreet else 'letter'}-{head.no}.pdf"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    # It is compressed within.
    answer.direct_passthrough = True
    return answer


def letter_blocks(
    kind: Letter, parts: list[tuple[str, list[Shown]]], sides: list[Translator], head: Head
) -> list[Block]:
    """Give a letter as blocks to draw: what its page says, part by part, each side in its language."""
    made = _beside([_top(kind, side, head, title=number > 0) for number, side in enumerate(sides)])
    if sides[0].tag != ENGLISH:
        # L10n: on every page in a language that nobody has checked
        draft = N_("This translation is a draft. A fluent speaker has not checked it yet.")
        made.append(["box", [["p", [_sentence(sides[0], draft)]]]])
    for _key, part in parts:
        made += _beside([[_block(one, side) for one in part] for side in sides]) if part else []
    return [*made, ["p", [[f"{kind.section}.", IN_ENGLISH]]]]


def _beside(columns: list[list[Block]]) -> list[Block]:
    return [["beside", *columns]] if len(columns) > 1 else columns[0]


def _top(kind: Letter, side: Translator, head: Head, *, title: bool) -> list[Block]:
    # L10n: above the title of a request; %(reference)s is its short code
    about = _sentence(side, N_("Request %(reference)s"), reference=head.reference)
    # L10n: first line of a letter; %(agency)s is a name, %(date)s a date with its weekday
    line = N_("A letter from %(agency)s, %(date)s.")
    if head.agency:
        lead = _filled(side, line, {"agency": head.agency}, {"date": side.date_full(head.at)})
    else:
        # L10n: first line of a paper that a person put together for a complaint; %(date)s has its weekday
        lead = _filled(side, N_("Put together on %(date)s."), {}, {"date": side.date_full(head.at)})
    named: list[Block] = [["p", [_sentence(side, kind.title)]]] if title else []
    return [*named, ["p", [about]], ["p", [lead]]]


def _block(one: Shown, side: Translator) -> Block:
    if one.said:
        known = LANGUAGES.get(one.lang)
        return ["said", [one.said, known.bcp47 if known else IN_ENGLISH]]
    days = {name: side.date_full(day) for name, day in one.days.items()}
    words = _filled(side, one.msgid, one.places, days)
    return ["h", 1, words] if one.head else ["p", [words]]


def _filled(side: Translator, msgid: str, places: dict[str, str], days: dict[str, str]) -> Any:
    """Give a sentence as pieces: ours in the side's language, each value in the language it was written in."""
    marks = {name: f"{_PLACE}{name}{_PLACE}" for name in places}
    lang = side.language.bcp47 if side.has(msgid) else IN_ENGLISH
    if lang == IN_ENGLISH:
        return [side.attr(msgid, **places, **days), IN_ENGLISH]
    text = side.attr(msgid, **marks, **days)
    pieces = [
        [places[piece], IN_ENGLISH] if number % 2 else [piece, lang]
        for number, piece in enumerate(text.split(_PLACE))
        if piece
    ]
    return {"pieces": pieces}


def _sentence(side: Translator, msgid: str, **values: str) -> Any:
    return _filled(side, msgid, values, {})
