"""Teaches Babel the locales that its data lacks, and the New Zealand habits that it gets wrong.

Babel has no data for sm, rar, fj, niu, tkl and tvl, and no public way to add it. This module puts our own
table into Babel's cache, before any locale is asked for. `_cache` is a private name: that is why Babel is
pinned to one minor version, and why `check_registered` runs at start.
"""

import json
from datetime import date
from functools import cache
from typing import Any

from babel import Locale, UnknownLocaleError, localedata
from babel.dates import format_date, parse_pattern
from babel.lists import format_list
from babel.plural import PluralRule

from portal.language.rules import ENGLISH, LANGUAGES, TABLE

_KNOWN_TO_BABEL = {"mi", "to"}
_WIDTHS = ("wide", "abbreviated", "short")


class LocaleDataError(RuntimeError):
    """Babel did not take our locale table, so dates could come out in the wrong language."""


def locale_name(tag: str) -> str:
    """Return the name by which Babel knows one of our languages (`en` is New Zealand English)."""
    return "en_NZ" if tag == ENGLISH else tag


@cache
def table() -> dict[str, dict[str, Any]]:
    """Return the locale table by URL word: names of months and days, date patterns, joining words."""
    locales = json.loads(TABLE.read_text(encoding="utf-8"))["locales"]
    return {tag: locales["en-NZ" if tag == ENGLISH else tag] for tag in LANGUAGES}


@cache
def register() -> None:
    """Put our eight locales into Babel, once per process; New Zealand English stays as it is."""
    for tag, entry in table().items():
        if tag != ENGLISH:
            localedata._cache[tag] = _locale_data(tag, entry)
    localedata.locale_identifiers.cache_clear()


def _locale_data(tag: str, entry: dict[str, Any]) -> dict[str, Any]:
    # The top level is copied and every part we change is built anew, so nothing shared is written to.
    data = dict(localedata.load(tag if tag in _KNOWN_TO_BABEL else "en_NZ"))
    if entry["use_in_product"]:
        data["months"] = _both_contexts(dict(enumerate(entry["months"], start=1)))
        data["days"] = _both_contexts(_monday_first(entry["weekdays"]))
    patterns = {"full": "date_full", "long": "date_long", "medium": "date_numeric", "short": "date_numeric"}
    data["date_formats"] = {width: parse_pattern(entry[name]) for width, name in patterns.items()}
    data["list_patterns"] = {"standard": _list_pattern(entry["list_and"])}
    data["languages"] = {**data["languages"], tag: entry["endonym"]}
    data["plural_form"] = PluralRule({"one": "n is 1"})
    return data


def _monday_first(weekdays: list[str]) -> dict[int, str]:
    # The table starts on Sunday; Babel counts from Monday.
    return {(number - 1) % 7: name for number, name in enumerate(weekdays)}


def _both_contexts(names: dict[int, str]) -> dict[str, Any]:
    # Every width holds the full name: an abbreviation would otherwise come out in English.
    return {context: {width: dict(names) for width in _WIDTHS} for context in ("format", "stand-alone")}


def _list_pattern(word: str) -> dict[str, str]:
    last = "{0} " + word + " {1}"
    return {"start": "{0}, {1}", "middle": "{0}, {1}", "end": last, "2": last}


def check_registered() -> None:
    """Ask Babel for a date and a list in each language and compare with our table.

    Raises LocaleDataError with one sentence when Babel answers otherwise.
    """
    register()
    day = date(2026, 8, 31)
    for tag, entry in table().items():
        try:
            locale = Locale.parse(locale_name(tag))
        except (UnknownLocaleError, ValueError):
            raise LocaleDataError(
                f"Babel does not know the language {tag}: its cache works otherwise, so pin Babel to 2.18."
            ) from None
        expected = _expected_monday(entry)
        shown = format_date(day, "full", locale), format_list(["A", "B", "C"], locale=locale)
        if shown != (expected, f"A, B {entry['list_and']} C"):
            raise LocaleDataError(
                f"Babel writes dates or lists in {tag} otherwise than our table says: pin Babel to 2.18."
            )


def _expected_monday(entry: dict[str, Any]) -> str:
    # Monday 31 August 2026, written from the table without Babel.
    pattern = entry["date_full"].replace("y", "2026")
    if not entry["use_in_product"]:
        return pattern.replace("dd", "31").replace("MM", "08")
    pattern = pattern.replace("d ", "31 ").replace("EEEE", entry["weekdays"][1])
    return pattern.replace("MMMM", entry["months"][7])
