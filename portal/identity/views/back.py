"""The one address without a language: where another provider sends a browser back to. It shows nothing itself."""

from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from flask import Blueprint, redirect, request, session, url_for
from werkzeug.wrappers import Response

from portal.base.problems import NotThere
from portal.identity import service
from portal.identity.permissions import Permission
from portal.identity.providers import NotSaid, ProviderFacts, Said, way
from portal.identity.views.blueprint import home
from portal.identity.views.ways import back_address, failed
from portal.web.core import actor, work
from portal.web.guards import local_path, requires
from portal.web.negotiation import speak

log = structlog.get_logger("portal")
blueprint = Blueprint("identity_api", __name__)
# Between the provider's clock and ours.
LEEWAY = timedelta(minutes=1)


@blueprint.get("/sign-in/back")
@requires(Permission.IDENTITY_OTHER_WAYS)
def back() -> Response:
    """Finish in the same browser what it began, once."""
    who, state = actor(), request.args.get("state", "")
    number = (who.account_id or 0) if who.signed_in else 0
    bound = service.fingerprint(session.token)
    flow = work().do(service.take_flow, "provider", state, bound, number) if state else None
    if flow is None:
        return redirect(home(who), 303) if who.signed_in else failed("late")
    speak(flow["language"])
    try:
        facts = service.provider_of(work(), flow["provider"])
        work().rest()
        said = way(facts).finish(back_address(), flow["kept"], request.args, work().now)
        _refuse_old(facts, said, flow)
    except NotSaid as fault:
        log.warning("provider", key=flow["provider"], why=fault.why, detail=fault.detail)
        return failed(fault.why)
    except NotThere:
        return failed("late")
    return {"in": _in, "again": _again, "connect": _connect}[flow["purpose"]](facts, said, flow)


def _refuse_old(facts: ProviderFacts, said: Said, flow: dict[str, Any]) -> None:
    """Its two steps stand for ours only if they were taken now: whoever was there before us does not count."""
    begun = datetime.fromtimestamp(flow["begun"], UTC)
    if facts.both_steps and (said.signed_in_at is None or said.signed_in_at < begun - LEEWAY):
        raise NotSaid("unsure", "signed in there too long ago")


def _in(facts: ProviderFacts, said: Said, flow: dict[str, Any]) -> Response:
    entered = work().do(lambda opened: service.enter(opened, facts, said, shared=flow["shared"]))
    if entered is None:
        return failed("refused")
    session.renew(entered.token)
    if entered.stage == "new":
        return redirect(url_for("identity.join_with"), 303)
    if entered.stage == "password":
        return redirect(url_for("identity.code", next=local_path(flow["next"])), 303)
    found = service.actor_of(work(), entered.token)
    return redirect(local_path(flow["next"]) or home(found[0] if found else actor()), 303)


def _again(facts: ProviderFacts, said: Said, flow: dict[str, Any]) -> Response:
    token = work().do(service.step_up_with, facts, said)
    if token is None:
        return failed("unsure")
    session.renew(token)
    return redirect(local_path(flow["next"]) or home(actor()), 303)


def _connect(facts: ProviderFacts, said: Said, _flow: dict[str, Any]) -> Response:
    if not work().do(service.connect, facts, said):
        return failed("taken")
    return redirect(url_for("identity.providers"), 303)
