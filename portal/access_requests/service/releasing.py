"""Handing over: what was decided to be shown, without the passages that were taken out; and what is late."""

from typing import Any

from sqlalchemy import select

from portal.access_requests import rules
from portal.access_requests.models import AccessRequest
from portal.access_requests.queries.places import item_place
from portal.access_requests.rules.charges import is_settled
from portal.access_requests.service import letters
from portal.access_requests.service.charging import charge_of
from portal.access_requests.service.moving import end_case, find_case, move, note_event, put_file
from portal.access_requests.service.searching import items_of
from portal.agencies import tasks
from portal.base import ids
from portal.base.clock import nz_date
from portal.base.problems import Conflict
from portal.base.work import Work
from portal.language.rules import N_
from portal.notices import service as notices

LATE = "access_late"
"""The kind of task that puts a late request before the privacy officer."""
MOST = 200


def release(work: Work, ref: int, how: dict[str, Any]) -> None:
    """Hand over what was decided to be shown: it can be read on the person's page from now on (letter L14).

    `how` holds identity, safe and support: true once staff are sure who it is, that handing over is safe, and that
    somebody to read it with was offered. Of a passage that was taken out nothing is kept for the person's page.
    Raises Invalid, Conflict, NotThere. Privacy Act 2020 ss 45, 55 to 57.
    """
    _task, request = find_case(work, ref)
    if request.state not in rules.TO_HAND_OVER:
        raise Conflict()
    facts: dict[str, Any] = {name: bool(how.get(name)) for name in ("identity", "safe", "support")}
    move(work, request, rules.State.RELEASED, fee_settled=is_settled(charge_of(work, request)), **facts)
    request.released_at = work.now
    contents = []
    for item, words in items_of(work, request):
        if item.outcome not in rules.TOLD:
            continue
        gone = item.outcome != rules.Outcome.RELEASE
        shows = item.outcome != rules.Outcome.REFUSE
        place = item_place(item.person_id, item.request_id, item.no, item.agency_id, "shown")
        shown = {"title": words["title"], "on": words["on"], "reason": words["reason"]}
        shown["parts"] = rules.parts_of(words["text"], item.ground or "") if shows else []
        item.shown = work.keys.seal_json(place, shown)
        if shows:
            contents.append({"title": words["title"], **({"redacted": "yes"} if gone else {})})
    put_file(work, request, handed_over=facts)
    letters.write(work, request, "L14", contents=contents)
    end_case(work, request, answered=True)


def note_overdue(work: Work) -> int:
    """Note once for each request that its due date has passed: a refusal in law. Gives how many are new.

    The person is told, and the agency's privacy officer gets it before them. A job of the worker, by the system.
    Privacy Act 2020 s 69.
    """
    late = select(AccessRequest).where(
        AccessRequest.state.in_(rules.OPEN),
        AccessRequest.due_on < nz_date(work.now),
        AccessRequest.overdue_at.is_(None),
    )
    rows = work.session.scalars(late.limit(MOST)).all()
    for request in rows:
        request.overdue_at = work.now
        note_event(work, request, rules.Event.OVERDUE)
        notices.tell(work, request.person_id, LATE, request.agency_id, request.ref)
        # L10n: staff worklist, kind of work for the privacy officer: a request that was not answered in time
        summary = {"title": N_("A request to see was not answered in time"), "labels": []}
        summary["reference"] = request.reference
        summary["about"] = ids.encode(request.ref)
        tasks.add(work, request.agency_id, ids.random63(), LATE, request.due_on, request.person_id, summary)
    return len(rows)
