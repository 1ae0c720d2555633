"""Copies of an opened share to keep: a PDF to read, and JSON for software. Only for the browser that opened it."""

import json

from flask import make_response
from werkzeug.wrappers import Response

from portal.base import pdf
from portal.base.problems import Invalid
from portal.bundles import service
from portal.bundles.views.blueprint import blueprint
from portal.bundles.views.opening import browser
from portal.identity.permissions import Permission
from portal.web.budgets import reads
from portal.web.core import work
from portal.web.guards import requires
from portal.web.letter_files import NO_FILE
from portal.web.negotiation import tag

# Nothing in a file's name says whose it is: it stays in a list of downloads.
NAME = "share"


@blueprint.get("/open/<ref:ref>/pdf")
@requires(Permission.BUNDLES_OPEN)
@reads("opened")
def opened_pdf(ref: int) -> Response:
    """The share as its page shows it, as a tagged PDF."""
    share = service.stay(work(), browser(), ref).share
    try:
        body = service.pdf_document(work(), share, tag())
    except pdf.CannotDraw as fault:
        raise Invalid(NO_FILE) from fault
    answer = _file(body, "application/pdf", "pdf")
    # It is compressed within.
    answer.direct_passthrough = True
    return answer


@blueprint.get("/open/<ref:ref>/json")
@requires(Permission.BUNDLES_OPEN)
@reads("opened")
def opened_json(ref: int) -> Response:
    """The share as its page shows it, as plain JSON (docs/share.schema.json)."""
    share = service.stay(work(), browser(), ref).share
    body = json.dumps(service.plain_document(work(), share, tag()), ensure_ascii=False, indent=1)
    return _file(body.encode(), "application/json", "json")


def _file(body: bytes, kind: str, ending: str) -> Response:
    work().finish()
    answer = make_response(body)
    answer.mimetype = kind
    answer.headers["Content-Disposition"] = f'attachment; filename="{NAME}.{ending}"'
    return answer
