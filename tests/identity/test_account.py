"""The account: several organisations, one hat at a time, and fresh recovery codes."""

import re
from datetime import timedelta

import pytest

from portal.base import ids
from portal.identity import service
from tests.identity import factory, people


@pytest.fixture
def lani(clock, store):
    """A steward of two agencies, whose third membership has ended."""
    known = factory.account(store, "lani", "Lani Fonoti", person=False)
    known.agencies = [
        factory.agency(store, f"example-{n}", f"Example {n.title()}") for n in ("homes", "school")
    ]
    for agency_id, role in zip(known.agencies, ("steward", "caseworker"), strict=True):
        store.work(now=factory.NOW).do(service.add_membership, known.id, agency_id, role)
    return known


def wear(browser, value):
    return browser.send("/en/account", to="/en/account/hat", agency=value)


def worn(browser):
    page = browser.get("/en/account").text
    return re.findall(r"<dt>([^<]*)</dt><dd>\s*Now", page)


def test_whoever_works_for_two_organisations_chooses_one_at_a_time(browser, lani):
    browser.sign_in(lani)
    first = worn(browser)
    other = lani.agencies[1] if first == ["Example Homes"] else lani.agencies[0]
    assert wear(browser, ids.encode(other)).status_code == 303
    assert len(first) == 1 and len(worn(browser)) == 1 and worn(browser) != first


def test_the_hat_brings_its_own_role(browser, lani, store):
    browser.sign_in(lani)
    roles = {}
    for agency_id in lani.agencies:
        wear(browser, ids.encode(agency_id))
        actor, _ = service.actor_of(store.work(now=factory.NOW), browser.token)
        roles[actor.agency_id] = actor.role
    assert roles == dict(zip(lani.agencies, ("steward", "caseworker"), strict=True))


def test_nobody_wears_a_hat_that_is_not_theirs(browser, lani, store):
    stranger = factory.agency(store, "example-clinic", "Example Clinic")
    browser.sign_in(lani)
    before = worn(browser)
    for value in (ids.encode(stranger), ids.encode(ids.random63()), "x", "", "me"):
        assert wear(browser, value).status_code == 404
    assert worn(browser) == before


def test_a_colleague_who_is_a_person_too_is_one_or_the_other(browser, sina, store):
    agency_id = factory.agency(store)
    store.work(now=factory.NOW).do(service.add_membership, sina.id, agency_id, "caseworker")
    browser.sign_in(sina)
    assert worn(browser) == ["Yourself"] and browser.get("/en/casework").status_code == 403
    wear(browser, ids.encode(agency_id))
    assert worn(browser) == ["Example Homes"] and browser.get("/en/records").status_code == 403
    wear(browser, "me")
    assert browser.get("/en/records").status_code == 200


def test_new_recovery_codes_end_the_old_ones(browser, sina, app):
    browser.sign_in(sina)
    page = browser.send("/en/account/codes").text
    fresh = re.findall(r"<li>((?:[A-Z0-9]{4}-){3}[A-Z0-9]{4})", page)
    assert len(fresh) == 8 and not set(fresh) & set(sina.codes)
    assert fresh[0] not in browser.get("/en/account/codes").text
    other = factory.Browser(app)
    other.password(sina)
    assert other.send("/en/sign-in/code", code=sina.codes[0]).status_code == 400
    assert other.send("/en/sign-in/code", code=fresh[0]).status_code == 303
    assert "<dd>7</dd>" in other.get("/en/account").text


def test_a_person_without_organisations_is_asked_nothing_about_them(browser, sina):
    browser.sign_in(sina)
    assert "Who you act for" not in browser.get("/en/account").text


def test_who_joined_by_passkey_sets_up_an_app_later_and_the_old_one_ends(browser, sina, store):
    browser.sign_in(sina)
    page = browser.get("/en/account/app")
    key = re.search(r'id="key"[^>]*>([^<]+)<', page.text)[1]
    wrong = browser.send("/en/account/app", code="000000")
    assert wrong.status_code == 400 and "That code did not work" in wrong.text and key in wrong.text
    elsewhere = store.work(now=factory.NOW).do(service.begin_sign_in, checked(store, sina))
    done = browser.send("/en/account/app", code=people.app_code(key, factory.NOW))
    assert (done.status_code, done.location) == (303, "/en/account")
    assert service.actor_of(store.work(now=factory.NOW), elsewhere) is None, "other sign-ins end"
    later = factory.NOW + timedelta(seconds=60)
    first = service.fingerprint(store.work(now=later).do(service.begin_sign_in, checked(store, sina)))
    assert store.work(now=later).do(service.finish_sign_in, first, sina.code(later)) is None
    assert store.work(now=later).do(service.finish_sign_in, first, people.app_code(key, later))


def checked(store, known):
    return service.check_password(store.work(now=factory.NOW), known.username, known.password)


def test_who_has_no_recovery_codes_left_is_led_to_new_ones(browser, sina):
    browser.sign_in(sina)
    assert "Make new codes now" not in browser.get("/en/account").text
    for code in sina.codes:
        factory.Browser(browser.app).sign_in(sina, code=code)
    page = browser.get("/en/account").text
    assert re.search(r'<dd>0\. <a class="tap" href="/en/account/codes">Make new codes now', page)
