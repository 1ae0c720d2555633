"""Guessers at the door: they learn nothing, they wait ever longer, and they keep nobody out."""

import sqlite3
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from limits import RateLimitItemPerMinute
from sqlalchemy import select

from portal.base import attempts, ids
from portal.base.delays import DELAYS
from portal.base.problems import Invalid
from portal.bundles import service as bundles
from portal.identity import passwords, service
from portal.identity.models import SignInSession
from portal.notices.models import Notice
from portal.records import queries as records
from tests.bundles import factory as sharing
from tests.identity import factory
from tests.identity.factory import bare

ELSEWHERE = "203.0.113.7"


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


@pytest.fixture
def hashed(monkeypatch):
    """Every real hashing and comparing, as it happens."""
    seen = []
    for name in ("hash", "verify"):
        real = getattr(passwords._hasher, name)

        def _see(*given, name=name, real=real):
            seen.append(name)
            return real(*given)

        monkeypatch.setattr(passwords, "_hasher", With(passwords._hasher, name, _see))
    return seen


class With:
    """A hasher with one method of its own."""

    def __init__(self, real, name, method):
        self._real = real
        setattr(self, name, method)

    def __getattr__(self, name):
        return getattr(self._real, name)


def at(browser, address):
    """The same browser at another address."""
    browser.client.environ_base["REMOTE_ADDR"] = address
    return browser


def guess(browser, name="sina", password="wrong"):
    """Send the sign-in form without asking for it again each time."""
    if not hasattr(browser, "given"):
        browser.given = factory.hidden(browser.get("/en/sign-in").text)
    return browser.post("/en/sign-in", {**browser.given, "username": name, "password": password}).status_code


def test_t09_two_hundred_names_that_exist_and_two_hundred_that_do_not_answer_alike(browser, sina, hashed):
    """Equal words, bytes, statements and hashes: equal work is what equal time comes from."""
    guess(browser)
    answers = []
    for name, last in (("sina", 1), ("nobody", 2)):
        at(browser, f"203.0.113.{last}")
        hashed.clear()
        with factory.statements(browser.app) as seen:
            page = browser.post("/en/sign-in", {**browser.given, "username": name, "password": "wrong"})
        answers.append((bare(page).replace("nobody", "sina"), list(seen), list(hashed)))
    assert answers[0] == answers[1] and answers[0][2] == ["verify"]


def test_t09_a_user_name_that_is_taken_costs_the_same_hash_and_few_may_be_tried(browser, sina, hashed):
    ana = {"full_name": "Ana Tau", "birth_date-day": "4", "birth_date-month": "5", "birth_date-year": "1992"}
    ana["password"] = "kind rain over quiet hills"
    work = []
    for name in ("sina", "free-name"):
        hashed.clear()
        answer = factory.Browser(browser.app).send("/en/join", username=name, **ana)
        work.append((answer.status_code, list(hashed)))
    assert work == [(400, ["hash"]), (303, ["hash"])]
    answers = [browser.send("/en/join", username="sina", **ana).status_code for _ in range(39)]
    assert answers[-1] == 429, "whoever asks for names is stopped at forty an hour"


def test_t10_a_thousand_wrong_passwords_keep_nobody_out(browser, sina, clock, store):
    tries = {"sqlite": 1000, "postgresql": 120}[store.kind]
    assert {guess(browser) for _ in range(tries)} == {400, 429}
    elsewhere = at(factory.Browser(browser.app), ELSEWHERE)
    assert elsewhere.password(sina).status_code == 303
    clock.shift(timedelta(seconds=DELAYS["sign-in"].longest))
    assert browser.password(sina).status_code == 303, "and at the guesser's own address after half a minute"


def test_t10_wrong_passwords_from_everywhere_keep_nobody_out(browser, sina, app, monkeypatch):
    monkeypatch.setitem(attempts.LIMITS, "sign-in-name", RateLimitItemPerMinute(20, 10))
    for number in range(60):
        guess(at(browser, f"2001:db8:{number:x}::1"))
    owner = at(factory.Browser(app), "2001:db8:ffff::7")
    assert owner.password(sina).status_code == 303, "the first try from an address is always heard"


def test_t10_tries_are_counted_before_anything_is_hashed(browser, sina, hashed):
    for _ in range(100):
        guess(browser)
    assert len(hashed) == 10


def test_t10_one_household_has_one_count_however_many_addresses_it_has(browser, sina):
    answers = [guess(at(browser, f"2001:db8:1:2::{number:x}")) for number in range(1, 13)]
    assert answers == [400] * 10 + [429] * 2


