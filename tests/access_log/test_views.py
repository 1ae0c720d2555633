"""The page that shows a person who has looked."""

from datetime import timedelta

import pytest

from portal.access_log import service
from portal.agencies import service as agencies
from portal.language.rules import LANGUAGES
from tests.agencies import factory

WHY = "To answer your request."


@pytest.fixture
def sina(sqlite_store, sqlite_app):
    client, person_id = factory.browser(sqlite_store, sqlite_app)
    client.person_id = person_id
    return client


def look(store, person_id, agency_id, *, by="staff", days=0, **details):
    staff = factory.staff(store, agency_id, now=factory.NOW + timedelta(days=days))
    shown = {"who": "Priya Nair", "role": "caseworker", "why": WHY, "reference": "7KQ2-MX4D", **details}
    staff.do(service.note, person_id, by, agency_id, "request", shown)


def test_a_look_stands_under_its_month_with_its_time_role_agency_what_why_and_reference(sqlite_store, sina):
    agency = factory.agency(sqlite_store.work())
    look(sqlite_store, sina.person_id, agency.id, records=["Tenancy"])
    look(sqlite_store, sina.person_id, agency.id, days=2, who="Mark Lee", role="privacy-officer")
    page = sina.get("/en/access-log").text
    order = [
        "No one has looked since 16 September 2026.",
        ">September 2026<",
        ">16 September 2026, 2:00 pm<",
        "Mark Lee",
    ]
    order += [
        f"Privacy officer at {agency.name}",
        ">14 September 2026, 2:00 pm<",
        "Priya Nair",
        f"Adviser at {agency.name}",
    ]
    order += ["Your request, and what it is about", "Tenancy", "7KQ2-MX4D", WHY]
    place = 0
    for words in order:
        assert words in page[place:], words
        place = page.index(words, place) + len(words)


def test_a_share_opened_without_an_account_says_so(sqlite_store, sina):
    look(sqlite_store, sina.person_id, 0, by="link", who="", role="")
    assert "Someone with the code of your share" in sina.get("/en/access-log").text


def test_with_no_looks_the_page_says_since_when(sqlite_store, sina):
    assert "No one has looked." in sina.get("/en/access-log").text
    work = sqlite_store.work(now=factory.NOW)
    work.do(agencies.link, sina.person_id, factory.agency(work).id, "HA-1")
    assert "No one has looked since 14 September 2026." in sina.get("/en/access-log").text


def test_linked_agencies_that_do_not_report_looks_are_named_and_no_others(sqlite_store, sina):
    work = sqlite_store.work()
    silent, telling = factory.agency(work, "example-school"), factory.agency(work, "example-housing")
    other = factory.agency(work, "example-fines-office")
    for agency in (silent, telling):
        work.do(agencies.link, sina.person_id, agency.id, "1")
    page = sina.get("/en/access-log").text
    assert f"These do not yet: {silent.name}." in page
    assert telling.name not in page.split("What this list cannot show yet")[1] and other.name not in page
    assert "Some looks can be shown later, when the law allows it." in page


def test_a_long_list_goes_on_behind_show_more(sqlite_store, sina):
    for number in range(51):
        look(sqlite_store, sina.person_id, 0, days=number, who=f"Reader {number:02}")
    first = sina.get("/en/access-log").text
    assert "Reader 50" in first and "Reader 00" not in first
    more = first.split('<p><a class="tap" href="/en/access-log?before=')[1].split('"')[0]
    second = sina.get(f"/en/access-log?before={more}").text
    assert "Reader 00" in second and "Reader 01" not in second
    assert "No one has looked" not in second


def test_a_broken_place_in_the_list_starts_at_the_top(sina):
    assert sina.get("/en/access-log?before=nonsense").status_code == 200


def test_words_of_a_look_are_text_and_never_markup(sqlite_store, sina):
    look(sqlite_store, sina.person_id, 0, who="<b>x</b>", why="100% <i>sure</i> %(x)s", reference="<u>")
    page = sina.get("/en/access-log").text
    assert "&lt;b&gt;x" in page and "<i>sure" not in page and "<u>" not in page


def test_the_words_of_one_who_opened_a_share_are_theirs_and_not_ours_to_translate(sqlite_store, sina):
    look(sqlite_store, sina.person_id, 0, by="link", who="Hemi", why="Your house move, 100% sure")
    page = sina.get("/sm/access-log").text
    assert '<p class="meta" data-held>Your house move, 100% sure</p>' in page


@pytest.mark.parametrize("tag", LANGUAGES)
def test_the_page_opens_in_each_language(sqlite_store, sina, tag):
    look(sqlite_store, sina.person_id, factory.agency(sqlite_store.work()).id)
    answer = sina.get(f"/{tag}/access-log")
    assert answer.status_code == 200 and "Priya Nair" in answer.text


def test_looking_at_the_log_is_no_look(sqlite_store, sina):
    sina.get("/en/access-log")
    assert "No one has looked." in sina.get("/en/access-log").text
