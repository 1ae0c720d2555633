"""Screens of the person: who helps, adding somebody, changing how far they may help, and stopping it."""

from collections.abc import Container, Iterable

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from portal.agencies import queries as agencies
from portal.agencies.rules import AgencyFacts, TypeFacts
from portal.base import ids
from portal.base.clock import nz_date
from portal.delegations import queries, rules, service
from portal.delegations.forms import ButtonForm, HelperForm
from portal.delegations.rules import Group
from portal.delegations.views.blueprint import blueprint
from portal.delegations.views.offering import Offer, offer
from portal.identity.permissions import Permission
from portal.web.core import actor, settings, work
from portal.web.guards import requires
from portal.web.page import page


@blueprint.get("/delegations")
@requires(Permission.DELEGATIONS_GIVE)
def index() -> Response:
    """List who helps: what they see, until when, and when they last looked."""
    found = queries.helpers(work())
    links, today = agencies.links_of(work(), actor().person_id), nz_date(work().now)
    return page(
        "delegations/index.html",
        now=[(one, _named(one.groups, links)) for one in found if one.open],
        past=[one for one in found if not one.open],
        soon=[one for one in found if one.state == "live" and one.last_on - today < rules.SOON],
    )


@blueprint.route("/delegations/new", methods=["GET", "POST"])
@requires(Permission.DELEGATIONS_GIVE, fresh=True)
def new() -> Response:
    """Add a helper, and show the one-time code this once (Privacy Act 2020 section 57)."""
    form, offered = HelperForm(months=str(rules.USUAL_MONTHS), level="look"), offer(())
    if form.sent():
        done = form.carry_out(service.add_helper, _draft(form, offered), once=False)
        if done:
            return _code_page(done.result)
    return page("delegations/new.html", form=form, offered=offered, ticked=set(form.groups.data or ()))


@blueprint.get("/delegations/<ref:ref>")
@requires(Permission.DELEGATIONS_GIVE)
def show(ref: int) -> Response:
    """Show one helper: what they may see, until when, and what can be done about it."""
    found = queries.helper(work(), ref)
    groups = _named(found.groups, agencies.links_of(work(), actor().person_id))
    return page("delegations/show.html", helper=found, groups=groups, form=ButtonForm())


@blueprint.route("/delegations/<ref:ref>/change", methods=["GET", "POST"])
@requires(Permission.DELEGATIONS_GIVE, fresh=True)
def change(ref: int) -> Response:
    """Change what a helper may see, and go on for longer or less long, counted from today."""
    found = queries.helper(work(), ref)
    if not found.open:
        return redirect(url_for("delegations.show", ref=ref), 303)
    level = "ask" if found.asks_at else "look"
    form = HelperForm(name=found.name, months=str(rules.USUAL_MONTHS), level=level)
    offered = offer(found.groups)
    if form.sent() and form.carry_out(service.change_helper, ref, _draft(form, offered)):
        return redirect(url_for("delegations.show", ref=ref), 303)
    ticked = set(form.groups.data or ()) if request.method == "POST" else offered.ticks(found.groups)
    return page("delegations/change.html", form=form, helper=found, offered=offered, ticked=ticked)


@blueprint.post("/delegations/<ref:ref>/code")
@requires(Permission.DELEGATIONS_GIVE, fresh=True)
def code(ref: int) -> Response:
    """Make a new one-time code for a helper who has not begun, and show it this once."""
    form, found = ButtonForm(), queries.helper(work(), ref)
    if found.state == "waiting" and form.sent():
        done = form.carry_out(service.new_helper_code, ref, once=False)
        if done:
            return _code_page(done.result)
    return redirect(url_for("delegations.show", ref=ref), 303)


@blueprint.route("/delegations/<ref:ref>/stop", methods=["GET", "POST"])
@requires(Permission.DELEGATIONS_GIVE)
def stop(ref: int) -> Response:
    """Ask once more, then end it at once; also because it does not feel safe. No code is asked for: it protects."""
    form, found = ButtonForm(), queries.helper(work(), ref)
    if form.sent() and form.carry_out(service.stop_helper, ref, "unsafe" in request.form):
        return redirect(url_for("delegations.show", ref=ref), 303)
    return page("delegations/stop.html", form=form, helper=found)


def _draft(form: HelperForm, offered: Offer) -> service.HelperDraft:
    groups, whole = offered.chosen(form.groups.data or ())
    months = int(form.months.data) if form.months.data in map(str, rules.MONTHS) else 0
    return service.HelperDraft(form.name.data, groups, months, whole, form.level.data == "ask")


def _code_page(code: str) -> Response:
    address = f"{settings().base_url.split('//', 1)[1]}{url_for('delegations.help')}"
    return page("delegations/code.html", code=ids.in_fours(code), address=address, days=rules.CODE_LIFE.days)


def _named(groups: Iterable[Group], links: Container[int]) -> list[tuple[AgencyFacts, list[TypeFacts]]]:
    """Name groups by agency, in the catalogue's order; none of an agency that the person's lists do not name."""
    wanted = set(groups)
    named = [
        (agency, [kind for kind in agency.types.values() if Group(agency.id, kind.key) in wanted])
        for agency in agencies.catalogue(work()).agencies
        if agency.id in links
    ]
    return [(agency, kinds) for agency, kinds in named if kinds]
