"""Screens of somebody who cannot sign in: the ways back, the code of two workers, new factors; and to stop it."""

import pyotp
from flask import redirect, session, url_for
from werkzeug.wrappers import Response

from portal.agencies import queries as agencies
from portal.base.problems import Ended
from portal.identity import rules, service
from portal.identity.forms import BackCodeForm, ButtonForm, NewFactorsForm
from portal.identity.permissions import Permission
from portal.identity.views.blueprint import blueprint, demo_code, home
from portal.web.core import actor, caller, settings, work
from portal.web.guards import requires
from portal.web.page import page
from portal.web.qr import qr_of
from portal.web.text import lazy
from portal.web.tries import counted


@blueprint.get("/sign-in/help")
@requires(Permission.IDENTITY_SIGN_IN)
def help() -> Response:
    """Show the ways back in: a recovery code, another passkey, or a worker in person. Never a secret question."""
    return page("identity/help.html")


@blueprint.route("/sign-in/help/code", methods=["GET", "POST"])
@requires(Permission.IDENTITY_OTHER_WAYS)
def help_code() -> Response:
    """Take the code that workers handed over, with the user name that it is for."""
    if actor().signed_in:
        return redirect(home(actor()), 303)
    form = BackCodeForm()
    if form.sent() and _may_try(form):
        done = form.carry_out(service.begin_back, form.username.data, form.code.data, once=False)
        if done and done.result:
            session.renew(done.result)
            return redirect(url_for("identity.help_new"), 303)
        if done:
            # L10n: Above the form for a code that a worker handed over. The same whatever was wrong.
            form.fail(
                lazy("That user name and code do not go together. Check both with the card and try again.")
            )
    return page("identity/help_code.html", form=form)


@blueprint.route("/sign-in/help/new", methods=["GET", "POST"])
@requires(Permission.IDENTITY_OTHER_WAYS)
def help_new() -> Response:
    """Choose a new password and set up an app; only then the old ones end, and new recovery codes are shown once."""
    who = actor()
    if who.kind != "recovering":
        return redirect(home(who) if who.signed_in else url_for("identity.help_code"), 303)
    form = NewFactorsForm()
    if form.sent() and counted(form, "give-back", f"new {who.account_id}"):
        done = _finish(form)
        if done:
            session.renew(done.result.token)
            found = service.actor_of(work(), done.result.token)
            work().actor = found[0] if found else who
            return page("identity/codes_made.html", codes=done.result.codes)
    secret = service.new_app_secret(work())
    address = pyotp.TOTP(secret).provisioning_uri(name=settings().service_name)
    return page(
        "identity/help_new.html",
        form=form,
        qr=qr_of(address, "l"),
        address=address,
        key=" ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
        demo_code=demo_code(who, secret),
    )


@blueprint.route("/account/asked-back", methods=["GET", "POST"])
@requires(Permission.IDENTITY_ACCOUNT)
def asked_back() -> Response:
    """Show who asked in person for a way into this account, and let its owner stop it."""
    form = ButtonForm()
    if form.sent() and form.carry_out(service.stop_back):
        return redirect(url_for("identity.asked_back"), 303)
    known = agencies.catalogue(work())
    asked = [(known.agency(one.agency_id).name, one.asked_at) for one in service.own_asked(work())]
    return page("identity/asked_back.html", form=form, asked=asked)


def _finish(form: NewFactorsForm):
    """Hash first, outside the transaction; then carry out."""
    hashed = form.prepare(service.new_password, form.password.data or "", "")
    if hashed is None:
        return None
    try:
        return form.carry_out(service.finish_back, hashed.result, form.code.data, once=False)
    except Ended:
        # L10n: Above the form that makes a new password and app, when the owner stopped it meanwhile.
        form.fail(lazy("This was stopped or has expired. Ask a worker for a new code."))
        return None


def _may_try(form: BackCodeForm) -> bool:
    name, address = rules.fold_name(form.username.data), caller()
    return counted(form, "give-back", f"{name} {address}") and counted(form, "sign-in-address", address)
