"""Who is asking, and may they: every route declares its permission, and unknown means no."""

from collections.abc import Callable

from flask import Flask, current_app, redirect, request, session, url_for
from flask_wtf.csrf import validate_csrf
from werkzeug.exceptions import BadRequest, NotFound, Unauthorized
from werkzeug.wrappers import Response
from wtforms.validators import ValidationError

from portal.base.problems import Refused
from portal.identity import service as identity
from portal.identity.browsers import kind_of
from portal.identity.permissions import ANYBODY, Actor, Permission, allowed, refusal
from portal.language.rules import N_
from portal.web import beside, budgets, kept
from portal.web.core import wants_write, work
from portal.web.negotiation import tag

View = Callable
# L10n: Refusal page, while a worker helps the person on one device: what is not done with somebody beside.
SHUT_BESIDE = N_("This is shut while someone helps you here. Do it by yourself, on your own device.")
# Where these pages lead, every line is about the person: with "ask for a code again" they are shut without one.
PRIVATE = frozenset(
    {
        Permission.ACCESS_LOG_SEE,
        Permission.BUNDLES_SHARE,
        Permission.CHOICES_MAKE,
        Permission.CORRECTIONS_ASK,
        Permission.CORRECTIONS_HELPED,
        Permission.NOTICES_SEE,
        Permission.STORY_WRITE,
    }
)


def requires(permission: Permission, *, fresh: bool = False) -> Callable[[View], View]:
    """Declare the permission of a view. With `fresh` a second factor of the last five minutes is asked for."""

    def mark(view: View) -> View:
        view.permission, view.fresh = permission, fresh
        return view

    return mark


def public(view: View) -> View:
    """Declare that anyone may read a page."""
    return requires(Permission.PUBLIC_READ)(view)


def machine(view: View) -> View:
    """Declare that a view is for programs: no cookie is read, so no form token is asked for."""
    view.machine = True
    return view


def way_out(view: View) -> View:
    """Declare that a view is for leaving: nothing is asked first, so that nothing can stand in the way."""
    view.way_out = True
    return view


def set_up(app: Flask) -> None:
    """Check every request before its view runs, and the whole address map before the first request."""
    app.before_request(check)


def refuse_open_routes(app: Flask) -> None:
    """Stop the start when a route declares no permission: deny by default (security.md pitfall 16)."""
    for rule in app.url_map.iter_rules():
        if not isinstance(getattr(app.view_functions[rule.endpoint], "permission", None), Permission):
            raise RuntimeError(f"The route {rule.rule} declares no permission.")


def check() -> object | None:
    """Load the actor, check origin and form token, and let only those through who have the permission."""
    view = core_view()
    if view is None:
        # Nothing to guard; but the page that says so must be discreet for who wants that.
        _read_cookie()
        return None
    if getattr(view, "machine", False):
        work().actor = _key_actor()
    elif not getattr(view, "way_out", False):
        _read_cookie()
        _check_origin()
    refusal = _may(view)
    if refusal is None:
        budgets.spend(view)
        kept.show_again()
    return refusal


def core_view() -> View | None:
    """Give the view function of this request; None where the address leads nowhere."""
    return current_app.view_functions.get(request.endpoint) if request.endpoint else None


def _may(view: View) -> object | None:
    if request.method == "OPTIONS" and not getattr(view, "machine", False):
        raise NotFound()
    actor: Actor = work().actor
    if not allowed(actor, view.permission):
        if getattr(view, "machine", False) and actor is ANYBODY:
            # A program without a key that we know: 401 tells it to send one, 403 would not.
            raise Unauthorized()
        if actor.signed_in and actor.beside is not None:
            raise Refused(SHUT_BESIDE)
        if actor.signed_in or getattr(view, "machine", False):
            raise Refused(refusal(actor, view.permission))
        return beside.led_on() or redirect(url_for("identity.sign_in", next=kept.way_back()), 303)
    if getattr(view, "fresh", False) and not actor.fresh(work().now):
        return _to_code()
    # Sent answers too, because a form that is shown again shows what is held; they are kept until the code came.
    return code_first(view.permission in PRIVATE)


def code_first(private: bool) -> Response | None:
    """Give the way to the second factor where the person wants one before what is `private`, and has given none.

    A view of records returns it instead of its page (security.md P09).
    """
    actor: Actor = work().actor
    return _to_code() if private and actor.ask_again and not actor.fresh(work().now) else None


def code_now(needed: bool) -> Response | None:
    """Give the way to the second factor where what is done needs one of the last five minutes, and none was given.

    A view returns it instead of its page where only some of what it does needs one; else `fresh` declares it.
    """
    return _to_code() if needed and not work().actor.fresh(work().now) else None


def _to_code() -> Response:
    return redirect(url_for("identity.step_up", next=kept.way_back()), 303)


def _read_cookie() -> None:
    if not session.kept:
        return
    found = identity.actor_of(work(), session.token)
    if found is None:
        return
    actor, due = found
    work().actor = actor
    if due and actor.signed_in:
        work().also(identity.touch, actor.session, tag(), kind_of(request.user_agent.string).text)


def _key_actor() -> Actor:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        return ANYBODY
    return identity.key_actor(work(), token.strip()) or ANYBODY


def _check_origin() -> None:
    if not wants_write():
        return
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise BadRequest()
    origin = request.headers.get("Origin")
    if origin and origin.partition("://")[2] != request.host:
        raise BadRequest()
    try:
        validate_csrf(request.form.get("csrf_token"))
    except ValidationError:
        work().stale = True


def local_path(text: str | None) -> str | None:
    """Give a path of this site to go on to, or None: never another host (open redirect)."""
    if not text or not text.startswith("/") or len(text) > 500 or "\\" in text:
        return None
    if text.startswith("//") or any(ord(letter) < 33 for letter in text):
        return None
    return text
