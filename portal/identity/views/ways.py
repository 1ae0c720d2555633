"""Screens of signing in with another provider: the way there, joining, and connecting it to an account."""

from flask import redirect, request, session, url_for
from werkzeug.wrappers import Response

from portal.base import ids
from portal.base.problems import NotThere
from portal.identity import service
from portal.identity.forms import ButtonForm, InvitationForm, NewcomerForm, WithForm
from portal.identity.permissions import Permission
from portal.identity.providers import NotSaid, ProviderFacts, way
from portal.identity.views.blueprint import blueprint, home
from portal.language.rules import N_
from portal.web.core import actor, caller, settings, work
from portal.web.guards import local_path, requires
from portal.web.headers import may_lead_to
from portal.web.negotiation import tag
from portal.web.page import page
from portal.web.text import say
from portal.web.tries import counted

# Why somebody came back without being signed in. Nothing of it tells whether there is an account.
WHY: dict[str, str] = {
    # L10n: Page after signing in with another service failed: it took too long, or another browser came back.
    "late": N_("You began in another browser, or more than 10 minutes ago. Begin again."),
    # L10n: Page after signing in with another service failed: the person stopped there, or was refused there.
    "no": N_("You did not finish signing in there. Nothing changed here."),
    # L10n: Page after signing in with another service failed: it does not answer.
    "down": N_("The other service does not answer just now. Try again later, or sign in another way."),
    # L10n: Page after signing in with another service failed: its answer could not be relied on.
    "unsure": N_("We could not make sure that the answer is about you. Begin again."),
    # L10n: Page after signing in with another service failed: nobody gets in with it.
    "refused": N_("That sign-in opens nothing here. Ask the people who invited you, or sign in another way."),
    # L10n: Page after connecting another service to one's account failed.
    "taken": N_("That sign-in cannot be connected to this account."),
}


@blueprint.route("/sign-in/with/<string:key>", methods=["GET", "POST"])
@requires(Permission.IDENTITY_OTHER_WAYS)
def with_provider(key: str) -> Response:
    """Say where a press of the button leads, and lead there; signed in, it is asking for a factor again."""
    facts, who = service.provider_of(work(), key), actor()
    if who.signed_in and facts.key not in [one.key for one in service.second_steps(work())]:
        return redirect(home(who), 303)
    form = WithForm(next=local_path(request.args.get("next")))
    if form.sent() and counted(form, "sign-in-address", caller()):
        purpose = "again" if who.signed_in else "in"
        return start(facts, purpose, onward=local_path(form.next.data), shared=bool(form.shared_device.data))
    shown = page("identity/with_provider.html", form=form, provider=facts, again=who.signed_in)
    return may_lead_to(shown, facts.origins)


@blueprint.get("/sign-in/with")
@requires(Permission.IDENTITY_OTHER_WAYS)
def with_failed() -> Response:
    """Say why signing in with another provider did not work, and what else there is."""
    why = request.args.get("why", "")
    if why not in WHY:
        return redirect(url_for("identity.sign_in"), 303)
    shown = page("identity/with_failed.html", 503 if why == "down" else 200, why=say(WHY[why]))
    if why == "down":
        shown.headers["Retry-After"] = "60"
    return shown


@blueprint.route("/join/with", methods=["GET", "POST"])
@requires(Permission.IDENTITY_JOIN)
def join_with() -> Response:
    """Make the account of somebody whom a provider named: a person, or a colleague who was invited."""
    if actor().signed_in:
        return redirect(home(actor()), 303)
    found = service.newcomer(work(), session.token)
    if found is None:
        return failed("late")
    facts, name, born = found
    staff = facts.agency_id is not None
    form = InvitationForm() if staff else NewcomerForm(full_name=name, birth_date=born)
    if form.sent() and counted(form, "join", caller()):
        done = form.carry_out(service.join_with, session.token, _newcomer(form), once=False)
        if done:
            return _joined(done.result)
    return page("identity/join_with.html", form=form, provider=facts, staff=staff)


@blueprint.get("/account/providers")
@requires(Permission.IDENTITY_ACCOUNT)
def providers() -> Response:
    """List the other services that this account could sign in with, and those that it does."""
    mine = service.connected(work())
    found = [(one, one.key in mine) for one in service.all_providers(work()) if _is_for_me(one)]
    return page("identity/providers.html", providers=found)


@blueprint.route("/account/providers/<string:key>", methods=["GET", "POST"])
@requires(Permission.IDENTITY_ACCOUNT, fresh=True)
def provider(key: str) -> Response:
    """Connect another service to this account, or take it away."""
    facts = service.provider_of(work(), key)
    if not _is_for_me(facts):
        raise NotThere()
    has, form = key in service.connected(work()), ButtonForm()
    if form.sent():
        if not has:
            return start(facts, "connect")
        if form.carry_out(service.disconnect, key, once=False):
            return redirect(url_for("identity.providers"), 303)
    return may_lead_to(page("identity/provider.html", form=form, provider=facts, has=has), facts.origins)


def start(facts: ProviderFacts, purpose: str, *, onward: str | None = None, shared: bool = False) -> Response:
    """Send the browser to a provider, keeping for ten minutes what it takes to finish in this same browser."""
    state, who = ids.token(), actor()
    work().rest()
    try:
        begun = way(facts).begin(back_address(), state)
    except NotSaid as fault:
        return failed(fault.why)
    document = {
        "provider": facts.key,
        "purpose": purpose,
        "language": tag(),
        "next": onward,
        "shared": shared,
        "begun": work().now.timestamp(),
        "kept": begun.kept,
    }
    bound = service.fingerprint(session.token)
    number = (who.account_id or 0) if who.signed_in else 0
    work().do(service.keep_flow, "provider", state, bound, document, number)
    return redirect(begun.address, 303)


def failed(why: str) -> Response:
    """Lead to the page that says why it did not work."""
    return redirect(url_for("identity.with_failed", why=why), 303)


def back_address() -> str:
    """Give the one address that providers send browsers back to: of the configured origin, in no language."""
    return f"{settings().base_url}/sign-in/back"


def _is_for_me(facts: ProviderFacts) -> bool:
    """People's providers are for people, an organisation's for those who wear its hat."""
    who = actor()
    return who.person_id is not None if facts.agency_id is None else facts.agency_id == who.agency_id


def _newcomer(form: NewcomerForm | InvitationForm) -> service.Newcomer:
    if isinstance(form, InvitationForm):
        return service.Newcomer(invitation=form.invitation.data, language=tag())
    return service.Newcomer(form.full_name.data, form.birth_date.data, language=tag())


def _joined(result) -> Response:
    if result is None:
        return failed("late")
    session.renew(result.token)
    if not result.codes:
        return redirect(url_for("identity.join_app"), 303)
    found = service.actor_of(work(), result.token)
    work().actor = found[0] if found else actor()
    return page("identity/codes_made.html", codes=result.codes)
