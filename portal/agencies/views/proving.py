"""Screens of proof in person: the code that a person shows, and what staff of the agency do with it."""

from flask import redirect, url_for

from portal.agencies import queries, service
from portal.agencies.forms import ButtonForm, ProveForm, SettleForm
from portal.agencies.views.blueprint import blueprint
from portal.base import ids
from portal.identity.permissions import Permission
from portal.identity.service.locks import link_locked
from portal.web.core import actor, work
from portal.web.fields import PortalForm
from portal.web.guards import requires
from portal.web.page import page
from portal.web.text import lazy
from portal.web.tries import counted


@blueprint.route("/agencies/counter", methods=["GET", "POST"])
@requires(Permission.AGENCIES_LINK)
def counter():
    """Make the code that the person shows at a counter, and show it this once."""
    form = ButtonForm()
    if form.sent():
        done = form.carry_out(service.new_counter_code, once=False)
        if done:
            return page("agencies/counter_code.html", code=done.result)
    return page("agencies/counter.html", form=form, locked=link_locked(work(), actor().person_id))


@blueprint.route("/agencies/counter/check", methods=["GET", "POST"])
@requires(Permission.AGENCIES_PROVE)
def prove():
    """Link the person who stands here, or make their link stronger: code, client number, what was seen."""
    form = ProveForm()
    if form.sent() and _may_try(form):
        shown = service.Shown(form.code.data, form.client_ref.data, tuple(form.saw.data))
        done = form.carry_out(service.prove, shown)
        if done and done.result:
            there = "agencies.proved" if done.result == "proved" else "agencies.doubted"
            return redirect(url_for(there), 303)
        _say_no(form)
    return page("agencies/prove.html", form=form)


@blueprint.get("/agencies/counter/done")
@requires(Permission.AGENCIES_PROVE)
def proved():
    """Say that the link was made."""
    return page("agencies/proved.html", doubt=False)


@blueprint.get("/agencies/counter/doubt")
@requires(Permission.AGENCIES_PROVE)
def doubted():
    """Say that somebody else is linked to the client too, and that this must be settled first."""
    return page("agencies/proved.html", doubt=True)


@blueprint.route("/agencies/held/<ref:ref>", methods=["GET", "POST"])
@requires(Permission.AGENCIES_PROVE)
def held(ref: int):
    """Settle a link in doubt: the right one stands here with a code, or it is none of them."""
    task, form = queries.held_link(work(), ref), SettleForm()
    if form.sent() and _may_try(form):
        done = form.carry_out(service.settle, ref, form.code.data, tuple(form.saw.data))
        if done and done.result:
            there = "agencies.proved" if done.result == "proved" else "agencies.doubted"
            return redirect(url_for(there), 303)
        _say_no(form)
    return page("agencies/held.html", task=task, form=form, none_form=ButtonForm())


@blueprint.post("/agencies/held/<ref:ref>/neither")
@requires(Permission.AGENCIES_PROVE)
def neither(ref: int):
    """Say that nobody who claims the client is the client."""
    form = ButtonForm()
    queries.held_link(work(), ref)
    if form.sent() and form.carry_out(service.turn_down, ref):
        return redirect(url_for("casework.index"), 303)
    return redirect(url_for("agencies.held", ref=ref), 303)


def _may_try(form: PortalForm) -> bool:
    return counted(form, "counter-code", str(actor().account_id))


def _say_no(form: PortalForm) -> None:
    """Say one sentence for every failure: staff learn nothing of the person."""
    if form.problem is None and not form.errors:
        # L10n: Staff page, above the form, whatever was wrong with a code that a person showed.
        form.fail(lazy("That did not work. Check the code and the number. Or ask them for a new code."))
        form.nonce.data = ids.token()
