"""What the person sent with a request: the list, each picture, and taking one back."""

from typing import Any

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from portal.base.problems import NotThere
from portal.corrections import queries
from portal.corrections.forms import ButtonForm
from portal.corrections.queries import proof as files
from portal.corrections.service import proof
from portal.corrections.views.blueprint import blueprint
from portal.identity.permissions import Permission
from portal.web import headers, uploads
from portal.web.budgets import reads
from portal.web.core import work
from portal.web.fields import PortalForm
from portal.web.guards import requires
from portal.web.page import page


@blueprint.get("/corrections/<ref:ref>/proof")
@requires(Permission.CORRECTIONS_ASK)
def sent_proof(ref: int) -> Response:
    """List what was sent with a request; while it is open, each can be taken back."""
    return _list(ref, ButtonForm())


@blueprint.get("/corrections/<ref:ref>/proof/<int:no>/<int:at>")
@requires(Permission.CORRECTIONS_ASK)
@reads("own")
def see_proof(ref: int, no: int, at: int) -> Response:
    """Show one picture as the agency sees it, with the ways to the others; also before it is sent."""
    found = files.own_files(work(), ref)
    shown: dict[str, Any] = {"files": found, "no": no, "at": at, "beside": files.beside(found, no, at)}
    return headers.may_show_pictures(page("corrections/picture.html", ref=ref, **shown))


@blueprint.get("/corrections/<ref:ref>/proof/<int:no>/<int:at>/picture")
@requires(Permission.CORRECTIONS_ASK)
@reads("own")
def proof_picture(ref: int, no: int, at: int) -> Response:
    """Give one picture to the page that shows it."""
    body = files.picture(work(), ref, no, at)
    work().finish()
    return uploads.picture(body, f"picture-{no}-{at}.jpg")


@blueprint.post("/corrections/<ref:ref>/proof/<int:no>/remove")
@requires(Permission.CORRECTIONS_ASK)
def take_back_proof(ref: int, no: int) -> Response:
    """Delete one file, and lead back to the list that it stood in."""
    form = ButtonForm()
    if form.sent() and form.carry_out(proof.take_back, ref, no, once=False):
        try:
            queries.written(work(), ref)
        except NotThere:
            return redirect(url_for("corrections.sent_proof", ref=ref), 303)
        then = "check" if request.args.get("then") == "check" else None
        return redirect(url_for("corrections.proof", ref=ref, then=then), 303)
    return _list(ref, form)


def _list(ref: int, form: PortalForm) -> Response:
    try:
        found = files.sent_files(work(), ref)
    except NotThere:
        # Not sent yet: the step shows the same, and more can be added there. Of nobody's it is not there either.
        queries.written(work(), ref)
        return redirect(url_for("corrections.proof", ref=ref), 303)
    return page("corrections/sent_proof.html", form=form, ask=found)
