"""Making an account: a person by themselves, a colleague by invitation; it counts once the app was confirmed."""

import re
from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import func, select

from portal.base.db import Base
from portal.identity import service
from tests.identity import factory

ANA = {
    "full_name": "Ana Ōtara",
    "birth_date-day": "4",
    "birth_date-month": "5",
    "birth_date-year": "1992",
    "username": "ana",
    "password": "three small words",
}
ROWS = ("identity_account", "identity_person", "identity_sign_in_name", "identity_session")


def rows(store):
    session = store.work().session
    tables = Base.metadata.tables
    return {name: session.scalar(select(func.count()).select_from(tables[name])) for name in ROWS}


def app_key(browser):
    page = browser.get("/en/join/app").text
    return page.split('id="key" translate="no">')[1].split("<")[0].replace(" ", "")


def finish(browser, now=factory.NOW):
    return browser.send("/en/join/app", code=pyotp.TOTP(app_key(browser)).at(now))


def codes_on(page):
    return re.findall(r"<li>((?:[A-Z0-9]{4}-){3}[A-Z0-9]{4})", page.text)


def invited(store, lasts=timedelta(days=7), role="caseworker"):
    agency_id = factory.agency(store)
    return store.work(now=factory.NOW).do(service.invite, agency_id, role, "Priya Nair", lasts)


def test_a_person_makes_an_account_and_signs_in_with_it_the_next_day(browser, clock):
    assert browser.send("/en/join", **ANA).location == "/en/join/app"
    key = app_key(browser)
    done = finish(browser)
    assert done.status_code == 200 and len(set(codes_on(done))) == 8
    assert browser.get("/en/records").status_code == 200
    clock.shift(timedelta(days=1))
    again = factory.Browser(browser.app)
    again.send("/en/sign-in", username="ANA", password=ANA["password"])
    answer = again.send("/en/sign-in/code", code=pyotp.TOTP(key).at(factory.NOW + timedelta(days=1)))
    assert answer.location == "/en/records"


def test_another_language_makes_no_account_and_keeps_what_was_typed(browser, store):
    before = rows(store)
    moved = browser.send("/en/join", **ANA, switch_language="sm")
    assert (moved.status_code, moved.location) == (307, "/sm/join")
    there = browser.send("/sm/join", **ANA, switch_language="sm")
    assert there.status_code == 200 and "Ana Ōtara" in there.text and ANA["password"] not in there.text
    assert rows(store) == before


def test_a_shown_recovery_code_works(browser, clock):
    browser.send("/en/join", **ANA)
    code = codes_on(finish(browser))[0]
    again = factory.Browser(browser.app)
    again.send("/en/sign-in", username="ana", password=ANA["password"])
    assert again.send("/en/sign-in/code", code=code).status_code == 303


def test_until_the_app_is_confirmed_nothing_opens_and_nobody_signs_in(browser):
    browser.send("/en/join", **ANA)
    assert browser.get("/en/records").status_code == 303
    assert browser.get("/en/account").status_code == 303
    assert browser.send("/en/join/app", code="000000").status_code == 400
    other = factory.Browser(browser.app)
    assert other.send("/en/sign-in", username="ana", password=ANA["password"]).status_code == 400


def test_the_cookie_is_new_once_the_account_counts(browser):
    browser.send("/en/join", **ANA)
    waiting = browser.token
    finish(browser)
    assert browser.token != waiting
    thief = factory.Browser(browser.app)
    thief.carry(waiting)
    assert thief.get("/en/join/app").location == "/en/join"


def test_the_picture_and_the_key_say_the_same_without_any_style(browser):
    browser.send("/en/join", **ANA)
    page = browser.get("/en/join/app").text
    assert f"secret={app_key(browser)}" in page and "otpauth://totp/" in page
    assert "<svg" in page and "style=" not in page.split("<main")[1]


def test_a_half_made_account_is_forgotten_after_an_hour_and_leaves_nothing(browser, store, clock):
    before = rows(store)
    browser.send("/en/join", **ANA)
    assert store.work(now=factory.NOW + timedelta(minutes=59)).do(service.forget_unfinished) == 0
    clock.shift(timedelta(minutes=61))
    assert browser.get("/en/join/app").location == "/en/join"
    assert store.work(now=factory.NOW + timedelta(minutes=61)).do(service.forget_unfinished) == 1
    assert rows(store) == before
    assert browser.send("/en/join", **ANA).status_code == 303


