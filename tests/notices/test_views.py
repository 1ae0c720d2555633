"""The pages with a person's messages, and how they may be reached."""

from datetime import timedelta

import pytest

from portal.base import ids
from portal.base.attempts import LIMITS
from portal.base.clock import utc_now
from portal.language.rules import LANGUAGES
from portal.notices import rules, service
from portal.notices.rules import WORDS
from tests.agencies import factory
from tests.notices.boxes import ADDRESS, SAFE, fill


@pytest.fixture
def sina(sqlite_store, sqlite_app):
    client, person_id = factory.browser(sqlite_store, sqlite_app)
    client.person_id = person_id
    return client


def tell(store, person_id, kind, about=99, now=factory.NOW):
    work = store.work(now=now)
    agency = factory.agency(work)
    work.do(service.tell, person_id, kind, agency.id, about)
    return agency


def test_a_message_says_what_happened_and_leads_there(sqlite_store, sina):
    agency = tell(sqlite_store, sina.person_id, "request_decided")
    page = sina.get("/en/notices").text
    assert f"{agency.name} has answered your request." in page
    assert f'href="/en/corrections/{ids.encode(99)}"' in page
    assert ">New<" in page


def test_messages_stand_below_their_day(sqlite_store, sina):
    for days in (0, 0, 3):
        tell(sqlite_store, sina.person_id, "share_opened", now=utc_now() - timedelta(days=days))
    page = sina.get("/en/notices").text
    assert page.count("<h2><time") == 2 and ">Today</time>" in page
    assert "3 messages are new." in page


def test_opening_the_page_does_not_mark_anything_as_read_but_the_button_does(sqlite_store, sina):
    tell(sqlite_store, sina.person_id, "share_opened")
    assert ">New<" in sina.get("/en/notices").text
    assert ">New<" in sina.get("/en/notices").text
    done = factory.send(sina, "/en/notices")
    assert (done.status_code, done.location) == (303, "/en/notices")
    page = sina.get("/en/notices").text
    assert "Someone opened what you shared." in page and ">New<" not in page


def test_without_messages_the_page_says_so(sina):
    assert "There are no messages." in sina.get("/en/notices").text


def test_another_persons_messages_are_not_here(sqlite_store, sina):
    tell(sqlite_store, sina.person_id ^ 1, "share_opened")
    assert "There are no messages." in sina.get("/en/notices").text


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_kind_of_message_opens_in_each_language(sqlite_store, sina, tag):
    for kind in (*WORDS, "of-a-later-version"):
        tell(sqlite_store, sina.person_id, kind)
    assert sina.get(f"/{tag}/notices").status_code == 200


def test_an_address_is_given_checked_by_a_code_and_then_stands_there_half_hidden(sina):
    assert "We will only show it here." in sina.get("/en/notices/contact").text
    sent = fill(sina, ADDRESS, SAFE)
    assert (sent.status_code, sent.location) == (303, f"{ADDRESS}/code")
    page = sina.get(f"{ADDRESS}/code").text
    code = page.split('id="demo-code" translate="no">')[1].split("<")[0]
    wrong = fill(sina, f"{ADDRESS}/code", {"code": "AAAAAA"})
    assert wrong.status_code == 400 and "That is not the code that we sent last." in wrong.text
    done = fill(sina, f"{ADDRESS}/code", {"code": f"{code[:3]} {code[3:].lower()}"})
    assert (done.status_code, done.location) == (303, "/en/notices/contact")
    page = sina.get("/en/notices/contact").text
    assert "s•••@mail.example" in page and "sina@mail.example" not in page
    assert "We will only show it here." not in page


def test_what_was_typed_stays_beside_one_sentence(sina):
    answer = fill(sina, ADDRESS, SAFE | {"address": "sina at mail", "shares": "never"})
    assert answer.status_code == 400
    assert "Write one e-mail address, such as name@example.org." in answer.text
    assert 'value="sina at mail"' in answer.text and '<option value="never" selected>' in answer.text


@pytest.mark.parametrize("hours", [("9", ""), ("", "17")])
def test_one_hour_without_the_other_is_asked_for_again(sina, hours):
    answer = fill(sina, ADDRESS, SAFE | {"safe_from": hours[0], "safe_until": hours[1]})
    assert answer.status_code == 400 and "Choose both hours, or any time for both." in answer.text


@pytest.mark.parametrize(
    "odd", [{"safe_from": "25"}, {"use": "maybe"}, {"requests": "everything"}, {"use": ""}]
)
def test_an_answer_that_is_not_on_the_page_is_refused(sqlite_store, sina, odd):
    assert fill(sina, ADDRESS, SAFE | odd).status_code == 400


def test_the_page_shows_the_very_words_that_may_go_out(sqlite_store, sina):
    chosen = {"purposes": {"shares": "allowed"}}
    sqlite_store.work().do(
        lambda w: service.put_contact(w, sina.person_id, "email", "s@example.org", **chosen)
    )
    page = sina.get("/en/notices/contact").text
    for text in (rules.NEUTRAL, rules.SAID["shares"]):
        assert text % {"address": "http://localhost/"} in page
    assert rules.SAID["requests"].split(".")[0] not in page


def test_unsafe_everywhere_is_shown_here_only(sina):
    for channel in rules.CHANNELS:
        answers = {
            "use": "unsafe",
            "address": "",
            "requests": "neutral",
            "shares": "neutral",
            "safety": "neutral",
        }
        if channel == "post":
            answers = {"use": "unsafe"}
        assert fill(sina, f"/en/notices/contact/{channel}", answers).status_code == 303
    page = sina.get("/en/notices/contact").text
    assert "We will only show it here." in page and page.count("We never use it.") == 4


def test_a_change_needs_a_fresh_code_and_reading_does_not(sqlite_store, sina, monkeypatch):
    from portal.base import clock

    later = utc_now() + timedelta(minutes=6)
    monkeypatch.setattr(clock, "utc_now", lambda: later)
    assert sina.get("/en/notices/contact").status_code == 200
    for path in (ADDRESS, f"{ADDRESS}/code"):
        assert "/sign-in/again" in sina.get(path).location


def test_codes_cannot_be_sent_without_end(sina):
    allowed = LIMITS["contact-code"].amount
    answers = [fill(sina, ADDRESS, SAFE).status_code for _ in range(allowed + 1)]
    assert answers == [303] * allowed + [429]


@pytest.mark.parametrize("tag", ["mi", "sm", "to"])
def test_each_page_of_contact_opens_in_each_language(sina, tag):
    fill(sina, ADDRESS, SAFE)
    pages = ["", *(f"/{channel}" for channel in rules.CHANNELS), "/email/code"]
    for path in pages:
        assert sina.get(f"/{tag}/notices/contact{path}").status_code == 200
