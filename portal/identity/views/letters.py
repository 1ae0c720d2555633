"""Screen of a worker who hands somebody without a phone the code for an account on paper."""

from flask import url_for
from werkzeug.wrappers import Response

from portal.identity import service
from portal.identity.forms.seen import LetterForm
from portal.identity.permissions import Permission
from portal.identity.views.blueprint import blueprint
from portal.web.core import actor, settings
from portal.web.guards import requires
from portal.web.page import page
from portal.web.qr import qr_of
from portal.web.tries import counted


@blueprint.route("/account/letter", methods=["GET", "POST"])
@requires(Permission.IDENTITY_LETTER, fresh=True)
def letter() -> Response:
    """Ask what the worker saw; then show the letter with its code, this once, to print and hand over."""
    form = LetterForm()
    if form.sent() and counted(form, "give-back", f"letter {actor().account_id}"):
        given = (form.full_name.data, form.saw.data, form.words.data or "")
        done = form.carry_out(service.give_letter, *given, once=False)
        if done:
            address = settings().base_url + url_for("identity.join_letter")
            qr = qr_of(f"{address}#{done.result}")
            return page("identity/letter_made.html", code=done.result, address=address, qr=qr)
    return page("identity/letter.html", form=form)