def test_a_finished_account_is_never_forgotten(browser, store):
    browser.send("/en/join", **ANA)
    finish(browser)
    assert store.work(now=factory.NOW + timedelta(days=9)).do(service.forget_unfinished) == 0


def test_a_name_that_is_taken_is_answered_with_as_much_hashing_as_a_free_one(browser, sina, hashed):
    page = browser.send("/en/join", **{**ANA, "username": "Sina"})
    assert page.status_code == 400 and "Choose another user name." in page.text
    taken = list(hashed)
    hashed.clear()
    assert browser.send("/en/join", **ANA).status_code == 303
    assert taken == hashed == ["hash"]


WRONG = [
    ({"full_name": " "}, "Write your full name."),
    ({"birth_date-day": "31", "birth_date-month": "2"}, "Write a date that exists"),
    ({"birth_date-year": "2031"}, "Write a birth date in the past."),
    ({"birth_date-year": "1492"}, "Write a birth date in the past."),
    ({"username": ""}, "Choose a user name."),
    ({"password": "short"}, "Use a password of 10 characters or more."),
    ({"password": "aaaaaaaaaaaaaa"}, "too easy to guess"),
    ({"username": "anaanaana1", "password": "anaanaana1"}, "too easy to guess"),
]


@pytest.mark.parametrize(("change", "sentence"), WRONG)
def test_a_mistake_gets_one_sentence_and_keeps_what_was_typed(browser, store, change, sentence):
    before = rows(store)
    page = browser.send("/en/join", **{**ANA, **change})
    assert page.status_code == 400 and sentence in page.text
    kept = {**ANA, **change}
    assert f'value="{kept["birth_date-year"]}"' in page.text and ANA["password"] not in page.text
    assert rows(store) == before


def test_names_of_any_script_and_of_one_word_are_fine(browser, store):
    for number, name in enumerate(("Sukarno", "ʻAna Lātū", "王小明", "محمد")):
        other = factory.Browser(browser.app)
        answer = other.send("/en/join", **{**ANA, "full_name": name, "username": f"u{number}"})
        assert answer.status_code == 303
        finish(other)
        assert name in other.get("/en/account").text


def test_making_accounts_is_limited_by_address(browser, hashed):
    for _ in range(40):
        browser.post("/en/join", {**factory.hidden(browser.get("/en/join").text), **ANA, "password": "short"})
    assert browser.send("/en/join", **ANA).status_code == 429
    assert "hash" not in hashed


def test_a_colleague_joins_by_invitation_and_works_for_the_agency(browser, store):
    code = invited(store)
    assert "Example Homes invited Priya Nair." in browser.get(f"/en/join/{code}").text
    begun = browser.send(f"/en/join/{code}", username="priya", password="three small words")
    assert begun.location == "/en/join/app"
    assert len(codes_on(finish(browser))) == 8
    assert browser.get("/en/casework").status_code == 200
    assert browser.get("/en/records").status_code == 403


def test_an_invitation_works_once(browser, store):
    code = invited(store)
    browser.send(f"/en/join/{code}", username="priya", password="three small words")
    finish(browser)
    other = factory.Browser(browser.app)
    assert other.get(f"/en/join/{code}").status_code == 410


def test_whoever_breaks_off_can_begin_again_with_the_same_invitation(browser, store):
    code = invited(store)
    browser.send(f"/en/join/{code}", username="priya", password="three small words")
    other = factory.Browser(browser.app)
    other.send(f"/en/join/{code}", username="priya", password="four other small words")
    assert len(codes_on(finish(other))) == 8
    assert browser.get("/en/join/app").location == "/en/join"


def test_an_invitation_ends_by_its_date_and_an_unknown_one_is_not_there(browser, store, clock):
    code = invited(store, lasts=timedelta(days=1))
    clock.shift(timedelta(days=1, seconds=1))
    assert browser.get(f"/en/join/{code}").status_code == 410
    for unknown in ("ABCD-EFGH-JKLM-NPQR", "x", "%00", "é" * 300):
        assert browser.get(f"/en/join/{unknown}").status_code == 404


def test_no_role_can_be_asked_for_by_adding_fields(browser, store):
    code = invited(store, role="frontline")
    more = {"role": "steward", "agency_id": "1", "state": "active", "person_id": "1"}
    browser.send(f"/en/join/{code}", username="priya", password="three small words", **more)
    finish(browser)
    assert browser.get("/en/casework").status_code == 403
