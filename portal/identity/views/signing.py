"""Screens of signing in and out."""

from flask import redirect, request, session, url_for
from werkzeug.wrappers import Response

from portal.delegations import service as delegations
from portal.identity import service
from portal.identity.browsers import kind_of
from portal.identity.forms import ButtonForm, CodeForm, SignInForm
from portal.identity.permissions import Permission
from portal.identity.views import by_passkey
from portal.identity.views.blueprint import blueprint, demo_code, home
from portal.identity.views.leaving import cleared
from portal.identity.views.tries import (
    may_give_code,
    may_sign_in,
    right_code,
    right_password,
    wrong_code_given,
)
from portal.web.core import actor, work
from portal.web.fields import Sent
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
    if form.credential.data:
        return by_passkey.sign_in(form) or _sign_in_page(form)
    if form.sent() and may_sign_in(form, form.username.data):
        done = _first_step(form)
        if done and done.result:
            right_password(form.username.data)
            session.renew(done.result)
            return redirect(url_for("identity.code", next=local_path(form.next.data)), 303)
        if done:
            # L10n: Above the sign-in form. The same words whether the name or the password is wrong.
            form.fail(lazy("That user name and password do not go together. Check both and try again."))
    return _sign_in_page(form)


@blueprint.route("/sign-in/code", methods=["GET", "POST"])
@requires(Permission.IDENTITY_SIGN_IN)
def code():
    """Second step: the app's code or a recovery code."""
    who = actor()
    if who.kind != "half":
        return redirect(home(who) if who.signed_in else url_for("identity.sign_in"), 303)
    form = CodeForm(next=local_path(request.args.get("next")))
    if form.credential.data:
        return by_passkey.second_step(form) or _code_page(form)
    if form.sent() and may_give_code(form, who.account_id, form.code.data):
        done = form.carry_out(service.finish_sign_in, who.session, form.code.data, once=False)
        if done and done.result:
            session.renew(done.result)
            right_code(who.account_id, form.code.data)
            found = service.actor_of(work(), done.result)
            return redirect(local_path(form.next.data) or home(found[0] if found else who), 303)
        if done:
            wrong_code_given(form, who.account_id)
    return _code_page(form)


@blueprint.route("/sign-in/again", methods=["GET", "POST"])
@requires(Permission.IDENTITY_STEP_UP)
def step_up():
    """Ask for a second factor again before something that could do harm (ASVS 7.5.3)."""
    who = actor()
    form = CodeForm(next=local_path(request.args.get("next")))
    if form.credential.data:
        return by_passkey.step_up(form) or _step_up_page(form)
    if form.sent() and may_give_code(form, who.account_id, form.code.data):
        done = form.carry_out(service.step_up, form.code.data, once=False)
        if done and done.result:
            session.renew(done.result)
            right_code(who.account_id, form.code.data)
            return redirect(local_path(form.next.data) or home(who), 303)
        if done:
            wrong_code_given(form, who.account_id)
    return _step_up_page(form)


@blueprint.post("/sign-out")
@requires(Permission.IDENTITY_SIGN_IN)
def sign_out():
    """End the session on the server, and clear what the browser keeps.

    Who is out already is not led to the sign-in page: its new cookie would come after the old one was cleared, when
    somebody left quickly and this was sent along.
    """
    if actor().session is None:
        return cleared(redirect(url_for("guide.start"), 303))
    form = ButtonForm()
    if form.sent():
        work().do(delegations.leave, session.token)
        return cleared(redirect(url_for("guide.start"), 303))
    return redirect(url_for("identity.account"), 303)


def _first_step(form: SignInForm) -> Sent | None:
    """Compare the password before the transaction, then begin the session; the same for a name that nobody has."""
    checked = form.prepare(service.check_password, work(), form.username.data, form.password.data or "")
    if checked is None:
        return None
    device = kind_of(request.user_agent.string).text
    given = (checked.result, form.shared_device.data, device)
    return form.carry_out(service.begin_sign_in, *given, once=False)


def _sign_in_page(form: SignInForm) -> Response:
    # On a device that a worker handed over, nobody is sent to another site on the way.
    ways = [] if actor().beside else service.all_providers(work())
    offered = by_passkey.offer_sign_in()
    return page("identity/sign_in.html", form=form, ways=ways, passkey=offered)


def _code_page(form: CodeForm) -> Response:
    offered = by_passkey.offer_second()
    return page("identity/code.html", form=form, demo_code=demo_code(actor()), passkey=offered)


def _step_up_page(form: CodeForm) -> Response:
    ways, offered = service.second_steps(work()), by_passkey.offer_second()
    return page("identity/step_up.html", form=form, demo_code=demo_code(actor()), ways=ways, passkey=offered)
