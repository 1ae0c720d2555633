"""Leaving quickly: the way out that works signed in, half signed in, timed out, without script and under load."""

import structlog
from flask import make_response, redirect, session
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from portal.delegations import service as delegations
from portal.identity.permissions import Permission
from portal.identity.views.blueprint import blueprint
from portal.web import beside
from portal.web.core import settings, work
from portal.web.guards import requires, way_out

log = structlog.get_logger("portal")


@blueprint.get("/leave")
@requires(Permission.IDENTITY_SIGN_IN)
@way_out
def leave() -> Response:
    """Leave quickly: the session is over before the neutral page is asked for. Works signed out, without script."""
    if session.kept:
        _end(session.token)
    response = cleared(redirect(settings().exit_url, 303))
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def cleared(answer: ResponseReturnValue) -> Response:
    """Let the browser forget the cookie and all that it kept from here."""
    return beside.wiped(make_response(answer))


def _end(token: str) -> None:
    """Delete the session of a cookie, also one that was over: the way out is open whatever the database says."""
    try:
        work().do(delegations.leave, token)
    except Exception as fault:
        log.error("leaving", kind=type(fault).__name__)
