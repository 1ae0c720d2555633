"""The walk to find who holds what about a client, and the letters that it leads to: nothing of either is kept."""

import logging
import re

import pytest
from limits import RateLimitItemPerHour

from portal.base import attempts
from portal.guide import rules
from tests import pdf_files
from tests.guide.test_letter import BORN, rows

HIDDEN = re.compile(r'name="(csrf_token|nonce)" value="([^"]*)"')
WHO = {"agency": "Example Water", "names": "Sina Faʻasili", "reach": "Ring 021 000", **BORN}
ENDS = {"ends_on-day": "1", "ends_on-month": "3", "ends_on-year": "2027"}
AGENT = WHO | ENDS | {"worker": "Hemi Example", "works_at": "Example Trust", "what": "my rent"}
FIX = WHO | {"wrong": "I owe 60", "right": "I owe nothing"}


@pytest.fixture
def visitor(sqlite_app):
    return sqlite_app.test_client()


def send(visitor, path, answers, tag="en"):
    hidden = dict(HIDDEN.findall(visitor.get(f"/{tag}{path}").text))
    return visitor.post(f"/{tag}{path}", data=hidden | answers)


def headings(text):
    return re.findall(r'<section class="leaf" id="(\w+)">', text)


def test_each_row_of_the_guide_stands_under_one_question_and_names_a_paper_that_exists(visitor):
    text = visitor.get("/en/guide/find").text
    for one in rules.HOLDERS:
        assert one.part in rules.PARTS and f'name="{one.part}" value="{one.key}"' in text
        assert not one.sheet or visitor.get(f"/en/guide/handouts/{one.sheet}").status_code == 200


def test_what_was_ticked_gives_who_what_and_how_to_ask(visitor):
    text = send(visitor, "/guide/find", {"young": ["care", "school"], "law": "fines"}).text
    assert headings(text) == ["school", "care", "fines"]
    care = next(one for one in rules.HOLDERS if one.key == "care")
    assert all(words in text for words in (care.when, care.who, care.what, care.how))
    assert "These 3 kinds of places" in text


@pytest.mark.parametrize("answers", [{}, {"young": "nothing known"}, {"law": "x" * 9000}])
def test_nothing_ticked_gets_a_sentence(visitor, answers):
    answer = send(visitor, "/guide/find", answers)
    assert answer.status_code == 400 and not headings(answer.text)
    assert "Tick what fits." in answer.text


def test_the_answers_can_be_changed_and_read_in_another_language(visitor):
    again = send(visitor, "/guide/find", {"law": "fines", "again": "yes"}).text
    assert re.search(r'value="fines"[^>]* checked', again) and not headings(again)
    other = send(visitor, "/guide/find", {"law": "fines", "switch_language": "mi"}).text
    assert '<html lang="mi"' in other and headings(other) == ["fines"]


def test_a_row_leads_to_a_letter_that_says_how_to_ask_and_finds_no_fault_yet(visitor):
    answer = send(visitor, "/guide/letter", {"begin": "yes", "holder": "care", "young": "care"})
    assert answer.status_code == 200 and "Have someone with you." in answer.text
    assert 'class="errors"' not in answer.text and 'name="holder" value="care"' in answer.text


def test_nothing_of_it_is_kept_in_the_store_an_address_or_a_log(visitor, sqlite_store, caplog):
    before = rows(sqlite_store)
    with caplog.at_level(logging.DEBUG):
        text = send(visitor, "/guide/find", {"young": "care"}).text
        text += (
            send(visitor, "/guide/letter/worker", AGENT).text + send(visitor, "/guide/letter/fix", FIX).text
        )
    assert rows(sqlite_store) == before
    assert not re.search(r'(href|action)="[^"]*(care|Sina|Water|Hemi)', text)
    assert not re.search("care|Sina|Water|Hemi", caplog.text)


