"""The reading grade tells plain words from legal ones, without a word list."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.law.reading import _syllables, grade, longest_sentence, reading_age

PLAIN = "You can add your own words. We must keep them with this record. It is free."
LEGAL = (
    "An individual is entitled to provide the agency with a statement of correction and to request that the "
    "agency attach that statement to the information in such a manner that it will always be read with it, "
    "notwithstanding any determination previously communicated concerning the requested correction."
)


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("the", 1), ("make", 1), ("makes", 1), ("changes", 2), ("asked", 1), ("wanted", 2), ("table", 2),
        ("information", 4), ("agency", 3), ("correction", 3), ("whānau", 2), ("rule", 1),
        ("agreed", 2), ("I", 1),
    ],
)  # fmt: skip
def test_syllables_are_counted_well_enough(word, syllables):
    assert _syllables(word) == syllables


def test_plain_words_score_far_below_legal_ones():
    assert grade(PLAIN) <= 3
    assert grade(LEGAL) >= 20


def test_a_known_sentence_has_the_grade_of_the_formula():
    # 6 words, 1 sentence, 6 syllables: 0.39 * 6 + 11.8 * 1 - 15.59 is below zero.
    assert grade("The cat sat on the mat.") == 0.0
    # 5 words, 14 syllables (3 + 4 + 2 + 3 + 2): 0.39 * 5 + 11.8 * 14 / 5 - 15.59 = 19.4.
    assert grade("Agency information requires correction today.") == 19.4


@pytest.mark.parametrize("text", ["", "   ", "12 34.", "???", "\n\n"])
def test_a_text_without_words_has_grade_nought(text):
    assert grade(text) == 0.0
    assert longest_sentence(text) == 0


def test_lines_count_as_sentences_and_decimals_do_not_end_one():
    assert longest_sentence("one two three\nfour five") == 3
    assert longest_sentence("You paid $494.80 for the home.") == 5


def test_the_reading_age_is_five_years_above_the_grade():
    assert reading_age(PLAIN) == round(grade(PLAIN)) + 5


@given(st.text(max_size=300))
def test_any_text_at_all_has_a_grade(text):
    assert grade(text) >= 0.0
