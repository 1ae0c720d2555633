"""The screen on which a person lets a helper go on for longer, or lets it end."""

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from portal.delegations import queries, rules, service
from portal.delegations.forms import LongerForm
from portal.delegations.views.blueprint import blueprint
from portal.identity.permissions import Permission
from portal.web.core import work
from portal.web.guards import requires
from portal.web.page import page


@blueprint.route("/delegations/<ref:ref>/longer", methods=["GET", "POST"])
@requires(Permission.DELEGATIONS_GIVE, fresh=True)
def longer(ref: int) -> Response:
    """Choose until when a helper goes on, counted from today; leaving the page lets it end."""
    found = queries.helper(work(), ref)
    if not found.open:
        return redirect(url_for("delegations.show", ref=ref), 303)
    form = LongerForm()
    if request.method == "GET":
        # Offered, and not taken for an answer: going on is a deliberate act.
        form.months.data = str(rules.USUAL_MONTHS)
    if form.sent():
        months = int(form.months.data) if form.months.data in map(str, rules.MONTHS) else 0
        if form.carry_out(service.go_on, ref, months):
            return redirect(url_for("delegations.show", ref=ref), 303)
    return page("delegations/longer.html", form=form, helper=found)
