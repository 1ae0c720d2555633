"""The screen with a person's messages, by day."""

from itertools import groupby

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from portal.agencies import queries as agencies
from portal.base import ids
from portal.base.clock import nz_date
from portal.identity.permissions import Permission
from portal.notices import rules, service
from portal.notices.forms import ButtonForm
from portal.notices.queries import NoticeFacts
from portal.notices.views.blueprint import blueprint
from portal.web.core import work
from portal.web.guards import requires
from portal.web.page import page
from portal.web.text import say

MOST = 12
# Where a notice leads, when it is about one thing.
LEADS_TO = {
    "request_received": "corrections.show",
    "request_decided": "corrections.show",
    "request_late": "corrections.show",
    "request_letter": "corrections.show",
    "request_question": "corrections.show",
    "request_fixed": "corrections.show",
    "request_seen": "corrections.show",
    "access_seen": "access_requests.show",
    "access_received": "access_requests.show",
    "access_late": "access_requests.show",
    "access_letter": "access_requests.show",
    "access_answered": "access_requests.show",
    "access_released": "access_requests.show",
    "statement_attached": "corrections.show",
    "share_opened": "bundles.show",
    "share_stopped": "bundles.show",
    "share_note": "bundles.notes",
    "share_changed": "bundles.show",
    "value_came_back": "records.show",
    "look_answered": "access_log.ask",
    "detail_changed": "records.show",
    "choice_made": "choices.receipt",
}
# Where it leads, when it is about no one thing.
PLACES = {
    "assist_begun": "delegations.let",
    "assist_twice": "delegations.let",
    "assist_kept": "delegations.let",
    "download_ready": "records.download",
    "contact_changed": "notices.contact",
    "helper_began": "delegations.index",
    "death_undone": "bundles.index",
    "authority_made": "delegations.acting",
    "authority_began": "delegations.acting",
    "authority_tried": "delegations.acting",
    "access_asked_back": "identity.asked_back",
    "paper_tried": "identity.paper",
    "card_twice": "identity.paper",
    "codes_few": "identity.paper",
    "urgent_look": "access_log.index",
    "urgent_wrong": "access_log.index",
}


@blueprint.route("/notices", methods=["GET", "POST"])
@requires(Permission.NOTICES_SEE)
def index() -> Response:
    """List the messages by day, newest first; sending the form marks all of them as read."""
    form = ButtonForm()
    if form.sent() and form.carry_out(service.mark_read):
        return redirect(url_for("notices.index"), 303)
    found = service.newest(work(), MOST + 1, ids.decode(request.args.get("before", "")))
    names = {one.id: one.name for one in agencies.catalogue(work()).agencies}
    shown = found[:MOST]
    days = [
        (day, [(notice, _words(notice, names), _address(notice)) for notice in told])
        for day, told in groupby(shown, lambda notice: nz_date(notice.at))
    ]
    return page(
        "notices/index.html",
        form=form,
        days=days,
        today=nz_date(work().now),
        unread=sum(notice.read_at is None for notice in shown),
        next=ids.encode(shown[-1].id) if len(found) > MOST else None,
    )


def _words(notice: NoticeFacts, names: dict[int, str]):
    return say(rules.WORDS.get(notice.kind, rules.UNKNOWN), agency=names.get(notice.agency_id, ""))


def _address(notice: NoticeFacts) -> str:
    if notice.kind == "records_linked" and notice.agency_id:
        return url_for("records.agency", ref=notice.agency_id)
    endpoint = LEADS_TO.get(notice.kind)
    if endpoint is not None and notice.about:
        return url_for(endpoint, ref=notice.about)
    if notice.kind in PLACES:
        return url_for(PLACES[notice.kind])
    return url_for("identity.account" if rules.purpose_of(notice.kind) == "safety" else "records.index")
