"""Deciding a request to fix something: the answers, the letter before it is sent, and a second person's word."""

from typing import Any

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from portal.base.problems import NotThere
from portal.base.work import Work
from portal.casework.forms.answers import AnswerForm
from portal.casework.forms.fixing import DecideForm
from portal.casework.views.blueprint import blueprint
from portal.casework.views.fix_case import case_page, drafts_of, facts, the_form, typed
from portal.casework.views.fix_words import PARTS
from portal.corrections import service as corrections
from portal.corrections.service import CaseView, Decision, Preview
from portal.identity.permissions import Permission
from portal.language.rules import ENGLISH, LANGUAGES
from portal.law import grounds
from portal.web import switching
from portal.web.budgets import reads
from portal.web.core import work
from portal.web.fields import clean_line
from portal.web.guards import requires
from portal.web.page import page

LETTER = "letter"
"""What the form of the letter's page says of itself, so that another language shows the same page."""


@blueprint.route("/casework/<ref:ref>/decide", methods=["GET", "POST"])
@requires(Permission.CASEWORK_DECIDE)
@reads("staff")
def decide(ref: int) -> Response:
    """Decide each value of a request, once, by the law's closed list of grounds; see the letter before it goes out."""
    if request.method == "GET":
        return case_page(ref)
    try:
        case = corrections.case(work(), ref)
    except NotThere:
        return gone(ref)
    form = the_form(case)
    form.use_ready()
    if "fill" in request.form or "back" in request.form:
        return case_page(ref, form, case)
    if "send" in request.form:
        return _send(ref, form, case)
    if form.sent() or (switching.pressed() and request.form.get("step") == LETTER):
        return _letter(ref, form, case)
    return case_page(ref, form, case)


@blueprint.route("/casework/<ref:ref>/answer", methods=["GET", "POST"])
@requires(Permission.CASEWORK_REVIEW)
@reads("staff")
def answer(ref: int) -> Response:
    """Agree to what a colleague proposed, or send it back: a privacy officer, and never the one who proposed it."""
    form = AnswerForm()
    if request.method == "POST":
        try:
            if form.sent() and form.carry_out(_answer, ref, form.verdict.data, form.why.data):
                return redirect(url_for("casework.show", ref=ref), 303)
        except NotThere:
            return gone(ref)
        return case_page(ref, form)
    return case_page(ref)


def gone(ref: int) -> Response:
    """Say that a request is no longer theirs, with all that staff had typed. Raises NotThere for any other."""
    why = corrections.gone(work(), ref)
    return page("casework/gone.html", 409, why=why, typed=typed())


def _send(ref: int, form: DecideForm, case: CaseView) -> Response:
    if form.sent():
        made = [Decision(**one) for one in form.answers()]
        if form.carry_out(corrections.decide, ref, _version(), made):
            return redirect(url_for("casework.show", ref=ref), 303)
    # After a conflict the page shows the request as it is now; else it is one look, already noted.
    return case_page(ref, form, None if form.status == 409 else case)


def _letter(ref: int, form: DecideForm, case: CaseView) -> Response:
    """Show what would be sent, or the form again with what is missing."""
    made = [Decision(**one) for one in form.answers()]
    done = form.prepare(corrections.preview, work(), case, made, version=_version())
    if done is None:
        return case_page(ref, form, case)
    preview: Preview = done.result
    return page(
        "casework/fix_letter.html",
        form=form,
        preview=preview,
        letters=drafts_of(preview, case),
        reasons=[_reason(case, one) for one in made if one.reason.strip()],
        part_names=PARTS,
        interpreter=_interpreter(case, preview),
        **facts(case),
    )


def _reason(case: CaseView, made: Decision) -> dict[str, Any]:
    """Give a reason with the value that it is about, for the reading meter."""
    field = next(one.field for one in case.request.items if one.no == made.no)
    return {"field": field, "text": made.reason.strip(), "ground": grounds.decline_ground(made.ground)}


def _interpreter(case: CaseView, preview: Preview) -> str:
    """Say what of the letters the person cannot read in their language: "all", "own" for staff's own words, or ""."""
    tag = case.request.language
    if tag == ENGLISH or tag not in LANGUAGES:
        return ""
    if not LANGUAGES[tag].complete:
        return "all"
    said = [one for draft in preview.letters for one in draft.facts["items"] if one.get("reason")]
    return "own" if any(tag not in (one.get("reason_in") or {}) for one in said) else ""


def _version() -> int:
    typed_in = clean_line(request.form.get("version", ""))
    return int(typed_in) if typed_in.isascii() and typed_in.isdigit() and len(typed_in) < 9 else 0


def _answer(opened: Work, ref: int, verdict: str, why: str) -> None:
    if verdict == "approve":
        corrections.approve(opened, ref)
    else:
        corrections.send_back(opened, ref, why)
