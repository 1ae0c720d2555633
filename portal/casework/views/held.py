"""Screens of records that were held back: all of the agency's, and one beside what the link says."""

from typing import Any

from flask import redirect, url_for
from werkzeug.wrappers import Response

from portal.base.work import Work
from portal.casework.forms.held import HeldForm
from portal.casework.views.blueprint import blueprint
from portal.identity.permissions import Permission, allowed
from portal.ingest import service as ingest
from portal.web.core import actor, work
from portal.web.guards import requires
from portal.web.page import page

PAGES = {"held": "casework.held_one"}


@blueprint.get("/casework/held")
@requires(Permission.CASEWORK_SEE)
def held_all() -> Response:
    """List what is held back at the agency, and nothing of the linked people."""
    return page("casework/held_all.html", rows=ingest.held_list(work()), most=50)


@blueprint.get("/casework/held/<ref:ref>")
@requires(Permission.CASEWORK_SEE)
def held_one(ref: int) -> Response:
    """Show what was held back, beside what the link says."""
    return _page(ref, HeldForm())


@blueprint.post("/casework/held/<ref:ref>/settle")
@requires(Permission.CASEWORK_DECIDE)
def held_settle(ref: int) -> Response:
    """Show records to the linked person, or send them back as somebody else's."""
    form = HeldForm()
    if form.sent() and form.carry_out(_settle, ref, form.verdict.data, form.why.data):
        return redirect(url_for("casework.held_all"), 303)
    return _page(ref, form)


def _page(ref: int, form: HeldForm) -> Response:
    found = ingest.held(work(), ref)
    own = bool(found.proposed_by) and found.proposed_by == actor().account_id
    may = allowed(actor(), Permission.CASEWORK_DECIDE)
    return page("casework/held_one.html", form=form, found=found, own=own, may_decide=may)


def _settle(opened: Work, ref: int, verdict: str, why: str) -> Any:
    if verdict == "show":
        return ingest.show_held(opened, ref, why)
    return ingest.send_back(opened, ref, why)
