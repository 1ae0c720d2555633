"""Screens of a device that a worker handed over: the client takes it, says yes, and ends it."""

from typing import Any

from flask import redirect, request, session, url_for
from werkzeug.wrappers import Response

from portal.agencies import queries as agencies
from portal.base.problems import Busy, StorageFull, TooMany
from portal.delegations import service
from portal.delegations.forms import AnswerForm, ButtonForm, TakeForm
from portal.delegations.views.blueprint import blueprint
from portal.identity.permissions import Beside, Permission
from portal.web import beside
from portal.web.core import actor, caller, hit, work
from portal.web.fields import STATUS, sentence
from portal.web.guards import public, requires
from portal.web.page import page
from portal.web.text import lazy

WHYS = ("done", "time", "stopped", "elsewhere")


@blueprint.route("/delegations/handover", methods=["GET", "POST"])
@requires(Permission.DELEGATIONS_TAKE)
def handover() -> Response:
    """Wait for the client: a code from their own phone, or their own sign-in. Shows nothing but who hands over."""
    form = TakeForm()
    if form.sent() and _may_try(form):
        done = form.carry_out(service.take_over, form.code.data, once=False)
        if done and done.result:
            session.renew(done.result)
            return redirect(url_for("delegations.agree"), 303)
        if done:
            # L10n: Page on a worker's device, after a code was wrong, used, too old, or not for here. One sentence.
            form.fail(lazy("That code does not work here. Make a new one on your own phone, or sign in."))
    return page("delegations/handover.html", form=form, **_worker())


@blueprint.post("/delegations/handover/stop")
@requires(Permission.DELEGATIONS_TAKE)
def stop_handover() -> Response:
    """Give the device back before anybody signed in: nothing was kept."""
    return _end("stopped")


@blueprint.route("/delegations/agree", methods=["GET", "POST"])
@requires(Permission.DELEGATIONS_AGREE)
def agree() -> Response:
    """Ask the person, in their own sign-in, whether this worker may help them now; until a yes nothing is kept."""
    form = AnswerForm()
    if form.sent():
        if form.answer.data != "yes":
            return _end("stopped")
        done = form.carry_out(service.agree, once=False)
        if done and done.result:
            session.renew(done.result)
            return redirect(url_for("records.index"), 303)
        if done:
            return beside.wiped(redirect(url_for("delegations.ended", why="elsewhere"), 303))
    return page("delegations/agree.html", form=form, **_worker())


@blueprint.post("/delegations/done")
@requires(Permission.DELEGATIONS_DONE)
def done() -> Response:
    """End the session beside a worker: the person is signed out, and nothing stays on the device."""
    return _end("done")


@blueprint.get("/delegations/ended")
@public
def ended() -> Response:
    """Say that it is over: to both, on a device that holds nothing any more."""
    why = request.args.get("why", "")
    return page("delegations/ended.html", why=why if why in WHYS else "done")


def _end(why: str) -> Response:
    form = ButtonForm()
    if not form.sent():
        # A page that was open too long: it says so where the button stands, and nothing was lost.
        return beside.led_on() or redirect(url_for("records.index"), 303)
    work().do(service.done)
    return beside.wiped(redirect(url_for("delegations.ended", why=why), 303))


def _worker() -> dict[str, Any]:
    who = actor().beside
    assert isinstance(who, Beside)
    agency = agencies.catalogue(work()).agency(who.agency_id)
    return {"worker": service.worker_name(work(), who), "organisation_of_worker": agency.name}


def _may_try(form: TakeForm) -> bool:
    """Count a try upon a code: by the worker whose device it is, and by where it stands."""
    who = actor().beside
    try:
        hit("assist-code", f"worker {who.account_id if who else 0}")
        hit("assist-code", f"address {caller()}")
    except (TooMany, StorageFull, Busy) as fault:
        return form.fail(sentence(fault), STATUS[type(fault)])
    return True
