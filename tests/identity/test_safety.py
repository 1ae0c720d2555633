"""Keeping private on a shared phone: on with one tap, off with a code, and a code before hard topics."""

from dataclasses import replace
from datetime import timedelta

import pytest

from portal.agencies import service as agencies
from portal.app import create_app
from portal.base import ids
from portal.base.problems import Refused
from portal.config import Support
from portal.identity import queries, service
from portal.records import queries as records
from portal.records import service as record_service
from tests.identity import factory
from tests.records.factory import BODY

MINUTE = timedelta(minutes=1)
AGAIN = "/en/sign-in/again?next="


@pytest.fixture
def signed_in(browser, sina):
    return browser.sign_in(sina)


@pytest.fixture
def held(sina, store):
    """What is held about Sina: ordinary, sensitive, about safety; the addresses by kind."""
    agency_id = factory.agency(store)
    work = store.work(now=factory.NOW)
    work.do(agencies.link, sina.person_id, agency_id, "C-1", "verified")
    for kind in ("home", "visit", "mark"):
        work.do(record_service.receive, sina.person_id, agency_id, kind, f"{kind}-1", BODY)
    numbers = [
        record_service.record_id_of(work, sina.person_id, agency_id, kind, f"{kind}-1")
        for kind in ("home", "visit", "mark")
    ]
    views = records.for_record_ids(work, sina.person_id, numbers)
    places = {view.type.key: f"/en/records/{ids.encode(view.ref)}" for view in views}
    return {**places, "agency": f"/en/records/agency/{ids.encode(agency_id)}"}


def turn(browser, what):
    return browser.send("/en/account/safety", switch=what)


def title(page):
    return page.split("<title>")[1].split("</title>")[0]


def test_one_tap_makes_every_page_discreet(signed_in):
    assert "Sina" in signed_in.get("/en/records").text
    assert turn(signed_in, "discreet-on").status_code == 303
    for path in ("records", "account", "account/safety", "guide/rights", "nowhere", "corrections"):
        page = signed_in.get(f"/en/{path}").text
        assert title(page) == "My page" and "My information" not in page
    assert "Sina" not in signed_in.get("/en/records").text


def test_an_error_page_says_the_same_to_everybody_who_is_not_discreet(signed_in, browser):
    other = factory.Browser(browser.app)
    assert signed_in.get("/en/nowhere").text == other.get("/en/nowhere").text


def test_a_discreet_person_rests_for_ten_minutes_only(signed_in, clock):
    clock.shift(11 * MINUTE)
    assert signed_in.get("/en/records").status_code == 200
    turn(signed_in, "discreet-on")
    clock.shift(11 * MINUTE)
    assert signed_in.get("/en/records").location.startswith("/en/sign-in?")


@pytest.mark.parametrize("what", ["discreet", "again"])
def test_turning_on_is_one_tap_and_turning_off_takes_a_fresh_code(signed_in, sina, clock, what):
    clock.shift(6 * MINUTE)
    assert turn(signed_in, f"{what}-on").location == "/en/account/safety"
    assert f'value="{what}-off"' in signed_in.get("/en/account/safety").text
    assert turn(signed_in, f"{what}-off").location == AGAIN + "/en/account/safety"
    assert f'value="{what}-off"' in signed_in.get("/en/account/safety").text, (
        "it was turned off without a code"
    )
    signed_in.send(AGAIN + "/en/account/safety", code=sina.code(factory.NOW + 6 * MINUTE))
    turn(signed_in, f"{what}-off")
    assert f'value="{what}-on"' in signed_in.get("/en/account/safety").text


def test_the_service_itself_turns_nothing_off_without_a_fresh_code(signed_in, store):
    moment = factory.NOW + 6 * MINUTE
    actor, _ = queries.actor_of(store.work(now=moment), service.fingerprint(signed_in.token))
    with pytest.raises(Refused):
        store.work(actor, moment).do(service.switch, "discreet", False)


@pytest.mark.parametrize("what", ["", "role-on", "discreet", "link_locked-on"])
def test_a_switch_that_is_not_there_is_not_turned(signed_in, what):
    assert turn(signed_in, what).status_code == 404


def test_hard_topics_wait_for_a_code_and_ordinary_ones_do_not(signed_in, held, sina, clock):
    turn(signed_in, "again-on")
    assert all(signed_in.get(place).status_code == 200 for place in held.values()), "the code is still fresh"
    clock.shift(6 * MINUTE)
    assert signed_in.get(held["home"]).status_code == 200
    for place in ("visit", "mark", "agency"):
        answer = signed_in.get(held[place])
        assert (answer.status_code, answer.location) == (303, AGAIN + held[place])
        assert BODY["address"] not in answer.text
    answer = signed_in.send(AGAIN + held["visit"], code=sina.code(factory.NOW + 6 * MINUTE))
    assert answer.location == held["visit"]
    assert BODY["address"] in signed_in.get(held["visit"]).text


@pytest.mark.parametrize("path", ["notices", "corrections", "bundles", "bundles/new", "access-log"])
def test_requests_shares_and_looks_wait_for_a_code_too(signed_in, clock, path):
    turn(signed_in, "again-on")
    clock.shift(6 * MINUTE)
    assert signed_in.get(f"/en/{path}").location == f"{AGAIN}/en/{path}"
    assert signed_in.get("/en/account").status_code == 200


def test_the_first_page_names_no_hard_record_without_a_code(signed_in, held, clock):
    assert "Your visit" in signed_in.get("/en/records").text
    turn(signed_in, "again-on")
    clock.shift(6 * MINUTE)
    page = signed_in.get("/en/records").text
    assert "Your home" in page and "Your visit" not in page


def test_without_the_switch_nothing_waits(signed_in, held, clock):
    clock.shift(6 * MINUTE)
    assert all(signed_in.get(place).status_code == 200 for place in held.values())


def test_the_page_knows_that_others_use_this_phone(browser, sina):
    browser.sign_in(sina, shared_device="y")
    assert "You said that other people use it" in browser.get("/en/account/safety").text


def test_a_support_service_stands_on_every_page_and_only_its_origin_may_be_framed(sqlite_store, clock):
    support = Support(
        "Example Refuge", "0800 000 000", "https://refuge.example/", "https://frame.example/a?b=1"
    )
    app = create_app(replace(sqlite_store.settings, support=support))
    browser = factory.Browser(app)
    for path in ("", "sign-in", "guide/rights", "nowhere"):
        page = browser.get(f"/en/{path}").text
        assert "Example Refuge" in page and 'href="tel:0800000000"' in page
    safe = browser.get("/en/guide/safe")
    assert '<iframe src="https://frame.example/a?b=1"' in safe.text
    assert safe.headers["Content-Security-Policy"].endswith("; frame-src https://frame.example")
    app.extensions["portal"].engine.dispose()


def test_without_one_nothing_may_be_framed(browser):
    answer = browser.get("/en/guide/safe")
    assert "<iframe" not in answer.text and "frame-src" not in answer.headers["Content-Security-Policy"]
