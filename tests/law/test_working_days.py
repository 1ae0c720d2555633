"""Working days are those of the statute: published examples, an independent calendar, and properties."""

import hashlib
from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.law.working_days import (
    CALENDAR_VERSION,
    FIRST_YEAR,
    LAST_YEAR,
    MATARIKI_DAYS,
    ONE_OFF_DAYS,
    CalendarEnds,
    add_working_days,
    is_working_day,
    why_not,
)

ONE_DAY = timedelta(days=1)
days = st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 10, 31))
counts = st.integers(1, 25)


@pytest.mark.parametrize(
    ("received_on", "due_on"),
    [
        (date(2017, 4, 16), date(2017, 5, 16)),
        (date(2019, 1, 3), date(2019, 2, 13)),
        (date(2019, 1, 15), date(2019, 2, 13)),
        (date(2023, 11, 27), date(2024, 1, 16)),
    ],
)
def test_twenty_working_days_end_where_published_examples_say(received_on, due_on):
    assert add_working_days(received_on, 20) == due_on


@pytest.mark.parametrize("last_day_answered_before_summer", [date(2019, 11, 26), date(2022, 11, 25)])
def test_the_ombudsmans_cut_over_days_are_where_the_answer_moves_behind_the_summer(
    last_day_answered_before_summer,
):
    before = add_working_days(last_day_answered_before_summer, 20)
    after = add_working_days(add_working_days(last_day_answered_before_summer, 1), 20)
    assert before <= date(before.year, 12, 24)
    assert after == date(before.year + 1, 1, 16)


def _working_by_the_other_calendar(day, national):
    summer = (day.month, day.day) >= (12, 25) or (day.month, day.day) <= (1, 15)
    return day.weekday() < 5 and not summer and day not in national


@pytest.mark.parametrize("year", range(2024, 2029))
def test_each_day_agrees_with_an_independent_calendar_once_the_summer_is_left_out(year):
    national = holidays.country_holidays("NZ", years=year)
    day = date(year, 1, 1)
    while day.year == year:
        assert is_working_day(day) == _working_by_the_other_calendar(day, national), day
        day += ONE_DAY


def test_matariki_is_the_day_the_schedule_gives_in_every_listed_year():
    listed = holidays.country_holidays("NZ", years=range(2022, 2053))
    assert {date(y, *md) for y, md in MATARIKI_DAYS.items()} == {
        d for d, name in listed.items() if name == "Matariki"
    }
    assert why_not(date(2026, 7, 10)) == "Matariki"
    assert all(date(y, *md).weekday() == 4 for y, md in MATARIKI_DAYS.items())


def test_before_the_matariki_act_no_friday_of_june_or_july_was_left_out():
    assert is_working_day(date(2021, 7, 2))
    assert is_working_day(date(2021, 7, 9))


@pytest.mark.parametrize("year", range(FIRST_YEAR, LAST_YEAR + 1))
def test_easter_agrees_with_an_independent_calendar(year):
    other = holidays.country_holidays("NZ", years=year)
    friday = next(d for d, name in other.items() if "Good Friday" in name)
    assert why_not(friday) == "Good Friday"
    # In 2011 Easter Monday was Anzac Day too; either name is right, and the day is left out once.
    assert why_not(friday + timedelta(days=3)) == "Easter Monday"


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 10, 26), "Labour Day"),
        (date(2026, 6, 1), "King’s Birthday"),
        (date(2026, 2, 6), "Waitangi Day"),
        (date(2027, 2, 8), "Monday after Waitangi Day"),
        (date(2026, 4, 27), "Monday after Anzac Day"),
        (date(2027, 4, 26), "Monday after Anzac Day"),
        (date(2022, 9, 26), "Queen Elizabeth II Memorial Day"),
        (date(2026, 12, 25), "Summer break, 25 December to 15 January"),
        (date(2027, 1, 15), "Summer break, 25 December to 15 January"),
        (date(2026, 10, 24), "Weekend"),
    ],
)
def test_a_day_that_does_not_count_says_why(day, name):
    assert why_not(day) == name
    assert not is_working_day(day)


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 12, 24),
        date(2026, 1, 16),
        date(2026, 4, 7),  # Easter Tuesday
        date(2027, 2, 1),  # Auckland anniversary
        date(2026, 11, 13),  # Canterbury anniversary
        date(2010, 2, 8),  # Waitangi Day fell on a Saturday before the Act of 2013
        date(2026, 2, 9),  # Waitangi Day fell on a Friday: its Monday counts
    ],
)
def test_days_that_only_look_like_holidays_count(day):
    assert why_not(day) is None


def test_a_request_received_on_a_holiday_starts_on_the_next_working_day():
    assert add_working_days(date(2026, 12, 25), 1) == date(2027, 1, 18)
    assert add_working_days(date(2026, 10, 24), 1) == date(2026, 10, 27)


def test_years_the_law_does_not_list_are_refused_instead_of_guessed():
    with pytest.raises(CalendarEnds, match="2053"):
        add_working_days(date(2052, 12, 20), 20)
    with pytest.raises(CalendarEnds, match="1993"):
        is_working_day(date(1993, 12, 31))


def test_counting_no_days_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        add_working_days(date(2026, 11, 2), 0)


@given(days, counts)
def test_the_due_date_is_a_working_day_and_the_nth_after_receipt(received_on, n):
    due_on = add_working_days(received_on, n)
    between = (received_on + timedelta(days=ahead) for ahead in range(1, (due_on - received_on).days + 1))
    assert is_working_day(due_on)
    assert sum(map(is_working_day, between)) == n


@given(days, days, counts)
def test_a_later_request_is_never_due_earlier(one, other, n):
    earlier, later = sorted((one, other))
    assert add_working_days(earlier, n) <= add_working_days(later, n)


@given(days, counts)
def test_counting_on_from_the_due_date_adds_up(received_on, n):
    assert add_working_days(add_working_days(received_on, n), 1) == add_working_days(received_on, n + 1)


def test_the_version_changes_when_the_calendar_does():
    """Due dates are stored with the version; edit both lines below together, on purpose."""
    first = date(FIRST_YEAR, 1, 1)
    whole = (first + timedelta(days=n) for n in range((date(LAST_YEAR, 12, 31) - first).days + 1))
    digest = hashlib.sha256("".join("01"[is_working_day(day)] for day in whole).encode()).hexdigest()[:16]
    assert (CALENDAR_VERSION, digest) == ("nz-s7-2026.1", "a3b8c7251b56e3e7")
    assert list(ONE_OFF_DAYS) == [date(2022, 9, 26)]
