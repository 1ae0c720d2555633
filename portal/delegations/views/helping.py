"""Screens of the helper: beginning with somebody's code, acting for them, and going back to one's own pages."""

from flask import redirect, url_for
from werkzeug.wrappers import Response

from portal.delegations import queries, service
from portal.delegations.forms import ButtonForm, CodeForm
from portal.delegations.views.blueprint import blueprint
from portal.identity.permissions import Permission
from portal.web.core import actor, caller, work
from portal.web.guards import requires
from portal.web.page import page
from portal.web.text import lazy
from portal.web.tries import counted


@blueprint.route("/delegations/help", methods=["GET", "POST"])
@requires(Permission.DELEGATIONS_HELP)
def help() -> Response:
    """Begin to help somebody with their one-time code, or go on helping one of those who let the reader."""
    form = CodeForm()
    if form.sent() and _may_try(form):
        done = form.carry_out(service.begin_to_help, form.code.data, once=False)
        if done and done.result:
            return redirect(url_for("records.index"), 303)
        if form.problem is None:
            # L10n: Above the form, whatever was wrong with the code of a person who wants help.
            form.fail(lazy("That code did not work. Check it, or ask the person for a new one."))
    return page("delegations/help.html", form=form, known=queries.helped(work()), act_form=ButtonForm())


@blueprint.post("/delegations/help/<ref:ref>")
@requires(Permission.DELEGATIONS_HELP)
def act(ref: int) -> Response:
    """Go on helping somebody."""
    if ButtonForm().sent():
        work().do(service.help_again, ref)
        return redirect(url_for("records.index"), 303)
    return redirect(url_for("delegations.help"), 303)


@blueprint.route("/delegations/back", methods=["GET", "POST"])
@requires(Permission.DELEGATIONS_BACK)
def back() -> Response:
    """Go back to one's own pages."""
    form = ButtonForm()
    if actor().helping is None or (form.sent() and form.carry_out(service.own_pages, once=False)):
        return redirect(url_for("identity.account"), 303)
    return page("delegations/back.html", form=form)


def _may_try(form: CodeForm) -> bool:
    """Count the try before any work is done for it."""
    return (
        counted(form, "helper-code", str(actor().account_id))
        and counted(form, "helper-code-address", caller())
        and counted(form, "helper-code-all", "")
    )
