"""Draws the papers of the guide as tagged PDF files, in one language or in two side by side."""

from functools import lru_cache
from itertools import zip_longest
from typing import Any

from portal.base import pdf
from portal.base.pdf import Block
from portal.base.problems import NotThere
from portal.guide import queries
from portal.guide.rules.handouts import PAPER, Handout, Part
from portal.language import service as languages
from portal.language.rules import ENGLISH, LANGUAGES, N_

# L10n: on every page in a language that nobody has checked
DRAFT = N_("This translation is a draft. A fluent speaker has not checked it yet.")
# L10n: on a paper to print, above its English; %(language)s is the own name of a language
NOT_YET = N_("This paper is not in %(language)s yet. Here it is in English.")
KINDS = {"list": "list", "steps": "steps", "ticks": "ticks"}


def sides(slug: str, tags: tuple[str, ...]) -> list[tuple[str, Handout]]:
    """Give a paper for each of these languages, with the language that was asked for. Raises NotThere."""
    found = [(tag, one) for tag in dict.fromkeys(tags) if (one := queries.handout(slug, tag))]
    if not found:
        raise NotThere()
    return found


@lru_cache(maxsize=128)
def drawn(slug: str, tags: tuple[str, ...]) -> bytes:
    """Give a paper as a PDF file's bytes: kept, because it is the same for everybody.

    Raises NotThere, CannotDraw, and Busy when too many are drawn.
    """
    shown = sides(slug, tags)
    columns = [_blocks(tag, one, titled=number > 0) for number, (tag, one) in enumerate(shown)]
    blocks: list[Block] = []
    for row in zip_longest(*columns, fillvalue=[]):
        blocks += [["beside", *row]] if len(row) > 1 else row[0]
    first = shown[0][1]
    made = {"blocks": blocks, "paper": PAPER[queries.handout(slug, ENGLISH).format]}  # type: ignore[union-attr]
    return pdf.render("document", made, lang=LANGUAGES[first.tag].bcp47, title=first.title)


def pickers(tag: str, second: str = "", picked: str = "") -> dict[str, Any]:
    """Give what the picker of a paper and two languages shows on a page in the language `tag`.

    Its first language is the page's, where papers are written in that one.
    """
    tongues = [one for one in LANGUAGES.values() if one.complete or one.tag == ENGLISH]
    papers = [queries.handout(one.slug, tag) or one for one in queries.handouts()]
    return {
        "papers": papers,
        "picked": picked or papers[0].slug,
        "tongues": tongues,
        "first": tag if any(one.tag == tag for one in tongues) else ENGLISH,
        "second": second or (ENGLISH if tag != ENGLISH else ""),
    }


def note_of(tag: str, one: Handout) -> tuple[str, str]:
    """Say what a reader has to know of a paper in a language, with the tag of that sentence; empty for English."""
    msgid = DRAFT if one.tag != ENGLISH else NOT_YET if tag != ENGLISH else ""
    if not msgid:
        return "", ENGLISH
    tongue = languages.translator(tag)
    values = {"language": tongue.language.endonym} if msgid == NOT_YET else {}
    return tongue.attr(msgid, **values), tag if tongue.has(msgid) else ENGLISH


def _blocks(tag: str, one: Handout, *, titled: bool) -> list[list[Block]]:
    """Give one column, by row: the top, each section, and the note on its language.

    The first language's title is the file's, and stands above all columns.
    """
    lang = LANGUAGES[one.tag].bcp47
    said, its = note_of(tag, one)
    note: list[Block] = [["box", [["p", [[said, LANGUAGES[its].bcp47]]]]]] if said else []
    title: list[Block] = [["p", [[one.title, lang]]]] if titled else []
    top: list[Block] = [*title, ["p", [[one.about, lang]]]]
    rows = [[_block(part, lang) for part in section] for section in one.sections]
    return [top, *rows, note]


def _block(part: Part, lang: str) -> Block:
    runs = [[[text, lang]] for text in part.texts]
    if part.kind in KINDS:
        return [KINDS[part.kind], runs]
    if part.kind == "heading":
        return ["h", 1, runs[0][0]]
    if part.kind == "fill":
        return ["fill", runs[0][0], part.lines]
    made: list[Block] = [["p", one] for one in runs]
    return ["box", made] if part.kind == "note" else made[0]
