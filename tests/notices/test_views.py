"""The page with a person's messages."""

import pytest

from portal.base import ids
from portal.language.rules import LANGUAGES
from portal.notices import service
from portal.notices.rules import WORDS
from tests.agencies import factory


@pytest.fixture
def sina(sqlite_store, sqlite_app):
    client, person_id = factory.browser(sqlite_store, sqlite_app)
    client.person_id = person_id
    return client


def tell(store, person_id, kind, about=99):
    work = store.work(now=factory.NOW)
    agency = factory.agency(work)
    work.do(service.tell, person_id, kind, agency.id, about)
    return agency


def test_a_message_says_what_happened_and_leads_there(sqlite_store, sina):
    agency = tell(sqlite_store, sina.person_id, "request_decided")
    page = sina.get("/en/notices").text
    assert f"{agency.name} has answered your request." in page
    assert f'href="/en/corrections/{ids.encode(99)}"' in page
    assert ">New<" in page


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
