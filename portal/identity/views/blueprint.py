"""The blueprint that this room's screens hang on, and what they share."""

import pyotp
from flask import Blueprint, request, url_for

from portal.identity.permissions import Actor, Permission, allowed
from portal.identity.queries.demo import demo_code_secret
from portal.web.core import settings, work
from portal.web.text import Lazy, lazy

blueprint = Blueprint("identity", __name__)


def home(who: Actor) -> str:
    """Give the first page of an account: its records, its worklist, or what frontline workers begin with."""
    if who.kind == "agreeing":
        return url_for("delegations.agree")
    homes = (
        (Permission.RECORDS_LOOK, "records.index"),
        (Permission.CASEWORK_SEE, "casework.index"),
        (Permission.DELEGATIONS_ASSIST, "delegations.clients"),
        (Permission.IDENTITY_TEAM, "agencies.team"),
    )
    for permission, endpoint in homes:
        if allowed(who, permission):
            return url_for(endpoint)
    return url_for("identity.account") if who.signed_in else url_for("guide.start")


def wrong_code() -> Lazy:
    """Give the sentence for a code that was wrong, used, or too old."""
    # L10n: Above a form that asks for a code from the app.
    return lazy("That code did not work. Wait for a new one, or use a recovery code.")


def demo_code(who: Actor, secret: str | None = None) -> str | None:
    """Give the code that the app would show (with a new `secret`, its): in a demonstration on loopback only."""
    if not settings().demo or not _is_this_machine() or who.session is None:
        return None
    secret = secret or demo_code_secret(work(), who.session)
    return pyotp.TOTP(secret).at(work().now) if secret else None


def _is_this_machine() -> bool:
    """Say whether the browser runs here: behind a proxy on this machine everybody seems to, so that is a no."""
    forwarded = any(
        name in request.headers for name in ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "Via")
    )
    return not settings().secure_cookies and not forwarded and request.remote_addr in ("127.0.0.1", "::1")
