"""Working days as section 7 of the Privacy Act 2020 counts them, taken from the statute, not from a calendar.

Counting starts on the day after receipt: the day of receipt is day 0, also when it is not a working day.
Regional anniversary days, Easter Tuesday, 24 December and 16 January count as ordinary working days.

For a lawyer to check before release: the text of section 7 itself; that the 2022 Matariki Act changed it as
it changed the Official Information Act; and whether 26 September 2022 was taken out of it (see ONE_OFF_DAYS).
"""

import json
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from portal.language.rules import N_

_GIVEN = json.loads(Path(__file__).with_name("one_off_days.json").read_text(encoding="utf-8"))

CALENDAR_VERSION = f"nz-s7-2026.{_GIVEN['version']}"
"""Stored beside each due date: the year of the rules in this file, and the version of one_off_days.json.

Change the one whenever a table or rule here changes, the other with each day that is added or taken out there.
"""

FIRST_YEAR, LAST_YEAR = 1994, 2052
"""The first whole year of the Privacy Act 1993, and the last year for which the law lists Matariki."""

MONDAYISED_FROM = 2014
"""The Holidays (Full Recognition of Waitangi Day and ANZAC Day) Amendment Act 2013 starts with 2014."""

# L10n: why a day is not counted towards a due date; stands after the date in a list of days.
WEEKEND = N_("Weekend")
# L10n: why a day is not counted; the weeks around Christmas when no working days are counted.
SUMMER = N_("Summer break, 25 December to 15 January")
# L10n: why a day is not counted; a public holiday.
WAITANGI = N_("Waitangi Day")
# L10n: why a day is not counted; the Monday after a Waitangi Day that fell on a weekend.
WAITANGI_MONDAY = N_("Monday after Waitangi Day")
# L10n: why a day is not counted; a public holiday.
GOOD_FRIDAY = N_("Good Friday")
# L10n: why a day is not counted; a public holiday.
EASTER_MONDAY = N_("Easter Monday")
# L10n: why a day is not counted; a public holiday.
ANZAC = N_("Anzac Day")
# L10n: why a day is not counted; the Monday after an Anzac Day that fell on a weekend.
ANZAC_MONDAY = N_("Monday after Anzac Day")
# L10n: why a day is not counted; a public holiday, the first Monday of June.
SOVEREIGN = N_("King’s Birthday")
# L10n: why a day is not counted; a public holiday, the start of the Māori new year.
MATARIKI = N_("Matariki")
# L10n: why a day is not counted; a public holiday, the fourth Monday of October.
LABOUR = N_("Labour Day")
# L10n: why a day is not counted; a public holiday held once, in 2022.
QUEEN_MEMORIAL = N_("Queen Elizabeth II Memorial Day")

ONE_OFF_DAYS: dict[date, str] = {date.fromisoformat(one["on"]): one["name"] for one in _GIVEN["days"]}
"""Days that a single Act took out of the calendar, by date, from one_off_days.json, which names each Act.

A name that is marked above (QUEEN_MEMORIAL) is translated; another one is shown as the file has it.
"""

# Te Kāhui o Matariki Public Holiday Act 2022, schedule: (month, day) by year; always a Friday.
MATARIKI_DAYS = {
    2022: (6, 24), 2023: (7, 14), 2024: (6, 28), 2025: (6, 20), 2026: (7, 10), 2027: (6, 25), 2028: (7, 14),
    2029: (7, 6), 2030: (6, 21), 2031: (7, 11), 2032: (7, 2), 2033: (6, 24), 2034: (7, 7), 2035: (6, 29),
    2036: (7, 18), 2037: (7, 10), 2038: (6, 25), 2039: (7, 15), 2040: (7, 6), 2041: (7, 19), 2042: (7, 11),
    2043: (7, 3), 2044: (6, 24), 2045: (7, 7), 2046: (6, 29), 2047: (7, 19), 2048: (7, 3), 2049: (6, 25),
    2050: (7, 15), 2051: (6, 30), 2052: (6, 21),
}  # fmt: skip


class CalendarEnds(ValueError):
    """The law names no working days for this year, so no date can be promised."""


def is_working_day(day: date) -> bool:
    """Say whether a day counts (Privacy Act 2020 s 7).

    day: a calendar day in Pacific/Auckland.
    Raises CalendarEnds outside FIRST_YEAR to LAST_YEAR.
    """
    return why_not(day) is None


def why_not(day: date) -> str | None:
    """Name the reason why a day does not count, as a msgid such as "Labour Day"; None if it counts.

    day: a calendar day in Pacific/Auckland. A named day is named even where it falls on a weekend.
    Raises CalendarEnds outside FIRST_YEAR to LAST_YEAR. Privacy Act 2020 s 7.
    """
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise CalendarEnds(f"Working days are known from {FIRST_YEAR} to {LAST_YEAR}, not for {day.year}.")
    named = _named_days(day.year).get(day)
    if named:
        return named
    if (day.month, day.day) >= (12, 25) or (day.month, day.day) <= (1, 15):
        return SUMMER
    return WEEKEND if day.weekday() >= 5 else None


@lru_cache(maxsize=16_384)
def add_working_days(received_on: date, n: int) -> date:
    """Give the nth working day after a day; the day itself is day 0, whatever kind of day it is.

    received_on: a calendar day in Pacific/Auckland. n: working days, 1 or more.
    Raises ValueError for n below 1, CalendarEnds when the count leaves the known years.
    Privacy Act 2020 ss 7, 44, 63.
    """
    if n < 1:
        raise ValueError("Count at least one working day.")
    is_working_day(received_on)  # a year the law does not list is refused before counting
    day = received_on
    while n:
        day += timedelta(days=1)
        n -= is_working_day(day)
    return day


@lru_cache(maxsize=64)
def _named_days(year: int) -> dict[date, str]:
    easter = _easter_sunday(year)
    named = {
        easter - timedelta(days=2): GOOD_FRIDAY,
        easter + timedelta(days=1): EASTER_MONDAY,
        _nth_monday(year, 6, 1): SOVEREIGN,
        _nth_monday(year, 10, 4): LABOUR,
    }
    for fixed, name, monday_name in (
        (date(year, 2, 6), WAITANGI, WAITANGI_MONDAY),
        (date(year, 4, 25), ANZAC, ANZAC_MONDAY),
    ):
        named.setdefault(fixed, name)
        if fixed.weekday() >= 5 and year >= MONDAYISED_FROM:
            named.setdefault(fixed + timedelta(days=7 - fixed.weekday()), monday_name)
    if year in MATARIKI_DAYS:
        named[date(year, *MATARIKI_DAYS[year])] = MATARIKI
    return named | {day: name for day, name in ONE_OFF_DAYS.items() if day.year == year}


def _nth_monday(year: int, month: int, n: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=-first.weekday() % 7 + 7 * (n - 1))


def _easter_sunday(year: int) -> date:
    # The anonymous Gregorian computus (Meeus); checked in the tests against an independent calendar.
    century, of_century = divmod(year, 100)
    golden = year % 19
    correction = century - century // 4 - (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + correction + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (of_century // 4) - moon - of_century % 4) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)
