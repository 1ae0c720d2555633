"""The pages that ask about a look: one line for a day's looks alike, one agency's looks, the question, the answer."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from portal.access_log import service
from portal.agencies import service as agencies
from portal.base import ids
from portal.base.clock import utc_now
from portal.casework import service as desk
from portal.identity.permissions import Actor
from tests.agencies import factory

NOW = utc_now().replace(hour=1, minute=0)


@pytest.fixture
def town(sqlite_store, sqlite_app):
    client, person_id = factory.browser(sqlite_store, sqlite_app)
    agency = factory.agency(sqlite_store.work())
    sqlite_store.work().do(agencies.link, person_id, agency.id, "HA-1", "in-person")
    return SimpleNamespace(client=client, person_id=person_id, agency=agency, store=sqlite_store)


def look(town, minutes=0, agency_id=None, by="staff", **details):
    agency_id = town.agency.id if agency_id is None else agency_id
    staff = factory.staff(town.store, agency_id, now=NOW - timedelta(days=2) + timedelta(minutes=minutes))
    given = {"who": "Priya Nair", "role": "caseworker", "why": "To answer your request."}
    staff.do(service.note, town.person_id, by, agency_id, "request", given | details)


def newest(town):
    return service.looks(town.store.work(Actor("account", 1, town.person_id)))[0]


def test_looks_alike_on_one_day_are_one_line_with_their_times(town):
    for minutes in (0, 10, 20):
        look(town, minutes)
    look(town, 30, who="Mark Lee")
    page = town.client.get("/en/access-log").text
    assert page.count("<b data-held>Priya Nair</b>") == 1 and page.count("Mark Lee") == 1
    assert page.count("Also at ") == 1 and page.count(">Ask about this<") == 2


def test_one_agencys_looks_can_be_chosen_and_an_unknown_choice_shows_all(town):
    look(town)
    look(town, 5, agency_id=0, by="link", who="Hemi", role="", why="A warm home")
    one, others = ids.encode(town.agency.id), "others"
    for chosen, there, gone in ((one, "Priya Nair", "Hemi"), (others, "Hemi", "Priya Nair")):
        page = town.client.get(f"/en/access-log?agency={chosen}").text
        assert there in page and gone not in page and f'value="{chosen}"' in page
    page = town.client.get(f"/en/access-log?agency={ids.encode(7)}").text
    assert "Hemi" in page and "Priya Nair" in page


def test_a_choice_without_looks_says_so(town):
    page = town.client.get(f"/en/access-log?agency={ids.encode(town.agency.id)}").text
    assert "There is no look to show here." in page and "No one has looked" not in page


def test_asking_starts_with_a_question_and_leads_to_the_answer(town):
    look(town)
    address = f"/en/access-log/{ids.encode(newest(town).id)}/ask"
    page = town.client.get(address).text
    assert "I want to know why you looked at my information on" in page
    assert "has 20 working days to answer" in page
    assert factory.send(town.client, address, words="What for, 100% <b>truly</b>?").status_code == 303
    page = town.client.get(address).text
    assert "What for, 100% &lt;b&gt;truly&lt;/b&gt;?" in page and "has to answer by" in page
    assert ">Sent<" in page and "<textarea" not in page
    mark = Actor("account", 99, None, town.agency.id, "caseworker")
    ref = newest(town).question.ref
    town.store.work(mark).do(desk.answer, ref, "wrong", "She had no reason to.")
    for path in (address, "/en/access-log"):
        page = town.client.get(path).text
        assert "She had no reason to." in page and ">Answered<" in page
    assert "this look was not right" in town.client.get(address).text
    told = town.client.get("/en/notices").text
    assert f'href="{address}"' in told and "answered your question about who looked" in told


def test_an_empty_question_keeps_the_page_and_says_one_sentence(town):
    look(town)
    address = f"/en/access-log/{ids.encode(newest(town).id)}/ask"
    for words in ("", "   ", "x" * 2001):
        answer = factory.send(town.client, address, words=words)
        assert answer.status_code == 400 and 'role="alert"' in answer.text
    assert newest(town).question is None


def test_a_late_answer_says_so_with_the_free_complaint(town):
    look(town)
    who = Actor("account", 1, town.person_id)
    found = newest(town)
    town.store.work(who, NOW - timedelta(days=60)).do(service.ask, found.id, "Why?", "en")
    page = town.client.get(f"/en/access-log/{ids.encode(found.id)}/ask").text
    assert ">Late<" in page and "and did not." in page and "Privacy Commissioner" in page


def test_whoever_opened_a_share_without_an_account_cannot_be_asked(town):
    look(town, agency_id=0, by="link", role="", why="A warm home")
    assert "Ask about this" not in town.client.get("/en/access-log").text
    page = town.client.get(f"/en/access-log/{ids.encode(newest(town).id)}/ask").text
    assert "there is no one to ask" in page and "<textarea" not in page


def test_a_look_under_a_request_leads_to_it(town):
    look(town, reference="7KQ2-MX4D", about="4711")
    assert f'/en/corrections/{ids.encode(4711)}"' in town.client.get("/en/access-log").text


def test_what_an_agency_sent_of_its_own_system_stands_in_its_own_words(town):
    sent = service.SentLook(
        "S-1", NOW - timedelta(days=1), "Case manager", "Yearly review", "Case file", "R. Tane"
    )
    town.store.work().do(service.receive, town.person_id, town.agency.id, [sent])
    page = town.client.get("/mi/access-log").text
    for words in ("Case manager", "Yearly review", "Case file", "R. Tane"):
        assert words in page
