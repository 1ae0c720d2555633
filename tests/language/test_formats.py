"""Dates, times, numbers and lists in each language, as our table writes them, with no English between."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from babel import Locale, localedata
from babel.dates import format_date
from babel.lists import format_list
from markupsafe import Markup

from portal.language import register
from portal.language.formats import Formats
from portal.language.rules import LANGUAGES

MONDAY = date(2026, 8, 31)

FULL = {
    "en": "Monday, 31 August 2026",
    "mi": "Rāhina, 31 Hereturikōkā 2026",
    "sm": "Aso Gafua, 31 Aokuso 2026",
    "to": "Mōnite 31 ʻAokosi 2026",
    "rar": "Monitē, 31 Aukute 2026",
    "fj": "Siga Moniti, 31 Okosita 2026",
    "niu": "Aho Gofua, 31 Aokuso 2026",
    "tkl": "31/08/2026",
    "tvl": "31/08/2026",
}
JOINED = {
    "en": "A, B and C",
    "mi": "A, B me C",
    "sm": "A, B ma C",
    "to": "A, B mo C",
    "rar": "A, B e C",
    "fj": "A, B kei C",
    "niu": "A, B mo e C",
    "tkl": "A, B ma C",
    "tvl": "A, B mo C",
}


@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_date_a_list_and_a_number_are_written_as_the_table_says(tag):
    shown = Formats(tag)
    assert shown.date_full(MONDAY) == FULL[tag]
    assert shown.date_numeric(MONDAY) == "31/08/2026"
    assert shown.join_list(["A", "B", "C"]) == JOINED[tag]
    assert shown.number(1234567.5) == "1,234,567.5"
    assert shown.money_nzd("494.80") == "$494.80"


def test_every_day_and_month_has_its_own_name_in_the_languages_that_have_names():
    for tag in ("mi", "sm", "to", "rar", "fj", "niu"):
        entry = register.table()[tag]
        sunday = date(2026, 8, 30)
        for number, name in enumerate(entry["weekdays"]):
            assert Formats(tag).date_full(sunday + timedelta(number)).startswith(name)
        for number, name in enumerate(entry["months"], start=1):
            assert Formats(tag).date_long(date(2026, number, 9)) == f"9 {name} 2026"


@pytest.mark.parametrize("tag", [tag for tag in LANGUAGES if tag not in ("en", "tkl", "tvl")])
def test_no_width_of_a_date_falls_back_to_english_names(tag):
    english = {date(2026, m, d).strftime(f) for m in range(1, 13) for d in range(1, 8) for f in ("%a", "%b")}
    for month in range(1, 13):
        for pattern in ("EEE MMM", "EEEE MMMM", "ccc LLL", "cccc LLLL"):
            words = format_date(date(2026, month, 3), pattern, tag).split()
            assert not english & set(words)


def test_a_moment_is_shown_as_the_day_and_hour_in_new_zealand():
    moment = datetime(2026, 8, 30, 14, 5, tzinfo=UTC)
    assert Formats("en").datetime_long(moment) == "31 August 2026, 2:05 am"
    assert Formats("en").date_long(moment) == "31 August 2026"
    assert Formats("sm").datetime_long(moment) == "31 Aokuso 2026, 02:05"


@pytest.mark.parametrize(
    ("hour", "shown"), [(12, "12:30 am"), (0, "12:30 pm"), (1, "1:30 pm"), (11, "11:30 pm")]
)
def test_noon_and_midnight_are_twelve(hour, shown):
    assert Formats("en").time(datetime(2026, 6, 1, hour, 30, tzinfo=UTC)) == shown


def test_a_time_without_a_zone_is_refused_instead_of_guessed():
    with pytest.raises(ValueError, match="time zone"):
        Formats("en").time(datetime(2026, 8, 31, 9))


def test_money_keeps_its_sign_and_leaves_alone_what_is_no_number():
    assert Formats("en").money_nzd(Decimal("-1234.5")) == "-$1,234.50"
    assert Formats("en").money_nzd("about $40") == "about $40"
    assert Formats("en").money_nzd("NaN") == "NaN"


def test_a_list_with_markup_escapes_the_other_items():
    assert Formats("sm").join_list([Markup("<b>A</b>"), "<B>"]) == Markup("<b>A</b> ma &lt;B&gt;")
    assert Formats("sm").join_list([]) == ""
    assert Formats("sm").join_list(["A"]) == "A"


def test_new_zealand_english_stays_as_babel_has_it():
    register._locale_data("sm", register.table()["sm"])
    fresh = localedata.load("en_NZ")
    assert format_date(MONDAY, "full", "en_NZ") == FULL["en"]
    assert format_list(["A", "B", "C"], locale="en_NZ") == "A, B and C"
    assert fresh["months"]["format"]["wide"][8] == "August"
    assert "sm" not in fresh["languages"] or fresh["languages"]["sm"] == "Samoan"


def test_babel_knows_our_locales_by_their_own_names():
    register.register()
    assert Locale.parse("niu").get_display_name() == "Vagahau Niue"
    assert Locale.negotiate(["fj-FJ", "en"], ["en", "fj"], sep="-").language == "fj"
    assert [Locale.parse("mi").plural_form(n) for n in (0, 1, 2)] == ["other", "one", "other"]


def test_the_self_test_passes_and_says_so_clearly_when_babel_forgets(monkeypatch):
    register.check_registered()
    monkeypatch.delitem(localedata._cache, "fj")
    with pytest.raises(register.LocaleDataError, match="Babel does not know the language fj"):
        register.check_registered()


def test_the_self_test_notices_english_names(monkeypatch):
    register.register()
    monkeypatch.setitem(localedata._cache, "fj", dict(localedata.load("en_NZ")))
    with pytest.raises(register.LocaleDataError, match="in fj otherwise"):
        register.check_registered()
