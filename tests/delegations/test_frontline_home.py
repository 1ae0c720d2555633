"""A frontline worker's first page: who shares and until when, what is due, in words, and what to print."""

import re
from datetime import date, timedelta

import pytest

from portal.agencies import queries as catalogue
from portal.bundles import rules, service
from portal.delegations.queries import HelpedAsk
from tests.bundles.factory import a_person, workers_browser

CLINIC = "example-medical-centre"


@pytest.fixture
def sina(sqlite_store):
    return a_person(sqlite_store)


@pytest.fixture
def worker(sina, sqlite_app):
    return workers_browser(sina.store, sqlite_app, CLINIC)


def shares(sina, days, purpose):
    clinic = sina.look(lambda work: catalogue.catalogue(work).by_slug(CLINIC).id)
    return sina.do(
        service.make,
        chosen=[{"record": sina.records["tenancy"], "fields": ["address"]}],
        recipient="The clinic",
        purpose=purpose,
        days=days,
        passcode="",
        once=False,
        wishes=rules.Wishes(clinic),
    )


def text_of(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True)).split())


def test_who_shares_stands_with_until_when_and_what_ends_soon_first(sina, worker):
    month, day = shares(sina, 30, "A warm home"), shares(sina, 1, "A ride on Monday")
    answer = worker.get("/en/delegations/clients")
    page = answer.get_data(as_text=True)
    places = [page.index(f"/en/open/people/{ref}") for ref in (day, month)]
    assert places == sorted(places) and page.count("Ends soon") == 1
    said = text_of(answer)
    assert "Sina Tavita" in said and "A ride on Monday" in said and said.count("Open until ") == 2
    assert "12 Sample Street" not in said, "what is in a share stands on the list"


def test_whoever_shares_with_nobody_by_name_is_not_there(sina, worker):
    assert "No one shares with you now." in text_of(worker.get("/en/delegations/clients"))


def test_the_page_has_one_main_act_and_prints_in_any_two_languages(sina, worker):
    page = worker.get("/mi/delegations/clients").get_data(as_text=True)
    main = page[page.index("<main") :]
    assert len(re.findall(r'class="btn"', main)) == 1
    for tag in ("en", "mi", "sm"):
        assert main.count(f'<option value="{tag}"') == 2
    assert '<option value="mi" selected' in main and '<option value="en" selected' in main
    assert main.count('data-held lang="mi">I mua i tō tīmatanga me tētahi kiritaki') == 1


@pytest.mark.parametrize(
    ("days", "open_", "words"),
    [
        (3, True, "No answer yet Due "),
        (0, True, "Due today "),
        (-1, True, "Late by 1 day Due "),
        (-12, True, "Late by 12 days Due "),
        (-12, False, "Closed"),
    ],
)
def test_when_an_answer_is_due_is_said_in_words(sqlite_app, days, open_, words):
    today = date(2026, 11, 28)
    one = HelpedAsk("ABCD-2345", 1, today + timedelta(days=days), open_)
    with sqlite_app.test_request_context("/en/delegations/clients"):
        due = sqlite_app.jinja_env.get_template("delegations/_due.html").module.due
        said = " ".join(re.sub(r"<[^>]+>", " ", str(due(one, today))).split())
    assert said.startswith(words.strip())
