"""The calendar may change by an Act: due dates that people were told move to an earlier day, and never to a later."""

from datetime import date

from sqlalchemy import select

from portal.access_requests import service
from portal.access_requests.models import AccessRequest
from portal.agencies import tasks
from portal.identity.permissions import SYSTEM
from portal.law.working_days import CALENDAR_VERSION


def promised(room, ref, due_on, transfer_by_on):
    """Make a request that was counted by an older calendar."""

    def earlier(work):
        row = work.session.scalars(select(AccessRequest).where(AccessRequest.ref == ref)).one()
        row.calendar_version, row.due_on, row.transfer_by_on = "nz-s7-2025.1", due_on, transfer_by_on

    room.do(earlier)


def recomputed(room, ref):
    moved = room.do(service.recompute, actor=SYSTEM)
    case = room.case(ref)
    noted = "AccessDueDateEarlier" in [one.name for one in case.events]
    return moved, case.request.due_on, case.transfer_by_on, noted


def test_a_day_that_came_out_too_late_moves_to_the_earlier_one_with_an_event(room):
    ref = room.one()
    promised(room, ref, date(2026, 12, 22), date(2026, 12, 8))
    assert recomputed(room, ref) == (1, date(2026, 12, 21), date(2026, 12, 7), True)
    assert tasks.find(room.town.work(room.town.priya), ref).due_on == date(2026, 12, 21)
    assert recomputed(room, ref)[0] == 0
    with room.town.store.core.engine.connect() as connection:
        versions = connection.execute(select(AccessRequest.calendar_version)).scalars().all()
    assert versions == [CALENDAR_VERSION]


def test_a_day_that_the_person_was_promised_never_becomes_later(room):
    ref = room.one()
    promised(room, ref, date(2026, 12, 18), date(2026, 12, 4))
    assert recomputed(room, ref) == (0, date(2026, 12, 18), date(2026, 12, 4), False)


def test_extended_days_and_requests_that_were_answered_stay(room):
    extended, until = room.reviewed(), date(2027, 2, 1)
    room.do(service.propose_extension, extended, "b", until, "We ask others.")
    room.do(service.approve, extended, actor=room.officer)
    answered = room.decided()
    promised(room, extended, until, date(2026, 12, 7))
    promised(room, answered, date(2026, 12, 24), date(2026, 12, 7))
    assert recomputed(room, extended) == (0, until, date(2026, 12, 7), False)
    assert room.shown(answered).due_on == date(2026, 12, 24)


def test_the_worker_does_it_before_it_looks_for_what_is_late(room):
    from portal import worker

    ref = room.one()
    promised(room, ref, date(2026, 12, 22), date(2026, 12, 8))
    worker.tidy(room.town.store.core)
    assert room.shown(ref).due_on == date(2026, 12, 21)
