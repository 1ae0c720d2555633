"""Whether a letter is for the person who holds it, and which days a filter of the worklist means."""

from datetime import date

import pytest

from portal.agencies.rules import due_ranges, same_person

BORN = date(1992, 5, 4)


@pytest.mark.parametrize(
    "letter",
    ["Sina Faʻasili", "FAASILI SINA", "FAASILI, SINA", "sina fa'asili", "Sina Mele Faʻasili", "Sina Fāasili"],
)
def test_marks_case_order_and_a_middle_name_do_not_make_another_person(letter):
    assert same_person(letter, BORN, "Sina Faʻasili", BORN)


@pytest.mark.parametrize("letter", ["Tame Tūroa", "Sina", "Sina Leota", "Faasili Mele", "", "—"])
def test_another_name_is_another_person(letter):
    assert not same_person(letter, BORN, "Sina Faʻasili", BORN)


def test_another_or_no_birth_date_is_another_person():
    assert not same_person("Sina Faʻasili", date(1992, 4, 5), "Sina Faʻasili", BORN)
    assert not same_person("Sina Faʻasili", None, "Sina Faʻasili", BORN)


def test_people_with_one_name_match_by_that_name():
    assert same_person("SINA", BORN, "Sina", BORN)


def test_the_filters_of_a_worklist_cover_every_day_once():
    today = date(2026, 9, 14)
    ranges = list(due_ranges(today).values())
    assert [(ranges[n + 1][0] - ranges[n][1]).days for n in (0, 1)] == [1, 1]
    assert ranges[1] == (today, date(2026, 9, 20))
