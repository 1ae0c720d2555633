"""What differs between two versions, when an old value came back, and what needs a warning."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.records import rules

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3),
)
BODIES = st.dictionaries(st.sampled_from("abcd"), VALUES)


def test_only_what_differs_is_named_with_its_old_and_new_value():
    assert rules.differences({"a": 1, "b": 2}, {"a": 1, "b": 3}) == {"b": (2, 3)}


def test_a_value_that_appears_or_goes_is_a_difference():
    found = rules.differences({"old": 1}, {"new": 2})
    assert found == {"new": (rules.ABSENT, 2), "old": (1, rules.ABSENT)}


def test_yes_is_not_the_number_one():
    assert rules.differences({"a": True}, {"a": 1}) == {"a": (True, 1)}


@given(BODIES)
def test_a_body_does_not_differ_from_itself(body):
    assert rules.differences(body, dict(body)) == {}


@given(BODIES, BODIES)
def test_applying_the_differences_gives_the_newer_body(old, new):
    kept = dict(old)
    for key, (_before, after) in rules.differences(old, new).items():
        kept.pop(key, None)
        if after is not rules.ABSENT:
            kept[key] = after
    assert kept == new


def test_a_feed_that_restores_what_a_correction_replaced_came_back():
    history = [("agency", {"a": "old", "b": 1}), ("correction", {"a": "right", "b": 1})]
    assert rules.corrected(history).came_back({"a": "old", "b": 2}) == ["a"]


def test_a_new_value_after_a_correction_is_news():
    history = [("agency", {"a": "old"}), ("correction", {"a": "right"})]
    assert rules.corrected(history).came_back({"a": "newer"}) == []


def test_a_value_that_a_correction_took_out_came_back():
    history = [("agency", {"a": "old", "b": 1}), ("correction", {"b": 1})]
    assert rules.corrected(history).came_back({"a": "old", "b": 1}) == ["a"]


def test_the_value_before_two_corrections_came_back_too():
    history = [("agency", {"a": "x"}), ("correction", {"a": "y"}), ("correction", {"a": "z"})]
    assert rules.corrected(history).came_back({"a": "x"}) == ["a"]
    assert rules.corrected(history).came_back({"a": "y"}) == ["a"]


def test_the_agencys_own_later_change_lifts_the_guard():
    history = [("agency", {"a": "x"}), ("correction", {"a": "y"}), ("agency", {"a": "z"})]
    assert rules.corrected(history).came_back({"a": "x"}) == []


def test_a_corrected_value_stays_while_other_news_is_taken():
    present = {"a": "right", "b": 1}
    assert rules.keeping(present, {"a": "old", "b": 2, "c": 3}, ["a"]) == {"a": "right", "b": 2, "c": 3}
    assert rules.keeping({"b": 1}, {"a": "old", "b": 1}, ["a"]) == {"b": 1}


@pytest.mark.parametrize(
    "key, value, passed",
    [
        ("review_on", "2026-11-21", True),
        ("next_review_on", "2019-02-20", True),
        ("review_on", "2026-11-22", False),
        ("review_on", "2026-11-23", False),
        ("set_on", "2018-01-01", False),
        ("review_on", "soon", False),
        ("review_on", None, False),
    ],
)
def test_a_day_to_look_again_has_passed_only_once_it_is_over(key, value, passed):
    assert rules.review_passed(key, value, date(2026, 11, 22)) is passed


def test_what_may_be_hard_to_read_warns_and_only_safety_stays_folded():
    assert [rules.warns(one) for one in ("ordinary", "sensitive", "safety")] == [False, True, True]
    assert [rules.stays_folded(one) for one in ("ordinary", "sensitive", "safety")] == [False, False, True]


@pytest.mark.parametrize("value", [None, "", [], {}, rules.ABSENT])
def test_nothing_written_is_empty(value):
    assert rules.is_empty(value)


@pytest.mark.parametrize("value", [False, 0, "0", ["a"]])
def test_no_and_zero_are_values(value):
    assert not rules.is_empty(value)
