"""The way from a row of the worklist to its own page, and off the list."""

from flask import redirect, url_for

from portal.access_requests import service as access
from portal.agencies import tasks
from portal.base import ids
from portal.base.problems import NotThere
from portal.casework.forms import ButtonForm
from portal.casework.views import edits, held, looks
from portal.casework.views.blueprint import blueprint
from portal.casework.views.fix_case import case_page
from portal.corrections import service as corrections
from portal.delegations import service as delegations
from portal.identity.permissions import Permission, allowed
from portal.web.budgets import reads
from portal.web.core import actor, work
from portal.web.guards import requires
from portal.web.page import page

PAGES = {**looks.PAGES, **edits.PAGES, **held.PAGES}
# Rows that end by themselves once what they ask for is done on the page of their request.
FOLLOWS = (corrections.APPLY, corrections.TELL)


@blueprint.get("/casework/<ref:ref>")
@requires(Permission.CASEWORK_SEE)
@reads("staff")
def show(ref):
    """Show a request beside its record, with the form that decides it."""
    try:
        return case_page(ref)
    except NotThere:
        # Not a request: something that was held back, or nothing of this agency's at all.
        task = tasks.find(work(), ref)
        if task.kind == corrections.TASK:
            raise
        if task.kind == access.TASK:
            return redirect(url_for("casework.access_case", ref=ref), 303)
        if task.kind == delegations.REVIEW_KIND:
            return redirect(url_for("casework.review", ref=ref), 303)
        if task.kind in PAGES and (task.kind not in held.PAGES or task.state != "closed"):
            return redirect(url_for(PAGES[task.kind], ref=ref), 303)
        about = ids.decode(task.summary.get("about", ""))
        if task.kind == corrections.APPLY:
            return redirect(url_for("casework.to_apply"), 303)
        if task.kind == corrections.TELL and about is not None:
            return redirect(url_for("casework.others", ref=about), 303)
        if task.kind == corrections.TOLD:
            return redirect(url_for("casework.told", ref=ref), 303)
        return page("casework/held.html", task=task, about=about, form=ButtonForm(), may_decide=_may_decide())


@blueprint.post("/casework/<ref:ref>/done")
@requires(Permission.CASEWORK_DECIDE)
def done(ref):
    """Take something that was held back off the list, once staff have looked at it."""
    form = ButtonForm()
    task = tasks.find(work(), ref)
    # A link in doubt is answered on its own page: to look at it is not enough.
    answered_elsewhere = (
        corrections.TASK,
        delegations.REVIEW_KIND,
        "link_held",
        "link_disowned",
        *PAGES,
        *FOLLOWS,
    )
    # Nobody takes away the notice of what they did themselves.
    own = task.summary.get("by") == str(actor().account_id)
    if form.sent() and task.kind not in answered_elsewhere and not own:
        form.carry_out(tasks.close, task.agency_id, ref)
    return redirect(url_for("casework.index"), 303)


def _may_decide() -> bool:
    return allowed(actor(), Permission.CASEWORK_DECIDE)
