"""Screens of the desk about a client's death: one of the staff says it, another agrees; so for a mistake."""

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from portal.base import ids
from portal.casework import queries, service
from portal.casework.forms.dying import DeathForm, WordsForm
from portal.casework.views.blueprint import blueprint
from portal.identity.permissions import Permission
from portal.web.core import actor, work
from portal.web.guards import requires
from portal.web.page import page
from portal.web.tries import counted


@blueprint.route("/casework/deaths/new", methods=["GET", "POST"])
@requires(Permission.CASEWORK_DECIDE, fresh=True)
def death_new() -> Response:
    """Say that a client died; nothing stops before somebody else of the agency agrees."""
    form = DeathForm()
    # Client numbers can be tried out here, though only with a birth date beside them.
    if form.sent() and counted(form, "write-down", str(actor().account_id)):
        draft = service.DeathDraft(form.client_ref.data, form.born.data, form.died_on.data, form.saw.data)
        done = form.carry_out(service.record_death, draft)
        if done:
            return redirect(url_for("casework.death", ref=ids.decode(done.result)), 303)
    return page("casework/death_new.html", form=form)


@blueprint.route("/casework/deaths/<ref:ref>", methods=["GET", "POST"])
@requires(Permission.CASEWORK_DECIDE, fresh=True)
def death(ref: int) -> Response:
    """Show what was said of a client's death; a second person agrees or not; later somebody says it was a mistake."""
    form, found = WordsForm(), queries.death(work(), ref)
    if form.sent():
        if found.state == "dead":
            done = form.carry_out(service.say_mistake, ref, form.words.data)
        else:
            done = form.carry_out(service.second, ref, request.form.get("say") == "yes", form.words.data)
        if done:
            return redirect(url_for("casework.death", ref=ref), 303)
    return page("casework/death.html", form=form, found=found)
