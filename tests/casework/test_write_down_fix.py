"""The desk's pages for a request to fix by phone, on paper or in person; and what its person sees of it."""

import re

import pytest

from portal.base import ids
from portal.corrections import service
from tests.corrections.factory import browser, plain

PAGE = "/en/casework/fix/new"
WHO = {
    "client_ref": "C-sina", "born-day": "4", "born-month": "5", "born-year": "1992",
    "received_on-day": "20", "received_on-month": "11", "received_on-year": "2026", "how": "phone",
}  # fmt: skip
ANSWER = {"by": "here", "language": "sm", "urgent": "no", "why": "", "hand_on": "yes", "reason": "It moved."}


class Pages:
    """The three pages at one address: each is sent with what the one before holds."""

    def __init__(self, desk):
        self.client = desk.client
        self.text = self.client.get(PAGE).get_data(as_text=True)

    def send(self, **answers):
        form = self.text.split('id="the-form"')[1]
        hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
        given = {name: [value for each, value in hidden if each == name] for name, _value in hidden}
        answer = self.client.post(PAGE, data={**given, **answers})
        self.text = answer.get_data(as_text=True)
        return answer

    def tick(self, field):
        return re.search(rf'name="fields" value="(\w+\.{field})"', self.text)[1]


def test_a_call_becomes_a_request_that_its_person_finds_with_how_it_came(town, sqlite_app, desk):
    assert "Write down a request to fix" in plain(desk.get("/en/casework").text)
    pages = Pages(desk)
    assert pages.send(**WHO).status_code == 200
    assert "12 Sample Street" not in pages.text and "Home address" in plain(pages.text)
    ticks = [pages.tick("address"), pages.tick("note")]
    assert pages.send(fields=ticks).status_code == 200
    asked = {"wish_1": "replace", "value_1": "14 Sample Street", "wish_2": "words", "words_2": "I was calm."}
    done = pages.send(**asked, **ANSWER)
    assert done.status_code == 303, plain(pages.text)
    found = service.requests_of(town.work()).open[0]
    assert done.location.endswith(f"/en/casework/{ids.encode(found.ref)}")
    assert [(one.field.key, one.wish, one.wanted) for one in found.items] == [
        ("address", "replace", "14 Sample Street"),
        ("note", "words", "I was calm."),
    ]
    sina = browser(town, sqlite_app)
    assert "You asked by phone. Their staff wrote it down." in sina.page("/en/corrections")
    shown = sina.page(f"/en/corrections/{ids.encode(found.ref)}")
    assert "If it was not you, take it back" in shown and "Friday, 18 December 2026" in shown
    assert "To write down a request that you made" in sina.page("/en/access-log")


@pytest.mark.parametrize("changes", [{"client_ref": "C-404"}, {"born-year": "1993"}])
def test_a_number_that_nobody_is_linked_to_gets_one_sentence_and_keeps_what_was_typed(town, desk, changes):
    pages = Pages(desk)
    answer = pages.send(**WHO | changes)
    assert answer.status_code == 400
    assert "Nobody linked here has this number and birth date." in plain(answer.text)
    assert f'value="{changes.get("client_ref", "C-sina")}"' in answer.text
    assert "This site can hold requests of linked people only." in plain(answer.text)


def test_nothing_ticked_and_nothing_said_asks_again_on_the_same_page_and_loses_nothing(town, desk):
    pages = Pages(desk)
    pages.send(**WHO)
    assert pages.send().status_code == 400 and "Choose at least one part" in plain(pages.text)
    pages.send(fields=[pages.tick("address")])
    answer = pages.send(**ANSWER | {"wish_1": "replace", "value_1": " "})
    assert answer.status_code == 400 and "Write what it should say." in plain(answer.text)
    assert "It moved." in answer.text and 'name="client_ref" value="C-sina"' in answer.text
    assert service.requests_of(town.work()).open == []
    assert pages.send(**ANSWER | {"wish_1": "replace", "value_1": "14 Sample Street"}).status_code == 303


def test_questions_that_nobody_answered_are_asked_again_and_not_answered_by_us(town, desk):
    pages = Pages(desk)
    pages.send(**WHO)
    pages.send(fields=[pages.tick("address")])
    answer = pages.send(wish_1="replace", value_1="14 Sample Street", language="en")
    assert answer.status_code == 400 and plain(answer.text).count("Choose one of the answers.") >= 3
    assert service.requests_of(town.work()).open == []


def test_a_tick_of_somebody_elses_record_counts_for_nothing(town, desk):
    pages = Pages(desk)
    pages.send(**WHO)
    assert pages.send(fields=[f"{ids.encode(ids.random63())}.address"]).status_code == 400


def test_after_ninety_pages_in_an_hour_it_stops_and_keeps_what_was_typed(town, desk, monkeypatch):
    from limits import RateLimitItemPerHour

    from portal.base import attempts

    monkeypatch.setitem(attempts.LIMITS, "write-down-fix", RateLimitItemPerHour(1, 1))
    pages = Pages(desk)
    pages.send(**WHO)
    stopped = Pages(desk).send(**WHO)
    assert stopped.status_code == 429 and "C-sina" in stopped.text
