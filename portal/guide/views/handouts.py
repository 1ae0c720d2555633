"""Papers to print: a list of them, each as a page and as a file, in one language or in two side by side."""

from flask import Response, make_response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from portal.base.pdf import CannotDraw
from portal.base.problems import Invalid, NotThere
from portal.guide import queries, service
from portal.guide.rules.handouts import FORMATS, PAPER
from portal.guide.views.blueprint import blueprint
from portal.language import service as languages
from portal.language.rules import ENGLISH, LANGUAGES, N_
from portal.web.core import work
from portal.web.guards import public
from portal.web.negotiation import tag
from portal.web.page import page

# The same for everybody, so a browser may keep it: a laptop without a connection can then still print it.
KEPT_FOR = "public, max-age=86400"
# L10n: error page instead of the PDF file of a paper of the guide.
NO_FILE = N_("We could not make this file. Go back and print the page, or try again later.")


@blueprint.get("/guide/handouts")
@public
def handouts() -> Response:
    """List the papers by kind, each in the language of the page where it has it."""
    every = queries.handouts()
    groups = [
        (label, [own(one.slug) for one in every if one.format == kind]) for kind, label in FORMATS.items()
    ]
    return page("guide/handouts.html", groups=groups, **service.pickers(tag()))


@blueprint.get("/guide/handouts/open")
@public
def open_handout() -> AnyResponse:
    """Lead to a paper in the two languages that were picked; to the list where something is not known."""
    slug, first, second = (request.args.get(name, "") for name in ("paper", "first", "second"))
    if queries.handout(slug, ENGLISH) is None or not languages.known(first):
        return redirect(url_for("guide.handouts"), 303)
    beside = second if languages.known(second) and second != first else None
    return redirect(url_for("guide.handout", l=first, slug=slug, second=beside), 303)


@blueprint.get("/guide/handouts/<string:slug>")
@public
def handout(slug: str) -> Response:
    """Show a paper, with another language beside it where one is asked for. Raises NotThere."""
    # That the page's own language is a draft stands above it already.
    sides = [
        (LANGUAGES[one.tag], one, service.note_of(asked, one) if one.tag != tag() else None)
        for asked, one in service.sides(slug, _tags())
    ]
    english = queries.handout(slug, ENGLISH)
    assert english is not None
    rows = list(zip(*(one.sections for _, one, _ in sides), strict=False))
    return page(
        "guide/handout.html",
        slug=slug,
        english=english,
        sides=sides,
        rows=rows,
        small=PAPER[english.format] == "a5",
        file_url=url_for("guide.handout_file", slug=slug, second=_second() or None),
        **service.pickers(tag(), _second(), slug),
    )


@blueprint.get("/guide/handouts/<string:slug>/file")
@public
def handout_file(slug: str) -> Response:
    """Give a paper as a PDF file. Raises NotThere, Busy, and Invalid where it cannot be drawn."""
    tags = tuple(one if one in LANGUAGES else ENGLISH for one in _tags())
    service.sides(slug, tags)
    # Drawing takes a while, so nothing of the store is held meanwhile.
    work().finish()
    work().session.close()
    try:
        body = service.drawn(slug, tags)
    except CannotDraw as fault:
        raise Invalid(NO_FILE) from fault
    answer = make_response(body)
    answer.mimetype = "application/pdf"
    answer.headers["Content-Disposition"] = f'inline; filename="{slug}-{"-".join(tags)}.pdf"'
    answer.headers["Cache-Control"] = KEPT_FOR
    # It is compressed within.
    answer.direct_passthrough = True
    return answer


def own(slug: str):
    """Give a paper in the page's language, or in English. Raises NotThere."""
    found = queries.handout(slug, tag())
    if found is None:
        raise NotThere()
    return found


def _second() -> str:
    asked = request.args.get("second", "")
    return asked if languages.known(asked) and asked != tag() else ""


def _tags() -> tuple[str, ...]:
    second = _second()
    return (tag(), second) if second else (tag(),)
