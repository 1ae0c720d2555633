"""Screens that link a person to what an agency holds about them."""

from flask import redirect, url_for

from portal.agencies import queries, service
from portal.agencies.forms import LinkForm
from portal.agencies.rules import AgencyFacts
from portal.agencies.views.blueprint import blueprint
from portal.base import ids
from portal.base.problems import NotThere, TooMany
from portal.identity.permissions import Permission
from portal.web.core import actor, forget_hits, hit, work
from portal.web.fields import STATUS, Sent, sentence
from portal.web.guards import requires
from portal.web.page import page
from portal.web.text import lazy


@blueprint.get("/agencies/link")
@requires(Permission.AGENCIES_LINK)
def link():
    """List the agencies to which the person is not linked."""
    linked = service.links_of(work(), actor().person_id)
    left = [agency for agency in queries.catalogue(work()).agencies if agency.id not in linked]
    return page("agencies/link.html", agencies=left)


@blueprint.route("/agencies/link/<string:slug>", methods=["GET", "POST"])
@requires(Permission.AGENCIES_LINK)
def link_one(slug: str):
    """Link the person to one agency by the number and code of its letter."""
    agency, form = _agency(slug), LinkForm()
    if form.sent():
        done = _tried(form, slug)
        if done and done.result:
            forget_hits("link-code", str(actor().person_id))
            there = "agencies.linked" if done.result == "linked" else "agencies.check"
            return redirect(url_for(there, slug=slug), 303)
        if done:
            # L10n: Above the form, whatever was wrong: number, code, or the code's age. It is always the same.
            form.fail(
                lazy("That did not match. Check both with the letter. A code works for 21 days and 5 tries.")
            )
            # This try is over and counted; what is sent next is a new one.
            form.nonce.data = ids.token()
    return page("agencies/link_one.html", form=form, agency=agency)


@blueprint.get("/agencies/link/<string:slug>/linked")
@requires(Permission.AGENCIES_LINK)
def linked(slug: str):
    """Say that the person is linked to an agency; not there for anybody who is not."""
    agency = _agency(slug)
    present = service.links_of(work(), actor().person_id).get(agency.id)
    if present is None or present.state != "active":
        raise NotThere()
    return page("agencies/linked.html", agency=agency)


@blueprint.get("/agencies/link/<string:slug>/check")
@requires(Permission.AGENCIES_LINK)
def check(slug: str):
    """Say that a person at the agency will check before anything is shown."""
    return page("agencies/check.html", agency=_agency(slug))


def _tried(form: LinkForm, slug: str) -> Sent | None:
    try:
        hit("link-code", str(actor().person_id))
    except TooMany as fault:
        form.fail(sentence(fault), STATUS[TooMany])
        return None
    return form.carry_out(service.link_by_code, slug, form.client_ref.data, form.code.data)


def _agency(slug: str) -> AgencyFacts:
    agency = queries.catalogue(work()).by_slug(slug)
    if agency is None:
        raise NotThere()
    return agency
