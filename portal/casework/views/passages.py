"""Screen on which staff say which passages of a client's records are about one who acts for the client."""

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from portal.access_log import service as access_log
from portal.base import ids
from portal.casework.forms import ButtonForm
from portal.casework.views.blueprint import blueprint
from portal.delegations.queries import authority as authorities
from portal.identity import queries as identity
from portal.identity.permissions import Permission
from portal.language.rules import N_
from portal.records import queries as records
from portal.records import service
from portal.records.queries import RecordView
from portal.web.budgets import reads
from portal.web.core import actor, work
from portal.web.guards import requires
from portal.web.negotiation import translator
from portal.web.page import page

# L10n: on the page "Who has looked": why staff of an agency saw something.
WHY = N_("To say which words are about someone who acts for you")


@blueprint.route("/casework/passages/<ref:ref>", methods=["GET", "POST"])
@requires(Permission.CASEWORK_DECIDE)
@reads("staff")
def passages(ref: int) -> Response:
    """Tick the values about other people that speak of who acts, and of nobody else (security.md T28).

    Twenty records at a time, newest first, of the types that the authority lets be seen.
    """
    form, found = ButtonForm(), authorities.authority(work(), ref)
    after = ids.decode(request.args.get("after", ""))
    views, more = records.held_by(work(), found.person_id, after)
    shown = [view for view in views if view.type.key in (found.types or ()) and view.about_others()]
    boxes = {f"{ids.encode(view.ref)}.{view.number(line.field.key)}": (view, line) for view in shown
             for line in view.about_others() if not line.empty}  # fmt: skip
    if form.sent():
        ticked = {(view.id, line.field.key) for view, line in _ticked(boxes)}
        seen = {view.id for view in shown}
        if not seen or form.carry_out(service.say_about, found.person_id, found.id, ticked, seen):
            return redirect(url_for("delegations.authority", ref=ref), 303)
    _note(found.person_id, shown)
    return page(
        "casework/passages.html",
        form=form,
        found=found,
        boxes=boxes,
        ticked={key for key, (view, line) in boxes.items() if (line.field.key, str(found.id)) in view.about},
        next=url_for("casework.passages", ref=ref, after=ids.encode(more)) if more else None,
        translator=translator(),
    )


def _ticked(boxes: dict) -> list:
    return [boxes[key] for key in request.form.getlist("about") if key in boxes]


def _note(person_id: int, shown: list[RecordView]) -> None:
    """Note that staff saw these values: the client reads it among who has looked."""
    details = {
        "who": identity.account_name(work(), actor().account_id),
        "role": actor().role,
        "why": WHY,
        "records": list(dict.fromkeys(view.type.title for view in shown)),
    }
    if shown:
        work().also(access_log.note, person_id, "staff", actor().agency_id, "record", details)
