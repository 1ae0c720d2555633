"""Ask to see what is held, one question a page; every answer is kept on the server as it is given."""

from typing import Any

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from portal.access_requests import queries, rules, service
from portal.access_requests.forms import AboutForm, AgenciesForm, ButtonForm, NamesForm, ReplyForm
from portal.access_requests.views.blueprint import blueprint
from portal.base import ids
from portal.base.clock import nz_date
from portal.base.problems import NotThere
from portal.delegations import queries as delegations
from portal.identity.permissions import Permission
from portal.language.service import known
from portal.law import clocks
from portal.web import helping
from portal.web.core import actor, work
from portal.web.fields import PortalForm, clean_line
from portal.web.guards import requires
from portal.web.negotiation import tag
from portal.web.page import page

# An answer is changed as often as a person likes, so no step keeps a result for a second send.
FOLLOWS = {"agencies": "about", "about": "names", "names": "reply", "reply": "check"}


@blueprint.route("/access-requests/new", methods=["GET", "POST"])
@requires(Permission.ACCESS_REQUESTS_HELPED)
def new() -> Response:
    """Step 1, before anything is kept: choose whom to ask. `agency` in the address ticks one of them."""
    form = AgenciesForm()
    if form.sent():
        done = form.carry_out(service.start, _ticked(form))
        if done:
            return redirect(url_for("access_requests.about", ref=ids.decode(done.result)), 303)
    if request.method == "GET":
        asked = ids.decode(clean_line(request.args.get("agency", "")))
        ticked = {asked} if asked else set()
    else:
        ticked = set(_ticked(form))
    return _agencies_page(form, None, ticked)


@blueprint.route("/access-requests/draft/<ref:ref>/agencies", methods=["GET", "POST"])
@requires(Permission.ACCESS_REQUESTS_HELPED)
def agencies(ref: int) -> Response:
    """Step 1 again: change whom to ask."""
    form = AgenciesForm()
    if request.method == "POST":
        moved = _keep(form, ref, "agencies", {"agencies": _ticked(form)})
        if moved:
            return moved
    draft = _draft(ref)
    if draft is None:
        return _was_sent(ref)
    ticked = set(_ticked(form)) if request.method == "POST" else set(draft.answers["agencies"])
    return _agencies_page(form, draft, ticked)


@blueprint.route("/access-requests/draft/<ref:ref>/about", methods=["GET", "POST"])
@requires(Permission.ACCESS_REQUESTS_HELPED)
def about(ref: int) -> Response:
    """Step 2: everything, a time, or one thing in the person's own words."""
    form = AboutForm()
    if request.method == "POST":
        answers = {name: form[name].data for name in ("scope", "since", "until", "topic")}
        answers["boxes"] = {name: list(form[name].boxes) for name in ("since", "until")}
        moved = _keep(form, ref, "about", answers)
        if moved:
            return moved
    draft = _draft(ref)
    if draft is None:
        return _was_sent(ref)
    if request.method == "GET":
        form = AboutForm(scope=draft.answers["scope"], topic=draft.answers["topic"])
        for name, boxes in draft.answers["boxes"].items():
            form[name].boxes = tuple(boxes)
    return page("access_requests/about.html", form=form, draft=draft)


@blueprint.route("/access-requests/draft/<ref:ref>/names", methods=["GET", "POST"])
@requires(Permission.ACCESS_REQUESTS_HELPED)
def names(ref: int) -> Response:
    """Step 3: other names and birth dates; people are filed under names that are not theirs."""
    return _plain_step(ref, "names", NamesForm, ("names", "births"))


@blueprint.route("/access-requests/draft/<ref:ref>/reply", methods=["GET", "POST"])
@requires(Permission.ACCESS_REQUESTS_HELPED)
def reply(ref: int) -> Response:
    """Step 4: form, language, urgency, and whether it may be passed on (Privacy Act 2020 ss 41, 43, 56)."""
    return _plain_step(ref, "reply", ReplyForm, ("form", "language", "urgent", "why", "hand_on"))


