"""The person's pages of a request on its way: every state in words, answering a question, complaining, the pack."""

import gzip
from datetime import date

import pytest
import time_machine

from portal.agencies import tasks
from portal.base import ids
from portal.corrections import service
from tests import pdf_files
from tests.corrections import factory
from tests.corrections.factory import LATER, plain


@pytest.fixture(autouse=True)
def today():
    """Stop the clock on Monday 30 November 2026."""
    with time_machine.travel(LATER, tick=False):
        yield


@pytest.fixture
def town(sqlite_store):
    """The town, on SQLite: pages don't depend on the database."""
    return factory.town(sqlite_store)


@pytest.fixture
def sina(town, sqlite_app):
    return factory.browser(town, sqlite_app, LATER)


@pytest.fixture
def ref(town):
    return town.sent({"address": "14 Sample Street"}, reason="The street was renamed.")


def staff(town, verb, *args, actor=None):
    return town.do(verb, *args, actor=actor or town.priya, now=LATER)


def address(ref, more="", tag="en"):
    return f"/{tag}/corrections/{ids.encode(ref)}{more}"


def known(town, ref):
    staff(town, service.check_identity, ref, "A letter with your name on it.")


def questioned(town, ref):
    staff(town, service.ask_person, ref, "Where did you live in May?", "We compare it with the lease.")


def passed_on(town, ref):
    _reader, other = town.other_agency()
    staff(town, service.transfer, ref, other, "They keep the register.")


def longer(town, ref):
    staff(town, service.take, ref)
    staff(town, service.propose_extension, ref, "b", date(2027, 1, 29), "We wait for the builder.")
    staff(town, service.approve, ref, actor=town.olga)


def promised(town, ref):
    town.decide(ref, (1, "accept"))


def fixed(town, ref):
    town.fix(ref, (1, "accept"))


def refused(town, ref):
    town.decide(ref, (1, "decline", "", "fact-right", "Your lease says so."))


def taken_back(town, ref):
    town.do(service.withdraw, ref, now=LATER)


STATES = {
    known: (
        "Question for you It is your turn.",
        "They need to know that it is you",
        "A letter with your name on it.",
        "You do not need a photo ID.",
        "Their time goes on meanwhile. They must still answer by Monday, 21 December 2026.",
    ),
    questioned: ("Question for you It is your turn.", "Where did you live in May?", "Answer it, or say no"),
    passed_on: (
        "Passed on Nothing more is to come.",
        "Example Holder has it now",
        "This is why: They keep the register.",
        "Example Holder must answer by Tuesday, 19 January 2027.",
        "Follow it there",
    ),
    longer: (
        "Looking It is their turn.",
        "They now must answer by Friday, 29 January 2027. This is why: We wait for the builder.",
        "You can complain about that to the Privacy Commissioner. It is free.",
    ),
    promised: (
        "They will fix this It is their turn.",
        "They will fix this by Monday, 7 December 2026.",
        "Changed in their record By Monday, 7 December 2026",
    ),
    fixed: ("Fixed Nothing more is to come.", "Changed in their record Monday, 30 November 2026", "Closed"),
    refused: ("Not fixed", "Your lease says so.", "Add my statement", "How to complain"),
    taken_back: ("Taken back Nothing more is to come.", "You took it back"),
}


@pytest.mark.parametrize("reach", STATES, ids=lambda reach: reach.__name__)
def test_each_state_says_where_it_stands_what_comes_next_and_who_acts(town, sina, ref, reach):
    reach(town, ref)
    page = sina.page(address(ref))
    for words in STATES[reach]:
        assert words in page, words
    for tag in ("en", "mi", "sm"):
        answer = sina.get(address(ref, tag=tag))
        assert len(gzip.compress(answer.get_data(), 6)) <= 8_192, tag


def test_the_new_request_is_one_tap_away_from_the_one_that_was_passed_on(town, sina, ref):
    passed_on(town, ref)
    there = service.requests_of(town.work(now=LATER)).open[0].ref
    assert f'href="{address(there)}"' in sina.get(address(ref)).text
    assert "Example Homes passed this on. They keep the register." in sina.page(address(there))


def test_letters_are_listed_with_a_page_and_a_file(town, sina, ref):
    fixed(town, ref)
    page = sina.page(address(ref))
    assert "Their letters to you Your request is closed" in page and "We fix what you asked for" in page
    assert "We have your request to fix something" in sina.page(address(ref, "/letter/1"))
    file = sina.get(address(ref, "/letter/1/file"))
    assert (file.status_code, file.mimetype) == (200, "application/pdf")
    assert sina.get(address(ref, "/letter/9/file")).status_code == 404


