"""What follows a proposal at the desk: a second person's word, the record changed, letters, and others told."""

from typing import Any

from flask import redirect, url_for
from werkzeug.wrappers import Response

from portal.base.problems import NotThere
from portal.base.work import Work
from portal.casework.forms import ButtonForm
from portal.casework.forms.answers import AnswerForm
from portal.casework.views.blueprint import blueprint
from portal.casework.views.desk import case_page
from portal.corrections import service as corrections
from portal.corrections.rules import letters as rules
from portal.identity.permissions import Permission, allowed
from portal.language.rules import ENGLISH
from portal.web.budgets import reads
from portal.web.core import actor, work
from portal.web.guards import requires
from portal.web.letters import letter_facts
from portal.web.page import page


@blueprint.post("/casework/<ref:ref>/answer")
@requires(Permission.CASEWORK_REVIEW)
def answer(ref: int) -> Response:
    """Agree to what a colleague proposed, or send it back: a privacy officer, and never the one who proposed it."""
    form = AnswerForm()
    if form.sent() and form.carry_out(_answer, ref, form.verdict.data, form.why.data):
        return redirect(url_for("casework.show", ref=ref), 303)
    return case_page(ref, form)


@blueprint.post("/casework/<ref:ref>/applied")
@requires(Permission.CASEWORK_DECIDE)
def applied(ref: int) -> Response:
    """Say that all that was accepted stands in the agency's own record now."""
    form = ButtonForm()
    if form.sent():
        form.carry_out(_applied, ref)
    return redirect(url_for("casework.show", ref=ref), 303)


@blueprint.get("/casework/<ref:ref>/letters")
@requires(Permission.CASEWORK_SEE)
@reads("staff")
def letters(ref: int) -> Response:
    """List the letters about a request to fix something."""
    case = corrections.papers(work(), ref)
    return page("casework/letters.html", case=case, ask=case.request, letters=rules.LETTERS)


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
    back = url_for("casework.letters", ref=ref)
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


def _answer(opened: Work, ref: int, verdict: str, why: str) -> None:
    if verdict == "approve":
        corrections.approve(opened, ref)
    else:
        corrections.send_back(opened, ref, why)


def _applied(opened: Work, ref: int) -> None:
    corrections.confirm_applied(opened, ref)
