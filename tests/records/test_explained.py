"""A record explained: natures told apart, claims with four answers, marks out of date, matches, who changed it."""

from datetime import date

import pytest

from portal.base.ids import encode
from tests.records import factory
from tests.records.factory import BODY, FIELDS, LATER, agency_document, field, receive, record_type
from tests.records.test_views import page, ref_of, sina  # noqa: F401

CLAIM = {
    **FIELDS,
    "told_by": {"x-label": "Told by", "oneOf": [{"const": "school", "title": "School"}]},
    "checked_with_you": field("You were asked", "boolean"),
    "what_followed": field("What followed"),
    "by": field("By"),
}
MATCH = {
    "name": field("Name"),
    "says": field("What the match says"),
    "answer_by": field("Answer by", format="date"),
}


@pytest.fixture
def told(sqlite_store, sina):  # noqa: F811
    """The agency also has a type with claims, and one of matches; gives what opens a record's page."""
    client, who, agency_id = sina
    document = agency_document()
    claim, match = record_type("claim"), record_type("match")
    claim["schema"] = {"type": "object", "properties": CLAIM}
    match["schema"] = {"type": "object", "properties": MATCH}
    document["record_types"] += [claim, match]
    sqlite_store.work().do(factory.agencies.put_agency, document)

    def _open(body, kind="home", tag="en", **more):
        receive(sqlite_store, who, agency_id, body, kind=kind, **more)
        return page(client, f"/{tag}/records/{ref_of(sqlite_store, who, agency_id, kind=kind)}")

    return _open


def test_each_nature_has_a_word_and_a_shape_and_is_explained_once(told):
    text = told({**BODY, "note": "Seems tired.", "tip": "He lives there."})
    assert text.count('<span class="tag look">Opinion</span>') == 2
    assert text.count('<span class="tag ask">Someone said this</span>') == 2
    assert text.count("This is an opinion.") == text.count("It may not have been checked.") == 1
    assert "They decided this." not in text


def test_a_claim_always_has_its_four_answers(told):
    text = told({**BODY, "tip": "He lives there.", "note": "x"})
    for question in ("Who said it", "Was it checked", "Were you asked", "What followed"):
        assert f"{question}: They have not said" in text
    assert told(BODY, source_id="H-1", now=LATER).count("They have not said") == 0


def test_a_claims_answers_come_from_the_record_or_from_what_they_sent_with_it(told):
    body = {
        "name": "Sina",
        "tip": "Not safe.",
        "told_by": "school",
        "checked_with_you": False,
        "by": "J Smith",
    }
    text = told(body, kind="claim", why={"allegation": {"checked": True, "followed": "A visit"}})
    squeezed = " ".join(text.split())
    assert "Who said it: <span data-held>School</span>" in squeezed
    assert "Was it checked: <span data-held>Yes</span>" in squeezed
    assert "Were you asked: <span data-held>No</span>" in squeezed
    assert "What followed: <span data-held>A visit</span>" in squeezed
    assert "Who said it: J Smith" not in squeezed


def test_a_match_has_its_own_day_and_a_way_to_dispute_it(told):
    text = told({"name": "Sina", "says": "Lives with him", "answer_by": "2026-12-03"}, kind="match")
    assert "You have until 3 December 2026 to say so." in text and "?line=2" in text
    late = told({"name": "Sina", "says": "x", "answer_by": "2026-11-01"}, kind="match", now=LATER)
    assert "The day to answer was 1 November 2026." in late and "Dispute this match" in late


def test_a_value_about_others_says_so_and_where_it_came_from_is_in_words(told):
    source = {"from": "other", "who": "a caller", "on": "2022-02-21", "sentence": "Someone rang."}
    text = told(BODY, why={"source": source, "third_party": ["address"]})
    assert text.count("This may be about other people too.") == 1
    assert "Someone else told them." in text and "Someone rang." in text and "21 February 2022" in text


def test_why_it_is_held_gives_outcome_method_context_law_and_whether_it_had_to_be_given(told):
    text = told(BODY)
    for words in ("You get a home.", "They write it down.", "In town.", "Did you have to give it?"):
        assert words in text
    for words in ("You have some choice about this.", "You choose how they reach you.", "They may ask."):
        assert words in text
    assert "They did not say for this record." in text and "You told them." in text


def test_what_their_system_changed_is_named_as_the_systems(told):
    told(BODY, recorded_on=date(2026, 3, 1))
    text = told({**BODY, "people": 4}, changed_by="system", now=LATER)
    assert "Their system changed this by itself" in text and "Changed by the agency" not in text


def test_the_agencys_own_words_for_a_label_are_used_where_it_gives_them(told):
    assert '<span data-held lang="sm">Tuatusi</span>' in told(BODY, tag="mi") or "Home address" in told(
        BODY, tag="mi"
    )
    assert "<span data-held>Tuatusi</span>" in told(BODY, tag="sm")
    assert encode(1)
