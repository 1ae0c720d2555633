"""Signing in: two steps, one answer for every mistake, each code once, and a limit on guessing."""

from datetime import timedelta

import pytest
from limits import RateLimitItemPerMinute

from portal.base import attempts
from portal.identity import rules, service
from tests.identity import factory
from tests.identity.factory import bare


def test_both_steps_lead_to_ones_own_records(browser, sina):
    first = browser.password(sina)
    assert (first.status_code, first.location) == (303, "/en/sign-in/code")
    second = browser.send(first.location, code=sina.code())
    assert (second.status_code, second.location) == (303, "/en/records")
    assert browser.get("/en/account").status_code == 200


def test_the_first_step_alone_opens_nothing(browser, sina):
    browser.password(sina)
    assert browser.get("/en/account").location == "/en/sign-in?next=/en/account"


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer_for_the_same_work(browser, sina, hashed):
    browser.get("/en/sign-in")
    pages, work = [], []
    for name in ("sina", "nobody-here"):
        hashed.clear()
        with factory.statements(browser.app) as seen:
            pages.append(browser.send("/en/sign-in", username=name, password="not this one"))
        work.append((list(hashed), list(seen)))
    assert [page.status_code for page in pages] == [400, 400]
    assert bare(pages[0]).replace("sina", "nobody-here") == bare(pages[1])
    assert work[0] == work[1] and work[0][0] == ["verify"]


def test_a_name_is_known_in_capitals_and_with_spaces_around_it(browser, sina):
    answer = browser.send("/en/sign-in", username="  SINA ", password=sina.password)
    assert answer.status_code == 303


def test_what_was_typed_stays_but_not_the_password(browser, sina):
    page = browser.send("/en/sign-in", username="sina-x", password="wrong words").text
    assert 'value="sina-x"' in page and "wrong words" not in page


def test_the_eleventh_try_upon_a_name_is_refused_before_any_hashing(browser, sina, hashed):
    for _ in range(10):
        assert browser.send("/en/sign-in", username="sina", password="wrong").status_code == 400
    hashed.clear()
    answer = browser.send("/en/sign-in", username="Sina", password=sina.password)
    assert answer.status_code == 429 and "Wait one minute" in answer.text
    assert hashed == [] and 'value="Sina"' in answer.text


def test_who_knows_a_name_cannot_keep_its_owner_out_elsewhere(browser, sina, app):
    for _ in range(101):
        browser.send("/en/sign-in", username="sina", password="wrong")
    elsewhere = factory.Browser(app)
    elsewhere.client.environ_base["REMOTE_ADDR"] = "203.0.113.7"
    assert elsewhere.password(sina).status_code == 303


def test_a_guesser_with_many_addresses_waits_after_the_first_try_from_each(browser, sina, monkeypatch):
    monkeypatch.setitem(attempts.LIMITS, "sign-in-name", RateLimitItemPerMinute(3, 10))
    answers = []
    for last in (1, 2, 3, 4, 4, 5, 5):
        browser.client.environ_base["REMOTE_ADDR"] = f"203.0.113.{last}"
        answers.append(browser.send("/en/sign-in", username="sina", password="wrong").status_code)
    assert answers == [400, 400, 400, 400, 429, 400, 429]


def test_a_guesser_with_many_names_is_stopped_at_the_address(browser, sina, monkeypatch):
    monkeypatch.setitem(attempts.LIMITS, "sign-in-address", RateLimitItemPerMinute(3, 10))
    answers = [browser.send("/en/sign-in", username=f"name{n}", password="wrong") for n in range(4)]
    assert [answer.status_code for answer in answers] == [400, 400, 400, 429]


def test_whoever_waits_half_a_minute_is_heard_again(browser, sina, clock):
    for _ in range(40):
        browser.send("/en/sign-in", username="sina", password="wrong")
        clock.shift(timedelta(seconds=1))
    while browser.send("/en/sign-in", username="sina", password="wrong").status_code != 429:
        pass
    assert browser.password(sina).status_code == 429
    clock.shift(timedelta(seconds=30))
    assert browser.password(sina).status_code == 303


def test_codes_of_the_second_step_cannot_be_guessed_on_and_on(browser, sina):
    browser.password(sina)
    answers = [browser.send("/en/sign-in/code", code=f"00000{n}").status_code for n in range(9)]
    assert answers == [400] * 8 + [429]


def test_a_code_from_the_app_is_taken_once(browser, sina, app):
    browser.sign_in(sina)
    other = factory.Browser(app)
    other.password(sina)
    assert other.send("/en/sign-in/code", code=sina.code()).status_code == 400


def test_a_code_may_be_one_step_early_or_late_and_no_more(browser, sina, store):
    near = sina.code(factory.NOW - timedelta(seconds=30))
    far = sina.code(factory.NOW - timedelta(seconds=90))
    browser.password(sina)
    assert browser.send("/en/sign-in/code", code=far).status_code == 400
    assert browser.send("/en/sign-in/code", code=near).status_code == 303


def test_a_recovery_code_stands_in_for_the_app_once_however_it_is_typed(browser, sina, app):
    typed = sina.codes[3].lower().replace("-", " ")
    browser.sign_in(sina, code=typed)
    other = factory.Browser(app)
    other.password(sina)
    assert other.send("/en/sign-in/code", code=sina.codes[3]).status_code == 400
    assert other.send("/en/sign-in/code", code=sina.codes[4]).status_code == 303


def test_another_persons_recovery_code_is_wrong(browser, sina, store):
    other = factory.account(store, "tame", "Tame Tūroa")
    browser.password(sina)
    assert browser.send("/en/sign-in/code", code=other.codes[0]).status_code == 400


def test_the_second_step_waits_ten_minutes(browser, sina, clock):
    browser.password(sina)
    clock.shift(rules.SECOND_STEP_WITHIN + timedelta(seconds=1))
    assert browser.get("/en/sign-in/code").location == "/en/sign-in"


def test_a_shut_account_gets_the_answer_of_a_wrong_password(browser, sina, store):
    wrong = bare(browser.send("/en/sign-in", username="sina", password="wrong"))
    store.work().do(service.deactivate, sina.id)
    assert bare(browser.password(sina)) == wrong


@pytest.mark.parametrize(
    "place", ["//evil.example/x", "/\\evil.example", "https://evil.example", "/\t/evil.example"]
)
def test_signing_in_never_leads_to_another_site(browser, sina, place):
    page = browser.get("/en/sign-in", query_string={"next": place}).text
    assert "evil" not in page.split("<main")[1]
    first = browser.password(sina, next=place)
    assert "evil" not in first.location
    second = browser.send("/en/sign-in/code", code=sina.code(), next=place)
    assert second.location == "/en/records"


def test_signing_in_goes_on_to_the_page_that_was_asked_for(browser, sina):
    wanted = browser.get("/en/access-log?before=x").location
    first = browser.password(sina, address=wanted)
    second = browser.send(first.location, code=sina.code())
    assert second.location == "/en/access-log?before=x"


def test_names_and_passwords_of_a_thousand_letters_or_none_are_answered(browser, sina):
    for name, password in (("", ""), ("x" * 10_000, "y"), ("sina", "p" * 100_000), ("\x00\ud7ff", "\x00")):
        assert browser.send("/en/sign-in", username=name, password=password).status_code == 400
