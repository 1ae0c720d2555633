"""The photos and files that a person sent with a request to fix something: one picture a page, beside the request."""

from typing import Any

from flask import Response

from portal.casework.views.blueprint import blueprint
from portal.corrections import queries
from portal.corrections.service import proof as service
from portal.identity.permissions import Permission
from portal.web import headers, uploads
from portal.web.budgets import reads
from portal.web.core import work
from portal.web.guards import requires
from portal.web.page import page


@blueprint.get("/casework/<ref:ref>/proof")
@requires(Permission.CASEWORK_SEE)
@reads("staff")
def proof(ref: int) -> Response:
    """Show the first picture that was sent with a request, or say that there is none any more."""
    found = service.case_files(work(), ref)
    return _page(ref, found, found.files[0].no if found.files else 0, 1)


@blueprint.get("/casework/<ref:ref>/proof/<int:no>/<int:at>")
@requires(Permission.CASEWORK_SEE)
@reads("staff")
def proof_page(ref: int, no: int, at: int) -> Response:
    """Show one picture of one file."""
    return _page(ref, service.case_files(work(), ref), no, at)


@blueprint.get("/casework/<ref:ref>/proof/<int:no>/<int:at>/picture")
@requires(Permission.CASEWORK_SEE)
@reads("staff")
def proof_picture(ref: int, no: int, at: int) -> Response:
    """Give one picture by itself: to the page that shows it, and at full size."""
    body = service.case_picture(work(), ref, no, at)
    work().finish()
    return uploads.picture(body, f"picture-{no}-{at}.jpg")


def _page(ref: int, found: queries.CaseFiles, no: int, at: int) -> Response:
    around = queries.beside(found.files, no, at) if found.files else []
    shown: dict[str, Any] = {"found": found, "no": no, "at": at, "beside": around}
    return headers.may_show_pictures(page("casework/proof.html", ref=ref, **shown))
