"""Every fault as a page with a way on: no token, no form, no path, no id, and never a stack trace."""

import structlog
from flask import Flask, Response, jsonify, request
from werkzeug.exceptions import HTTPException, SecurityError

from portal.base.problems import (
    Busy,
    Conflict,
    Ended,
    Invalid,
    NotThere,
    Problem,
    Refused,
    StorageFull,
    Tampered,
    TooMany,
)
from portal.web.core import Stale
from portal.web.guards import core_view
from portal.web.page import bare_page
from portal.web.text import say

log = structlog.get_logger("portal")
STATUS: dict[type[Problem], int] = {
    NotThere: 404,
    Refused: 403,
    Conflict: 409,
    Ended: 410,
    Invalid: 400,
    TooMany: 429,
    Stale: 419,
    StorageFull: 503,
    Busy: 503,
    Tampered: 500,
}
PAGES = frozenset({400, 403, 404, 405, 409, 410, 413, 415, 419, 429, 500, 503})


def set_up(app: Flask) -> None:
    """Answer all faults here."""
    app.register_error_handler(Problem, on_problem)
    app.register_error_handler(HTTPException, on_http)
    app.register_error_handler(Exception, on_fault)


def on_problem(fault: Problem) -> Response:
    """Answer a service's Problem."""
    status = STATUS.get(type(fault), 500)
    reason = None
    if isinstance(fault, Refused):
        reason = say(fault.reason)
    elif isinstance(fault, Invalid):
        reason = say(fault.message, **fault.values_)
    elif isinstance(fault, TooMany) and fault.reason:
        reason = say(fault.reason)
    if status == 500:
        log.error("problem", kind=type(fault).__name__, said=str(fault))
    wait = fault.retry_after if isinstance(fault, TooMany) else 0
    response = _answer(status, reason, minutes=-(-wait // 60))
    if isinstance(fault, TooMany):
        response.headers["Retry-After"] = str(fault.retry_after)
    if status == 503:
        response.headers["Retry-After"] = "60"
    return response


def on_http(fault: HTTPException) -> Response:
    """Answer what Flask and Werkzeug raise; redirects pass as they are."""
    if fault.code is not None and fault.code < 400:
        return fault.get_response()
    if isinstance(fault, SecurityError):
        # Asked for under a name that is not ours: no page of ours can be addressed from here.
        return Response("This site has another address.\n", 400, mimetype="text/plain")
    return _answer(fault.code or 500, None)


def on_fault(fault: Exception) -> Response:
    """Answer anything else: logged by its type and place, never by its words, which may hold a person's."""
    place = fault.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = f"{place.tb_frame.f_code.co_filename}:{place.tb_lineno}" if place else "?"
    log.error("fault", kind=type(fault).__name__, where=where, endpoint=request.endpoint)
    return _answer(500, None)


def _answer(status: int, reason, **facts) -> Response:
    view = core_view()
    if getattr(view, "machine", False) or request.path.startswith(("/api/", "/shl/")):
        return problem_details(status, str(reason) if reason else None)
    number = status if status in PAGES else (400 if status < 500 else 500)
    # 419 is ours alone; on the wire it is the standard 400.
    return bare_page(f"web/{number}.html", 400 if number == 419 else status, reason=reason, **facts)


def problem_details(status: int, detail: str | None = None, **more) -> Response:
    """Answer a program with RFC 9457 problem details."""
    titles = {
        401: "Unauthorized",
        403: "Forbidden",
        404: "Not found",
        409: "Conflict",
        429: "Too many requests",
    }
    body = {
        "type": "about:blank",
        "title": titles.get(status, "The request failed"),
        "status": status,
        **more,
    }
    if detail:
        body["detail"] = detail
    response = jsonify(body)
    response.status_code = 400 if status == 419 else status
    response.headers["Content-Type"] = "application/problem+json"
    return response
