"""The clocks give the day an answer is due, show how it came about, and say how near it is."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.law import clocks
from portal.law.clocks import Skip, counted_days, days_left, due_on, nz_today, send_by_at, skips, state_of
from portal.law.working_days import is_working_day

RECEIVED, DUE = date(2026, 10, 21), date(2026, 11, 19)


@pytest.mark.parametrize(
    ("kind", "due"),
    [
        ("correction", DUE),
        ("access", DUE),
        ("statement", DUE),
        ("transfer", date(2026, 11, 5)),
    ],
)
def test_each_kind_of_duty_has_its_own_number_of_working_days(kind, due):
    assert due_on(kind, RECEIVED) == due


def test_an_unknown_kind_is_refused_with_the_list_of_kinds():
    with pytest.raises(ValueError, match="correction, access, transfer, statement"):
        due_on("complaint", RECEIVED)


def test_the_days_on_the_way_are_numbered_to_twenty_and_the_others_say_why():
    days = counted_days(RECEIVED, DUE)
    assert [day.number for day in days if day.number] == list(range(1, 21))
    assert days[0].on == date(2026, 10, 22)
    assert days[-1].on == DUE
    assert days[-1].number == 20
    labour_day = next(day for day in days if day.on == date(2026, 10, 26))
    assert (labour_day.number, labour_day.why_not) == (None, "Labour Day")


def test_nothing_is_counted_towards_a_day_that_is_not_later():
    assert counted_days(DUE, DUE) == ()
    assert counted_days(DUE, RECEIVED) == ()


def test_holidays_on_the_way_are_listed_without_weekends_and_summer_is_one_run():
    assert skips(RECEIVED, DUE) == (Skip(date(2026, 10, 26), date(2026, 10, 26), "Labour Day"),)
    summer = "Summer break, 25 December to 15 January"
    due = due_on("correction", date(2027, 12, 20))
    assert skips(date(2027, 12, 20), due) == (
        Skip(date(2027, 12, 25), date(2028, 1, 15), summer),
        # 6 February 2028 is a Sunday.
        Skip(date(2028, 2, 6), date(2028, 2, 6), "Waitangi Day"),
        Skip(date(2028, 2, 7), date(2028, 2, 7), "Monday after Waitangi Day"),
    )


@pytest.mark.parametrize(
    ("today", "left", "nearness"),
    [
        (date(2026, 11, 11), 6, "later"),
        (date(2026, 11, 12), 5, "soon"),
        (date(2026, 11, 14), 4, "soon"),  # a Saturday, like the Friday before it
        (date(2026, 11, 18), 1, "soon"),
        (DUE, 0, "today"),
        (date(2026, 11, 20), -1, "late"),
        (date(2026, 11, 21), -2, "late"),
    ],
)
def test_what_is_left_is_counted_in_working_days_and_lateness_in_days(today, left, nearness):
    assert days_left(today, DUE) == left
    assert state_of(today, DUE) == nearness


@given(st.dates(date(2014, 1, 1), date(2051, 1, 1)), st.integers(0, 60))
def test_late_and_minus_go_together(due, ahead):
    today = due + timedelta(days=ahead - 30)
    assert (state_of(today, due) == "late") == (days_left(today, due) < 0)


def test_on_the_day_of_receipt_all_twenty_days_are_left():
    assert days_left(RECEIVED, DUE) == 20


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 11, 21, 10, 59, tzinfo=UTC), date(2026, 11, 21)),
        (datetime(2026, 11, 21, 11, 0, tzinfo=UTC), date(2026, 11, 22)),  # summer time, 13 hours ahead
        (datetime(2026, 7, 1, 11, 59, tzinfo=UTC), date(2026, 7, 1)),
        (datetime(2026, 7, 1, 12, 0, tzinfo=UTC), date(2026, 7, 2)),
        (datetime(2026, 7, 1, 12, 0, tzinfo=timezone(timedelta(hours=12))), date(2026, 7, 1)),
    ],
)
def test_the_day_is_the_one_in_new_zealand(moment, day):
    assert nz_today(moment) == day


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        nz_today(datetime(2026, 11, 21, 10, 0))


def test_a_notice_must_go_out_by_five_in_the_afternoon():
    assert send_by_at(DUE) == datetime(2026, 11, 19, 4, 0, tzinfo=UTC)
    assert send_by_at(date(2026, 7, 1)) == datetime(2026, 7, 1, 5, 0, tzinfo=UTC)


def test_every_clock_ends_on_a_working_day():
    assert all(is_working_day(due_on(kind, date(2026, 12, 23))) for kind in clocks.WORKING_DAYS)
