"""Follow what became of a request to see: the list, the page of one, taking it back, and the complaint pack."""

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from portal.access_requests import queries, rules, service
from portal.access_requests.forms import ButtonForm
from portal.access_requests.rules.letters import LETTERS
from portal.access_requests.views.blueprint import blueprint
from portal.base import ids
from portal.base.problems import NotThere
from portal.identity.permissions import Permission
from portal.law import grounds
from portal.web.budgets import reads
from portal.web.core import work
from portal.web.guards import requires
from portal.web.page import page


@blueprint.get("/access-requests")
@requires(Permission.ACCESS_REQUESTS_ASK)
def index() -> Response:
    """List drafts to go on with, requests that wait, and those that have ended."""
    found, last = queries.requests_of(work(), ids.decode(request.args.get("after", "")))
    return page(
        "access_requests/index.html",
        drafts=queries.drafts_of(work()),
        waiting=[one for one in found if not one.ended],
        ended=[one for one in found if one.ended],
        statuses=rules.STATUS_WORDS,
        looks=rules.STATUS_LOOKS,
        next=url_for("access_requests.index", after=ids.encode(last)) if last else None,
    )


@blueprint.get("/access-requests/sent/<ref:ref>")
@requires(Permission.ACCESS_REQUESTS_ASK)
def sent(ref: int) -> Response:
    """Say what was sent to whom, by when they must answer, and what comes next; safe to bookmark."""
    return page("access_requests/sent.html", asks=queries.sent_with(work(), ref))


@blueprint.get("/access-requests/<ref:ref>")
@requires(Permission.ACCESS_REQUESTS_ASK)
@reads("own")
def show(ref: int) -> Response:
    """Show where a request is up to, its letters, and the answer item by item (Privacy Act 2020 ss 44 to 48)."""
    return page(
        "access_requests/show.html",
        ask=queries.show(work(), ref),
        statuses=rules.STATUS_WORDS,
        looks=rules.STATUS_LOOKS,
        forms=rules.FORMS,
        letters=LETTERS,
        ground=grounds.access_ground,
    )


@blueprint.get("/access-requests/<ref:ref>/complaint")
@requires(Permission.ACCESS_REQUESTS_ALONE)
@reads("own")
def complaint(ref: int) -> Response:
    """Put together, for printing, what a complaint about this request needs: dates, what was asked, letters."""
    ask = queries.show(work(), ref)
    if not (ask.late or ask.decided_at):
        raise NotThere()
    return page("access_requests/complaint.html", ask=ask, letters=LETTERS, forms=rules.FORMS)


@blueprint.route("/access-requests/<ref:ref>/withdraw", methods=["GET", "POST"])
@requires(Permission.ACCESS_REQUESTS_ALONE)
def withdraw(ref: int) -> Response:
    """Take a request back, after one question."""
    form = ButtonForm()
    if form.sent() and form.carry_out(service.withdraw, ref):
        return redirect(url_for("access_requests.show", ref=ref), 303)
    ask = queries.show(work(), ref)
    if not ask.open and request.method == "GET":
        return redirect(url_for("access_requests.show", ref=ref), 303)
    return page("access_requests/withdraw.html", form=form, ask=ask)
