"""What goes with what, which passcodes will do, and what a link says."""

from datetime import UTC, datetime, timedelta

import pytest

from portal.base import ids
from portal.bundles import rules
from portal.bundles.rules import Choice
from tests.bundles.serving import payload

NOW = datetime(2026, 8, 1, tzinfo=UTC)
CONCERN = [
    Choice("received_on", "fact", False, "safety"),
    Choice("told_by", "fact", False, "safety"),
    Choice("said", "allegation", True, "safety"),
    Choice("looked_into", "fact", False, "safety"),
    Choice("outcome", "decision", False, "safety"),
    Choice("reason", "opinion", False, "safety"),
    Choice("other_children", "fact", True, "safety"),
]


def test_a_claim_goes_only_with_who_said_it_whether_it_was_checked_and_what_followed():
    assert rules.completed(["said"], CONCERN) == ["received_on", "told_by", "said", "looked_into", "outcome"]


def test_what_goes_along_never_names_other_people():
    assert "other_children" not in rules.completed(["said"], CONCERN)


def test_a_plain_fact_goes_alone_and_an_unknown_key_falls_out():
    assert rules.completed(["told_by", "no-such-line"], CONCERN) == ["told_by"]


@pytest.mark.parametrize(
    ("third_party", "sensitivity", "ticked"),
    [
        (False, "ordinary", True),
        (False, "sensitive", True),
        (True, "ordinary", False),
        (False, "safety", False),
    ],
)
def test_other_people_and_safety_are_never_ticked_at_first(third_party, sensitivity, ticked):
    assert rules.is_ticked_at_first(Choice("x", "fact", third_party, sensitivity)) is ticked


@pytest.mark.parametrize("typed", ["482915", "246810", "482 915", "4829-1500"])
def test_a_passcode_of_six_numbers_or_more_will_do(typed):
    assert rules.passcode_fault(rules.plain_passcode(typed)) is None


@pytest.mark.parametrize("typed", ["", "12345", "abcdef", "000000", "123456", "987654", "4" * 13, "٤٨٢٩١٥"])
def test_a_passcode_that_is_short_or_easily_guessed_is_told_so(typed):
    assert rules.passcode_fault(rules.plain_passcode(typed))


def test_a_link_says_what_the_specification_asks_for_and_nothing_of_the_person():
    found = payload(rules.link("https://example.nz/shl/" + "a" * 43, "k" * 43, NOW, "LP"))
    assert set(found) == {"url", "key", "exp", "flag", "label", "v"}
    assert (found["exp"], found["flag"], found["v"]) == (int(NOW.timestamp()), "LP", 1)
    assert len(found["label"]) <= 80
    assert payload(rules.link("https://example.nz/shl/a", "k" * 43, NOW, ""))["flag"] == ""


@pytest.mark.parametrize(
    ("later", "passcode", "direct", "flags"),
    [
        (False, False, False, ""),
        (True, False, False, "L"),
        (False, True, False, "P"),
        (True, True, False, "LP"),
        (False, False, True, "U"),
        (True, False, True, "LU"),
    ],
)
def test_flags_come_in_the_order_of_letters(later, passcode, direct, flags):
    assert rules.flag(later=later, passcode=passcode, direct=direct) == flags


def test_a_link_to_one_file_never_has_a_passcode():
    with pytest.raises(ValueError):
        rules.flag(later=False, passcode=True, direct=True)


PLAIN = Choice("address", "fact", False, "ordinary")


@pytest.mark.parametrize(
    ("days", "lines", "others", "may"),
    [
        (7, [PLAIN], False, True),
        (1, [], False, True),
        (30, [PLAIN], False, False),
        (7, [PLAIN, Choice("told_by", "fact", False, "safety")], False, False),
        (7, [PLAIN, Choice("said", "allegation", False, "ordinary")], False, False),
        (7, [PLAIN, Choice("family", "fact", True, "ordinary")], False, False),
        (7, [PLAIN], True, False),
    ],
)
def test_the_link_alone_opens_ordinary_things_of_ones_own_for_a_week_at_most(days, lines, others, may):
    assert (rules.link_alone_fault(days, lines, others) is None) is may


def test_a_file_that_many_libraries_would_not_unpack_goes_as_it_is():
    assert rules.is_packed(250_000) and not rules.is_packed(250_001)


def test_an_address_longer_than_the_specification_allows_is_refused():
    with pytest.raises(ValueError):
        rules.link("https://" + "a" * 121, "k" * 43, NOW, "LP")


@pytest.mark.parametrize(
    ("state", "ends_in", "tries", "shown"),
    [
        ("live", 1, 5, "live"),
        ("live", 1, 0, "shut"),
        ("live", -1, 5, "over"),
        ("live", -1, 0, "over"),
        ("ended", 1, 5, "ended"),
        ("draft", 1, 5, "draft"),
    ],
)
def test_how_a_share_stands(state, ends_in, tries, shown):
    assert rules.state_of(state, NOW + timedelta(hours=ends_in), tries, NOW) == shown


def test_a_code_is_shown_in_groups_of_four():
    assert ids.in_fours("ABCDEFGHJKLM") == "ABCD-EFGH-JKLM"
