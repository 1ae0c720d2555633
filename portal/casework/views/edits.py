"""Screen of a change that a person made themselves: staff put it into the agency's own system."""

from flask import redirect, url_for

from portal.casework.forms import ButtonForm
from portal.casework.views.blueprint import blueprint
from portal.identity.permissions import Permission, allowed
from portal.records import service as records
from portal.web.budgets import reads
from portal.web.core import actor, work
from portal.web.guards import requires
from portal.web.negotiation import translator
from portal.web.page import page

PAGES = {records.EDIT_TASK: "casework.own_change"}


@blueprint.get("/casework/change/<ref:ref>")
@requires(Permission.CASEWORK_SEE)
@reads("staff")
def own_change(ref):
    """Show what a person changed, with what is held now; the look is in the person's log."""
    found = records.edit_case(work(), ref)
    return page(
        "casework/own_change.html",
        found=found,
        form=ButtonForm(),
        may_decide=allowed(actor(), Permission.CASEWORK_DECIDE),
        only=Permission.CASEWORK_DECIDE.sentence,
        translator=translator(),
    )


@blueprint.post("/casework/change/<ref:ref>/done")
@requires(Permission.CASEWORK_DECIDE)
def own_change_done(ref):
    """Note that it stands in the agency's own system now."""
    form = ButtonForm()
    if form.sent() and form.carry_out(records.finish_edit, ref):
        return redirect(url_for("casework.index"), 303)
    return redirect(url_for("casework.own_change", ref=ref), 303)
