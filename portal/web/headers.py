"""Headers on every answer, and compression: nothing is kept by the browser, nothing runs but our own bytes."""

import gzip

from flask import Flask, Response, current_app, request

from portal.config import Settings
from portal.web.assets import csp_sources
from portal.web.core import settings

GZIP_LEVEL = 6
SMALLEST = 600


def set_up(app: Flask) -> None:
    """Put the headers on every answer."""
    app.extensions["csp"] = _policy(app.extensions["portal"].settings)
    app.after_request(harden)
    app.after_request(shrink)


def _policy(settings: Settings) -> str:
    frame = settings.support.frame_origin if settings.support else ""
    found = {name: " ".join(values) for name, values in csp_sources().items()}
    return (
        f"default-src 'none'; style-src {found['style-src']}; script-src {found['script-src']}; img-src data:; "
        # The script may tell this site, and no other, that somebody leaves.
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        + (f"; frame-src {frame}" if frame else "")
    )


def harden(response: Response) -> Response:
    """Set the security headers (security.md section 4; ASVS 3.4)."""
    headers = response.headers
    headers.setdefault("Content-Security-Policy", current_app.extensions["csp"])
    headers.setdefault("Cache-Control", "no-store, private")
    headers["X-Content-Type-Options"] = "nosniff"
    # "no-referrer" would make the form check of HTTPS pages fail.
    headers.setdefault("Referrer-Policy", "same-origin")
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), browsing-topics=()"
    if settings().secure_cookies:
        headers["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"
    return response


def may_lead_to(response: Response, origins: tuple[str, ...]) -> Response:
    """Let this page's forms lead on to these origins too: browsers hold `form-action` against redirects as well."""
    policy = current_app.extensions["csp"]
    mine = "form-action 'self'"
    response.headers["Content-Security-Policy"] = policy.replace(mine, " ".join((mine, *origins)))
    return response


def may_show_pictures(response: Response) -> Response:
    """Let this page show pictures of this site."""
    policy = current_app.extensions["csp"]
    response.headers["Content-Security-Policy"] = policy.replace("img-src data:", "img-src 'self' data:")
    return response


def shrink(response: Response) -> Response:
    """Compress text answers with gzip 6 where the browser takes it."""
    response.vary.add("Accept-Encoding")
    if not response.cache_control.public:
        response.vary.add("Cookie")
    takes = "gzip" in request.headers.get("Accept-Encoding", "")
    if not takes or response.direct_passthrough or response.headers.get("Content-Encoding"):
        return response
    body = response.get_data()
    if len(body) < SMALLEST:
        return response
    response.set_data(gzip.compress(body, GZIP_LEVEL, mtime=0))
    response.headers["Content-Encoding"] = "gzip"
    return response