def test_t10_a_flood_from_everywhere_stops_strangers_and_not_those_who_are_known(
    browser, sina, clock, monkeypatch
):
    browser.sign_in(sina)
    monkeypatch.setitem(attempts.LIMITS, "sign-in-strangers", RateLimitItemPerMinute(20, 10))
    flood = factory.Browser(browser.app)
    answers = [guess(at(flood, f"2001:db8:{n:x}::1"), f"name-{n}") for n in range(30)]
    assert answers[-1] == 429
    clock.shift(timedelta(minutes=1))
    known = factory.Browser(browser.app)
    assert known.password(sina).status_code == 303
    assert (
        known.send("/en/sign-in/code", code=sina.code(factory.NOW + timedelta(minutes=1))).status_code == 303
    )


def test_t10_whoever_knows_the_password_cannot_guess_on_and_on_nor_keep_the_owner_out(browser, sina, app):
    answers = []
    for number in range(6):
        thief = at(factory.Browser(app), f"203.0.113.{number}")
        thief.password(sina)
        answers += [thief.send("/en/sign-in/code", code=f"11111{n}").status_code for n in range(8)]
    assert answers.count(400) == 40 and answers[-1] == 429
    owner = at(factory.Browser(app), "198.51.100.4")
    owner.password(sina)
    assert owner.send("/en/sign-in/code", code=sina.code()).status_code == 429
    assert owner.send("/en/sign-in/code", code=sina.codes[0]).status_code == 303, "a recovery code comes in"


def test_t10_whoever_signed_in_from_home_still_does_while_others_guess_codes(browser, sina, app, clock):
    browser.sign_in(sina)
    for number in range(6):
        thief = at(factory.Browser(app), f"203.0.113.{number}")
        thief.password(sina)
        for n in range(8):
            thief.send("/en/sign-in/code", code=f"11111{n}")
    clock.shift(timedelta(minutes=1))
    home = factory.Browser(app)
    home.sign_in(sina, now=factory.NOW + timedelta(minutes=1))


def guesses_at_home(sina, app, clock, number):
    """Somebody who lives with the owner, and has the password, gives wrong codes as fast as they are heard."""
    answers = []
    while len(answers) < number:
        partner = factory.Browser(app)
        partner.password(sina)
        for _each in range(8):
            clock.shift(timedelta(seconds=61))
            answers.append(partner.send("/en/sign-in/code", code="111111").status_code)
    return answers


def test_t10_who_lives_with_the_owner_has_thirty_codes_a_day_and_the_owner_is_told(
    browser, sina, app, clock, store
):
    browser.sign_in(sina)
    answers = guesses_at_home(sina, app, clock, 40)
    assert answers == [400] * 30 + [429] * 10
    owner = factory.Browser(app)
    owner.password(sina)
    clock.shift(timedelta(seconds=61))
    refused = owner.send("/en/sign-in/code", code="222222")
    assert "Too many wrong codes today. Use a passkey or a recovery code" in refused.text
    clock.shift(timedelta(seconds=61))
    assert owner.send("/en/sign-in/code", code=sina.codes[0]).status_code == 303, "a recovery code comes in"
    told = store.work().session.scalars(select(Notice.kind).where(Notice.person_id == sina.person_id)).all()
    assert told.count("wrong_codes") == 1
    assert "Many wrong codes were tried" in owner.get("/en/notices").text
    clock.shift(timedelta(hours=25))
    assert guesses_at_home(sina, app, clock, 1)[0] == 400


def test_t10_the_owners_own_codes_are_not_counted_and_give_a_guesser_nothing(browser, sina, app, clock):
    browser.sign_in(sina)
    for _day_part in range(12):
        clock.shift(timedelta(minutes=30))
        factory.Browser(app).sign_in(sina, code=sina.code(datetime.now(UTC)))
    assert guesses_at_home(sina, app, clock, 32) == [400] * 30 + [429] * 2


@pytest.mark.parametrize(
    "password",
    ["Password123!", "qwertyuiop", "iloveyou2024", "1234567890", "letmein12345", "sina-sina-sina", "x" * 60],
)
def test_t10_passwords_that_are_tried_first_are_refused(password):
    with pytest.raises(Invalid, match="too easy"):
        service.new_password(password, "sina")


