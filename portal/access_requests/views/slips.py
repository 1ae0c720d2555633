"""Slips on paper: printed for a request that was sent; and the page on which anybody asks with one where it is."""

from flask import redirect, url_for
from werkzeug.wrappers import Response

from portal.access_requests import service
from portal.access_requests.forms import ButtonForm, SlipForm
from portal.access_requests.views.blueprint import blueprint
from portal.base import ids
from portal.base.problems import Busy, TooMany
from portal.identity.permissions import Permission
from portal.web.core import attempt_key, caller, core, hit, work
from portal.web.fields import sentence
from portal.web.guards import public, requires
from portal.web.page import page
from portal.web.slips import slip
from portal.web.text import lazy

ALL_WRONG = ("open-share-wrong", "slips")


@blueprint.route("/access-requests/sent/<ref:ref>/slip", methods=["GET", "POST"])
@requires(Permission.ACCESS_REQUESTS_ASK)
def print_slips(ref: int) -> Response:
    """Show the slips of what was sent together, to print; the first press makes them."""
    form = ButtonForm()
    if form.sent() and form.carry_out(service.print_slips, ref, once=False):
        return redirect(url_for("access_requests.print_slips", ref=ref), 303)
    shown = [slip(ask, code) for ask, code in service.slips_of(work(), ref)]
    back = url_for("access_requests.sent", ref=ref)
    return page("access_requests/slip.html", form=form, slips=shown, back_to=back)


@blueprint.route("/access-requests/where", methods=["GET", "POST"])
@public
def where() -> Response:
    """Ask with the code of a slip where a request is. One answer for every code that is none, for the same work."""
    form, found = SlipForm(), None
    if form.sent() and _may_try(form):
        found = service.where(work(), form.code.data)
        if found is None:
            _count_wrong()
            # L10n: Page on which one asks where a request is, after a wrong code. The same words whatever was wrong.
            form.fail(lazy("That code did not work. Check it with your paper."))
    return page("access_requests/where.html", form=form, found=found)


def _may_try(form: SlipForm) -> bool:
    try:
        core().attempts.refuse_when_full(ALL_WRONG[0], attempt_key(*ALL_WRONG))
        hit("open-share", f"slip of {caller()}")
        hit("open-share", f"slip {ids.fold_code(form.code.data)}")
    except (TooMany, Busy) as fault:
        return form.fail(sentence(fault), 429 if isinstance(fault, TooMany) else 503)
    return True


def _count_wrong() -> None:
    try:
        hit(*ALL_WRONG)
    except TooMany:
        # This try was made; the next ones are refused.
        return
