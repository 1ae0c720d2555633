"""A provider's page of the people who share with it by its name, and opening one of these shares with a reason."""

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from portal.base import ids
from portal.bundles import service
from portal.bundles.forms import ReasonForm
from portal.bundles.views.blueprint import blueprint
from portal.bundles.views.opening import browser
from portal.identity.permissions import Permission
from portal.web.budgets import reads
from portal.web.core import work
from portal.web.guards import requires
from portal.web.page import page


@blueprint.get("/open/people")
@requires(Permission.BUNDLES_PROVIDER)
@reads("staff")
def people() -> Response:
    """List who shares with the worker's organisation now: name, what for, until when, last opened."""
    shares, last = service.shares_with_us(work(), ids.decode(request.args.get("after", "")))
    more = url_for("bundles.people", after=ids.encode(last)) if last else None
    return page("bundles/people.html", shares=shares, next=more)


@blueprint.route("/open/people/<ref:ref>", methods=["GET", "POST"])
@requires(Permission.BUNDLES_PROVIDER)
def person(ref: int) -> Response:
    """Ask for the reason, and open the share under the worker's own name. Asking for the page opens nothing."""
    form = ReasonForm()
    if form.sent():
        done = form.carry_out(service.open_named, ref, form.why.data, browser())
        if done:
            return redirect(url_for("bundles.opened", ref=ids.decode(done.result)), 303)
    share = service.share_with_us(work(), ref)
    return page("bundles/person.html", form=form, share=share, worker=service.worker_name(work()))
