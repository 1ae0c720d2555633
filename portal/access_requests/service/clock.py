"""What the clock does by itself: it notes once what is late, and moves due dates to an earlier day, never later."""

from sqlalchemy import select

from portal.access_requests import rules
from portal.access_requests.models import AccessRequest
from portal.access_requests.service.moving import note_event
from portal.agencies import tasks
from portal.base import ids
from portal.base.clock import nz_date
from portal.base.work import Work
from portal.language.rules import N_
from portal.law import clocks
from portal.law.working_days import CALENDAR_VERSION
from portal.notices import service as notices

LATE = "access_late"
"""The kind of task that puts a late request before the privacy officer."""
MOST = 200


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


def recompute(work: Work) -> int:
    """Work the due dates of open requests out anew where the calendar has another version. Gives how many moved.

    A day moves only to an earlier one, with an event; the person was promised the other. Extended days are dates that
    were given, and stay. A job of the worker, by the system. Privacy Act 2020 ss 7, 43 and 44.
    """
    old = select(AccessRequest).where(
        AccessRequest.state.in_(rules.OPEN), AccessRequest.calendar_version != CALENDAR_VERSION
    )
    moved = 0
    for request in work.session.scalars(old.limit(MOST)).all():
        request.calendar_version = CALENDAR_VERSION
        by_on = clocks.earlier_due("transfer", request.received_on, request.transfer_by_on)
        request.transfer_by_on = by_on or request.transfer_by_on
        if request.extended_to_on is not None:
            continue
        due_on = clocks.earlier_due("access", request.received_on, request.due_on)
        if due_on is not None:
            request.due_on = due_on
            tasks.change(work, request.ref, agency_id=request.agency_id, due_on=due_on)
            note_event(work, request, rules.Event.DUE_DATE_EARLIER)
            moved += 1
    return moved
