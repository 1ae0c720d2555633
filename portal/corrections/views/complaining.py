"""Complain about a request: to the agency's privacy officer from here, or to the Commissioner with a ready pack."""

from datetime import datetime

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from portal.corrections import service
from portal.corrections.forms import ComplaintForm
from portal.corrections.rules.pack import PACK
from portal.corrections.views.blueprint import blueprint
from portal.identity.permissions import Permission
from portal.web.budgets import reads
from portal.web.core import work
from portal.web.guards import requires
from portal.web.letter_files import Head, letter_file
from portal.web.letters import letter_facts
from portal.web.negotiation import tag
from portal.web.page import page


@blueprint.route("/corrections/<ref:ref>/complain", methods=["GET", "POST"])
@requires(Permission.CORRECTIONS_ALONE)
def complain(ref: int) -> Response:
    """Offer both ways to complain; only what the person sends from here goes to the agency (s 69 and Part 5)."""
    form = ComplaintForm()
    if request.method == "GET":
        form.language.data = tag()
    elif form.sent():
        if form.carry_out(service.complain, ref, form.text.data, form.language.data):
            return redirect(url_for("corrections.complain", ref=ref), 303)
    return page(
        "corrections/complain.html", form=form, ask=service.show(work(), ref), day_of=datetime.fromisoformat
    )


@blueprint.get("/corrections/<ref:ref>/pack")
@requires(Permission.CORRECTIONS_ALONE)
@reads("own")
def pack(ref: int) -> Response:
    """Show all that a complaint needs, to read and to print, with English beside the person's language."""
    ask, parts = service.pack_of(work(), ref)
    return page("corrections/pack.html", ask=ask, now=work().now, **letter_facts(PACK, parts, tag()))


@blueprint.get("/corrections/<ref:ref>/pack/file")
@requires(Permission.CORRECTIONS_ALONE)
@reads("own")
def pack_file(ref: int) -> Response:
    """Give the same as a PDF file. Raises NotThere as its page does."""
    ask, parts = service.pack_of(work(), ref)
    return letter_file(PACK, parts, tag(), Head("", ask.reference, 1, work().now))
