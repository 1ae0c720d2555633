"""Screens of where one is signed in, and of the password."""

from flask import redirect, url_for
from werkzeug.wrappers import Response

from portal.base import ids
from portal.base.problems import NotThere
from portal.identity import queries, service
from portal.identity.forms import ButtonForm, EndOneForm, FirstPasswordForm, PasswordForm
from portal.identity.permissions import Permission
from portal.identity.views.blueprint import blueprint
from portal.identity.views.leaving import cleared
from portal.identity.views.tries import may_give_password
from portal.web.core import actor, work
from portal.web.guards import requires
from portal.web.page import page


@blueprint.get("/account/devices")
@requires(Permission.IDENTITY_ACCOUNT)
def devices() -> Response:
    """List where the account is signed in, this browser first."""
    return page("identity/devices.html", devices=service.devices(work()), form=EndOneForm(), ref=ids.encode)


@blueprint.post("/account/devices/end")
@requires(Permission.IDENTITY_ACCOUNT)
def end_device() -> Response:
    """End one session; nothing but safety comes of it, so no code is asked for."""
    form = EndOneForm()
    if form.sent():
        number = ids.decode(form.device.data or "")
        if number is None:
            raise NotThere()
        done = form.carry_out(service.end_one, number, once=False)
        if done and done.result:
            return cleared(redirect(url_for("guide.start"), 303))
    return redirect(url_for("identity.devices"), 303)


@blueprint.post("/account/devices/end-others")
@requires(Permission.IDENTITY_ACCOUNT)
def end_others() -> Response:
    """End all sessions but this one."""
    form = ButtonForm()
    if form.sent():
        form.carry_out(service.end_others, once=False)
    return redirect(url_for("identity.devices"), 303)


@blueprint.route("/account/password", methods=["GET", "POST"])
@requires(Permission.IDENTITY_ACCOUNT, fresh=True)
def password() -> Response:
    """Change the password, or choose the first one; everywhere else the account is signed out."""
    has_one = queries.has_password(work())
    form = PasswordForm() if has_one else FirstPasswordForm()
    if form.sent() and may_give_password(form, actor().account_id):
        done = _change(form, has_one)
        if done:
            return redirect(url_for("identity.devices"), 303)
    return page("identity/password.html", form=form, has_one=has_one)


def _change(form: FirstPasswordForm, has_one: bool):
    checked = None
    if has_one:
        tried = form.prepare(service.check_own_password, work(), form.present_password.data or "")
        if tried is None:
            return None
        checked = tried.result
    name = queries.account_name(work(), actor().account_id)
    hashed = form.prepare(service.new_password, form.new_password.data or "", name, "new_password")
    return form.carry_out(service.change_password, checked, hashed.result, once=False) if hashed else None
