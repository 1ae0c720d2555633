"""Screens for a file that is opened without a request: ask, see it for an hour, and look at it afterwards."""

from flask import redirect, request, url_for

from portal.base import ids
from portal.base.clock import nz_date
from portal.base.problems import TooMany
from portal.casework.forms import ReviewForm, UrgentForm
from portal.casework.views.blueprint import blueprint
from portal.delegations import service
from portal.identity.permissions import Permission
from portal.records import queries as records
from portal.web.budgets import reads
from portal.web.core import actor, hit, work
from portal.web.fields import STATUS, Sent, sentence
from portal.web.guards import requires
from portal.web.negotiation import translator
from portal.web.page import page
from portal.web.text import lazy


@blueprint.route("/casework/urgent", methods=["GET", "POST"])
@requires(Permission.CASEWORK_URGENT, fresh=True)
def urgent():
    """Ask for a client's number and a reason, and open the file for an hour; the person is told at once."""
    form = UrgentForm()
    if form.sent():
        done = _opened(form)
        if done:
            return redirect(url_for("casework.urgent_file", ref=ids.decode(done.result)), 303)
    return page("casework/urgent.html", form=form)


@blueprint.get("/casework/urgent/<ref:ref>")
@requires(Permission.CASEWORK_URGENT)
@reads("staff")
def urgent_file(ref):
    """Show what the worker's own agency holds about the person, to read only; each view is in the person's log."""
    found = service.see(work(), ref)
    held, last = records.held_by(work(), found.person_id, ids.decode(request.args.get("after", "")))
    more = url_for("casework.urgent_file", ref=ref, after=ids.encode(last)) if last else None
    return page("casework/urgent_file.html", found=found, held=held, next=more, translator=translator())


@blueprint.route("/casework/urgent/<ref:ref>/review", methods=["GET", "POST"])
@requires(Permission.CASEWORK_REVIEW)
def review(ref):
    """Show who opened a file without a request, and why; a privacy officer says whether that was right."""
    form = ReviewForm()
    if form.sent() and form.carry_out(service.look_again, ref, form.verdict.data, form.note.data):
        return redirect(url_for("casework.urgent_week"), 303)
    return page("casework/review.html", form=form, look=service.look(work(), ref))


@blueprint.get("/casework/urgent/week")
@requires(Permission.CASEWORK_REVIEW)
def urgent_week():
    """List the files that were opened without a request in the last seven days."""
    looks = service.last_days(work())
    return page("casework/urgent_week.html", looks=looks)


def _opened(form: UrgentForm) -> Sent | None:
    try:
        # Client numbers can be tried out here: as slowly as letter codes.
        hit("urgent", str(actor().account_id))
        done = form.carry_out(service.open_urgently, form.client_ref.data, form.reason.data)
    except TooMany as fault:
        form.fail(sentence(fault), STATUS[TooMany])
        done = None
    if form.status == STATUS[TooMany]:
        # L10n: staff page that opens a file without a request, above the form, at the fourth in a day.
        form.problem = lazy("You have opened three files in a day. Ask your privacy officer to help.")
        # Once for each worker and day, however often it is tried.
        once = f"{actor().account_id} {nz_date(work().now)}"
        work().do(service.alarm, nonce=once)
    return done
