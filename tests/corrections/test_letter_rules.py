"""What each letter must say (law.md 3.3): in each language, with English beside it, or it is not written at all."""

import pytest

from portal.corrections.rules import letters as rules
from portal.language import service as language
from portal.language.rules import placeholders
from portal.law import reading

COMMON = {
    "agency": "Example Homes",
    "ask_for": "the privacy officer",
    "phone": "09 000 0000",
    "reference": "7HD3-QK8W",
    "received_on": "2026-11-23",
    "due_on": "2026-12-21",
}
CHANGED = {
    "label": "Home address",
    "was": "12 Sample Street",
    "now": "14 Sample Street",
    "reason": "You told us.",
}
KEPT = {
    "label": "What staff wrote",
    "ground": "opinion",
    "section": "Privacy Act 2020, principle 7",
    "reason": "The visitor wrote what they thought.",
}
SAID = {"label": "What staff wrote", "text": "Sa ou toʻafilemu.", "text_lang": "sm"}
OWN = {
    "L1": {"items": [{"label": "Home address"}, {"label": "People in your home"}]},
    "L2": {"wanted": "A letter with your name on it."},
    "L3": {
        "items": [{"label": "Home address"}],
        "to": "Example Health",
        "to_ask_for": "the privacy officer",
        "to_phone": "09 000 0001",
        "why": "They hold the register.",
        "moved_on": "2026-11-25",
        "new_due_on": "2026-12-23",
    },
    "L4": {"until_on": "2027-02-01", "extension": "b", "why": "We have to ask the school."},
    "L5": {
        "items": [
            CHANGED,
            {"label": "Phone", "now": "021"},
            {"label": "Tip", "was": "A tip."},
            {"label": "Note"},
        ],
        "decided_on": "2026-12-01",
        "apply_by_on": "2026-12-08",
    },
    "L6": {"items": [KEPT, KEPT | {"partly": "yes", "now": "4"}]},
    "L6S": {"items": [{"label": "What staff wrote", "reason": "It names a child."}]},
    "L7": {"items": [SAID], "attached_on": "2026-12-02"},
    "L8": {
        "to": "Example Fines Office",
        "name": "Sina Faʻasili",
        "items": [CHANGED, {"label": "Tip", "gone": "yes"}, SAID],
        "since_on": "2026-12-08",
    },
    "L9": {"end": "fixed", "recipients": [{"to": "Police"}, {"to": "A court", "reason": "It has closed."}]},
}
# The elements that law.md 3.3 lists, by letter.
ASKED_BY_LAW = {
    "L1": ["asked", "received", "due", "contact", "help", "complaint"],
    "L2": ["evidence", "alternatives", "clock"],
    "L3": ["to", "why", "their-contact", "new-due", "object"],
    "L4": ["until", "ground", "complaint", "meanwhile"],
    "L5": ["changed", "when", "shown", "told"],
    "L6": ["items", "statement", "how", "complaint", "charge"],
    "L6S": ["items", "complaint"],
    "L7": ["words", "where", "since", "told"],
    "L8": ["items", "since", "ask"],
    "L9": ["outcome", "told", "history"],
}
NEEDS = [
    (kind, part.key, need)
    for kind, letter in rules.LETTERS.items()
    for part in letter.parts
    for need in part.needs
]
ENTRIES = [
    (kind, part.key, part.each, lost)
    for kind, letter in rules.LETTERS.items()
    for part in letter.parts
    for lost in part.entries
]


def facts(kind, **changes):
    return COMMON | OWN[kind] | changes


def sentences(kind):
    return [one for _, paragraphs in rules.composed(kind, facts(kind)) for one in paragraphs if one.msgid]


@pytest.mark.parametrize("kind", ASKED_BY_LAW)
def test_a_letter_says_every_part_that_the_law_lists(kind):
    said = {key for key, paragraphs in rules.composed(kind, facts(kind)) if paragraphs}
    assert set(ASKED_BY_LAW[kind]) <= said
    assert rules.missing(kind, facts(kind)) == []
    assert set(ASKED_BY_LAW) == set(rules.LETTERS)


@pytest.mark.parametrize("tag", ["en", "mi", "sm"])
@pytest.mark.parametrize("kind", ASKED_BY_LAW)
def test_each_part_has_words_of_its_own_in_each_language_with_all_its_places(kind, tag):
    words = language.translator(tag)
    for one in sentences(kind):
        shown = words.attr(one.msgid)
        assert shown and (tag == "en" or shown != one.msgid), one.msgid
        assert placeholders(shown) == placeholders(one.msgid), shown


@pytest.mark.parametrize(("kind", "part", "need"), NEEDS)
def test_a_letter_without_a_fact_that_a_part_rests_on_names_that_part(kind, part, need):
    for nothing in (None, "", "  ", []):
        assert part in rules.missing(kind, facts(kind, **{need: nothing}))


@pytest.mark.parametrize(("kind", "part", "each", "lost"), ENTRIES)
def test_a_letter_that_lacks_anything_about_one_value_is_not_whole(kind, part, each, lost):
    first = OWN[kind][each][0]
    assert part in rules.missing(kind, facts(kind, **{each: [first, first | {lost: ""}]}))


def test_a_reason_that_is_not_on_the_closed_list_says_nothing():
    assert rules.missing("L6", facts("L6", items=[KEPT | {"ground": "because"}])) == ["items"]
    assert rules.missing("L4", facts("L4", extension="d")) == ["ground"]
    assert rules.missing("L9", facts("L9", end="looking")) == ["outcome"]


def test_what_others_are_told_holds_nothing_of_the_person_but_the_name_and_what_is_right():
    said = rules.composed("L8", facts("L8", reason="I was afraid.", held="12 Sample Street"))
    texts = " ".join(f"{one.msgid} {one.values} {one.said}" for _, some in said for one in some)
    assert "Sina Faʻasili" in texts and "14 Sample Street" in texts
    assert "12 Sample Street" not in texts and "afraid" not in texts and "7HD3" not in texts


@pytest.mark.parametrize(
    ("recipients", "start"),
    [
        ([{"nobody": "yes"}], "We know of no one else"),
        ([{"unchanged": "yes"}], "So there is no one to tell."),
        ([{"to": "Police"}], "We told"),
        ([{"to": "Police", "reason": "It has closed."}], "We could not tell"),
    ],
)
def test_the_last_letter_says_who_was_told_or_why_not(recipients, start):
    told = dict(rules.composed("L9", facts("L9", recipients=recipients)))["told"]
    assert told[0].msgid.startswith(start) and sum(bool(one.msgid) for one in told) == 1


def test_every_sentence_of_a_letter_can_be_read_by_a_child_of_thirteen():
    hard = []
    for kind, letter in rules.LETTERS.items():
        for part in letter.parts:
            for line in part.lines:
                longest = reading.longest_sentence(line.msgid)
                if line.msgid and (longest > 20 or reading.grade(line.msgid) > 8):
                    hard.append((kind, line.msgid, longest, reading.grade(line.msgid)))
    assert hard == []
