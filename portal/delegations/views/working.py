"""Screens of a worker who sits beside clients: where to begin, and what to make sure of first."""

from datetime import timedelta

from flask import redirect, session, url_for
from werkzeug.wrappers import Response

from portal.agencies import queries as agencies
from portal.base.clock import nz_date
from portal.bundles import service as bundles
from portal.delegations import queries, service
from portal.delegations.forms import ChecksForm
from portal.delegations.views.blueprint import blueprint
from portal.guide import service as guide
from portal.identity.permissions import Permission
from portal.web import beside
from portal.web.budgets import reads
from portal.web.core import work
from portal.web.guards import requires
from portal.web.negotiation import tag
from portal.web.page import page

SHOWN = 5
SOON = timedelta(days=3)


@blueprint.get("/delegations/clients")
@requires(Permission.DELEGATIONS_ASSIST)
@reads("staff")
def clients() -> Response:
    """Show what a worker can begin, who shares with them and until when, what is due, and what to print.

    Of the requests that they helped with: numbers and days, and nothing of what they say.
    """
    known = agencies.catalogue(work())
    return page(
        "delegations/clients.html",
        shares=bundles.ending_first(work(), SHOWN),
        soon=work().now + SOON,
        **guide.pickers(tag()),
        asks=queries.helped_by(work()),
        names={one.id: one.name for one in known.agencies},
        today=nz_date(work().now),
    )


@blueprint.route("/delegations/assist", methods=["GET", "POST"])
@requires(Permission.DELEGATIONS_ASSIST)
def assist() -> Response:
    """Ask for five things; then the worker's session is over, and the device waits for the client."""
    form = ChecksForm()
    if form.sent():
        done = form.carry_out(service.hand_over, once=False)
        if done:
            session.renew(done.result)
            return beside.wiped(redirect(url_for("delegations.handover"), 303), cookies=False)
    return page("delegations/assist.html", form=form)
