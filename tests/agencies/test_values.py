"""Values read as people write them, and what people type becomes a value or a sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.agencies.rules import Words, fields_of
from portal.agencies.values import as_text, as_words, parse
from portal.base.problems import Invalid
from portal.language.service import translator

FIELDS = fields_of(
    {
        "properties": {
            "text": {"type": "string", "maxLength": 20},
            "long-text": {"type": "string", "x-format": "long-text", "maxLength": 8000},
            "date": {"type": "string", "format": "date"},
            "money": {"type": "string", "x-format": "money-nzd", "pattern": r"^-?[0-9]{1,9}\.[0-9]{2}$"},
            "integer": {"type": "integer", "minimum": 0, "maximum": 10},
            "number": {"type": "number", "minimum": 0, "maximum": 1},
            "boolean": {"type": "boolean"},
            "code": {
                "type": "string",
                "oneOf": [
                    {"const": "y", "title": "Yes", "x-title-l10n": {"mi": "Āe"}},
                    {"const": "n", "title": "No"},
                ],
            },
            "list": {"type": "array", "items": {"type": "string", "maxLength": 10}, "maxItems": 3},
            "object": {"type": "object"},
            "masked": {"type": "string", "x-format": "masked-identifier"},
        }
    }
)
EN = translator("en")


@pytest.mark.parametrize("kind", [kind for kind in FIELDS if kind != "masked"])
def test_the_kind_of_a_field_is_read_from_its_schema(kind):
    assert FIELDS[kind].kind == kind


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        ("date", "1992-05-04", "4 May 1992"),
        ("money", "1494.80", "$1,494.80"),
        ("boolean", True, "Yes"),
        ("boolean", False, "No"),
        ("code", "n", "No"),
        ("integer", 1200, "1,200"),
        ("list", ["Samoan", "Tongan"], "Samoan and Tongan"),
        ("masked", "00-0000-0000001-123", "•••• 123"),
        ("masked", "123", "••••"),
        ("text", "Faʻasili, Tāmaki", "Faʻasili, Tāmaki"),
    ],
)
def test_a_value_is_shown_as_people_write_it(kind, value, shown):
    assert as_text(FIELDS[kind], value, EN) == shown


@pytest.mark.parametrize("kind", FIELDS)
@pytest.mark.parametrize("value", ["0000-00-00", "many", 3, True, None, ["a"], {"a": 1}, 1.5])
def test_a_value_that_does_not_fit_its_field_is_still_shown(kind, value):
    assert as_text(FIELDS[kind], value, EN)


def test_a_code_says_which_language_its_words_are_in():
    maori = translator("mi")
    assert as_words(FIELDS["code"], "y", maori) == Words("Āe", "mi")
    assert as_words(FIELDS["code"], "n", maori) == Words("No", "en-NZ")


@pytest.mark.parametrize(
    "typed", ["4 5 1992", "04/05/1992", "4.5.1992", "1992-05-04", "4 May 1992", "4 may, 1992"]
)
def test_a_date_can_be_typed_in_the_ways_people_do(typed):
    assert parse(FIELDS["date"], typed) == "1992-05-04"


@pytest.mark.parametrize(
    "typed", ["31/02/1992", "4 5 92", "1992", "soon", "0/0/0000", "5 M 1992", "٤/٥/١٩٩٢", "1/1/99999"]
)
def test_a_date_that_does_not_exist_gets_one_sentence(typed):
    with pytest.raises(Invalid, match="Write a date that exists"):
        parse(FIELDS["date"], typed)


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        ("money", "$1,494.8", "1494.80"),
        ("money", "494", "494.00"),
        ("integer", "3", 3),
        ("number", "0.25", 0.25),
        ("boolean", "Yes", True),
        ("boolean", "no", False),
        ("code", "y", "y"),
        ("code", "no", "n"),
        ("list", " Samoan \n\nTongan\n", ["Samoan", "Tongan"]),
        ("text", " Tāmaki ", "Tāmaki"),
    ],
)
def test_what_is_typed_becomes_a_value(kind, typed, value):
    assert parse(FIELDS[kind], typed) == value


@pytest.mark.parametrize(
    ("kind", "typed", "sentence"),
    [
        ("text", "", "Write what it should say"),
        ("text", "x" * 21, "characters or fewer"),
        ("money", "a lot", "Write an amount"),
        ("money", "1e5", "Write an amount"),
        ("integer", "2.5", "Write a whole number"),
        ("integer", "11", "or less"),
        ("integer", "-1", "or more"),
        ("number", "NaN", "Write a number"),
        ("boolean", "perhaps", "Choose yes or no"),
        ("code", "maybe", "Choose one of the answers"),
        ("list", "a\nb\nc\nd", "lines or fewer"),
        ("list", "a very long entry", "on each line"),
        ("object", "x", "cannot be written here"),
    ],
)
def test_what_cannot_be_taken_gets_a_sentence(kind, typed, sentence):
    with pytest.raises(Invalid, match=sentence):
        parse(FIELDS[kind], typed)


@given(st.sampled_from(sorted(FIELDS)), st.text(max_size=40))
def test_no_text_breaks_the_reader(kind, typed):
    try:
        value = parse(FIELDS[kind], typed)
    except Invalid:
        return
    assert as_text(FIELDS[kind], value, EN) or kind == "list"
