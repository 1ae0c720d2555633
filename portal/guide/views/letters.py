"""Letters to agencies that are not here: made on the page that answers or as a file, and kept nowhere."""

from dataclasses import dataclass
from datetime import date

from flask import Response, make_response, request

from portal.base import clock, pdf
from portal.base.pdf import Block
from portal.base.problems import Invalid
from portal.guide.forms import AgentForm, FixForm, LetterForm, PaperForm
from portal.guide.service import DRAFT
from portal.guide.views.blueprint import blueprint
from portal.language import service as languages
from portal.language.rules import ENGLISH, LANGUAGES, N_, Language
from portal.language.translation import Translator
from portal.web import negotiation
from portal.web.core import caller, hit, work
from portal.web.fields import clean_line
from portal.web.guards import public
from portal.web.page import page

# L10n: error above the form of a letter: its PDF file could not be made.
NO_FILE = N_("We could not make this file. Print the page instead, or try again later.")
# L10n: last line of a letter on paper, before a line to sign on.
SIGNED = N_("Signed:")


@dataclass(frozen=True)
class Kind:
    """A kind of letter: its title, which is also that of its page (msgid), and the endpoint of the page."""

    title: str
    endpoint: str


KINDS = (
    # L10n: ready letter, title
    Kind(N_("A letter to ask with"), "guide.letter"),
    # L10n: ready letter by which somebody lets a worker ask for them, title
    Kind(N_("A letter that lets a worker ask"), "guide.agent_letter"),
    # L10n: ready letter that asks an agency to put something right, title
    Kind(N_("A letter to put something right"), "guide.fix_letter"),
)


@blueprint.route("/guide/letter", methods=["GET", "POST"])
@public
def letter() -> Response:
    """Make a letter that asks for what is held (principle 6, section 41)."""
    return _letter(KINDS[0], LetterForm)


@blueprint.route("/guide/letter/worker", methods=["GET", "POST"])
@public
def agent_letter() -> Response:
    """Make a letter that lets a worker ask for somebody (sections 40 and 57)."""
    return _letter(KINDS[1], AgentForm)


@blueprint.route("/guide/letter/fix", methods=["GET", "POST"])
@public
def fix_letter() -> Response:
    """Make a letter that asks to put something right (principle 7, sections 59 and 63)."""
    return _letter(KINDS[2], FixForm)


def _letter(kind: Kind, make: type[PaperForm]) -> Response:
    other = clean_line(request.form.get("switch_language", ""))
    if languages.known(other):
        # The answer comes to the address that was asked, in the language that was chosen for it.
        negotiation.speak(other)
    form = make()
    sides: list[tuple[Language, list[str]]] = []
    if request.method == "POST" and not form.begins and form.sent():
        # English always: whoever opens it must be able to read it.
        tongues = [languages.translator(tag) for tag in dict.fromkeys((form.second.data or ENGLISH, ENGLISH))]
        if form.wants_file:
            drawn = form.prepare(_file, kind, form, tongues)
            if drawn:
                return drawn.result
        else:
            sides = [(tongue.language, _written(form, tongue)) for tongue in tongues]
    return page(f"{_template(kind)}.html", form=form, sides=sides, kind=kind, kinds=KINDS)


def _template(kind: Kind) -> str:
    return kind.endpoint.replace(".", "/")


def _filled(form: PaperForm, tongue: Translator) -> list[tuple[str, dict]]:
    """Give the letter's paragraphs with its dates in words of a language."""
    return [
        (
            msgid,
            {name: tongue.date_long(one) if isinstance(one, date) else one for name, one in values.items()},
        )
        for msgid, values in form.paragraphs()
    ]


def _today(tongue: Translator) -> str:
    return tongue.date_long(clock.nz_date(work().now))


def _written(form: PaperForm, tongue: Translator) -> list[str]:
    return [_today(tongue), *(tongue.gettext(msgid, **values) for msgid, values in _filled(form, tongue))]


def _file(kind: Kind, form: PaperForm, tongues: list[Translator]) -> Response:
    """Draw the letter; nothing of it is kept. Raises TooMany, Busy, and Invalid where it cannot be drawn."""
    hit("draw-letter", f"address {caller()}")
    columns = [_column(form, tongue) for tongue in tongues]
    blocks: list[Block] = []
    for row in zip(*columns, strict=True):
        blocks += [["beside", *row]] if len(row) > 1 else row[0]
    work().finish()
    work().session.close()
    first = tongues[0]
    try:
        body = pdf.render(
            "document", {"blocks": blocks}, lang=first.language.bcp47, title=first.attr(kind.title)
        )
    except pdf.CannotDraw as fault:
        raise Invalid(NO_FILE) from fault
    answer = make_response(body)
    answer.mimetype = "application/pdf"
    answer.headers["Content-Disposition"] = 'attachment; filename="letter.pdf"'
    # It is compressed within.
    answer.direct_passthrough = True
    return answer


def _column(form: PaperForm, tongue: Translator) -> list[list[Block]]:
    said = [[_run(tongue, msgid, values)] for msgid, values in _filled(form, tongue)]
    own = tongue.language.bcp47
    rows: list[list[Block]] = [[["p", [[_today(tongue), own]]]], *([["p", one]] for one in said)]
    draft: list[Block] = [["box", [["p", [_run(tongue, DRAFT, {})]]]]] if tongue.tag != ENGLISH else []
    return [*rows, [["fill", _run(tongue, SIGNED, {}), 1]], draft]


def _run(tongue: Translator, msgid: str, values: dict) -> list[str]:
    tag = tongue.tag if tongue.has(msgid) else ENGLISH
    return [tongue.attr(msgid, **values), LANGUAGES[tag].bcp47]
