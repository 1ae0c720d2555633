"""The slip of a request to fix, to print and keep."""

from flask import redirect, url_for
from werkzeug.wrappers import Response

from portal.corrections import service
from portal.corrections.forms import ButtonForm
from portal.corrections.views.blueprint import blueprint
from portal.identity.permissions import Permission
from portal.web.core import work
from portal.web.guards import requires
from portal.web.page import page
from portal.web.slips import slip


@blueprint.route("/corrections/<ref:ref>/slip", methods=["GET", "POST"])
@requires(Permission.CORRECTIONS_ASK)
def print_slip(ref: int) -> Response:
    """Show the slip of a request, to print; the first press makes it."""
    form = ButtonForm()
    if form.sent() and form.carry_out(service.print_slip, ref, once=False):
        return redirect(url_for("corrections.print_slip", ref=ref), 303)
    shown = slip(*service.slip_of(work(), ref))
    back = url_for("corrections.sent", ref=ref)
    return page("corrections/slip.html", form=form, slips=[shown], back_to=back)
