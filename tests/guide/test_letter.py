"""Who probably holds what, and the letter that is made on the page and kept nowhere."""

import re
from datetime import date

import pytest
from sqlalchemy import func, select

from portal.base.db import Base
from portal.guide import rules
from portal.language.rules import LANGUAGES

HIDDEN = re.compile(r'name="(csrf_token|nonce)" value="([^"]*)"')
BORN = {"birth_date-day": "4", "birth_date-month": "5", "birth_date-year": "1992"}
GIVEN = {"agency": "Example Water", "names": "Sina Faʻasili", "how": "file", "reach": "Ring 021 000", **BORN}


@pytest.fixture
def visitor(sqlite_app):
    return sqlite_app.test_client()


def send(visitor, answers, tag="en"):
    hidden = dict(HIDDEN.findall(visitor.get(f"/{tag}/guide/letter").text))
    return visitor.post(f"/{tag}/guide/letter", data=hidden | answers)


def test_the_directory_says_of_each_part_of_a_life_who_what_and_how(visitor):
    text = visitor.get("/en/guide/who-holds").text
    assert len(rules.HOLDERS) == text.count("<details>") == 15
    for one in rules.HOLDERS:
        assert f'id="{one.key}"' in text
        assert all(words in text for words in (one.when, one.who, one.what, one.how))
    assert "/en/guide/letter" in text


@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_letter_has_all_its_parts_and_english_beside_another_language(visitor, tag):
    answer = send(visitor, {**GIVEN, "urgent": "I am in court on Monday."}, tag)
    assert answer.status_code == 200
    assert answer.text.count("<article") == (1 if tag == "en" else 2)
    english = answer.text.split("<article")[-1]
    for words in (
        *("To: the privacy officer, Example Water", "principle 6 of the Privacy Act 2020", "Sina Faʻasili"),
        *("I was born on 4 May 1992.", "I want all of it", "as files, by email", "Ring 021 000"),
        *("I am in court on Monday.", "within 20 working days", "within 10", "Privacy Commissioner"),
    ):
        assert words in english, words


def test_what_somebody_wants_stands_in_their_letter_instead_of_all(visitor):
    text = send(visitor, {**GIVEN, "what": "Notes of 2019 <b>"}).text
    assert "I want: Notes of 2019 &lt;b&gt;" in text and "I want all of it" not in text


def test_nothing_of_a_letter_is_kept_and_nothing_stands_in_an_address(visitor, sqlite_store):
    before = rows(sqlite_store)
    answer = send(visitor, GIVEN)
    assert answer.headers["Cache-Control"].startswith("no-store")
    assert rows(sqlite_store) == before
    assert not re.search(r'(href|action)="[^"]*(Sina|Water)', answer.text)


def rows(store):
    """How many rows each table has."""
    work = store.work()
    return {
        one.name: work.session.scalar(select(func.count()).select_from(one))
        for one in Base.metadata.sorted_tables
    }


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"agency": ""}, "Write the name of the agency."),
        ({"names": " "}, "Write your name, so that they can find you."),
        ({"birth_date-day": "31", "birth_date-month": "2"}, "Write a date that exists"),
        ({"reach": "\0"}, "Write one way to reach you."),
        ({"how": "pigeon"}, "Choose one of the answers."),
        ({"what": "w" * 50_000}, "Use 2000 characters or fewer."),
    ],
)
def test_what_cannot_be_used_gets_one_sentence_and_the_rest_is_kept(visitor, wrong, sentence):
    answer = send(visitor, {**GIVEN, "urgent": "Soon.", **wrong})
    assert answer.status_code == 400
    assert sentence in answer.text and "Soon." in answer.text and "<article" not in answer.text


def test_a_birth_date_is_written_in_the_letters_own_language():
    asked = rules.Asked("A", "B", date(1992, 5, 4), "", "paper", "C", "")
    assert [given["date"] for _msgid, given in rules.letter(asked) if "date" in given] == [date(1992, 5, 4)]


def test_the_letter_can_be_read_in_another_language_without_losing_what_was_written(visitor):
    text = send(visitor, {**GIVEN, "switch_language": "mi"}).text
    assert '<html lang="mi"' in text and 'value="Example Water"' in text