def test_a_question_is_answered_in_any_language_and_the_page_says_why_it_is_asked(town, sina, ref):
    questioned(town, ref)
    where = address(ref, "/reply")
    page = sina.page(where)
    assert "Why they ask We compare it with the lease." in page and "You do not have to answer." in page
    assert sina.send(where, text=" ", language="sm").status_code == 400
    assert sina.send(where, text="I Me na ou nofo ai.", language="sm").location.endswith(address(ref))
    shown = sina.get(address(ref)).text
    assert "I Me na ou nofo ai." in shown and "You answered on 30 November 2026:" in plain(shown)
    assert sina.get(where).status_code == 303


def test_whoever_would_rather_not_say_says_so_with_one_tap(town, sina, ref):
    questioned(town, ref)
    assert sina.send(address(ref, "/reply"), text="", language="en", declined="yes").status_code == 303
    assert "You said you would rather not say." in sina.page(address(ref))
    assert town.shown(ref).questions[0].state == "declined"


def test_another_language_keeps_what_was_typed_and_sends_nothing(town, sina, ref):
    questioned(town, ref)
    answer = sina.send(address(ref, "/reply"), text="In May", language="en", switch_language="mi")
    assert answer.status_code == 307 and answer.location.endswith(address(ref, "/reply", "mi"))
    assert town.shown(ref).question is not None


def test_an_answer_that_comes_too_late_is_not_lost(town, sina, ref):
    questioned(town, ref)
    where = address(ref, "/reply")
    text = sina.get(where).text.split('id="the-form"')[1]
    hidden = {name: text.split(f'name="{name}" value="')[1].split('"')[0] for name in ("csrf_token", "nonce")}
    promised(town, ref)
    answer = sina.client.post(where, data=hidden | {"text": "In May I moved.", "language": "en"})
    assert answer.status_code == 409 and "In May I moved." in answer.text
    assert "They do not wait for an answer any more." in plain(answer.text)


def test_a_complaint_goes_to_the_privacy_officer_only_when_it_is_sent(town, sina, ref):
    where = address(ref, "/complain")
    page = sina.page(where)
    assert "Tell Example Homes" in page and "Tell the Privacy Commissioner" in page and "It is free." in page
    officer = town.work(town.olga, LATER)
    assert "correction_complaint" not in [row.kind for row in tasks.worklist(officer).rows]
    assert sina.send(where, text="Nobody rang me back.", language="en").status_code == 303
    rows = {row.kind: row for row in tasks.worklist(town.work(town.olga, LATER)).rows}
    assert rows["correction_complaint"].summary["text"] == "Nobody rang me back."
    assert "You sent a complaint to the agency on 30 November 2026." in sina.page(where)
    desk = [row.kind for row in tasks.worklist(town.work(town.priya, LATER)).rows]
    assert "correction_complaint" not in desk
    assert "CorrectionComplaint" in [event.name for event in town.shown(ref).events]


@pytest.mark.parametrize("tag", ["en", "mi"])
def test_the_pack_holds_what_was_asked_the_days_the_answer_messages_letters_and_the_law(town, sina, ref, tag):
    questioned(town, ref)
    town.do(service.answer_question, ref, "At my sister's.", now=LATER)
    refused(town, ref)
    text = plain(sina.get(address(ref, "/pack", tag)).text)
    for words in (
        "Home address said: 12 Sample Street",
        "Home address should say: 14 Sample Street",
        "The street was renamed.",
        "They got it on Monday, 23 November 2026.",
        "The last day for an answer is Monday, 21 December 2026",
        "They answered on Monday, 30 November 2026.",
        "they said no.",
        "Your lease says so.",
        "Where did you live in May?",
        "At my sister's.",
        "Their letter of Monday, 23 November 2026",
        "You can give us your own words about it.",
        "Section 69: no answer in time counts as a no.",
    ):
        assert words in text, words
    file = sina.get(address(ref, "/pack/file", tag))
    assert file.mimetype == "application/pdf"
    with pdf_files.opened(file.data) as made:
        assert made.Root.MarkInfo.Marked
    assert ("en-NZ" in pdf_files.languages(file.data)) is (tag != "en")


def test_what_is_anothers_and_what_is_not_there_answer_alike(town, sina, ref):
    for more in ("/complain", "/pack", "/pack/file", "/reply", "/letter/1/file"):
        assert sina.get(address(ids.random63(), more)).status_code == 404
