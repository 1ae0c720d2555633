"""A share on paper: the card with the person's own part, and stopping it with that part and the passcode."""

from flask import redirect, url_for
from werkzeug.wrappers import Response

from portal.base import ids
from portal.base.problems import Busy, TooMany
from portal.bundles import service
from portal.bundles.forms import StopForm
from portal.bundles.views.blueprint import blueprint
from portal.bundles.views.shares import card_facts
from portal.identity.permissions import Permission
from portal.web.core import attempt_key, caller, core, hit, settings, work
from portal.web.fields import sentence
from portal.web.guards import public, requires
from portal.web.page import page
from portal.web.qr import qr_of
from portal.web.text import lazy

ALL_WRONG = ("open-share-wrong", "stops")


@blueprint.get("/bundles/<ref:ref>/paper")
@requires(Permission.BUNDLES_SHARE)
def paper(ref: int) -> Response:
    """Show the card to give away and the part to keep on one sheet, with a line between; no name, no passcode."""
    shown = service.show_share(work(), ref)
    if not shown.stop_code or shown.facts.state != "live":
        return redirect(url_for("bundles.show", ref=ref), 303)
    address = settings().base_url + url_for("bundles.stop_by_paper")
    return page(
        "bundles/paper.html",
        share=shown.facts,
        stop_code=shown.stop_code,
        stop_address=address,
        stop_qr=qr_of(f"{address}#{shown.stop_code}"),
        **card_facts(shown, ref),
    )


@blueprint.route("/open/stop", methods=["GET", "POST"])
@public
def stop_by_paper() -> Response:
    """Stop a share without signing in. One answer for every failure, for the same work."""
    form, stopped = StopForm(), False
    if form.sent() and _may_try(form):
        found = form.prepare(_knock, form.code.data, form.passcode.data)
        done = form.carry_out(service.stop_by_paper, found.result, once=False) if found else None
        stopped = bool(done and done.result)
        if done and not stopped:
            _count_wrong()
            # L10n: Page that stops a share with what stands on paper. The same words whatever was wrong.
            form.fail(lazy("That did not work. Check the code and the passcode, or sign in to stop it."))
    return page("bundles/stop_by_paper.html", form=form, stopped=stopped)


def _knock(code: str, passcode: str) -> tuple[int, int] | None:
    return service.knock_to_stop(work(), code, passcode)


def _may_try(form: StopForm) -> bool:
    try:
        core().attempts.refuse_when_full(ALL_WRONG[0], attempt_key(*ALL_WRONG))
        hit("open-share", f"stop of {caller()}")
        hit("open-share", f"stop {ids.fold_code(form.code.data)}")
    except (TooMany, Busy) as fault:
        return form.fail(sentence(fault), 429 if isinstance(fault, TooMany) else 503)
    return True


def _count_wrong() -> None:
    try:
        hit(*ALL_WRONG)
    except TooMany:
        # This try was made; the next ones are refused.
        return
