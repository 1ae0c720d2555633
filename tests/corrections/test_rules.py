"""The rules of a correction request: moves, outcomes, decisions, words and references."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.corrections import rules
from portal.corrections.rules import State, Status, check_decision, check_wish, outcome, status

GOOD_REASON = "Your birth certificate and our form say the same."


@pytest.mark.parametrize(
    ("decisions", "state"),
    [
        (["accept", "accept"], State.DECIDED_YES),
        (["decline"], State.DECIDED_NO),
        (["accept", "decline"], State.DECIDED_PART),
        (["partly"], State.DECIDED_PART),
        (["partly", "decline"], State.DECIDED_PART),
    ],
)
def test_the_outcome_is_what_the_parts_add_up_to(decisions, state):
    assert outcome(decisions) == state


@pytest.mark.parametrize("decisions", [[], ["maybe"], ["accept", ""]])
def test_there_is_no_outcome_without_a_decision_on_every_part(decisions):
    with pytest.raises(ValueError):
        outcome(decisions)


@pytest.mark.parametrize(
    ("state", "decisions", "flags", "tag"),
    [
        ("received", [], {}, Status.SENT),
        ("in_review", [], {}, Status.LOOKING),
        ("in_review", [], {"asked": True}, Status.QUESTION),
        ("in_review", [], {"asked": True, "late": True}, Status.LATE),
        ("decided_yes", ["accept"], {}, Status.FIXED),
        ("id_check", [], {}, Status.QUESTION),
        ("extended", [], {}, Status.LOOKING),
        ("decided_yes", ["accept"], {"waiting": True}, Status.LOOKING),
        ("statement_offered", ["accept", "decline"], {"waiting": True}, Status.LOOKING),
        ("closed", ["accept", "decline"], {}, Status.PARTLY_FIXED),
        ("statement_attached", ["decline"], {"late": True}, Status.NOT_FIXED),
        ("draft", [], {}, None),
        ("withdrawn", [], {}, None),
        ("transferred", [], {}, None),
    ],
)
def test_a_person_sees_one_of_seven_tags(state, decisions, flags, tag):
    assert status(State(state), decisions, **flags) == tag


def test_the_seven_tags_have_the_words_of_the_design():
    assert list(rules.STATUS_WORDS.values()) == [
        "Sent", "Looking", "Question for you", "Late", "Fixed", "Partly fixed", "Not fixed",
    ]  # fmt: skip
    assert set(rules.STATUS_WORDS) == set(Status)
    assert set(rules.WISH_WORDS) == set(rules.Wish)
    assert set(rules.DECISION_WORDS) == set(rules.Decision)


def test_only_a_request_still_owed_an_answer_can_be_late():
    due_on, day_after = date(2026, 11, 19), date(2026, 11, 20)
    assert rules.is_late(State.RECEIVED, day_after, due_on)
    assert rules.is_late("in_review", day_after, due_on)
    assert not rules.is_late(State.IN_REVIEW, due_on, due_on)
    assert not rules.is_late(State.STATEMENT_OFFERED, day_after, due_on)


@pytest.mark.parametrize(
    ("nature", "decision", "value", "ground", "reason", "problems"),
    [
        ("fact", "accept", None, None, None, []),
        ("fact", "accept", "14B Example Street", "opinion", "left over in the form", []),
        ("fact", "accept", "x" * 2_001, None, None, ["value-too-long"]),
        ("fact", "partly", "Rent arrears", "fact-right", GOOD_REASON, []),
        ("fact", "partly", " ", "fact-right", GOOD_REASON, ["value-missing"]),
        ("fact", "partly", None, None, None, ["value-missing", "ground-missing", "reason-missing"]),
        ("fact", "decline", None, "fact-right", GOOD_REASON, []),
        ("fact", "decline", None, None, GOOD_REASON, ["ground-missing"]),
        ("fact", "decline", None, "fact-right", " \n", ["reason-missing"]),
        ("fact", "decline", None, "fact-right", "x" * 5_001, ["reason-too-long"]),
        ("fact", "decline", None, "because", GOOD_REASON, ["ground-unknown"]),
        ("fact", "decline", None, "opinion", GOOD_REASON, ["ground-wrong-kind"]),
        ("opinion", "decline", None, "opinion", GOOD_REASON, []),
        ("opinion", "decline", None, "fact-right", GOOD_REASON, ["ground-wrong-kind"]),
        (None, "decline", None, "opinion", GOOD_REASON, ["ground-wrong-kind"]),
        ("fact", "decline", None, "other-law", GOOD_REASON, ["law-missing"]),
        ("fact", "decline", None, "other-law", "The Public Records Act 2005 says we keep it.", []),
        ("fact", "", "x", "fact-right", GOOD_REASON, ["decision-missing"]),
        ("fact", None, None, None, None, ["decision-missing"]),
    ],
)
def test_a_decision_against_the_person_needs_a_fitting_ground_and_a_reason(
    nature, decision, value, ground, reason, problems
):
    assert check_decision(nature, decision, value, ground, reason) == problems


def test_accepting_what_the_person_could_not_name_needs_the_value():
    assert check_decision("fact", "accept", "", None, None, wish="unknown") == ["value-missing"]
    assert check_decision("fact", "accept", "14B", None, None, wish="unknown") == []
    assert check_decision("fact", "accept", None, None, None, wish="remove") == []


@pytest.mark.parametrize(
    ("wish", "value", "reason", "problems"),
    [
        ("replace", "14B Example Street", None, []),
        ("replace", "  ", "", ["wish-value-missing"]),
        ("replace", "x" * 2_001, None, ["value-too-long"]),
        ("remove", None, None, []),
        ("not_me", "", "It is my cousin.", []),
        ("unknown", None, "x" * 5_001, ["reason-too-long"]),
        ("delete", "x", None, ["wish-missing"]),
        (None, None, None, ["wish-missing"]),
    ],
)
def test_a_wish_is_one_of_four_and_only_a_change_needs_a_value(wish, value, reason, problems):
    assert check_wish(wish, value, reason) == problems


@pytest.mark.parametrize(
    ("count", "problems"), [(0, ["items-missing"]), (1, []), (20, []), (21, ["items-too-many"])]
)
def test_a_request_holds_one_to_twenty_parts(count, problems):
    assert rules.check_items(count) == problems


def test_a_statement_may_say_anything_but_nothing():
    assert rules.check_statement("E lē moni.") == []
    assert rules.check_statement(" ") == ["statement-missing"]
    assert rules.check_statement("x" * 5_001) == ["statement-too-long"]


@given(
    st.sampled_from([None, "", "fact", "opinion", "rumour"]),
    st.one_of(st.none(), st.text(max_size=9), st.sampled_from(list(rules.Decision))),
    st.one_of(st.none(), st.text(max_size=5)),
    st.one_of(st.none(), st.text(max_size=9), st.just("other-law")),
    st.one_of(st.none(), st.text(max_size=5)),
)
def test_whatever_is_typed_every_problem_has_a_sentence(nature, decision, value, ground, reason):
    for problem in check_decision(nature, decision, value, ground, reason):
        assert rules.PROBLEM_WORDS[problem].endswith(".")


@given(st.integers(0, 2**63 - 1))
def test_a_reference_is_two_groups_of_four_without_letters_that_look_alike(number):
    made = rules.reference(number)
    assert len(made) == 9
    assert made[4] == "-"
    assert not set(made) & set("0O1I")
    assert rules.read_reference(made.lower().replace("-", " ")) == made


def test_references_differ_where_their_forty_bits_do():
    assert rules.reference(0) == "2222-2222"
    assert rules.reference(2**40 - 1) == "ZZZZ-ZZZZ"
    assert rules.reference(1) == "2222-2223"


@pytest.mark.parametrize("number", [-1, 2**63])
def test_a_reference_is_not_made_from_anything_else(number):
    with pytest.raises(ValueError, match="63 bits"):
        rules.reference(number)


@pytest.mark.parametrize("typed", ["", "7HD3", "7HD3-QK8O", "7HD3-QK8WW", "ʻoku"])
def test_what_cannot_be_a_reference_is_not_read_as_one(typed):
    assert rules.read_reference(typed) is None
