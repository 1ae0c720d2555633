"""Sessions in the hands of others: a stolen cookie, a phone left lying, a shut account, a forged form, a time-out."""

from datetime import timedelta

import pyotp
import pytest
import time_machine
from sqlalchemy import func, select, update

from portal.base import ids
from portal.base.clock import utc_now
from portal.corrections import service as corrections
from portal.identity import service
from portal.identity.models import Account, KeptForm, SignInSession
from portal.web import guards
from tests.app.visitors import contents, methods, rules
from tests.bundles import factory as sharing
from tests.corrections import factory as fixing
from tests.identity import factory

MINUTE = timedelta(minutes=1)
ANDROID = (
    "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36"
)


@pytest.fixture
def clock():
    with time_machine.travel(factory.NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def sina(clock, store):
    return factory.account(store)


@pytest.fixture
def browser(clock, app):
    return factory.Browser(app)


def is_in(browser):
    return browser.get("/en/account").status_code == 200


def other_browser(browser, sina, clock, agent=ANDROID):
    """A second browser of the same person, half a minute later: an app's code is taken once."""
    clock.shift(MINUTE)
    made = factory.Browser(browser.app)
    made.client.environ_base["HTTP_USER_AGENT"] = agent
    return made.sign_in(sina, now=utc_now())


def test_t04_a_phone_left_lying_is_signed_out_and_shows_nothing(browser, sina, store, clock):
    browser.sign_in(sina)
    store.work(now=factory.NOW).do(
        lambda work: work.session.execute(update(Account).where(Account.id == sina.id).values(discreet=True))
    )
    clock.shift(9 * MINUTE)
    assert is_in(browser)
    clock.shift(11 * MINUTE)
    answer = browser.get("/en/records")
    assert (answer.status_code, answer.location) == (303, "/en/sign-in?next=/en/records")


def test_t04_no_use_carries_a_session_past_eight_hours(browser, sina, clock):
    browser.sign_in(sina)
    for _ in range(53):
        clock.shift(9 * MINUTE)
        assert is_in(browser)
    clock.shift(9 * MINUTE)
    assert not is_in(browser)


def test_t04_a_code_from_six_minutes_ago_opens_no_sharing_and_no_factor(browser, sina, clock):
    browser.sign_in(sina)
    clock.shift(6 * MINUTE)
    for address in ("/en/account/codes", "/en/account/password"):
        assert browser.get(address).location == f"/en/sign-in/again?next={address}"


def test_pitfall_01_a_cookie_kept_from_before_signing_out_opens_nothing(browser, sina):
    browser.sign_in(sina)
    kept = browser.token
    browser.send("/en/account", to="/en/sign-out")
    browser.carry(kept)
    assert not is_in(browser)


def test_pitfall_02_nothing_remembers_anybody_past_the_end_of_the_browser(browser, sina):
    browser.password(sina)
    answer = browser.send("/en/sign-in/code", code=sina.code())
    cookies = [one for one in answer.headers.getlist("Set-Cookie") if not one.startswith("language")]
    assert len(cookies) == 1
    assert "Max-Age" not in cookies[0] and "Expires" not in cookies[0] and "remember" not in cookies[0]


def test_pitfall_03_what_the_browser_had_before_signing_in_is_worth_nothing_after(browser, sina):
    before = factory.hidden(browser.get("/en/sign-in").text)
    planted = browser.token
    browser.sign_in(sina)
    assert browser.token != planted
    thief = factory.Browser(browser.app)
    thief.carry(planted)
    assert not is_in(thief)
    answer = browser.post("/en/sign-out", before)
    assert answer.location == "/en/account" and is_in(browser), "the old form's token ended nothing"


def test_pitfall_04_a_session_is_not_bound_to_an_address_but_seen_and_ended_by_its_owner(
    browser, sina, clock
):
    browser.sign_in(sina)
    thief = factory.Browser(browser.app)
    thief.carry(browser.token)
    thief.client.environ_base.update(REMOTE_ADDR="203.0.113.9", HTTP_USER_AGENT="other")
    assert is_in(thief), "phones change their address all day"
    phone = other_browser(browser, sina, clock)
    page = browser.get("/en/account/devices").text
    assert "Chrome on Android" in page and page.count("This one, now") == 1
    number = page.split('name="device" value="')[1].split('"')[0]
    browser.send("/en/account/devices", to="/en/account/devices/end", device=number)
    assert not is_in(phone) and is_in(browser)


def test_pitfall_04_nobody_ends_anothers_session(browser, sina, store, clock):
    tame = factory.account(store, "tame", "Tame Tūroa")
    his = factory.Browser(browser.app).sign_in(tame)
    browser.sign_in(sina)
    with store.core.sessions() as session:
        number = session.scalar(select(SignInSession.id).where(SignInSession.account_id == tame.id))
    for value in (ids.encode(number), ids.encode(ids.random63()), "x", ""):
        answer = browser.send("/en/account/devices", to="/en/account/devices/end", device=value)
        assert answer.status_code == 404
    assert is_in(his)


def test_all_other_sessions_end_at_one_press(browser, sina, clock):
    browser.sign_in(sina)
    phone = other_browser(browser, sina, clock)
    browser.send("/en/account/devices", to="/en/account/devices/end-others")
    assert not is_in(phone) and is_in(browser)


@pytest.mark.parametrize("agent", ["", "<script>alert(1)</script>", "x" * 5000, "Chrome\x00", "ÄÖÜ"])
def test_what_a_browser_says_of_itself_is_never_shown(browser, sina, clock, agent):
    browser.sign_in(sina)
    browser.client.environ_base["HTTP_USER_AGENT"] = agent.encode("utf-8").decode("latin-1")
    clock.shift(2 * MINUTE)
    page = browser.get("/en/account/devices")
    assert page.status_code == 200 and "alert(1)" not in page.text and "xxxxx" not in page.text


def test_pitfall_07_a_form_that_was_open_for_hours_can_still_be_sent(browser, sina, clock):
    given = factory.hidden(browser.get("/en/sign-in").text)
    clock.shift(timedelta(hours=30))
    answer = browser.post("/en/sign-in", {**given, "username": "sina", "password": sina.password})
    assert answer.status_code == 303


def test_pitfall_16_a_route_that_declares_nothing_stops_the_start(app):
    guards.refuse_open_routes(app)
    app.add_url_rule("/forgotten", endpoint="forgotten", view_func=lambda: "x")
    with pytest.raises(RuntimeError, match="/forgotten"):
        guards.refuse_open_routes(app)


def test_pitfall_16_no_method_and_no_setting_opens_what_is_shut(browser, sina):
    browser.app.config["LOGIN_DISABLED"] = True
    for method in ("GET", "HEAD", "OPTIONS", "POST", "PUT", "DELETE", "TRACE"):
        answer = browser.client.open("/en/account", method=method)
        assert answer.status_code in (303, 400, 404, 405), method
        assert "Sina" not in answer.text


def test_whoever_is_deactivated_is_out_at_the_next_click(browser, sina, store):
    browser.sign_in(sina)
    with store.core.sessions.begin() as session:
        # Shut in the database alone: no session was ended, and still none is worth anything.
        session.execute(update(Account).where(Account.id == sina.id).values(state="shut"))
    assert not is_in(browser)


def test_t25_no_form_is_carried_out_without_its_token(browser, sina, store):
    browser.sign_in(sina)
    given = {"username": "x", "present_password": sina.password, "new_password": "four words of another tide"}
    for rule in rules(browser.app):
        if "POST" not in methods(rule) or "<" in rule.rule.replace("<tag:l>", ""):
            continue
        path = rule.rule.replace("<tag:l>", "en")
        before = contents(store.core)
        for headers in ({}, {"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
            answer = browser.post(path, given, headers=headers)
            assert answer.status_code < 500, path
        assert contents(store.core) == before, path
    assert is_in(browser), "not even signing out"


def test_a_new_password_ends_every_other_session_and_is_told(browser, sina, store, clock):
    browser.sign_in(sina)
    phone = other_browser(browser, sina, clock)
    answer = browser.send(
        "/en/account/password", present_password=sina.password, new_password="kind rain over quiet hills"
    )
    assert answer.status_code == 303 and is_in(browser) and not is_in(phone)
    assert "How you sign in was changed" in browser.get("/en/notices").text
    fresh = factory.Browser(browser.app)
    assert fresh.password(sina).status_code == 400
    sina.password = "kind rain over quiet hills"
    assert fresh.password(sina).status_code == 303


def test_a_new_password_needs_the_present_one(browser, sina):
    browser.sign_in(sina)
    answer = browser.send(
        "/en/account/password", present_password="wrong", new_password="kind rain over quiet hills"
    )
    assert answer.status_code == 400 and "not your present password" in answer.text
    assert factory.Browser(browser.app).password(sina).status_code == 303


# What was sent from a page whose session was over


@pytest.fixture
def writing(clock, store, app):
    """Sina, signed in, in the middle of asking for a fix: the browser and the address of the step."""
    with time_machine.travel(fixing.NOW, tick=False) as traveller:
        town = fixing.town(store)
        ref = town.do(corrections.start, town.record_ref, "address")
        known = factory.Known(town.sina.account_id, "sina", [], password=fixing.PASSWORD)
        opened = factory.Browser(app)
        opened.password(known)
        opened.send("/en/sign-in/code", code=code_now())
        yield opened, known, f"/en/corrections/draft/{ref}/value/1", traveller, store


def code_now():
    return pyotp.TOTP(fixing.SECRET).at(utc_now())


def back_in(browser, known, location):
    """Sign in from where the timed-out page led, and give the page that comes then."""
    browser.send(location, username=known.username, password=known.password)
    answer = browser.send(f"/en/sign-in/code?{location.split('?', 1)[1]}", code=code_now())
    assert answer.status_code == 303, answer.text
    return answer.location


def kept(store):
    with store.core.sessions() as session:
        return session.scalar(select(func.count()).select_from(KeptForm))


TYPED = "12 Kōwhai Street, the blue house"


def test_a_page_that_timed_out_comes_back_with_what_was_typed(writing):
    browser, known, step, clock, store = writing
    given = factory.hidden(browser.get(step).text)
    clock.shift(21 * MINUTE)
    out = browser.post(step, {**given, "wish": "replace", "value": TYPED})
    assert out.status_code == 303 and out.location.startswith("/en/sign-in?next=/en/corrections/draft/")
    where = back_in(browser, known, out.location)
    assert where.startswith(step)
    page = browser.get(where)
    assert page.status_code == 200 and TYPED in page.text and "We kept what you wrote" in page.text
    assert kept(store) == 1, "a page that did not arrive can be asked for again"
    sent = browser.send(where, wish="replace", value=TYPED)
    assert sent.status_code == 303 and kept(store) == 0
    assert TYPED in browser.get(step).text


def test_what_was_kept_is_sealed_and_forgotten_after_an_hour(writing):
    browser, known, step, clock, store = writing
    given = factory.hidden(browser.get(step).text)
    clock.shift(21 * MINUTE)
    out = browser.post(step, {**given, "wish": "replace", "value": TYPED})
    with store.core.sessions() as session:
        assert TYPED.encode() not in session.scalar(select(KeptForm.answers))
    clock.shift(61 * MINUTE)
    page = browser.get(back_in(browser, known, out.location))
    assert page.status_code == 200 and TYPED not in page.text
    store.work(now=utc_now()).do(service.forget_old_answers)
    assert kept(store) == 0


def test_another_account_gets_nothing_of_what_was_kept(writing):
    browser, _known, step, clock, store = writing
    tame = factory.account(store, "tame", "Tame Tūroa", now=fixing.NOW)
    given = factory.hidden(browser.get(step).text)
    clock.shift(21 * MINUTE)
    out = browser.post(step, {**given, "wish": "replace", "value": TYPED})
    browser.send(out.location, username="tame", password=tame.password)
    answer = browser.send("/en/sign-in/code", code=tame.code(utc_now()))
    assert answer.status_code == 303
    page = browser.get(f"{step}?kept=yes")
    assert page.status_code == 404 and TYPED not in page.text


@pytest.mark.parametrize("way", ["leave", "elsewhere", "forged"])
def test_nothing_is_kept_of_a_session_that_was_ended_or_a_form_that_was_forged(writing, way):
    browser, known, step, clock, store = writing
    given, token = factory.hidden(browser.get(step).text), browser.token
    if way == "leave":
        browser.get("/en/leave")
        browser.carry(token)
    elif way == "elsewhere":
        work = store.work(now=utc_now())
        work.do(service.end_session, service.fingerprint(token))
    else:
        clock.shift(21 * MINUTE)
        given["csrf_token"] = "forged"
    assert browser.post(step, {**given, "wish": "replace", "value": TYPED}).status_code == 303
    assert kept(store) == 0


def test_no_password_and_no_code_is_ever_kept(browser, sina, store, clock):
    browser.sign_in(sina)
    given = factory.hidden(browser.get("/en/account/password").text)
    clock.shift(21 * MINUTE)
    answer = browser.post(
        "/en/account/password", {**given, "present_password": "a secret", "new_password": "another secret"}
    )
    assert answer.location == "/en/sign-in?next=/en/account/password" and kept(store) == 0


def test_a_share_that_was_being_written_is_kept_but_not_its_passcode(sqlite_store, sqlite_app):
    with time_machine.travel(factory.NOW, tick=False) as clock:
        person = sharing.a_person(sqlite_store)
        browser = factory.Browser(sqlite_app)
        browser.carry(sharing.persons_browser(person, sqlite_app).get_cookie("portal").value)
        page = browser.get("/en/bundles/new").text
        record = page.split('name="records" value="')[1].split('"')[0]
        lines = browser.send("/en/bundles/new", records=record).location
        who = lines.replace("/lines", "/who")
        answers = {"recipient": "Hemi", "purpose": "Help with a warm home", "days": "7"}
        forms = {
            step: factory.hidden(browser.get(step).text) for step in (who, who.replace("who", "passcode"))
        }
        clock.shift(21 * MINUTE)
        assert browser.post(who, {**forms.pop(who), **answers}).location.endswith("kept%3Dyes")
        assert kept(sqlite_store) == 1
        ((step, form),) = forms.items()
        browser.post(step, {**form, "passcode": "731946"})
        assert kept(sqlite_store) == 1, "a passcode is not kept"
