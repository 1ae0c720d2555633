"""Screens of an agency's desk: who may act for its clients, as it checked; check again, end; and orders."""

from typing import Any

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from portal.agencies import queries as agencies
from portal.agencies.rules import AgencyFacts, TypeFacts
from portal.base import ids
from portal.base.clock import nz_date
from portal.base.problems import TooMany
from portal.delegations import service
from portal.delegations.forms import ButtonForm
from portal.delegations.forms.authority import AuthorityForm, CheckForm, OrderForm, WordsForm
from portal.delegations.queries import authority as queries
from portal.delegations.rules import CODE_LIFE
from portal.delegations.rules import authority as rules
from portal.delegations.views.blueprint import blueprint
from portal.identity.permissions import Permission
from portal.web.core import actor, hit, settings, work
from portal.web.fields import STATUS, PortalForm, sentence
from portal.web.guards import requires
from portal.web.page import page

MOST = 25


@blueprint.get("/delegations/authorities")
@requires(Permission.DELEGATIONS_AUTHORITY)
def authorities() -> Response:
    """List who may act for clients, the newest first, and the orders that hold."""
    found = queries.authorities(work(), MOST + 1, ids.decode(request.args.get("before", "")))
    more = ids.encode(found[MOST - 1].ref) if len(found) > MOST else None
    return page(
        "delegations/authorities.html",
        found=found[:MOST],
        orders=[] if "before" in request.args else queries.agency_orders(work(), MOST),
        next=url_for("delegations.authorities", before=more) if more else None,
        kinds=rules.KINDS,
    )


@blueprint.route("/delegations/authorities/new", methods=["GET", "POST"])
@requires(Permission.DELEGATIONS_AUTHORITY, fresh=True)
def new_authority() -> Response:
    """Record who may act for a client, and show their one-time code this once (Privacy Act 2020 section 57)."""
    form = AuthorityForm()
    if request.method == "GET":
        form.from_on.process(None, nz_date(work().now))
    if form.sent() and _may_try(form):
        done = form.carry_out(service.record_authority, _draft(form), once=False)
        if done:
            return _code_page(done.result)
    return page("delegations/authority_new.html", form=form, agency=_agency(), **_types(form))


@blueprint.get("/delegations/authorities/<ref:ref>")
@requires(Permission.DELEGATIONS_AUTHORITY)
def authority(ref: int) -> Response:
    """Show one authority: who, for which client, by what, who checked it, what it lets be seen, and how it ended."""
    found = queries.authority(work(), ref)
    return page(
        "delegations/authority.html",
        found=found,
        kinds=rules.KINDS,
        types=_named(_agency(), found.types or frozenset()),
        form=ButtonForm(),
    )


@blueprint.post("/delegations/authorities/<ref:ref>/code")
@requires(Permission.DELEGATIONS_AUTHORITY, fresh=True)
def authority_code(ref: int) -> Response:
    """Make a new one-time code for somebody who has not begun, and show it this once."""
    form, found = ButtonForm(), queries.authority(work(), ref)
    if found.state == "waiting" and form.sent():
        done = form.carry_out(service.new_authority_code, ref, once=False)
        if done:
            return _code_page(done.result)
    return redirect(url_for("delegations.authority", ref=ref), 303)


@blueprint.route("/delegations/authorities/<ref:ref>/check", methods=["GET", "POST"])
@requires(Permission.DELEGATIONS_AUTHORITY, fresh=True)
def check_authority(ref: int) -> Response:
    """Check an authority again: what was seen, and until when it stands."""
    form, found = CheckForm(), queries.authority(work(), ref)
    if not found.open:
        return redirect(url_for("delegations.authority", ref=ref), 303)
    given = (form.until_on.data, form.saw.data, form.own_yes.data)
    if form.sent() and form.carry_out(service.check_again, ref, *given):
        return redirect(url_for("delegations.authority", ref=ref), 303)
    return page("delegations/authority_check.html", form=form, found=found, parent=found.kind == rules.PARENT)


@blueprint.route("/delegations/authorities/<ref:ref>/end", methods=["GET", "POST"])
@requires(Permission.DELEGATIONS_AUTHORITY)
def end_authority(ref: int) -> Response:
    """End an authority at once, with a reason. No code is asked for: it protects."""
    form, found = WordsForm(), queries.authority(work(), ref)
    if form.sent() and form.carry_out(service.end_authority, ref, form.words.data):
        return redirect(url_for("delegations.authority", ref=ref), 303)
    return page("delegations/authority_end.html", form=form, found=found)


@blueprint.route("/delegations/orders/new", methods=["GET", "POST"])
@requires(Permission.DELEGATIONS_AUTHORITY)
def new_order() -> Response:
    """Write down an order, which holds at once. No code is asked for: it protects."""
    form = OrderForm()
    if form.sent() and _may_try(form):
        draft = service.OrderDraft(
            *(form.client_ref.data, form.born.data, form.name.data, form.holder_born.data, form.saw.data),
            *(frozenset(form.types.data or ()), bool(form.everything.data)),
        )
        done = form.carry_out(service.record_order, draft)
        if done:
            return redirect(url_for("delegations.order", ref=ids.decode(done.result)), 303)
    return page("delegations/order_new.html", form=form, agency=_agency(), **_types(form))


@blueprint.route("/delegations/orders/<ref:ref>", methods=["GET", "POST"])
@requires(Permission.DELEGATIONS_AUTHORITY, fresh=True)
def order(ref: int) -> Response:
    """Show one order; say that it does not hold any more."""
    form = WordsForm()
    if form.sent() and form.carry_out(service.lift_order, ref, form.words.data):
        return redirect(url_for("delegations.order", ref=ref), 303)
    found = queries.order(work(), ref)
    return page("delegations/order.html", form=form, found=found, types=_named(_agency(), found.types))


def _may_try(form: PortalForm) -> bool:
    """Count the try: client numbers can be tried out here, though only with a birth date beside them."""
    try:
        hit("write-down", str(actor().account_id))
    except TooMany as fault:
        return form.fail(sentence(fault), STATUS[TooMany])
    return True


def _draft(form: AuthorityForm) -> rules.Draft:
    return rules.Draft(
        client_ref=form.client_ref.data,
        born=form.born.data,
        kind=form.kind.data or "",
        name=form.name.data,
        holder_born=form.holder_born.data,
        form=form.form.data,
        saw=form.saw.data,
        types=frozenset(form.types.data or ()),
        from_on=form.from_on.data,
        until_on=form.until_on.data,
        own_yes=bool(form.own_yes.data),
    )


def _agency() -> AgencyFacts:
    return agencies.catalogue(work()).agency(actor().agency_id or 0)


def _types(form: AuthorityForm | OrderForm) -> dict[str, Any]:
    """Give what can be ticked: all types of the agency, which of them a parent may be let see, and from what age."""
    agency = _agency()
    _, ages = rules.parents_of(agency.facts)
    parents = {one.key for one in rules.offered(agency, rules.PARENT)}
    return {
        "types": list(agency.types.values()),
        "ticked": set(form.types.data or ()),
        "ages": {key: ages.get(key, 0) for key in parents},
    }


def _named(agency: AgencyFacts, keys: frozenset[str]) -> list[TypeFacts]:
    return [one for one in agency.types.values() if one.key in keys]


def _code_page(code: str) -> Response:
    address = f"{settings().base_url.split('//', 1)[1]}{url_for('delegations.help')}"
    return page(
        "delegations/authority_code.html", code=ids.in_fours(code), address=address, days=CODE_LIFE.days
    )
