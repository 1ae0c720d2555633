"""Passkeys: made, used for both steps, as a second step and when asked again; removed; and every way to cheat."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pyotp
import pytest

from portal.base import ids
from portal.identity import service
from portal.identity.models import Passkey
from portal.notices.models import Notice
from tests.identity import factory
from tests.identity.authenticator import ATTESTED, PRESENT, Authenticator, asked, encode
from tests.identity.factory import bare, hidden
from tests.identity.test_joining import ANA, codes_on

NOT_TAKEN = "That passkey did not work."


def add(browser, key, name="My phone"):
    page = browser.get("/en/account/passkeys").text
    return browser.post(
        "/en/account/passkeys", {**hidden(page), "name": name, "credential": key.make(asked(page))}
    )


def sign(browser, key, address="/en/sign-in", **changes):
    """Sign with a passkey whatever a page asks for."""
    page = browser.get(address).text
    return browser.post(address, {**hidden(page), "credential": key.sign(asked(page), **changes)})


@pytest.fixture
def key(browser, sina):
    """Sina's passkey; she is signed in."""
    made = Authenticator()
    browser.sign_in(sina)
    assert add(browser, made).status_code == 303
    return made


@pytest.fixture
def elsewhere(app):
    """Another browser."""
    return factory.Browser(app)


def kinds(store):
    return sorted(notice.kind for notice in store.work().session.query(Notice))


def test_a_passkey_is_both_steps_and_asks_for_no_name(key, elsewhere):
    answer = sign(elsewhere, key)
    assert (answer.status_code, answer.location) == (303, "/en/records")
    # It counts as a fresh second factor, so that what asks for one opens.
    assert elsewhere.get("/en/account/codes").status_code == 200


def test_the_page_lists_it_by_name_and_tells_when_it_was_used(browser, key, elsewhere, store):
    page = browser.get("/en/account/passkeys").text
    assert "My phone" in page and "Not used yet." in page
    sign(elsewhere, key)
    assert "Last used on 14 September 2026." in browser.get("/en/account/passkeys").text
    assert kinds(store) == ["sign_in_changed"]


def test_without_a_name_it_is_called_after_the_browser(browser, sina):
    browser.client.environ_base["HTTP_USER_AGENT"] = "Mozilla/5.0 (Linux; Android 14) Chrome/130.0 Safari/537"
    browser.sign_in(sina)
    add(browser, Authenticator(), name=" ")
    assert "Chrome, Android" in browser.get("/en/account/passkeys").text


def test_the_cookie_is_new_after_each_use(key, elsewhere):
    elsewhere.get("/en/sign-in")
    before = elsewhere.token
    sign(elsewhere, key)
    signed_in = elsewhere.token
    sign(elsewhere, key, "/en/sign-in/again")
    assert len({before, signed_in, elsewhere.token}) == 3


def test_a_shared_phone_and_the_page_asked_for_are_kept(key, elsewhere, store):
    address = elsewhere.get("/en/access-log").location
    page = elsewhere.get(address).text
    given = {**hidden(page), "shared_device": "y", "credential": key.sign(asked(page))}
    assert elsewhere.post(address, given).location == "/en/access-log"
    assert elsewhere.get("/en/access-log").status_code == 200
    work = store.work(now=factory.NOW + timedelta(minutes=11))
    assert service.actor_of(work, elsewhere.token) is None


def test_it_is_the_second_step_after_a_password(key, elsewhere, sina):
    elsewhere.password(sina)
    assert sign(elsewhere, key, "/en/sign-in/code").location == "/en/records"


def test_it_is_taken_where_a_code_is_asked_for_again(browser, key, clock):
    clock.shift(timedelta(minutes=6))
    wanted = browser.get("/en/account/codes").location
    assert wanted.startswith("/en/sign-in/again")
    assert sign(browser, key, wanted).location == "/en/account/codes"
    assert browser.get("/en/account/codes").status_code == 200


def test_adding_and_removing_ask_for_a_second_factor_of_the_last_minutes(browser, key, clock):
    address = re.search(r'href="(/en/account/passkeys/\w+)"', browser.get("/en/account/passkeys").text)[1]
    clock.shift(timedelta(minutes=6))
    for path in ("/en/account/passkeys", address):
        assert browser.get(path).location.startswith("/en/sign-in/again")


