"""Due dates around each holiday of 2024 to 2028, and for every day of receipt against an independent calendar."""

from datetime import date, timedelta

import holidays
import pytest

from portal.law import working_days
from portal.law.clocks import due_on, earlier_due

ONE_DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("received_on", "ten", "twenty"),
    [
        # Summer: 25 December to 15 January is passed over, however the request came in.
        (date(2024, 12, 10), date(2024, 12, 24), date(2025, 1, 29)),
        (date(2024, 12, 24), date(2025, 1, 29), date(2025, 2, 13)),
        (date(2025, 12, 25), date(2026, 1, 29), date(2026, 2, 13)),
        (date(2026, 1, 1), date(2026, 1, 29), date(2026, 2, 13)),
        (date(2026, 1, 15), date(2026, 1, 29), date(2026, 2, 13)),
        # Waitangi Day on a Friday; on a Saturday and on a Sunday its Monday.
        (date(2026, 2, 2), date(2026, 2, 17), date(2026, 3, 3)),
        (date(2027, 2, 1), date(2027, 2, 16), date(2027, 3, 2)),
        (date(2028, 2, 1), date(2028, 2, 16), date(2028, 3, 1)),
        # Easter, with Anzac Day soon after it; Easter Tuesday counts.
        (date(2024, 3, 28), date(2024, 4, 15), date(2024, 4, 30)),
        (date(2025, 4, 17), date(2025, 5, 6), date(2025, 5, 20)),
        (date(2026, 4, 2), date(2026, 4, 20), date(2026, 5, 5)),
        # Anzac Day on a Saturday and on a Sunday.
        (date(2026, 4, 24), date(2026, 5, 11), date(2026, 5, 25)),
        (date(2027, 4, 23), date(2027, 5, 10), date(2027, 5, 24)),
        # The King's Birthday and Matariki within one count.
        (date(2025, 5, 30), date(2025, 6, 16), date(2025, 7, 1)),
        (date(2026, 6, 30), date(2026, 7, 15), date(2026, 7, 29)),
        # Labour Day, and receipt on it, on a Saturday and on a Sunday.
        (date(2027, 10, 22), date(2027, 11, 8), date(2027, 11, 22)),
        (date(2027, 10, 25), date(2027, 11, 8), date(2027, 11, 22)),
        (date(2027, 10, 23), date(2027, 11, 8), date(2027, 11, 22)),
        (date(2027, 10, 24), date(2027, 11, 8), date(2027, 11, 22)),
    ],
)
def test_the_two_clocks_of_a_request_around_holidays(received_on, ten, twenty):
    assert (due_on("transfer", received_on), due_on("correction", received_on)) == (ten, twenty)
    assert due_on("statement", received_on) == due_on("access", received_on) == twenty


def test_every_day_of_receipt_agrees_with_an_independent_calendar_and_the_summer_of_the_act():
    national = holidays.country_holidays("NZ", years=range(2024, 2030))

    def counts(day):
        summer = (day.month, day.day) >= (12, 25) or (day.month, day.day) <= (1, 15)
        return day.weekday() < 5 and not summer and day not in national

    received_on, wrong = date(2024, 1, 1), []
    while received_on.year < 2029:
        for kind, number in (("transfer", 10), ("correction", 20)):
            day, left = received_on, number
            while left:
                day += ONE_DAY
                left -= counts(day)
            if due_on(kind, received_on) != day:
                wrong.append((kind, received_on, day))
        received_on += ONE_DAY
    assert wrong == []


def test_a_promised_day_moves_only_to_an_earlier_one():
    received_on, right = date(2026, 11, 23), date(2026, 12, 21)
    assert earlier_due("correction", received_on, right + ONE_DAY) == right
    assert earlier_due("correction", received_on, right) is None
    assert earlier_due("correction", received_on, right - ONE_DAY) is None


def test_a_one_off_day_comes_from_the_file_with_its_act_and_version():
    given = working_days._GIVEN
    assert working_days.CALENDAR_VERSION.endswith(f".{given['version']}")
    assert all(one["law"].split()[-1].isdigit() and one["name"] for one in given["days"])
    assert not working_days.is_working_day(date(2022, 9, 26))
    assert due_on("correction", date(2022, 9, 23)) == date(2022, 10, 25)
