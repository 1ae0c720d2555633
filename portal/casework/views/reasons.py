"""The library of plain reasons: what the agency keeps ready for each ground of the law, in each language it has."""

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from portal.agencies import queries as agencies
from portal.agencies import service
from portal.agencies.rules import ReasonFacts
from portal.base.problems import NotThere
from portal.casework.forms import ButtonForm
from portal.casework.forms.fixing import ReasonForm
from portal.casework.views.blueprint import blueprint
from portal.identity.permissions import Permission
from portal.language.rules import ENGLISH, LANGUAGES
from portal.law import grounds, reading
from portal.web.core import actor, work
from portal.web.fields import clean_line
from portal.web.guards import requires
from portal.web.page import page


@blueprint.get("/casework/reasons")
@requires(Permission.CASEWORK_REASONS)
def reasons() -> Response:
    """List the reasons that the agency keeps ready, by their ground."""
    kept = _kept()
    groups = [
        (ground, [one for one in kept if one.ground == ground.code]) for ground in grounds.DECLINE_GROUNDS
    ]
    return page("casework/reasons.html", groups=groups, kept=len(kept), tongues=list(LANGUAGES.values()))


@blueprint.route("/casework/reasons/new", methods=["GET", "POST"])
@requires(Permission.CASEWORK_REASONS)
def reason_new() -> Response:
    """Write a new reason."""
    form = ReasonForm()
    if form.sent() and form.carry_out(service.keep_reason, form.ground.data or "", form.words()):
        return redirect(url_for("casework.reasons"), 303)
    return _form_page(form, None)


@blueprint.route("/casework/reasons/<ref:ref>", methods=["GET", "POST"])
@requires(Permission.CASEWORK_REASONS)
def reason(ref: int) -> Response:
    """Change a reason, or take it out of the library. Letters that were written with it stay as they are."""
    one = next((each for each in _kept() if each.id == ref), None)
    if one is None:
        raise NotThere()
    form = ReasonForm(data={"ground": one.ground, **one.words})
    if form.sent():
        given = (form.ground.data or "", form.words(), ref, _version())
        if form.carry_out(service.keep_reason, *given):
            return redirect(url_for("casework.reasons"), 303)
    return _form_page(form, one)


@blueprint.post("/casework/reasons/<ref:ref>/drop")
@requires(Permission.CASEWORK_REASONS)
def reason_drop(ref: int) -> Response:
    """Take a reason out of the library."""
    form = ButtonForm()
    if form.sent():
        form.carry_out(service.drop_reason, ref)
    return redirect(url_for("casework.reasons"), 303)


def _form_page(form: ReasonForm, one: ReasonFacts | None) -> Response:
    complete = [each for each in LANGUAGES.values() if each.complete and each.tag != ENGLISH]
    partial = [each for each in LANGUAGES.values() if not each.complete]
    now = next((each for each in _kept() if one and each.id == one.id), one)
    return page(
        "casework/reason.html",
        form=form,
        one=one,
        # After a conflict it is sent again upon what stands there now.
        now=now,
        english=LANGUAGES[ENGLISH],
        complete=complete,
        partial=partial,
        button_form=ButtonForm(formdata=None),
        grade=reading.grade,
        aim=reading.GRADE_AIM,
    )


def _kept() -> tuple[ReasonFacts, ...]:
    agency_id = actor().agency_id
    if agency_id is None:
        raise NotThere()
    return agencies.catalogue(work()).agency(agency_id).reasons


def _version() -> int:
    typed = clean_line(request.form.get("version", ""))
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 0
