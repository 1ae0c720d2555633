"""The grounds are closed lists, and not every one fits every kind of information."""

import json
from pathlib import Path

import pytest

from portal.law.grounds import (
    ACCESS_GROUNDS,
    DECLINE_GROUNDS,
    MUST_NAME_LAW,
    NATURES,
    access_ground,
    access_grounds,
    decline_ground,
    decline_grounds,
    names_a_law,
)
from portal.law.reading import grade, longest_sentence

EVERY_GROUND = ACCESS_GROUNDS + DECLINE_GROUNDS


def test_each_ground_has_its_own_code_and_its_own_words():
    for family in (ACCESS_GROUNDS, DECLINE_GROUNDS):
        assert len({ground.code for ground in family}) == len(family)
        assert len({ground.plain for ground in family}) == len(family)


@pytest.mark.parametrize("ground", EVERY_GROUND, ids=lambda ground: ground.code)
def test_each_ground_names_its_section_and_speaks_plainly(ground):
    assert ground.section.startswith("Privacy Act 2020, ")
    assert ground.plain.endswith(".")
    assert longest_sentence(ground.plain) <= 20
    assert grade(ground.plain) <= 12, grade(ground.plain)


def test_only_the_five_kinds_of_ground_the_act_allows_may_neither_confirm_nor_deny():
    allowed = {ground.code for ground in ACCESS_GROUNDS if ground.may_neither_confirm}
    assert allowed == {"49-1-a-i", "49-1-d", "51", "52", "53-c"}


def test_a_ground_whose_law_is_not_confirmed_cannot_be_chosen_but_can_still_be_read():
    assert not access_ground("readily-retrievable").enabled
    assert "readily-retrievable" not in {ground.code for ground in access_grounds()}
    assert len(access_grounds()) == len(ACCESS_GROUNDS) - 1


def test_a_ground_that_is_not_on_the_list_does_not_exist():
    assert access_ground("because") is None
    assert decline_ground("because") is None


def test_a_serious_threat_needs_a_risk_note_and_a_second_person():
    assert access_ground("49-1-a-i").needs == ("risk-note", "second-approver")


@pytest.mark.parametrize("nature", NATURES)
def test_each_kind_of_information_has_grounds_and_only_its_own(nature):
    grounds = decline_grounds(nature)
    assert len(grounds) >= 4
    assert all(nature in ground.natures for ground in grounds)


def test_a_fact_cannot_be_defended_as_an_opinion_nor_an_allegation_as_right():
    assert "opinion" not in {ground.code for ground in decline_grounds("fact")}
    assert "fact-right" not in {ground.code for ground in decline_grounds("allegation")}
    assert "fact-right" not in {ground.code for ground in decline_grounds("opinion")}


def test_a_field_without_a_nature_is_a_fact():
    assert decline_grounds("") == decline_grounds("fact")


def test_natures_are_those_the_decline_grounds_know():
    assert frozenset().union(*(ground.natures for ground in DECLINE_GROUNDS)) == set(NATURES)


def test_only_a_ground_that_rests_on_another_law_must_name_it():
    assert [ground.code for ground in DECLINE_GROUNDS if MUST_NAME_LAW in ground.needs] == ["other-law"]


@pytest.mark.parametrize(
    ("reason", "named"),
    [
        ("The Residential Tenancies Act 1986 says we must keep it.", True),
        (
            "Section 5 of the Births, Deaths, Marriages, and Relationships Registration Act 2021 sets it.",
            True,
        ),
        ("E ai ki Te Ture mō Te Reo Māori 2016.", True),
        ("The law says we must keep it.", False),
        ("We act on what you said. You told us so in 2016.", False),
        ("You moved in 1986.", False),
        ("", False),
    ],
)
def test_a_law_is_named_with_its_year(reason, named):
    assert names_a_law(reason) is named


def test_every_ground_written_in_demo_data_is_on_the_list():
    data = Path(__file__).parents[2] / "portal" / "demo"
    codes = {
        code for path in data.glob("**/*.json") for code in _grounds(json.loads(path.read_text("utf-8")))
    }
    assert codes <= {ground.code for ground in EVERY_GROUND}


def _grounds(node):
    if isinstance(node, dict):
        if isinstance(node.get("ground"), str):
            yield node["ground"]
        node = list(node.values())
    if isinstance(node, list):
        for part in node:
            yield from _grounds(part)
