"""Screens on which a person, on a device of their own, lets a worker help them, stops it, or goes on afterwards."""

from flask import redirect, url_for
from werkzeug.wrappers import Response

from portal.delegations import queries, service
from portal.delegations.forms import ButtonForm
from portal.delegations.views.blueprint import blueprint
from portal.identity.permissions import Permission
from portal.web.core import work
from portal.web.guards import local_path, requires
from portal.web.page import page


@blueprint.route("/delegations/let", methods=["GET", "POST"])
@requires(Permission.DELEGATIONS_LET)
def let() -> Response:
    """Say how help at one device works; stop it where it goes on; lead back to what was being written."""
    form = ButtonForm()
    if form.sent() and form.carry_out(service.stop):
        return redirect(url_for("delegations.let"), 303)
    left = service.left_behind(work())
    return page(
        "delegations/let.html",
        form=form,
        until=queries.helped_until(work()),
        left=local_path(left[0]) if left else None,
    )


@blueprint.route("/delegations/let/code", methods=["GET", "POST"])
@requires(Permission.DELEGATIONS_LET, fresh=True)
def let_code() -> Response:
    """Make the code that is typed on the worker's device, and show it this once."""
    form = ButtonForm()
    if form.sent():
        done = form.carry_out(service.let_help, once=False)
        if done:
            return page("delegations/let_code_made.html", code=done.result)
    return page("delegations/let_code.html", form=form)
