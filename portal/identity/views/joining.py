"""Screens of making an account: who one is, the app, the recovery codes."""

import pyotp
from flask import redirect, session, url_for
from werkzeug.wrappers import Response

from portal.agencies import queries as agencies
from portal.identity import queries, rules, service
from portal.identity.forms import ColleagueForm, ConfirmForm, JoinForm
from portal.identity.permissions import Permission
from portal.identity.service.joining import Joined, Joiner
from portal.identity.views import by_passkey
from portal.identity.views.blueprint import blueprint, demo_code, home
from portal.web.core import actor, caller, settings, work
from portal.web.guards import requires
from portal.web.negotiation import tag
from portal.web.page import page
from portal.web.qr import qr_of
from portal.web.text import lazy
from portal.web.tries import counted


@blueprint.route("/join", methods=["GET", "POST"])
@requires(Permission.IDENTITY_JOIN)
def join() -> Response:
    """Ask who a person is who makes their own account."""
    if actor().signed_in:
        return redirect(home(actor()), 303)
    form = JoinForm()
    return _begin(form) or page("identity/join.html", form=form, colleague=None, agency=None)


@blueprint.route("/join/<string:code>", methods=["GET", "POST"])
@requires(Permission.IDENTITY_JOIN)
def join_invited(code: str) -> Response:
    """Let somebody make the account that they were invited to: a colleague, or a person."""
    invited = queries.invited(work(), code)
    if invited.agency_id is None:
        form = JoinForm(full_name=invited.name)
        then = "identity.join_paper" if invited.role == rules.PAPER else "identity.join_app"
        return _begin(form, code, then) or page("identity/join.html", form=form, colleague=None, agency=None)
    agency = agencies.catalogue(work()).agency(invited.agency_id)
    form = ColleagueForm()
    return _begin(form, code) or page("identity/join.html", form=form, colleague=invited.name, agency=agency)


@blueprint.route("/join/app", methods=["GET", "POST"])
@requires(Permission.IDENTITY_JOIN)
def join_app() -> Response:
    """Set up the app and confirm it by a code; only then the account is there, and its codes are shown once."""
    who = actor()
    if who.kind != "joining":
        return redirect(home(who) if who.signed_in else url_for("identity.join"), 303)
    form = ConfirmForm()
    if form.sent() and counted(form, "second-step", str(who.account_id)):
        joined = _confirmed(form)
        if joined:
            session.renew(joined.token)
            found = service.actor_of(work(), joined.token)
            work().actor = found[0] if found else who
            return page("identity/codes_made.html", codes=joined.codes)
    secret, name = service.joining_secret(work())
    address = pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=settings().service_name)
    key = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
    return page(
        "identity/join_app.html",
        form=form,
        qr=qr_of(address, "l"),
        address=address,
        key=key,
        demo_code=demo_code(who),
        passkey=by_passkey.offer_new(name),
    )


def _confirmed(form: ConfirmForm) -> Joined | None:
    """Finish the account by a passkey or by the app's first code; None when the form says why not."""
    if form.credential.data:
        return by_passkey.taken(form, service.join_with_passkey, by_passkey.device_name())
    done = form.carry_out(service.confirm_join, form.code.data, once=False)
    if done and not done.result:
        # L10n: Above the form of the page that sets up the app.
        form.fail(lazy("That code did not work. Wait until your app shows a new one, and write that."))
    return done.result if done else None


def _begin(form: ColleagueForm, invitation: str = "", then: str = "identity.join_app") -> Response | None:
    if not form.sent() or not counted(form, "join", caller()):
        return None
    hashed = form.prepare(service.new_password, form.password.data or "", form.username.data)
    if hashed is None:
        return None
    person = isinstance(form, JoinForm)
    joiner = Joiner(
        username=form.username.data,
        password=hashed.result,
        full_name=form.full_name.data if person else "",
        birth_date=form.birth_date.data if person else None,
        invitation=invitation,
        language=tag(),
    )
    done = form.carry_out(service.begin_join, joiner, once=False)
    if done is None:
        return None
    session.renew(done.result)
    return redirect(url_for(then), 303)
