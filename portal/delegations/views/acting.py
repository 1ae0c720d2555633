"""Screens of the person about those who may act for them, as agencies checked: who, how far; object, or stop it."""

from flask import redirect, url_for
from werkzeug.wrappers import Response

from portal.agencies import queries as agencies
from portal.agencies.rules import AgencyFacts, TypeFacts
from portal.delegations import service
from portal.delegations.forms import ButtonForm
from portal.delegations.forms.authority import ObjectForm
from portal.delegations.queries import authority as queries
from portal.delegations.queries.authority import AuthorityFacts
from portal.delegations.rules import authority as rules
from portal.delegations.views.blueprint import blueprint
from portal.identity.permissions import Permission
from portal.web.core import work
from portal.web.guards import requires
from portal.web.negotiation import tag
from portal.web.page import page


@blueprint.get("/delegations/acting")
@requires(Permission.DELEGATIONS_GIVE)
def acting() -> Response:
    """List who may act for the reader, or could before, as agencies checked (Privacy Act 2020 section 57)."""
    found = [(one, *_named(one)) for one in queries.over_me(work())]
    return page(
        "delegations/acting.html",
        now=[one for one in found if one[0].open],
        past=[one for one in found if not one[0].open],
        kinds=rules.KINDS,
    )


@blueprint.route("/delegations/acting/<ref:ref>", methods=["GET", "POST"])
@requires(Permission.DELEGATIONS_GIVE)
def acting_one(ref: int) -> Response:
    """Show who may act for the reader, who checked it and what is seen by it; say that it is wrong."""
    form, found = ObjectForm(), queries.over_me_one(work(), ref)
    if form.sent() and form.carry_out(service.object_to, ref, form.words.data, tag()):
        return redirect(url_for("delegations.acting_one", ref=ref), 303)
    agency, types = _named(found)
    return page(
        "delegations/acting_one.html",
        form=form,
        found=found,
        agency=agency,
        types=types,
        kinds=rules.KINDS,
        theirs=found.open and found.kind == rules.WRITTEN,
    )


@blueprint.route("/delegations/acting/<ref:ref>/stop", methods=["GET", "POST"])
@requires(Permission.DELEGATIONS_GIVE)
def stop_acting(ref: int) -> Response:
    """Ask once more, then end what the reader gave in writing. No code is asked for: it protects."""
    form, found = ButtonForm(), queries.over_me_one(work(), ref)
    if not found.open or found.kind != rules.WRITTEN:
        return redirect(url_for("delegations.acting_one", ref=ref), 303)
    if form.sent() and form.carry_out(service.stop_authority, ref):
        return redirect(url_for("delegations.acting_one", ref=ref), 303)
    return page("delegations/acting_stop.html", form=form, found=found)


def _named(one: AuthorityFacts) -> tuple[AgencyFacts, list[TypeFacts]]:
    agency = agencies.catalogue(work()).agency(one.agency_id)
    return agency, [kind for kind in agency.types.values() if kind.key in (one.types or ())]
