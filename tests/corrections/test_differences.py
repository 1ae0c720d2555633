"""What differs between two values, word by word: shown by marks and said in words."""

import pytest

from portal.corrections.rules import difference


def marked(side):
    return "".join(f"[{one.text}]" if one.changed else one.text for one in side)


@pytest.mark.parametrize(
    ("old", "new", "was", "now"),
    [
        ("12 Sample Street", "14B Sample Street", "[12] Sample Street", "[14B] Sample Street"),
        ("12 Sample Street", "12 Sample Street, Māngere", "12 Sample Street", "12 Sample Street[, Māngere]"),
        ("021 000 0009", "021 000 0001", "021 000 [0009]", "021 000 [0001]"),
        ("Left by choice. Owes rent.", "Owes rent.", "[Left by choice. ]Owes rent.", "Owes rent."),
        ("Sina Fa", "sina Fa", "[Sina] Fa", "[sina] Fa"),
        ("Faasili", "Faʻasili", "[Faasili]", "[Faʻasili]"),
        ("3", "5", "[3]", "[5]"),
        ("same words", "same words", "same words", "same words"),
        ("", "new", "", "[new]"),
        ("gone", "", "[gone]", ""),
    ],
)
def test_words_that_stay_stand_in_both_and_the_others_are_marked(old, new, was, now):
    found = difference(old, new)
    assert (marked(found.old), marked(found.new)) == (was, now)


def test_where_hardly_anything_stays_all_of_it_counts_as_changed():
    found = difference("Tenant was upset and left the office", "We moved the meeting to the back house")
    assert [one.changed for one in (*found.old, *found.new)] == [True, True]


def test_each_side_joined_again_is_what_was_given_also_for_a_very_long_text():
    old = " ".join(f"word{n}" for n in range(3000))
    for new in (old.replace("word7 ", "word8 "), "short", old):
        found = difference(old, new)
        assert "".join(one.text for one in found.old) == old
        assert "".join(one.text for one in found.new) == new
