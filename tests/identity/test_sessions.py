"""Sessions live on the server: they end there, and a cookie's old value is worth nothing."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from portal import worker
from portal.base.attempts import Attempt
from portal.identity import rules, service
from tests.identity import factory

MINUTE = timedelta(minutes=1)


@pytest.fixture
def signed_in(browser, sina):
    return browser.sign_in(sina)


def is_in(browser):
    answer = browser.get("/en/account")
    assert answer.status_code in (200, 303)
    return answer.status_code == 200


def test_the_cookie_is_new_after_each_step(browser, sina):
    browser.get("/en/sign-in")
    tokens = [browser.token]
    browser.password(sina)
    tokens.append(browser.token)
    browser.send("/en/sign-in/code", code=sina.code())
    tokens.append(browser.token)
    assert None not in tokens and len(set(tokens)) == 3
    for old in tokens[:2]:
        thief = factory.Browser(browser.app)
        thief.carry(old)
        assert not is_in(thief)


def test_a_person_is_signed_out_after_twenty_minutes_of_rest(signed_in, clock):
    clock.shift(rules.IDLE_PERSON - MINUTE)
    assert is_in(signed_in)
    clock.shift(rules.IDLE_PERSON + MINUTE)
    assert not is_in(signed_in)


def test_a_shared_phone_rests_ten_minutes(browser, sina, clock):
    browser.sign_in(sina, shared_device="y")
    clock.shift(timedelta(minutes=11))
    assert not is_in(browser)


def test_staff_rest_fifteen_minutes(browser, store, clock):
    priya = factory.account(store, "priya", "Priya Nair", person=False)
    store.work(now=factory.NOW).do(service.add_membership, priya.id, factory.agency(store), "caseworker")
    browser.sign_in(priya)
    clock.shift(timedelta(minutes=14))
    assert is_in(browser)
    clock.shift(timedelta(minutes=16))
    assert not is_in(browser)


def test_use_carries_a_session_on_but_never_past_eight_hours(signed_in, clock):
    for _ in range(31):
        clock.shift(15 * MINUTE)
        assert is_in(signed_in)
    clock.shift(16 * MINUTE)
    assert not is_in(signed_in)


def test_a_session_is_touched_at_most_once_a_minute(signed_in, clock):
    clock.shift(2 * MINUTE)
    counts = []
    for _ in range(2):
        with factory.statements(signed_in.app) as seen:
            is_in(signed_in)
        counts.append(len([one for one in seen if one.startswith("UPDATE identity_session")]))
    assert counts == [1, 0]


def test_whoever_is_deactivated_is_out_at_the_next_click(signed_in, sina, store):
    assert is_in(signed_in)
    store.work().do(service.deactivate, sina.id)
    assert not is_in(signed_in)


def test_signing_out_ends_the_session_on_the_server(signed_in):
    kept = signed_in.token
    answer = signed_in.send("/en/account", to="/en/sign-out")
    assert answer.status_code == 303
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    signed_in.carry(kept)
    assert not is_in(signed_in)


def test_leaving_quickly_ends_the_session_before_the_other_site_is_asked_for(signed_in):
    kept = signed_in.token
    answer = signed_in.get("/en/leave")
    assert answer.location == signed_in.app.extensions["portal"].settings.exit_url
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    signed_in.carry(kept)
    assert not is_in(signed_in)


def test_leaving_works_for_those_who_are_not_signed_in_too(browser):
    assert browser.get("/en/leave").status_code == 303


def test_signing_out_twice_leads_to_no_page_that_sets_a_cookie_anew(signed_in):
    """With script the way out sends both: the second must not follow on to a page with a form."""
    signed_in.client.get("/en/leave")
    answer = signed_in.client.post("/en/sign-out")
    assert (answer.status_code, answer.location) == (303, "/en/")
    assert signed_in.client.get_cookie("portal") is None


def test_another_browser_stays_signed_in_when_one_signs_out(signed_in, sina, clock):
    clock.shift(MINUTE)
    other = factory.Browser(signed_in.app)
    other.sign_in(sina, now=factory.NOW + MINUTE)
    signed_in.send("/en/account", to="/en/sign-out")
    assert is_in(other)


def test_a_second_factor_is_asked_for_again_after_five_minutes(signed_in, sina, clock):
    assert signed_in.get("/en/account/codes").status_code == 200
    clock.shift(6 * MINUTE)
    asked = signed_in.get("/en/account/codes")
    assert asked.location == "/en/sign-in/again?next=/en/account/codes"
    before = signed_in.token
    answer = signed_in.send(asked.location, code=sina.code(factory.NOW + 6 * MINUTE))
    assert answer.location == "/en/account/codes" and signed_in.token != before
    assert signed_in.get("/en/account/codes").status_code == 200
    signed_in.carry(before)
    assert not is_in(signed_in)


def test_the_worker_deletes_sessions_that_are_over(signed_in, store):
    kept = store.work(now=factory.NOW + rules.ABSOLUTE + MINUTE)
    assert kept.do(service.expire) == 0, "worth nothing, but answers sent from it still find their account"
    work = store.work(now=factory.NOW + rules.ABSOLUTE + rules.KEEP_ANSWERS + MINUTE)
    assert work.do(service.expire) == 1


@pytest.mark.parametrize("value", ["", "x", "x" * 43, "ā" * 43, "x" * 4000])
def test_a_cookie_that_was_never_given_out_is_a_visitor(browser, value):
    browser.carry(value)
    assert not is_in(browser)


def test_the_worker_forgets_the_counts_of_tries_that_are_over(browser, store, clock):
    browser.send("/en/sign-in", username="nobody", password="wrong")
    count = select(func.count()).select_from(Attempt)
    worker.tidy(store.core)
    with store.core.sessions() as session:
        assert session.scalar(count) == 4, "all strangers, address, name, name from this address"
    clock.shift(timedelta(minutes=31))
    worker.tidy(store.core)
    with store.core.sessions() as session:
        assert session.scalar(count) == 0
