"""Words are found whatever marks they carry, and shown as they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.language.finding import around, fold, words_of


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Ōtautahi", "otautahi"),
        ("Faʻasili", "faasili"),
        ("Fa'asili", "faasili"),
        ("O’Brien-Ngāti", "obrien ngati"),
        ("A\u0304poro", "aporo"),
        ("  12 Sample St., Exampleton ", "12 sample st exampleton"),
        ("STRASSE straße", "strasse strasse"),
        ("🙂 ok", "🙂 ok"),
        ("...", ""),
    ],
)
def test_marks_case_and_punctuation_make_no_difference(text, folded):
    assert fold(text) == folded


def test_each_word_is_looked_for_once():
    assert words_of("Sina  SINA, Faʻasili") == ["sina", "faasili"]


def test_a_word_is_shown_as_it_is_written_with_some_words_around_it():
    text = "one " * 40 + "She met Sina Faʻasili at the door. " + "two " * 40
    before, word, after = around(text, ["faasili"])
    assert word == "Faʻasili"
    assert before.endswith("met Sina ") and after.startswith(" at the door.")
    assert len(before) <= 61 and len(after) <= 61
    assert around("A\u0304poro", ["aporo"]) == ("", "A\u0304poro", "")
    assert around("nothing", ["heron"]) is None


@given(st.text(max_size=60), st.text(max_size=20))
def test_any_text_can_be_looked_for_in_any_text(text, typed):
    for word in words_of(typed):
        found = around(text, [word])
        assert (found is not None) == (word in fold(text)) or " " in fold(text)
        if found:
            assert word in fold(found[1]) and "".join(found) in text


@given(st.text(max_size=60))
def test_every_word_of_a_text_is_found_in_it(text):
    for word in words_of(text):
        assert around(text, [word]) is not None
