"""What each letter must say (law.md 3.3): in each language, with English beside it, or it is not written at all."""

import pytest

from portal.access_requests.rules import letters as rules
from portal.law import reading

COMMON = {
    "agency": "Example Homes",
    "ask_for": "the privacy officer",
    "phone": "09 000 0000",
    "reference": "7HD3-QK8W",
    "received_on": "2026-11-23",
    "due_on": "2026-12-21",
}
KEPT = {
    "title": "Visit note",
    "ground": "53-b",
    "section": "Privacy Act 2020, section 53(b)",
    "reason": "It is about a neighbour.",
}
OWN = {
    "L1": {"topic": "the visit in March", "topic_lang": "sm"},
    "L2": {"wanted": "A letter with your name on it."},
    "L3": {
        "to": "Example Health",
        "to_ask_for": "the privacy officer",
        "to_phone": "09 000 0001",
        "why": "They hold the notes.",
        "moved_on": "2026-11-25",
        "new_due_on": "2026-12-23",
    },
    "L4": {"until_on": "2027-02-01", "extension": "b", "why": "We have to ask the school."},
    "L10": {"form": "talk"},
    "L11": {"items": [KEPT, KEPT | {"title": "Call note", "redacted": True}], "released": 2},
    "L12": {"searches": [{"system": "Case notes", "on": "2026-11-25"}], "elsewhere": "Example Health"},
    "L13": {},
    "L14": {"contents": [{"title": "Visit note"}, {"title": "Call note", "redacted": True}]},
}
# The elements that law.md 3.3 lists, by letter.
ASKED_BY_LAW = {
    "L1": ["asked", "received", "due", "contact", "help", "complaint"],
    "L2": ["evidence", "alternatives", "clock"],
    "L3": ["to", "why", "their-contact", "new-due", "object"],
    "L4": ["until", "ground", "complaint", "meanwhile"],
    "L10": ["form", "time", "charge", "third-party", "correct"],
    "L11": ["items", "supporting", "complaint", "released"],
    "L12": ["searched", "not-held", "elsewhere", "complaint"],
    "L13": ["neither", "complaint"],
    "L14": ["contents", "legend", "support", "leave", "correct"],
}
NEEDS = [
    (kind, part.key, need)
    for kind, letter in rules.LETTERS.items()
    for part in letter.parts
    for need in part.needs
]


def facts(kind, **changes):
    return COMMON | OWN[kind] | changes


@pytest.mark.parametrize("kind", ASKED_BY_LAW)
def test_a_letter_says_every_part_that_the_law_lists(kind):
    said = {key for key, paragraphs in rules.composed(kind, facts(kind)) if paragraphs}
    assert set(ASKED_BY_LAW[kind]) <= said
    assert rules.missing(kind, facts(kind)) == []


@pytest.mark.parametrize(("kind", "part", "need"), NEEDS)
def test_a_letter_without_a_fact_that_a_part_rests_on_names_that_part(kind, part, need):
    for nothing in (None, "", "  ", []):
        assert part in rules.missing(kind, facts(kind, **{need: nothing}))


@pytest.mark.parametrize("lost", ["title", "ground", "section", "reason"])
def test_a_refusal_that_lacks_anything_about_one_item_is_not_whole(lost):
    items = [KEPT, KEPT | {lost: ""}]
    assert rules.missing("L11", facts("L11", items=items)) == ["items"]


def test_a_reason_that_is_not_on_the_closed_list_says_nothing():
    assert rules.missing("L11", facts("L11", items=[KEPT | {"ground": "because"}])) == ["items"]
    assert rules.missing("L4", facts("L4", extension="d")) == ["ground"]
    # It stands in the law's table, and is switched off until a lawyer has checked it.
    assert rules.missing("L11", facts("L11", items=[KEPT | {"ground": "readily-retrievable"}])) == ["items"]


def test_a_letter_that_neither_confirms_nor_denies_knows_no_item_and_no_ground():
    plain = rules.composed("L13", COMMON)
    assert plain == rules.composed("L13", COMMON | {"items": [KEPT], "released": 3, "ground": "49-1-a-i"})
    texts = " ".join(one.msgid for _, paragraphs in plain for one in paragraphs)
    assert "49" not in texts and "53" not in texts
    assert rules.LETTERS["L13"].section == "Privacy Act 2020, section 47"


@pytest.mark.parametrize(
    ("given", "start"),
    [
        ({}, "You asked to see all"),
        ({"since": "2024-01-01"}, "You asked to see what we hold about you since"),
        ({"until": "2024-01-01"}, "You asked to see what we hold about you up to"),
        ({"since": "2023-01-01", "until": "2024-01-01"}, "You asked to see what we hold about you from"),
        ({"topic": "my file"}, "You asked to see what we hold about this"),
    ],
)
def test_the_first_letter_repeats_what_was_asked(given, start):
    asked = dict(rules.composed("L1", COMMON | given))["asked"]
    assert [one.msgid.startswith(start) for one in asked if one.msgid] == [True]
    assert [one.said for one in asked if one.said] == ([given["topic"]] if "topic" in given else [])


def test_every_sentence_of_a_letter_can_be_read_by_a_child_of_thirteen():
    hard = []
    for kind, letter in rules.LETTERS.items():
        for part in letter.parts:
            for line in part.lines:
                longest = reading.longest_sentence(line.msgid)
                if line.msgid and (longest > 20 or reading.grade(line.msgid) > 8):
                    hard.append((kind, line.msgid, longest, reading.grade(line.msgid)))
    assert hard == []


def test_the_days_of_a_letter_are_days():
    for kind in rules.LETTERS:
        for _, paragraphs in rules.composed(kind, facts(kind)):
            for one in paragraphs:
                assert all(hasattr(day, "weekday") for day in (one.days or {}).values())
