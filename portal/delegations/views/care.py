"""Screens of a person who does not feel safe with somebody who helps: end it, or let agencies be careful, quietly.

What the helper sees says nothing of it, and what is shown here fits a glance over the shoulder.
"""

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from portal.base import ids
from portal.base.problems import NotThere
from portal.base.work import Work
from portal.delegations import queries, service
from portal.delegations.forms import ButtonForm, CareForm
from portal.delegations.views.blueprint import blueprint
from portal.identity.permissions import Permission
from portal.web import beside
from portal.web.core import actor, work
from portal.web.fields import clean_line
from portal.web.guards import requires
from portal.web.page import page

HERE = "here"
"""In the form: the worker who sits beside the person."""


@blueprint.route("/delegations/safe", methods=["GET", "POST"])
@requires(Permission.DELEGATIONS_CARE)
def safe() -> Response:
    """Choose whom it is about, and what happens. No code is asked for: only taking it back needs one.

    With a worker beside the person it leads on to their pages as if nothing had been chosen. Section 57.
    """
    form = CareForm()
    helpers = _offer(form)
    if form.sent() and form.carry_out(_choose, form.who.data or "", form.what.data or "", once=False):
        if form.who.data == HERE and form.what.data == "end":
            return beside.wiped(redirect(url_for("delegations.ended", why="done"), 303))
        if actor().beside is not None:
            return redirect(url_for("records.index"), 303)
        return page("delegations/safe_saved.html", ended=form.what.data == "end")
    return page("delegations/safe.html", form=form, helpers=helpers)


@blueprint.route("/delegations/care", methods=["GET", "POST"])
@requires(Permission.DELEGATIONS_GIVE, fresh=True)
def care() -> Response:
    """Show because of whom agencies are careful, and let the person, by themselves, say that it is over."""
    form = ButtonForm()
    if form.sent():
        number = ids.decode(clean_line(request.form.get("helper", "")))
        if number is None:
            raise NotThere()
        if form.carry_out(service.lift, number, once=False):
            return redirect(url_for("delegations.care"), 303)
    return page("delegations/care.html", form=form, marks=queries.marks(work()), code=ids.encode)


def _offer(form: CareForm) -> bool:
    """Offer those who help, or act for, the person now, and say whether there are any.

    With a worker beside the person that worker alone is offered.
    """
    who = actor().beside
    if who is not None:
        form.offer([(HERE, service.worker_name(work(), who))])
        return True
    near = service.near(work())
    form.offer([(ids.encode(ref), name) for ref, name in near])
    return bool(near)


def _choose(opened: Work, who: str, what: str) -> None:
    if who == HERE:
        if what == "end":
            service.done(opened)
        else:
            service.be_careful_here(opened)
        return
    ref = ids.decode(who)
    if ref is None:
        raise NotThere()
    if what == "end":
        service.end_unsafe(opened, ref)
    else:
        service.be_careful(opened, ref)
