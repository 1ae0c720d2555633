"""The only formatters for dates, times, numbers, money and lists that pages and letters may use.

They keep English out of the other languages: full names where our table has a source for them, digits
elsewhere, and a 24-hour clock outside English because "am" and "pm" are English words.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal
from markupsafe import Markup, escape

from portal.language.register import locale_name, register, table
from portal.language.rules import ENGLISH

PACIFIC_AUCKLAND = ZoneInfo("Pacific/Auckland")
_CACHED = 4_096


@lru_cache(maxsize=_CACHED)
def _date(tag: str, style: str, day: date) -> str:
    register()
    return format_date(day, table()[tag][style], locale_name(tag))


@lru_cache(maxsize=_CACHED)
def _month(tag: str, day: date) -> str:
    register()
    # Every pattern of ours starts with the day.
    pattern = table()[tag]["date_long"].lstrip("d").lstrip(" /")
    return format_date(day, pattern, locale_name(tag))


@lru_cache(maxsize=_CACHED)
def _number(tag: str, pattern: str | None, value: int | float | Decimal) -> str:
    register()
    return format_decimal(value, pattern, locale_name(tag))


@lru_cache(maxsize=16)
def _locale(tag: str) -> Locale:
    register()
    return Locale.parse(locale_name(tag))


def _day(value: date) -> date:
    # A moment becomes the calendar day in New Zealand; a plain date already is one.
    return _local(value).date() if isinstance(value, datetime) else value


def _local(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("A time without a time zone cannot be shown: pass an aware UTC datetime.")
    return moment.astimezone(PACIFIC_AUCKLAND)


class Formats:
    """Dates, times, numbers and lists in one language."""

    def __init__(self, tag: str) -> None:
        """Take the URL word of a language in our table."""
        self._format_tag = tag

    def date_full(self, value: date) -> str:
        """Write a day with its weekday, as due dates need: "Monday, 31 August 2026"."""
        return _date(self._format_tag, "date_full", _day(value))

    def date_long(self, value: date) -> str:
        """Write a day with the name of its month: "31 August 2026"."""
        return _date(self._format_tag, "date_long", _day(value))

    def month_long(self, value: date) -> str:
        """Write a month with its year: "August 2026", and in digits where a language's names have no source."""
        return _month(self._format_tag, _day(value).replace(day=1))

    def date_numeric(self, value: date) -> str:
        """Write a day in digits: "31/08/2026"."""
        return _date(self._format_tag, "date_numeric", _day(value))

    def time(self, moment: datetime) -> str:
        """Write the New Zealand time of an aware datetime: "2:30 pm", outside English "14:30"."""
        local = _local(moment)
        if self._format_tag != ENGLISH:
            return f"{local.hour:02}:{local.minute:02}"
        half = "am" if local.hour < 12 else "pm"
        return f"{local.hour % 12 or 12}:{local.minute:02} {half}"

    def datetime_long(self, moment: datetime) -> str:
        """Write an aware UTC datetime as New Zealand day and time: "31 August 2026, 2:30 pm"."""
        return f"{self.date_long(moment)}, {self.time(moment)}"

    def number(self, value: int | float | Decimal) -> str:
        """Write a number with thousands separators: "1,234,567.5"."""
        return _number(self._format_tag, None, value)

    def money_nzd(self, amount: str | int | Decimal) -> str:
        """Write dollars and cents: "494.80" becomes "$494.80"; text that is no number stays as it is."""
        try:
            value = Decimal(amount)
        except InvalidOperation:
            return str(amount)
        if not value.is_finite():
            return str(amount)
        sign = "-" if value < 0 else ""
        return f"{sign}${_number(self._format_tag, '#,##0.00', abs(value))}"

    def join_list(self, items: Iterable[object]) -> str:
        """Join items with commas and the language's "and"; the result is markup if any item is markup."""
        items = list(items)
        if any(hasattr(item, "__html__") for item in items):
            escaped = [escape(item) for item in items]
            return Markup(format_list(escaped, locale=_locale(self._format_tag)))  # noqa: S704 (all escaped)
        return format_list([str(item) for item in items], locale=_locale(self._format_tag))


def warm(tag: str) -> None:
    """Format once in a language, so that the first reader does not wait for locale data to load."""
    Formats(tag).datetime_long(datetime(2026, 1, 1, tzinfo=UTC))