def test_a_removed_passkey_opens_nothing_and_its_owner_is_told(browser, key, elsewhere, store):
    address = re.search(r'href="(/en/account/passkeys/\w+)"', browser.get("/en/account/passkeys").text)[1]
    assert browser.send(address).location == "/en/account/passkeys"
    assert "You have no passkey yet." in browser.get("/en/account/passkeys").text
    assert sign(elsewhere, key).status_code == 400
    assert kinds(store) == ["sign_in_changed"] * 2
    assert browser.get(address).status_code == 404


def test_a_second_press_of_the_button_that_removes_it_is_harmless(browser, key):
    address = re.search(r'href="(/en/account/passkeys/\w+)"', browser.get("/en/account/passkeys").text)[1]
    given = hidden(browser.get(address).text)
    assert [browser.post(address, given).status_code for _ in range(2)] == [303, 303]


def test_nobody_sees_or_removes_anothers_passkey(browser, key, app, store):
    number = store.work().session.query(Passkey).one().id
    tame = factory.account(store, "tame", "Tame Tūroa")
    other = factory.Browser(app).sign_in(tame)
    unknown = other.get(f"/en/account/passkeys/{ids.encode(ids.random63())}")
    for address in (
        f"/en/account/passkeys/{ids.encode(number)}",
        f"/mi/account/passkeys/{ids.encode(number)}",
    ):
        assert other.get(address).status_code == 404
    tokens = hidden(other.get("/en/account/passkeys").text)
    seen = other.post(f"/en/account/passkeys/{ids.encode(number)}", tokens)
    assert (seen.status_code, bare(seen)) == (404, bare(unknown))
    assert store.work().session.query(Passkey).count() == 1


def test_an_account_keeps_ten_at_most(browser, sina, store):
    browser.sign_in(sina)
    for _ in range(10):
        assert add(browser, Authenticator()).status_code == 303
    page = add(browser, Authenticator())
    assert page.status_code == 400 and "You have 10 passkeys." in page.text


def test_a_form_sent_without_a_passkey_says_what_to_do(browser, sina):
    browser.sign_in(sina)
    page = browser.send("/en/account/passkeys", name="Mine")
    assert page.status_code == 400 and "Nothing was added yet." in page.text and 'value="Mine"' in page.text


# What must not be taken, at sign-in.


def test_a_replayed_challenge_is_refused_even_in_the_same_browser(key, elsewhere, store):
    page = elsewhere.get("/en/sign-in").text
    before = elsewhere.token
    given = {**hidden(page), "credential": key.sign(asked(page))}
    assert elsewhere.post("/en/sign-in", given).status_code == 303
    elsewhere.carry(before)
    # A fresh signature over the same challenge, too.
    for credential in (given["credential"], key.sign(asked(page))):
        answer = elsewhere.post("/en/sign-in", {**given, "credential": credential})
        assert answer.status_code == 400 and NOT_TAKEN in answer.text


def test_of_eight_sent_at_once_one_gets_in(key, elsewhere, app):
    page = elsewhere.get("/en/sign-in").text
    given = {**hidden(page), "credential": key.sign(asked(page))}

    def send(_number):
        twin = factory.Browser(app)
        twin.carry(elsewhere.token)
        return twin.post("/en/sign-in", given).status_code

    with ThreadPoolExecutor(8) as threads:
        answers = sorted(threads.map(send, range(8)))
    # Who came too late to be read at all is told to wait; nobody else is let in.
    assert answers[0] == 303 and set(answers[1:]) <= {400, 409, 503}


def test_a_challenge_of_another_browser_is_refused(key, elsewhere, app):
    stranger = factory.Browser(app)
    options = asked(stranger.get("/en/sign-in").text)
    answer = elsewhere.post(
        "/en/sign-in", {**hidden(elsewhere.get("/en/sign-in").text), "credential": key.sign(options)}
    )
    assert answer.status_code == 400 and NOT_TAKEN in answer.text


def test_a_challenge_lasts_ten_minutes(key, elsewhere, clock):
    page = elsewhere.get("/en/sign-in").text
    clock.shift(timedelta(minutes=10, seconds=1))
    answer = elsewhere.post("/en/sign-in", {**hidden(page), "credential": key.sign(asked(page))})
    assert answer.status_code == 400 and NOT_TAKEN in answer.text


