"""SMART Health Links for programs: manifest, file by address, and file at once (HL7, links specification 1.0.0)."""

from typing import Any

from flask import Blueprint, Response, jsonify, request

from portal.base import ids
from portal.base.problems import NotThere
from portal.bundles import queries, service
from portal.bundles.service import Knock, Visit
from portal.identity.permissions import Permission
from portal.web.core import hit, settings, work
from portal.web.errors import problem_details
from portal.web.fields import clean_line
from portal.web.guards import machine, requires

blueprint = Blueprint("bundles_api", __name__)
LONGEST_NAME = 200
FILE_TYPE = "application/jose"


@blueprint.after_request
def from_any_site(response: Response) -> Response:
    """Let viewers in a browser read the answers, refusals too: no cookie plays a part here."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Allow-Methods"] = "GET, POST, OPTIONS"
    response.headers["Access-Control-Allow-Headers"] = "Content-Type"
    response.headers["Access-Control-Expose-Headers"] = "Retry-After"
    response.headers["Access-Control-Max-Age"] = "86400"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@blueprint.post("/shl/<string:token>")
@requires(Permission.BUNDLES_OPEN)
@machine
def manifest(token: str) -> Response:
    """Answer a manifest request: 404 when it is not active, 401 with the tries left, else where the file is."""
    asked = _asked()
    if asked is None:
        return problem_details(400, "Send JSON with a recipient, and embeddedLengthMax as a whole number.")
    recipient, passcode, most = asked
    door = queries.by_address(work(), "link", token)
    if door is None or door.spent:
        # Not counted: strangers' made-up tokens would each leave a row, and cannot be guessed.
        raise NotThere()
    hit("shlink", token)
    if not passcode and not door.link_alone:
        # A client that does not know of the passcode yet has not tried one: nothing is compared.
        return _refused(door.tries_left)
    tried = service.knock(work(), "link", token, passcode)
    if tried is None:
        raise NotThere()
    embedded = _embedded(tried, most)
    file_token = ids.token()
    found = work().do(service.manifest, tried, Visit("link", recipient), embedded, file_token)
    if found is None:
        raise NotThere()
    if "remainingAttempts" in found:
        return _refused(found["remainingAttempts"])
    for one in found["files"]:
        if "location" in one:
            one["location"] = f"{settings().base_url}/shl/file/{one['location']}"
    return jsonify(found)


@blueprint.get("/shl/<string:token>")
@requires(Permission.BUNDLES_OPEN)
@machine
def single(token: str) -> Response:
    """Give the encrypted file of a link with flag U at once: 404 for every other, 400 for who does not say who asks.

    Only a GET with a recipient counts. What looks at links for a preview says no recipient, so it gets nothing of a
    share and learns nothing of it; to ask with HEAD says no more than what kind of answer a GET gives.
    """
    recipient = clean_line(request.args.get("recipient", ""))[:LONGEST_NAME]
    if not recipient:
        return problem_details(400, "Add ?recipient= with the name of who opens it.")
    if request.method == "HEAD":
        return Response(content_type=FILE_TYPE)
    door = queries.by_address(work(), "link", token)
    if door is None or not door.direct:
        raise NotThere()
    hit("shlink", token)
    sealed = service.sealed_for(work(), door, settings().service_name)
    if work().do(service.admit, Knock(door, right=True), Visit("link", recipient)) is None:
        raise NotThere()
    return Response(sealed, content_type=FILE_TYPE)


@blueprint.get("/shl/file/<string:token>")
@requires(Permission.BUNDLES_OPEN)
@machine
def file(token: str) -> Response:
    """Give the encrypted file, for an hour after its manifest and while the share is live."""
    sealed = service.file(work(), token, settings().service_name)
    return Response(sealed, content_type=FILE_TYPE)


def _asked() -> tuple[str, str, int | None] | None:
    """Read (recipient, passcode, most characters to embed) from the body; None when it is not as specified."""
    try:
        body: Any = request.get_json(force=True, silent=True)
    except RecursionError:
        # Thousands of brackets in each other.
        return None
    if not isinstance(body, dict):
        return None
    recipient, passcode = body.get("recipient"), body.get("passcode", "")
    most = body.get("embeddedLengthMax")
    if not isinstance(recipient, str) or not isinstance(passcode, str):
        return None
    if most is not None and (isinstance(most, bool) or not isinstance(most, int) or most < 0):
        return None
    recipient = clean_line(recipient)[:LONGEST_NAME]
    return (recipient, clean_line(passcode)[:LONGEST_NAME], most) if recipient else None


def _embedded(tried: service.Knock, most: int | None) -> str | None:
    if most is None or not tried.right:
        return None
    sealed = service.sealed_for(work(), tried.door, settings().service_name)
    return sealed if len(sealed) <= most else None


def _refused(tries_left: int) -> Response:
    response = jsonify({"remainingAttempts": tries_left})
    response.status_code = 401
    return response