@pytest.mark.parametrize("tag", ["en", "mi", "sm"])
def test_a_letter_that_lets_a_worker_ask_says_for_what_and_until_when(visitor, tag):
    text = send(visitor, "/guide/letter/worker", AGENT, tag).text
    assert text.count("<article") == (1 if tag == "en" else 2)
    english = text.split("<article")[-1]
    for words in (
        *("To: the privacy officer, Example Water", "I let Hemi Example of Example Trust ask you"),
        *("sections 40 and 57 of the Privacy Act 2020", "and for nothing else: my rent"),
        *("This ends on 1 March 2027.", "Nobody makes me.", "Ring 021 000"),
    ):
        assert words in english, words


def test_a_letter_to_put_something_right_says_what_and_by_which_law(visitor):
    text = send(visitor, "/guide/letter/fix", FIX | {"shows": "A receipt"}).text
    for words in (
        *("principle 7 of the Privacy Act 2020", "This is wrong or missing: I owe 60"),
        *("It should say: I owe nothing", "This shows it: A receipt", "Nobody may charge me"),
        *("within 20 working days", "read together", "Privacy Commissioner"),
    ):
        assert words in text, words
    assert "This shows it" not in send(visitor, "/guide/letter/fix", FIX).text


@pytest.mark.parametrize(
    ("path", "given", "wrong", "sentence"),
    [
        ("/guide/letter/worker", AGENT, {"worker": " "}, "Write the name of the worker."),
        ("/guide/letter/worker", AGENT, {"what": ""}, "Write what they may ask for"),
        ("/guide/letter/worker", AGENT, {"ends_on-month": "13"}, "Write a date that exists"),
        ("/guide/letter/worker", AGENT, {"second": "sm-WS"}, "Choose one of the answers."),
        ("/guide/letter/fix", FIX, {"right": ""}, "Write what it should say"),
        ("/guide/letter/fix", FIX, {"wrong": "w" * 3000}, "Use 2000 characters or fewer."),
    ],
)
def test_what_cannot_be_used_gets_a_sentence_and_the_rest_is_kept(visitor, path, given, wrong, sentence):
    answer = send(visitor, path, given | wrong)
    assert answer.status_code == 400 and sentence in answer.text
    assert 'value="Example Water"' in answer.text and "<article" not in answer.text


@pytest.mark.parametrize(
    ("path", "given"),
    [("/guide/letter", WHO), ("/guide/letter/worker", AGENT), ("/guide/letter/fix", FIX)],
)
def test_a_letter_is_a_tagged_file_in_two_languages_side_by_side(visitor, path, given):
    answer = send(visitor, path, given | {"second": "sm", "file": "yes"})
    assert answer.mimetype == "application/pdf" and answer.headers["Cache-Control"].startswith("no-store")
    assert 'filename="letter.pdf"' in answer.headers["Content-Disposition"]
    assert pdf_files.languages(answer.data) == {"en-NZ"}
    with pdf_files.opened(answer.data) as file:
        assert str(file.Root.Lang) == "sm" and file.Root.MarkInfo.Marked and len(file.pages) == 1
    text = pdf_files.text_of(answer.data)
    for words in (
        "Sina Faʻasili",
        "Example Water",
        "Ring 021 000",
        "4 May 1992",
        "4 Me 1992",
        "Signed:",
        "Saini:",
    ):
        assert words in text, words
    assert "ata faʻataʻitaʻi" in text, "that the translation is a draft stands on the screen only"


def test_a_letter_can_be_in_english_alone_on_a_page_in_another_language(visitor):
    assert send(visitor, "/guide/letter/fix", FIX | {"second": ""}, "mi").text.count("<article") == 1


def test_too_many_files_are_refused_with_what_was_typed(visitor, monkeypatch):
    monkeypatch.setitem(attempts.LIMITS, "draw-letter", RateLimitItemPerHour(1, 1))
    assert send(visitor, "/guide/letter/fix", FIX | {"file": "yes"}).status_code == 200
    answer = send(visitor, "/guide/letter/fix", FIX | {"file": "yes"})
    assert answer.status_code == 429 and "I owe nothing" in answer.text and "too many tries" in answer.text
