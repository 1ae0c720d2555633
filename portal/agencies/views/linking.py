"""Screens that link a person to what an agency holds about them, by the agency's letter."""

from flask import redirect, url_for

from portal.agencies import queries, service
from portal.agencies.forms import LinkForm
from portal.agencies.rules import AgencyFacts
from portal.agencies.views.blueprint import blueprint
from portal.base import ids
from portal.base.problems import Busy, NotThere
from portal.identity.permissions import Permission
from portal.identity.service.locks import link_locked
from portal.web.core import actor, caller, forget_hits, work
from portal.web.fields import STATUS, sentence
from portal.web.guards import requires
from portal.web.page import page
from portal.web.text import Lazy, lazy
from portal.web.tries import counted


@blueprint.get("/agencies/link")
@requires(Permission.AGENCIES_LINK)
def link():
    """List the agencies to which the person is not linked."""
    linked = service.links_of(work(), actor().person_id)
    left = [agency for agency in queries.catalogue(work()).agencies if agency.id not in linked]
    return page("agencies/link.html", agencies=left)


@blueprint.route("/agencies/link/<ref:ref>", methods=["GET", "POST"])
@requires(Permission.AGENCIES_LINK)
def link_one(ref: int):
    """Link the person to one agency by the number and code of its letter."""
    agency, form = the_agency(ref), LinkForm()
    if form.sent() and _may_try(form):
        done = _tried(form, agency)
        if done in ("linked", "held"):
            forget_hits("link-code", str(actor().person_id))
            return redirect(
                url_for("agencies.linked" if done == "linked" else "agencies.check", ref=ref), 303
            )
        if form.problem is None:
            form.fail(_why_not(done))
            # This try is over and counted; what is sent next is a new one.
            form.nonce.data = ids.token()
    locked = link_locked(work(), actor().person_id)
    return page("agencies/link_one.html", form=form, agency=agency, locked=locked)


@blueprint.get("/agencies/link/<ref:ref>/linked")
@requires(Permission.AGENCIES_LINK)
def linked(ref: int):
    """Say that the person is linked to an agency; not there for anybody who is not."""
    present = service.links_of(work(), actor().person_id).get(ref)
    if present is None or present.state != "active":
        raise NotThere()
    return page("agencies/linked.html", agency=the_agency(ref))


@blueprint.get("/agencies/link/<ref:ref>/check")
@requires(Permission.AGENCIES_LINK)
def check(ref: int):
    """Say that a person at the agency will check before anything is shown."""
    return page("agencies/check.html", agency=the_agency(ref))


def the_agency(ref: int) -> AgencyFacts:
    """Give the agency of an address. Raises NotThere."""
    return queries.catalogue(work()).agency(ref)


def _may_try(form: LinkForm) -> bool:
    """Count the try before any work is done for it."""
    return (
        counted(form, "link-code", str(actor().person_id))
        and counted(form, "link-code-address", caller())
        and counted(form, "link-code-all", "")
    )


def _tried(form: LinkForm, agency: AgencyFacts) -> str | None:
    """Compare the code outside of any transaction, then count the try and link in one."""
    try:
        tried = service.try_letter(work(), agency.slug, form.client_ref.data, form.code.data)
    except Busy as fault:
        form.fail(sentence(fault), STATUS[Busy])
        return None
    done = form.carry_out(service.redeem, tried)
    return done.result if done else None


def _why_not(done: str | None) -> Lazy:
    if done == "used":
        # L10n: Above the form that links an agency, to who has the letter: its code was used before.
        return lazy("This code was used already. Ask them for a new letter.")
    if done == "expired":
        # L10n: Above the form that links an agency, to who has the letter: its time is over.
        return lazy("This code is too old. Ask them for a new letter.")
    # L10n: Above the form, whatever was wrong: number or code. It is always the same.
    return lazy("That did not match. Check both with the letter. A code works for 21 days and 5 tries.")
