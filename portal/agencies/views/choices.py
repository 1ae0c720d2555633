"""Screens on which a person says: this is not me, hide this, show it again, lock linking."""

from flask import redirect, url_for

from portal.agencies import queries, service
from portal.agencies.forms import ButtonForm
from portal.agencies.views.blueprint import blueprint
from portal.agencies.views.linking import the_agency
from portal.base.problems import NotThere
from portal.identity.permissions import Permission
from portal.identity.service.locks import link_locked, lock_links
from portal.notices import rules
from portal.notices import service as notices
from portal.web.core import actor, work
from portal.web.guards import requires
from portal.web.page import page
from portal.web.text import say


@blueprint.route("/agencies/<ref:ref>/not-me", methods=["GET", "POST"])
@requires(Permission.AGENCIES_LINK)
def not_me(ref: int):
    """Ask once more, then take everything of a wrong link off the person's pages, and tell the agency."""
    form = ButtonForm()
    if form.sent() and form.carry_out(service.disown, ref):
        return redirect(url_for("agencies.not_me_done"), 303)
    return page("agencies/not_me.html", form=form, agency=_linked(ref))


@blueprint.get("/agencies/not-me/done")
@requires(Permission.AGENCIES_LINK)
def not_me_done():
    """Say what happens now. It names nobody."""
    return page("agencies/not_me_done.html")


@blueprint.route("/agencies/<ref:ref>/hide", methods=["GET", "POST"])
@requires(Permission.AGENCIES_LINK)
def hide(ref: int):
    """Say what hiding does, then hide an agency on the person's own pages."""
    form = ButtonForm()
    if form.sent() and form.carry_out(service.hide, ref):
        return redirect(url_for("records.index"), 303)
    return page("agencies/hide.html", form=form, agency=_linked(ref))


@blueprint.get("/agencies/hidden")
@requires(Permission.AGENCIES_LINK, fresh=True)
def hidden():
    """List what the person hid or disowned: the only page that names it, and it asks for a second factor."""
    found = queries.hidden_of(work(), actor().person_id)
    names = {agency.id: agency.name for agency in queries.catalogue(work()).agencies if agency.id in found}
    told = [
        (one.agency_id, one.at, say(rules.WORDS.get(one.kind, rules.UNKNOWN), agency=names[one.agency_id]))
        for one in (notices.of_hidden(work()) if names else [])
        if one.agency_id in names
    ]
    disowned = {ref for ref, one in found.items() if one.state == "disowned"}
    return page("agencies/hidden.html", agencies=names, disowned=disowned, told=told, form=ButtonForm())


@blueprint.post("/agencies/hidden/<ref:ref>")
@requires(Permission.AGENCIES_LINK, fresh=True)
def show_again(ref: int):
    """Show a hidden agency again, or take "not me" back."""
    form = ButtonForm()
    if form.sent() and form.carry_out(service.show_again, ref):
        return redirect(url_for("records.index"), 303)
    return redirect(url_for("agencies.hidden"), 303)


@blueprint.route("/agencies/lock", methods=["GET", "POST"])
@requires(Permission.AGENCIES_LINK)
def lock():
    """Say whether linking is locked, and lock it at once."""
    form = ButtonForm()
    if form.sent() and form.carry_out(lock_links, True):
        return redirect(url_for("agencies.lock"), 303)
    return page("agencies/lock.html", form=form, locked=link_locked(work(), actor().person_id))


@blueprint.route("/agencies/unlock", methods=["GET", "POST"])
@requires(Permission.AGENCIES_LINK, fresh=True)
def unlock():
    """Unlock linking, after a second factor."""
    form = ButtonForm()
    if form.sent() and form.carry_out(lock_links, False):
        return redirect(url_for("agencies.lock"), 303)
    return page("agencies/unlock.html", form=form)


def _linked(ref: int):
    """Give an agency that the person's pages may name as linked. Raises NotThere for every other."""
    if ref not in service.links_of(work(), actor().person_id):
        raise NotThere()
    return the_agency(ref)
