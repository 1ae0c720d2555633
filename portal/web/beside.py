"""A device that a worker handed to a client: where it is led to, and how it is closed once the time is over."""

from flask import make_response, redirect, session, url_for
from werkzeug.wrappers import Response

from portal.base.work import Work
from portal.delegations import service as delegations
from portal.identity import service as identity
from portal.web import kept
from portal.web.core import actor, work


def led_on() -> Response | None:
    """Give the one page that is open to somebody with a worker beside them who is not signed in, or no more.

    Until the client has signed in and agreed, the menu, the address bar and Back lead there, and show nothing of
    the worker's. None for everybody else.
    """
    if actor().kind == "agreeing":
        return redirect(url_for("delegations.agree"), 303)
    if actor().beside is not None and not actor().signed_in:
        return redirect(url_for("delegations.handover"), 303)
    return _closed()


def wiped(answer: Response, *, cookies: bool = True) -> Response:
    """Let the browser forget all that it kept from here; with `cookies` also who is signed in."""
    response = make_response(answer)
    if cookies:
        session.drop()
    what = '"cache", "cookies", "storage"' if cookies else '"cache", "storage"'
    response.headers["Clear-Site-Data"] = what
    return response


def _closed() -> Response | None:
    """Close a session whose time with a worker was up: what was being written waits for the person elsewhere.

    It is closed whatever was sent, and from wherever: a page of another site can end nothing that is not over.
    """
    if not session.kept or actor().session is not None or identity.beside_over(work(), session.token) is None:
        return None
    path = kept.way_back() or ""
    Work.do(work(), delegations.close, session.token, path if f"{kept.MARK}=" in path else None)
    return wiped(redirect(url_for("delegations.ended", why="time"), 303))