@blueprint.route("/access-requests/draft/<ref:ref>/check", methods=["GET", "POST"])
@requires(Permission.ACCESS_REQUESTS_HELPED)
def check(ref: int) -> Response:
    """Last step: every answer with a way to change it, the due date, and the one button that sends."""
    form = ButtonForm()
    if form.sent() and form.carry_out(service.submit, ref):
        return _was_sent(ref)
    draft = _draft(ref)
    if draft is None:
        return _was_sent(ref)
    missing = draft.missing()
    if missing and request.method == "GET":
        return redirect(_address(ref, missing), 303)
    received_on = nz_date(work().now)
    due_on = clocks.due_on("access", received_on)
    return page(
        "access_requests/check.html",
        form=form,
        draft=draft,
        received_on=received_on,
        due_on=due_on,
        skips=clocks.skips(received_on, due_on),
        forms=rules.FORMS,
    )


@blueprint.route("/access-requests/draft/<ref:ref>/drop", methods=["POST"])
@requires(Permission.ACCESS_REQUESTS_HELPED)
def drop(ref: int) -> Response:
    """Ask nothing: the draft is deleted."""
    form = ButtonForm()
    if form.sent():
        form.carry_out(service.drop, ref)
    return redirect(helping.requests_at("access_requests.index"), 303)


def _plain_step(ref: int, step: str, kind: type[PortalForm], boxes: tuple[str, ...]) -> Response:
    form = kind()
    if request.method == "POST":
        moved = _keep(form, ref, step, {name: form[name].data for name in boxes})
        if moved:
            return moved
    draft = _draft(ref)
    if draft is None:
        return _was_sent(ref)
    if request.method == "GET":
        known_so_far = {name: draft.answers[name] for name in boxes}
        if "language" in known_so_far:
            known_so_far["language"] = known_so_far["language"] or tag()
        form = kind(data=known_so_far)
    return page(f"access_requests/{step}.html", form=form, draft=draft)


def _agencies_page(form: PortalForm, draft: queries.DraftView | None, ticked: set[int]) -> Response:
    may = draft.may if draft else queries.askable(work())
    return page(
        "access_requests/agencies.html", form=form, draft=draft, may=may, ticked=ticked, code=ids.encode
    )


def _ticked(form: PortalForm) -> list[int]:
    return [one for one in map(ids.decode, map(clean_line, form["agencies"].data or [])) if one is not None]


def _draft(ref: int) -> queries.DraftView | None:
    try:
        return queries.draft(work(), ref)
    except NotThere:
        return None


def _was_sent(ref: int) -> Response:
    """Lead from a draft that became requests to them; Back and a bookmark never send twice.

    Whoever made them to help the person is led to the list of what they asked for.
    """
    if actor().helping is not None:
        if not delegations.is_own(work(), ref):
            raise NotThere()
        return redirect(url_for("delegations.asked"), 303)
    queries.sent_with(work(), ref)
    return redirect(url_for("access_requests.sent", ref=ref), 303)


def _keep(form: PortalForm, ref: int, step: str, answers: dict[str, Any]) -> Response | None:
    """Keep a step and go on; None when the page has to be shown again. Leaving keeps what cannot be read yet."""
    other = clean_line(request.form.get("switch_language", ""))
    later = "later" in request.form
    if later or known(other):
        done = form.carry_out(service.keep, ref, step, answers, False, once=False)
    else:
        done = form.carry_out(service.keep, ref, step, answers, once=False) if form.sent() else None
    if done is None:
        return None
    if later:
        return redirect(helping.requests_at("access_requests.index"), 303)
    if known(other):
        return redirect(_address(ref, step, l=other, then=_then()), 303)
    if _then():
        return redirect(_address(ref, queries.draft(work(), ref).missing() or "check"), 303)
    return redirect(_address(ref, FOLLOWS[step]), 303)


def _then() -> str | None:
    return "check" if request.args.get("then") == "check" else None


def _address(ref: int, step: str, **more: Any) -> str:
    return url_for(f"access_requests.{step}", ref=ref, **more)
