"""Letters at the desk: those about a request to fix something, and what another agency says of a value."""

from typing import Any

from flask import url_for
from werkzeug.wrappers import Response

from portal.base.problems import NotThere
from portal.casework.forms import ButtonForm
from portal.casework.views.blueprint import blueprint
from portal.corrections import service as corrections
from portal.corrections.rules import letters as rules
from portal.identity.permissions import Permission, allowed
from portal.language.rules import ENGLISH
from portal.web.budgets import reads
from portal.web.core import actor, work
from portal.web.guards import requires
from portal.web.letters import letter_facts
from portal.web.page import page


@blueprint.get("/casework/<ref:ref>/letter/<int:no>")
@requires(Permission.CASEWORK_SEE)
@reads("staff")
def letter(ref: int, no: int) -> Response:
    """Show a letter as the person got it, in its language with English beside it; or one that is to go to others."""
    case = corrections.papers(work(), ref)
    ask = case.request
    found = next((one for one in corrections.letters_of(work(), ask.person_id, ask.id) if one.no == no), None)
    if found is None:
        raise NotThere()
    said = letter_facts(rules.LETTERS[found.kind], rules.composed(found.kind, found.facts), found.language)
    back = url_for("casework.history", ref=ref)
    return page("casework/letter.html", letter=found, ask=ask, name=case.person_name, case_url=back, **said)


@blueprint.get("/casework/told/<ref:ref>")
@requires(Permission.CASEWORK_SEE)
@reads("staff")
def told(ref: int) -> Response:
    """Show what another agency says about a value that this one once got from it."""
    task, parts = corrections.told_to(work(), ref)
    said: dict[str, Any] = letter_facts(rules.LETTERS["L8"], parts, ENGLISH)
    may_decide = allowed(actor(), Permission.CASEWORK_DECIDE)
    return page("casework/told.html", task=task, form=ButtonForm(), may_decide=may_decide, **said)
