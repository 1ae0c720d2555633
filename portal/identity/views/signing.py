"""Screens of signing in and out."""

from flask import redirect, request, session, url_for

from portal.identity import rules, service
from portal.identity.forms import ButtonForm, CodeForm, SignInForm
from portal.identity.permissions import Permission
from portal.identity.views.blueprint import blueprint, counted, demo_code, home, wrong_code
from portal.identity.views.leaving import cleared
from portal.web.core import actor, forget_hits, work
from portal.web.guards import local_path, requires
from portal.web.page import page
from portal.web.text import lazy


@blueprint.route("/sign-in", methods=["GET", "POST"])
@requires(Permission.IDENTITY_SIGN_IN)
def sign_in():
    """First step: the same answer, in the same time, for a wrong name and a wrong password."""
    if actor().signed_in:
        return redirect(home(actor()), 303)
    form = SignInForm(next=local_path(request.args.get("next")))
    if form.sent() and _may_try(form):
        given = (form.username.data, form.password.data or "", form.shared_device.data)
        done = form.carry_out(service.begin_sign_in, *given, once=False)
        if done and done.result:
            session.renew(done.result)
            return redirect(url_for("identity.code", next=local_path(form.next.data)), 303)
        if done:
            # L10n: Above the sign-in form. The same words whether the name or the password is wrong.
            form.fail(lazy("That user name and password do not go together. Check both and try again."))
    return page("identity/sign_in.html", form=form)


@blueprint.route("/sign-in/code", methods=["GET", "POST"])
@requires(Permission.IDENTITY_SIGN_IN)
def code():
    """Second step: the app's code or a recovery code."""
    who = actor()
    if who.kind != "half":
        return redirect(home(who) if who.signed_in else url_for("identity.sign_in"), 303)
    form = CodeForm(next=local_path(request.args.get("next")))
    if form.sent() and counted(form, "second-step", str(who.account_id)):
        done = form.carry_out(service.finish_sign_in, who.session, form.code.data, once=False)
        if done and done.result:
            session.renew(done.result)
            forget_hits("second-step", str(who.account_id))
            found = service.actor_of(work(), done.result)
            return redirect(local_path(form.next.data) or home(found[0] if found else who), 303)
        if done:
            form.fail(wrong_code())
    return page("identity/code.html", form=form, demo_code=demo_code(who))


@blueprint.route("/sign-in/again", methods=["GET", "POST"])
@requires(Permission.IDENTITY_ACCOUNT)
def step_up():
    """Ask for a second factor again before something that could do harm (ASVS 7.5.3)."""
    who = actor()
    form = CodeForm(next=local_path(request.args.get("next")))
    if form.sent() and counted(form, "second-step", str(who.account_id)):
        done = form.carry_out(service.step_up, form.code.data, once=False)
        if done and done.result:
            session.renew(done.result)
            return redirect(local_path(form.next.data) or home(who), 303)
        if done:
            form.fail(wrong_code())
    return page("identity/step_up.html", form=form, demo_code=demo_code(who))


@blueprint.post("/sign-out")
@requires(Permission.IDENTITY_ACCOUNT)
def sign_out():
    """End the session on the server, and clear what the browser keeps."""
    form = ButtonForm()
    if form.sent():
        work().do(service.end_session, actor().session)
        return cleared(redirect(url_for("guide.start"), 303))
    return redirect(url_for("identity.account"), 303)


def _may_try(form: SignInForm) -> bool:
    """Count a try upon a name from an address first: who knows a name cannot keep its owner out elsewhere."""
    name, address = rules.fold_name(form.username.data), request.remote_addr or ""
    return (
        counted(form, "sign-in", f"{name} {address}")
        and counted(form, "sign-in-address", address)
        and counted(form, "sign-in-name", name)
    )
