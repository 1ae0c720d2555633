"""Pages that anyone may read without signing in."""

from flask import Response

from portal.agencies import queries as agencies
from portal.guide import rules
from portal.guide.views.blueprint import blueprint
from portal.web.core import work
from portal.web.guards import public
from portal.web.page import page


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
