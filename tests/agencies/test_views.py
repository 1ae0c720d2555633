"""The pages that link an agency."""

import re
from datetime import date

import pytest

from portal.agencies import service
from portal.base import ids
from portal.language.rules import LANGUAGES
from tests.agencies import factory

BORN = date(1992, 5, 4)


@pytest.fixture
def sina(sqlite_store, sqlite_app):
    factory.agency(sqlite_store.work(), "example-school")
    factory.agency(sqlite_store.work())
    client, _ = factory.browser(sqlite_store, sqlite_app)
    return client


@pytest.fixture
def address(sqlite_store, sina):
    return factory.address(sqlite_store)


def letter(store, name="Sina Faasili"):
    work = store.work()
    return work.do(service.issue_link_code, factory.agency(work).id, "HA-88213", name, BORN)


def test_a_letter_links_the_agency_and_takes_it_off_the_list(sqlite_store, sina, address):
    assert address in sina.get("/en/agencies/link").text
    done = factory.send(sina, address, client_ref="HA-88213", code=letter(sqlite_store))
    assert (done.status_code, done.location) == (303, f"{address}/linked")
    assert "You are linked to Example" in sina.get(done.location).text
    assert address not in sina.get("/en/agencies/link").text


def test_every_wrong_try_gets_the_same_page_and_keeps_what_was_typed(sqlite_store, sina, address):
    letter(sqlite_store)
    pages = []
    for number in ("HA-88213", "HA-00000"):
        answer = factory.send(sina, address, client_ref=number, code="WRONGONE")
        assert answer.status_code == 400
        assert f'value="{number}"' in answer.text and 'value="WRONGONE"' in answer.text
        page = answer.text.replace(number, "")
        pages.append(re.sub(r'name="(nonce|csrf_token)" value="[^"]*"', "", page))
    assert pages[0] == pages[1]
    assert "That did not match." in pages[0]


def test_the_right_code_works_from_the_page_of_a_wrong_try(sqlite_store, sina, address):
    code = letter(sqlite_store)
    wrong = factory.send(sina, address, client_ref="HA-88213", code="WRONGONE").text
    hidden = {
        name: wrong.split(f'name="{name}" value="')[1].split('"')[0] for name in ("csrf_token", "nonce")
    }
    again = sina.post(address, data={**hidden, "client_ref": "HA-88213", "code": code})
    assert again.status_code == 303


def test_pressing_the_button_twice_ends_at_the_same_place(sqlite_store, sina, address):
    code, page = letter(sqlite_store), sina.get(address).text
    hidden = {name: page.split(f'name="{name}" value="')[1].split('"')[0] for name in ("csrf_token", "nonce")}
    sent = [sina.post(address, data={**hidden, "client_ref": "HA-88213", "code": code}) for _ in range(2)]
    assert [one.location for one in sent] == [f"{address}/linked"] * 2


def test_a_letter_for_somebody_else_is_checked_by_staff(sqlite_store, sina, address):
    code = letter(sqlite_store, "Tame Tūroa")
    done = factory.send(sina, address, client_ref="HA-88213", code=code)
    assert done.location == f"{address}/check"
    shown = sina.get(done.location).text
    assert "Their staff will check this" in shown and "Tame" not in shown
    assert sina.get(f"{address}/linked").status_code == 404


def test_too_many_tries_are_slowed_down_and_the_words_kept(sqlite_store, sina, address):
    for _ in range(10):
        factory.send(sina, address, client_ref="HA-1", code="WRONGONE")
    answer = factory.send(sina, address, client_ref="HA-1", code="WRONGONE")
    assert answer.status_code == 429
    assert "too many tries" in answer.text and 'value="HA-1"' in answer.text


def test_an_empty_form_says_what_to_write(sina, address):
    answer = factory.send(sina, address, client_ref="", code="")
    assert answer.status_code == 400
    assert "Write the client number from the letter." in answer.text
    assert "Write the code from the letter." in answer.text


def test_an_agency_that_is_not_there_is_a_404(sina, address):
    for tail in ("", "/linked", "/check"):
        assert sina.get(f"/en/agencies/link/{ids.encode(ids.random63())}{tail}").status_code == 404


@pytest.mark.parametrize("tag", LANGUAGES)
def test_the_pages_open_in_each_language(sina, tag, address):
    for path in ("/en/agencies/link", address, f"{address}/check"):
        answer = sina.get(path.replace("/en/", f"/{tag}/"))
        assert answer.status_code == 200
        assert f'<html lang="{LANGUAGES[tag].bcp47}"' in answer.text


def test_a_visitor_is_asked_to_sign_in(sqlite_app):
    answer = sqlite_app.test_client().get("/en/agencies/link")
    assert answer.status_code == 303 and "/en/sign-in" in answer.location