@pytest.mark.parametrize(
    "password", ["calm shore and a tide line", "kia ora e te whānau", "p3Xq!vLz9Rw", "ā" * 10 + "b c d" * 40]
)
def test_t10_long_and_uncommon_ones_are_taken_in_any_script_and_length(password):
    assert service.new_password(password, "sina").text.startswith("$argon2id$")


def test_t10_a_password_is_compared_and_hashed_while_nobody_waits_for_the_store(
    sqlite_store, sqlite_app, monkeypatch
):
    """During each hash another connection may write at once: no write transaction is open."""
    path, seen = sqlite_store.core.engine.url.database, []

    def writable(name, real):
        def _hash(*given):
            other = sqlite3.connect(path, timeout=0)
            other.execute("begin immediate")
            other.rollback()
            other.close()
            seen.append(name)
            return real(*given)

        return _hash

    with time_machine.travel(factory.NOW, tick=False):
        known = factory.account(sqlite_store)
        browser = factory.Browser(sqlite_app).sign_in(known)
        for name in ("hash", "verify"):
            made = writable(name, getattr(passwords._hasher, name))
            monkeypatch.setattr(passwords, "_hasher", With(passwords._hasher, name, made))
        other = factory.Browser(sqlite_app)
        assert other.password(known).status_code == 303
        new = {"present_password": known.password, "new_password": "kind rain over quiet hills"}
        assert browser.send("/en/account/password", **new).status_code == 303
        ana = {"full_name": "Ana", "birth_date-day": "4", "birth_date-month": "5", "birth_date-year": "1992"}
        joining = factory.Browser(sqlite_app)
        assert (
            joining.send("/en/join", username="ana", password=new["new_password"], **ana).status_code == 303
        )
    assert seen == ["verify", "verify", "hash", "hash"]


def test_a_password_that_changed_while_it_was_compared_opens_nothing(sina, store):
    work = store.work(now=factory.NOW)
    checked = service.check_password(work, "sina", sina.password)
    account = service.Checked(checked.account_id, "another hash", True)
    assert work.do(service.begin_sign_in, account) is None
    assert work.do(service.begin_sign_in, checked)


def test_pitfall_05_the_cookie_goes_to_no_script_no_other_site_and_no_open_wire(browser):
    cookie = next(c for c in browser.get("/en/sign-in").headers.getlist("Set-Cookie") if "portal" in c)
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and "Domain" not in cookie


def test_pitfall_06_a_form_can_be_sent_without_a_referrer_and_tells_none_to_others(browser, sina):
    answer = browser.password(sina)
    assert answer.status_code == 303 and "Referer" not in answer.request.headers
    assert answer.headers["Referrer-Policy"] == "same-origin"


def test_pitfall_09_an_address_that_the_caller_writes_down_is_not_believed(browser, sina):
    headers = {"X-Forwarded-For": ELSEWHERE, "Forwarded": f"for={ELSEWHERE}"}
    given = factory.hidden(browser.get("/en/sign-in").text)
    answers = [
        browser.post(
            "/en/sign-in",
            {**given, "username": "sina", "password": "wrong"},
            headers={**headers, "X-Forwarded-For": f"203.0.113.{n}"},
        ).status_code
        for n in range(12)
    ]
    assert answers == [400] * 10 + [429] * 2


def test_only_hashes_of_cookies_are_kept(browser, sina, store):
    browser.sign_in(sina)
    with store.core.sessions() as session:
        found = session.scalars(select(SignInSession.fingerprint)).all()
    assert service.fingerprint(browser.token) in found
    assert browser.token.encode() not in found


def test_a_share_is_made_with_the_passcode_that_was_hashed_before(sqlite_store):
    person = sharing.a_person(sqlite_store)
    ref = ids.decode(person.do(bundles.start, [ref_of(person)]))
    person.do(bundles.keep_who, ref, "Hemi", "To help", 7)
    person.do(bundles.keep_passcode, ref, "482915")
    stale = person.look(bundles.ready, ref)
    person.do(bundles.keep_passcode, ref, "731946")
    assert person.do(bundles.share, ref, stale)
    code = person.look(bundles.code_of, ref)
    knock = [person.look(bundles.knock, "code", ids.fold_code(code), word) for word in ("482915", "731946")]
    assert [one.right for one in knock] == [False, True], "the passcode that was chosen last"
    assert person.look(bundles.ready, ref) is None


def ref_of(person):
    [record] = person.look(records.for_record_ids, person.person_id, [person.records["visit"]])
    return ids.encode(record.ref)
