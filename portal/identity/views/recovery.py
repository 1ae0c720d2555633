"""Screens of frontline workers who give somebody a way back into their account: ask, approve, hand over a code."""

from flask import redirect, url_for
from werkzeug.wrappers import Response

from portal.base import ids
from portal.base.problems import Ended
from portal.identity import service
from portal.identity.forms import AnswerForm
from portal.identity.forms.seen import AskBackForm
from portal.identity.permissions import Permission
from portal.identity.views.blueprint import blueprint
from portal.web.core import actor, settings, work
from portal.web.guards import requires
from portal.web.page import page
from portal.web.text import lazy
from portal.web.tries import counted


@blueprint.get("/account/give-back")
@requires(Permission.IDENTITY_GIVE_BACK)
def give_back() -> Response:
    """List what colleagues asked for and nobody decided yet."""
    return page("identity/give_back.html", asked=service.asked_here(work()))


@blueprint.route("/account/give-back/new", methods=["GET", "POST"])
@requires(Permission.IDENTITY_GIVE_BACK, fresh=True)
def give_back_new() -> Response:
    """Ask that somebody who sits here gets a way back in. The answer is the same for every user name."""
    form = AskBackForm()
    if form.sent() and counted(form, "give-back", f"worker {actor().account_id}"):
        given = (form.username.data, form.saw.data, form.words.data or "")
        done = form.carry_out(service.ask_back, *given)
        if done:
            return redirect(url_for("identity.give_back_one", ref=ids.own(done.result)), 303)
    return page("identity/give_back_new.html", form=form)


@blueprint.route("/account/give-back/<ref:ref>", methods=["GET", "POST"])
@requires(Permission.IDENTITY_GIVE_BACK, fresh=True)
def give_back_one(ref: int) -> Response:
    """Show what a colleague asked for; approving it shows the code, this once, to hand over."""
    one, form = service.asked_one(work(), ref), AnswerForm()
    if form.sent() and form.answer.data == "refuse" and _done(form, service.refuse_back, ref):
        return redirect(url_for("identity.give_back"), 303)
    if form.sent() and form.answer.data == "approve":
        done = _done(form, service.approve_back, ref)
        if done:
            return page("identity/give_back_code.html", code=done.result, site=settings().base_url)
    return page("identity/give_back_one.html", form=form, one=one)


def _done(form: AnswerForm, verb, ref: int):
    try:
        return form.carry_out(verb, ref, once=False)
    except Ended:
        # L10n: Above the buttons for staff: what a colleague asked for is too old.
        form.fail(lazy("This is too old. Ask again."))
        return None
