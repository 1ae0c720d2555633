"""The screen of staff with what could not be sent: no name, no address, no words."""

from flask import redirect, url_for
from werkzeug.wrappers import Response

from portal.identity.permissions import Permission
from portal.notices import queries, rules, service
from portal.notices.forms import ButtonForm
from portal.notices.views.blueprint import blueprint
from portal.web.core import work
from portal.web.guards import requires
from portal.web.page import page

MOST = 50


@blueprint.get("/notices/deliveries")
@requires(Permission.NOTICES_DELIVERIES)
def deliveries() -> Response:
    """Count the agency's messages of a month, and list those that were put aside."""
    counts = queries.counts(work())
    return page(
        "notices/deliveries.html",
        form=ButtonForm(),
        counts={state: counts.get(state, 0) for state in ("sent", "waiting", "parked")},
        rows=queries.parked(work(), MOST),
        faults=rules.FAULTS,
    )


@blueprint.post("/notices/deliveries/again")
@requires(Permission.NOTICES_DELIVERIES)
def redrive_all() -> Response:
    """Send everything that was put aside again."""
    form = ButtonForm()
    if form.sent():
        form.carry_out(service.redrive_all)
    return redirect(url_for("notices.deliveries"), 303)


@blueprint.post("/notices/deliveries/<ref:ref>/again")
@requires(Permission.NOTICES_DELIVERIES)
def redrive(ref: int) -> Response:
    """Send one message again."""
    form = ButtonForm()
    if form.sent():
        form.carry_out(service.redrive, ref)
    return redirect(url_for("notices.deliveries"), 303)
