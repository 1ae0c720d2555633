"""The one way to render a page: the frame's facts, the room's template, one status."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, current_app, g, make_response, render_template, request, session, url_for
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup, escape

from portal.base.problems import Busy, StorageFull
from portal.delegations import service as delegations
from portal.identity import service as identity
from portal.identity.permissions import Actor, Permission, allowed
from portal.language import rules
from portal.web import assets
from portal.web.core import actor, settings, work
from portal.web.negotiation import COOKIE, tag, translator
from portal.web.text import say


@dataclass(frozen=True)
class MenuItem:
    """A line of the menu: shown to those who have the permission. `label` is a msgid."""

    endpoint: str
    label: str
    permission: Permission


@dataclass
class Frame:
    """What `app.py` tells the frame about the rooms: the menu, and an organisation's name."""

    menu: list[MenuItem] = field(default_factory=list)
    organisation: Callable[[Any, Actor], str | None] = lambda _work, _actor: None


def set_up(app: Flask, frame: Frame) -> None:
    """Give every template the frame's facts."""
    app.extensions["frame"], app.extensions["paths"], app.extensions["pieces"] = frame, {}, {}
    app.jinja_env.globals.update(assets.TEMPLATE_GLOBALS, csrf_token=generate_csrf, url_for=path_of)
    app.jinja_env.globals["kept_piece"] = kept_piece


def path_of(endpoint: str, **values: Any) -> str:
    """Give the address of a page, as Flask's `url_for`; those that every page leads to are built once per language."""
    if values:
        return url_for(endpoint, **values)
    paths: dict[tuple[str, str, str], str] = current_app.extensions["paths"]
    key = (endpoint, tag(), request.script_root)
    found = paths.get(key)
    if found is None:
        found = paths[key] = url_for(endpoint)
    return found


def kept_piece(template: str, **facts: Any) -> Markup:
    """Render what is the same on every page of a language and knows nothing of who asks: once, and then keep it."""
    pieces: dict[tuple, Markup] = current_app.extensions["pieces"]
    key = (template, tag(), request.script_root, *facts.values())
    found = pieces.get(key)
    if found is None:
        about = {"lang": translator().language, "languages": rules.LANGUAGES.values(), **facts}
        text = render_template(template, support=settings().support, **about)
        found = pieces[key] = Markup(text)  # noqa: S704 (a template's own)
    return found


def page(template: str, status: int = 200, **facts: Any) -> Response:
    """Render a room's page, and commit what rides along with it before it is sent.

    A form among `facts` named `form` gives the status when it failed.
    """
    form = facts.get("form")
    if form is not None and getattr(form, "status", 200) != 200:
        status = form.status
    text = render_template(template, **frame_facts(), **facts)
    _note_looks(status)
    response = make_response(text, status)
    if request.cookies.get(COOKIE) != tag():
        # Not personal: lets the start page without a language in its address greet in the right one.
        response.set_cookie(COOKIE, tag(), httponly=True, samesite="Lax", secure=settings().secure_cookies)
    return response


def _note_looks(status: int) -> None:
    """Commit what rides along: a form that is shown again shows a person's values again, which is a look.

    Where the form itself could not be saved (503), its look may not be either. The page is sent all the same, so
    that nothing typed is lost: the look at the same page when it was opened stands already.
    """
    try:
        work().finish()
    except (Busy, StorageFull):
        if status < 500:
            raise


def bare_page(template: str, status: int, **facts: Any) -> Response:
    """Render an error page: it knows nothing of who asks, so that it is the same for everybody."""
    start = url_for("guide.start")
    return make_response(render_template(template, **_bare_facts(start), **facts), status)


def frame_facts() -> dict[str, Any]:
    """Give what the layout shows around every page."""
    frame: Frame = current_app.extensions["frame"]
    who = actor()
    facts = _bare_facts(_same_page())
    if who.signed_in:
        facts["signed_in"] = True
        # A name above a discreet page would say whose it is.
        facts["helper_asks"] = allowed(who, Permission.DELEGATIONS_ASKED)
        facts["helped"] = "" if who.discreet else identity.helped_name(work())
        facts["menu"] = [_line(item) for item in frame.menu if allowed(who, item.permission)]
        # No agency's name above a discreet page, whatever hat is worn.
        facts["organisation"] = None if who.discreet else frame.organisation(work(), who)
        facts["worker_beside"] = delegations.helped_words(work()).get("helped")
    return facts


def _bare_facts(path: str) -> dict[str, Any]:
    lang = translator().language
    # The same page in each language differs in its first word only.
    _, here, rest = path.split("/", 2)
    opened = g.get("work")
    # Error pages too: a title stays in the browser's history. Where nobody was read yet, nobody is discreet.
    discreet = opened is not None and opened.actor.discreet
    return {
        "lang": lang,
        "languages": rules.LANGUAGES.values(),
        "here": here,
        "rest": escape(rest),
        "english_href": f"/en/{rest}",
        "draft_language": lang.tag != "en" and lang.complete,
        "partial_language": not lang.complete,
        "signed_in": False,
        "helping": opened is not None and opened.actor.helping is not None,
        "helped": "",
        "helper_asks": False,
        "who": None,
        "organisation": None,
        "worker_beside": None,
        "menu": [],
        "service_name": settings().discreet_name if discreet else settings().service_name,
        "discreet": discreet,
        "support": settings().support,
        "exit_path": path_of("identity.leave"),
        "demo": settings().demo,
    }


def _same_page() -> str:
    if request.endpoint is None or not current_app.url_map.is_endpoint_expecting(request.endpoint, "l"):
        return url_for("guide.start")
    path = url_for(request.endpoint, **{**(request.view_args or {}), "l": tag()})
    asked = [pair for pair in request.args.items(multi=True) if pair[0] != "l"]
    if not asked or request.method not in ("GET", "HEAD"):
        return path
    # Never as arguments of url_for: there a stranger's names could stand for the page's own, or for its host.
    return f"{path}?{urlencode(asked)}"


def _line(item: MenuItem) -> dict[str, Any]:
    first = item.endpoint.split(".")[0]
    return {
        "href": path_of(item.endpoint),
        "label": say(item.label),
        "current": request.blueprint == first,
    }


def keep_cookie() -> None:
    """Make sure that the browser carries the one cookie (a visitor who opens a share has no account)."""
    "csrf_token" in session  # noqa: B015  (asking is what sets it)
