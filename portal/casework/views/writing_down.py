"""Screen on which staff write down a request to see something that came by phone, on paper or in person."""

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from portal.access_requests import service as access
from portal.base import ids
from portal.base.clock import nz_date
from portal.base.problems import TooMany
from portal.casework.forms.writing_down import WriteDownForm
from portal.casework.views.blueprint import blueprint
from portal.identity.permissions import Permission
from portal.web.core import actor, hit, work
from portal.web.fields import STATUS, Sent, sentence
from portal.web.guards import requires
from portal.web.page import page

ANSWERS = (
    "scope",
    "since",
    "until",
    "topic",
    "names",
    "births",
    "form",
    "language",
    "urgent",
    "why",
    "hand_on",
)


@blueprint.route("/casework/access/new", methods=["GET", "POST"])
@requires(Permission.CASEWORK_DECIDE)
def write_down() -> Response:
    """Write down a request of a linked client, with the day on which it came (Privacy Act 2020 ss 40 to 44)."""
    form = WriteDownForm()
    if request.method == "GET":
        form.received_on.process(None, nz_date(work().now))
    if form.sent():
        done = _written(form)
        if done:
            return redirect(url_for("casework.access_case", ref=ids.decode(done.result)), 303)
    return page("casework/write_down.html", form=form)


def _written(form: WriteDownForm) -> Sent | None:
    answers = {name: form[name].data for name in ANSWERS}
    heard = access.Heard(form.client_ref.data, form.born.data, form.received_on.data, form.how.data, answers)
    try:
        # Client numbers can be tried out here, though only with a birth date beside them.
        hit("write-down", str(actor().account_id))
        return form.carry_out(access.write_down, heard)
    except TooMany as fault:
        form.fail(sentence(fault), STATUS[TooMany])
    return None
