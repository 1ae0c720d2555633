"""The page on which a worker notes that they talked with a person alone: then a held answer may go out."""

from typing import Any

from flask import redirect, url_for
from werkzeug.wrappers import Response

from portal.access_requests import service as access
from portal.base.problems import NotThere
from portal.base.work import Work
from portal.casework import queries, service
from portal.casework.forms.alone import TalkForm
from portal.casework.views.blueprint import blueprint
from portal.corrections import service as corrections
from portal.identity.permissions import Permission
from portal.web.core import work
from portal.web.guards import requires
from portal.web.page import page

CASES = {corrections.TASK: "casework.show", access.TASK: "casework.access_case"}
"""Where a request stands, by the kind of its row of the worklist."""


@blueprint.route("/casework/<ref:ref>/alone", methods=["GET", "POST"])
@requires(Permission.CASEWORK_DECIDE)
def alone(ref: int) -> Response:
    """Say who talked with the person alone, when and how; what was written before stands below (section 57)."""
    form = TalkForm()
    task, held, talks = queries.held_case(work(), ref)
    if not held and not talks:
        raise NotThere()
    back_to = url_for(CASES[task.kind], ref=ref)
    if form.sent():
        said = {"who": form.who.data, "on": form.on.data, "how": form.how.data}
        if form.carry_out(_note, ref, said, once=False):
            return redirect(back_to, 303)
    return page("casework/alone.html", form=form, task=task, is_held=held, talks=talks, back_to=back_to)


def _note(opened: Work, ref: int, said: dict[str, Any]) -> None:
    service.note_talk(opened, ref, **said)