def test_a_challenge_that_was_not_made_here_is_refused(key, elsewhere):
    for challenge in (b"", b"x" * 56, b"\x00" * 56):
        page = elsewhere.get("/en/sign-in").text
        options = {**asked(page), "challenge": encode(challenge)}
        answer = elsewhere.post("/en/sign-in", {**hidden(page), "credential": key.sign(options)})
        assert answer.status_code == 400 and NOT_TAKEN in answer.text


CHEATS = {
    "made at another site": {"origin": "https://evil.example"},
    "made at a look-alike": {"origin": "http://localhost.evil.example"},
    "made at another port": {"origin": "http://localhost:8001"},
    "made for another host": {"host": "evil.example"},
    "without unlocking": {"flags": PRESENT},
    "without anybody there": {"flags": 0},
    "made inside a frame": {"cross_origin": True},
}


@pytest.mark.parametrize("change", CHEATS.values(), ids=CHEATS)
def test_a_signature_is_refused(key, elsewhere, change):
    for name, value in change.items():
        setattr(key, name, value)
    answer = sign(elsewhere, key)
    assert answer.status_code == 400 and NOT_TAKEN in answer.text


@pytest.mark.parametrize("change", CHEATS.values(), ids=CHEATS)
def test_a_passkey_is_not_made(browser, sina, store, change):
    browser.sign_in(sina)
    page = add(browser, Authenticator(**change))
    assert page.status_code == 400 and NOT_TAKEN in page.text and 'value="My phone"' in page.text
    assert store.work().session.query(Passkey).count() == 0


def test_an_unknown_passkey_a_wrong_signature_and_a_shut_account_are_answered_alike(
    key, elsewhere, store, sina
):
    unknown = Authenticator(handle=key.handle)
    pages = [sign(elsewhere, unknown), sign(elsewhere, key, signature=b"\x30\x00")]
    key.id, kept = unknown.id, key.id
    pages.append(sign(elsewhere, key))
    key.id = kept
    store.work(now=factory.NOW).do(service.deactivate, sina.id)
    pages.append(sign(elsewhere, key))
    assert {page.status_code for page in pages} == {400}
    strip = re.compile(r'data-passkey="[^"]*"')
    assert len({strip.sub("", bare(page)) for page in pages}) == 1


def test_a_passkey_signs_in_only_the_account_that_its_device_names(key, elsewhere):
    for handle in (b"", b"x" * 32):
        assert sign(elsewhere, key, userHandle=handle).status_code == 400


def test_another_persons_passkey_is_no_second_step(key, elsewhere, app, store):
    tame = factory.account(store, "tame", "Tame Tūroa")
    elsewhere.password(tame)
    assert "data-passkey" not in elsewhere.get("/en/sign-in/code").text
    theirs = Authenticator()
    own = factory.Browser(app).sign_in(tame)
    assert add(own, theirs).status_code == 303
    assert elsewhere.get("/en/sign-in/code").location == "/en/sign-in", "a new factor ends what others began"
    elsewhere.password(tame)
    assert sign(elsewhere, key, "/en/sign-in/code").status_code == 400
    assert sign(own, key, "/en/sign-in/again").status_code == 400
    assert sign(elsewhere, theirs, "/en/sign-in/code").status_code == 303


def test_a_challenge_for_signing_in_makes_no_passkey_and_none_for_making_one_signs_in(browser, key, store):
    again = browser.get("/en/sign-in/again").text
    page = browser.get("/en/account/passkeys").text
    options = {**asked(page), "challenge": asked(again)["challenge"]}
    answer = browser.post(
        "/en/account/passkeys", {**hidden(page), "credential": Authenticator().make(options)}
    )
    assert answer.status_code == 400
    given = {**hidden(again), "credential": key.sign(asked(page))}
    assert browser.post("/en/sign-in/again", given).status_code == 400
    assert store.work().session.query(Passkey).count() == 1


def test_a_copy_is_found_by_its_count_and_its_owner_is_told(key, elsewhere, store):
    sign(elsewhere, key)
    key.count -= 1
    answer = sign(factory.Browser(elsewhere.app), key)
    assert answer.status_code == 400 and NOT_TAKEN in answer.text
    assert kinds(store) == ["passkey_copied", "sign_in_changed"]


