"""What an agency wants to be paid before it hands over, and what the person says to it."""

from flask import redirect, url_for
from werkzeug.wrappers import Response

from portal.access_requests import queries, service
from portal.access_requests.forms import ChargeForm
from portal.access_requests.views.blueprint import blueprint
from portal.identity.permissions import Permission
from portal.web.core import work
from portal.web.guards import requires
from portal.web.page import page


@blueprint.route("/access-requests/<ref:ref>/charge", methods=["GET", "POST"])
@requires(Permission.ACCESS_REQUESTS_ALONE)
def charge(ref: int) -> Response:
    """Say yes to a charge, or ask for less; to complain is a link (Privacy Act 2020 ss 45 and 66)."""
    form = ChargeForm()
    if form.sent() and form.carry_out(service.answer_charge, ref, form.answer.data, form.less.data):
        return redirect(url_for("access_requests.show", ref=ref), 303)
    ask = queries.show(work(), ref)
    if not ask.may_answer_charge:
        return redirect(url_for("access_requests.show", ref=ref), 303)
    return page("access_requests/charge.html", form=form, ask=ask)
