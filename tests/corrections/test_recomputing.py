"""The calendar may change by an Act: due dates that people were told move to an earlier day, and never to a later."""

from datetime import date, timedelta

from portal.agencies import tasks
from portal.corrections import service
from portal.identity.permissions import SYSTEM
from portal.law.working_days import CALENDAR_VERSION
from tests.corrections.factory import LATER


def promised(town, ref, due_on, transfer_by_on):
    """Make a request that was counted by an older calendar."""

    def earlier(work):
        row = service.requests.find_request(work, town.sina.person_id, ref)
        row.calendar_version, row.due_on, row.transfer_by_on = "nz-s7-2025.1", due_on, transfer_by_on

    town.do(earlier)


def recomputed(town, ref):
    moved = town.do(service.recompute, actor=SYSTEM, now=LATER)
    request = town.shown(ref)
    return moved, request, "CorrectionDueDateEarlier" in [one.name for one in request.events]


def test_a_day_that_came_out_too_late_moves_to_the_earlier_one_with_an_event(town):
    ref = town.sent({"address": "14 Sample Street"})
    promised(town, ref, date(2026, 12, 22), date(2026, 12, 8))
    moved, request, noted = recomputed(town, ref)
    assert (moved, request.due_on, request.transfer_by_on, noted) == (
        1,
        date(2026, 12, 21),
        date(2026, 12, 7),
        True,
    )
    assert tasks.find(town.work(town.priya), ref).due_on == date(2026, 12, 21)
    assert recomputed(town, ref)[0] == 0


def test_a_day_that_the_person_was_promised_never_becomes_later(town):
    ref = town.sent({"address": "14 Sample Street"})
    promised(town, ref, date(2026, 12, 18), date(2026, 12, 4))
    moved, request, noted = recomputed(town, ref)
    assert (moved, request.due_on, request.transfer_by_on, noted) == (
        0,
        date(2026, 12, 18),
        date(2026, 12, 4),
        False,
    )


def test_extended_days_and_requests_that_were_answered_stay(town):
    extended = town.sent({"address": "14 Sample Street"})
    town.do(service.take, extended, actor=town.priya)
    until = date(2027, 2, 1)
    town.do(service.propose_extension, extended, "b", until, "We ask others.", actor=town.priya)
    town.do(service.approve, extended, actor=town.olga)
    answered = town.declined("note")
    promised(town, extended, until, date(2026, 12, 7))
    promised(town, answered, date(2026, 12, 24), date(2026, 12, 7))
    assert recomputed(town, extended)[0] == 0
    assert town.shown(extended).due_on == until and town.shown(answered).due_on == date(2026, 12, 24)


def test_a_request_says_by_which_calendar_it_was_counted(town):
    ref = town.sent({"address": "14 Sample Street"})
    work = town.work(now=LATER + timedelta(days=1))
    row = service.requests.find_request(work, town.sina.person_id, ref)
    assert row.calendar_version == CALENDAR_VERSION
