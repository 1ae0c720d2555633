"""Another language, pressed on a page with a form: what was typed goes on to it, and nothing is carried out."""

from flask import abort, current_app, redirect, request, url_for

from portal.language.service import known
from portal.web.negotiation import tag

SWITCH = "switch_language"


def pressed() -> bool:
    """Say whether the form was sent by a language of the picker, and not by a button of its own."""
    return SWITCH in request.form


def go_on() -> None:
    """Leave for the same page in the language that was pressed; return where it is shown in that one already.

    The browser sends what was typed on: it is kept nowhere.
    """
    other, endpoint = request.form.get(SWITCH, ""), request.endpoint or ""
    if not known(other) or other == tag() or not current_app.url_map.is_endpoint_expecting(endpoint, "l"):
        return
    path = url_for(endpoint, **{**(request.view_args or {}), "l": other})
    query = request.query_string.decode()
    abort(redirect(f"{path}?{query}" if query else path, 307))