def test_a_wrong_signature_with_an_old_count_tells_nobody(key, elsewhere, store):
    sign(elsewhere, key)
    key.count -= 1
    sign(factory.Browser(elsewhere.app), key, signature=b"\x30\x00")
    assert kinds(store) == ["sign_in_changed"]


def test_a_passkey_that_never_counts_works_again_and_again(browser, sina, app):
    key = Authenticator(counts=False)
    browser.sign_in(sina)
    add(browser, key)
    for _ in range(3):
        assert sign(factory.Browser(app), key).status_code == 303


def test_a_passkey_that_is_known_is_not_taken_by_another_account(browser, key, app, store):
    tame = factory.Browser(app).sign_in(factory.account(store, "tame", "Tame Tūroa"))
    answer = add(tame, key)
    assert answer.status_code == 400 and NOT_TAKEN in answer.text


GARBAGE = [
    "x",
    "{}",
    "[]",
    "null",
    "0",
    '{"response": {}}',
    '{"response": {"clientDataJSON": "e30"}}',
    "{" * 9_000,
]
GARBAGE += ["x" * 30_000, '{"id": 1, "response": {"clientDataJSON": 7}}', '"\\ud800"', "[" * 15_000]


@pytest.mark.parametrize("text", GARBAGE, ids=range(len(GARBAGE)))
def test_whatever_is_sent_gets_a_sentence(browser, sina, text):
    page = browser.send("/en/sign-in", credential=text)
    assert page.status_code == 400 and NOT_TAKEN in page.text
    browser.sign_in(sina)
    for address in ("/en/sign-in/again", "/en/account/passkeys"):
        given = {**hidden(browser.get("/en/account/passkeys").text), "credential": text}
        page = browser.post(address, given)
        assert page.status_code == 400 and NOT_TAKEN in page.text


def test_tries_of_a_second_step_are_counted(key, elsewhere, sina):
    elsewhere.password(sina)
    answers = [
        sign(elsewhere, Authenticator(flags=ATTESTED), "/en/sign-in/code").status_code for _ in range(9)
    ]
    assert answers[0] == 400 and answers[-1] == 429


# Where passkeys are not offered.


def test_where_the_address_is_a_number_the_password_stands_first(app, store, sina):
    browser = factory.Browser(app, "http://127.0.0.1")
    assert "data-passkey" not in browser.get("/en/sign-in").text
    browser.sign_in(sina)
    page = browser.get("/en/account/passkeys").text
    assert "data-passkey" not in page and 'href="http://localhost/en/account/passkeys"' in page


def test_the_page_for_making_an_account_offers_a_passkey_in_place_of_an_app(browser, app, clock):
    assert browser.send("/en/join", **ANA).location == "/en/join/app"
    waiting, key = browser.token, Authenticator()
    page = browser.get("/en/join/app").text
    done = browser.post("/en/join/app", {**hidden(page), "credential": key.make(asked(page))})
    assert done.status_code == 200 and len(set(codes_on(done))) == 8
    assert browser.token != waiting and browser.get("/en/records").status_code == 200
    assert sign(factory.Browser(app), key).location == "/en/records"
    # The app's key stood on the same page, and opens nothing.
    secret = page.split('id="key" translate="no">')[1].split("<")[0].replace(" ", "")
    other = factory.Browser(app)
    other.send("/en/sign-in", username="ana", password=ANA["password"])
    code = pyotp.TOTP(secret).at(factory.NOW)
    assert other.send("/en/sign-in/code", code=code).status_code == 400
    assert other.send("/en/sign-in/code", code=codes_on(done)[0]).status_code == 303


def test_the_last_way_in_cannot_be_removed(browser, app):
    browser.send("/en/join", **ANA)
    page = browser.get("/en/join/app").text
    browser.post("/en/join/app", {**hidden(page), "credential": Authenticator().make(asked(page))})
    address = re.search(r'href="(/en/account/passkeys/\w+)"', browser.get("/en/account/passkeys").text)[1]
    refused = browser.send(address)
    assert refused.status_code == 400 and "only way to sign in" in refused.text
    assert add(browser, Authenticator()).status_code == 303
    assert browser.send(address).status_code == 303
