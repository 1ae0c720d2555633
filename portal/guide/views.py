"""Pages that anyone may read without signing in; what is written for a letter is shown back once and not kept."""

from flask import Blueprint, Response, request

from portal.agencies import queries as agencies
from portal.base import clock
from portal.guide import rules
from portal.guide.forms import LetterForm
from portal.language import service as languages
from portal.language.rules import ENGLISH
from portal.web import negotiation
from portal.web.core import work
from portal.web.fields import clean_line
from portal.web.guards import public
from portal.web.page import page

blueprint = Blueprint("guide", __name__)


@blueprint.get("/")
@public
def start() -> Response:
    """Show the start page: what this is, the way in, who takes part, and the other ways."""
    held = [each.name for each in agencies.catalogue(work()).agencies if each.types]
    return page("guide/start.html", agencies=held)


@blueprint.get("/guide")
@public
def index() -> Response:
    """List the help pages."""
    return page("guide/index.html")


@blueprint.get("/guide/how-it-works")
@public
def how_it_works() -> Response:
    """Show the four steps, and what this site cannot do."""
    return page("guide/how_it_works.html")


@blueprint.get("/guide/rights")
@public
def rights() -> Response:
    """Show the rights under the Privacy Act 2020 (principles 6 and 7, sections 40 to 69)."""
    return page("guide/rights.html")


@blueprint.get("/guide/safe")
@public
def safe() -> Response:
    """Show what leaving quickly does and does not do, and whom to ring."""
    return page("guide/safe.html")


@blueprint.get("/guide/accessibility")
@public
def accessibility() -> Response:
    """Show the level aimed for, the known gaps, and how to report one."""
    return page("guide/accessibility.html")


@blueprint.get("/guide/privacy")
@public
def privacy() -> Response:
    """Show what this site itself keeps, why, and how long (principle 3)."""
    return page("guide/privacy.html", kept=rules.KEPT)


@blueprint.get("/guide/contact")
@public
def contact() -> Response:
    """Show how to reach a person."""
    return page("guide/contact.html")


@blueprint.get("/guide/who-holds")
@public
def who_holds() -> Response:
    """Show who probably holds what, by what happened in a life, and how to ask them (principle 6)."""
    return page("guide/who_holds.html", holders=rules.HOLDERS)


@blueprint.route("/guide/letter", methods=["GET", "POST"])
@public
def letter() -> Response:
    """Make a letter to an agency that is not here, on the page and nowhere else (principle 6, section 41)."""
    other = clean_line(request.form.get("switch_language", ""))
    if languages.known(other):
        # The answer comes to the address that was asked, in the language that was chosen for it.
        negotiation.speak(other)
    form, sides = LetterForm(), []
    if form.sent():
        # In English beside the person's own language: whoever opens it must be able to read it.
        tags = dict.fromkeys((negotiation.tag(), ENGLISH))
        sides = [(languages.language(tag), _written(form.asked(), tag)) for tag in tags]
    return page("guide/letter.html", form=form, sides=sides)


def _written(asked: rules.Asked, tag: str) -> list[str]:
    tongue = languages.translator(tag)
    born = {"date": tongue.date_long(asked.birth_date)}
    today = tongue.date_long(clock.nz_date(work().now))
    parts = rules.letter(asked)
    return [today, *(tongue.gettext(msgid, **(born if "date" in given else given)) for msgid, given in parts)]
