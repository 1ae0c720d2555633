"""Signing in with another provider: a real one from npm, walked through as a browser without script does."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest

from portal.base.problems import NotThere
from portal.identity import queries, service
from portal.identity.permissions import Actor
from tests.identity import factory, openid
from tests.identity.factory import Browser, bare

WITH = "/en/sign-in/with/government"
MERE = {
    "full_name": "Mere Ōkura",
    "birth_date-day": "29",
    "birth_date-month": "2",
    "birth_date-year": "1988",
}


@pytest.fixture(scope="module")
def provider(node):
    with openid.running(node, "http://localhost/sign-in/back") as started:
        yield started


@pytest.fixture
def government(provider, store):
    return provider.register(store.core)


@pytest.fixture
def someone(app):
    return Browser(app)


def goes_there(browser, login="mere", address=WITH, **answers):
    """Press the button, sign in at the provider, and give the address it sends back to."""
    there = browser.send(address, **answers)
    assert there.status_code == 303 and there.location.startswith("http://127.0.0.1:"), there.text
    return urlsplit(openid.sign_in_there(there.location, login))._replace(scheme="", netloc="").geturl()


def comes_back(browser, *args, **more):
    return browser.get(goes_there(browser, *args, **more))


def joins(browser, **more):
    assert comes_back(browser, **more).location == "/en/join/with"
    return browser.send("/en/join/with", **MERE)


def actor_of(store, browser):
    return service.actor_of(store.work(now=datetime.now(UTC)), browser.token)[0]


def why(answer):
    assert answer.status_code == 303 and urlsplit(answer.location).path == "/en/sign-in/with", answer.location
    return parse_qs(urlsplit(answer.location).query)["why"][0]


def test_joining_with_a_provider_takes_no_password_and_gives_codes_once(someone, government, store):
    page = someone.get("/en/join/with")
    assert why(page) == "late"
    assert comes_back(someone).location == "/en/join/with"
    page = someone.get("/en/join/with").text
    assert 'value="Mere Ōkura"' in page and 'value="1988"' in page and "password" not in page
    made = someone.send("/en/join/with", **MERE)
    assert made.status_code == 200 and made.text.count("<li>") >= 8
    assert someone.get("/en/records").status_code == 200
    who = actor_of(store, someone)
    assert queries.person_facts(store.work(), who.person_id).full_name == "Mere Ōkura"


def test_who_is_known_is_in_at_once_and_goes_on_to_the_page_that_was_asked_for(someone, government, app):
    joins(someone)
    other = Browser(app)
    link = other.get(other.get("/en/access-log").location).text
    assert "/en/sign-in/with/government?next=/en/access-log" in link
    answer = comes_back(other, address=f"{WITH}?next=/en/access-log")
    assert answer.location == "/en/access-log"
    # The provider took both steps just now, so that nothing more is asked for before a change.
    assert other.get("/en/account/codes").status_code == 200


def test_the_language_of_the_beginning_is_that_of_the_end(someone, government):
    answer = comes_back(someone, address="/mi/sign-in/with/government")
    assert answer.location == "/mi/join/with"


def test_the_cookie_is_another_one_after_signing_in(someone, government, app):
    joins(someone)
    other = Browser(app)
    other.get(WITH)
    before = other.token
    comes_back(other)
    assert other.token and other.token != before


def test_where_the_provider_asks_for_one_step_only_ours_follows(someone, provider, store, app):
    provider.register(store.core, both_steps=False)
    assert joins(someone).location == "/en/join/app"
    key = someone.get("/en/join/app").text.split('id="key" translate="no">')[1].split("<")[0].replace(" ", "")
    totp = pyotp.TOTP(key)
    assert someone.send("/en/join/app", code=totp.at(datetime.now(UTC))).status_code == 200
    other = Browser(app)
    assert comes_back(other).location == "/en/sign-in/code"
    assert other.get("/en/records").location.startswith("/en/sign-in?")
    later = totp.at(datetime.now(UTC) + timedelta(seconds=30))
    assert other.send("/en/sign-in/code", code=later).location == "/en/records"


def test_who_broke_off_while_joining_begins_again(someone, provider, store):
    provider.register(store.core, both_steps=False)
    joins(someone)
    assert joins(someone).location == "/en/join/app"


def test_a_second_send_of_the_join_page_makes_no_second_account(someone, government, app):
    comes_back(someone)
    page = factory.hidden(someone.get("/en/join/with").text)
    someone.post("/en/join/with", {**page, **MERE})
    again = Browser(app)
    again.carry(someone.token)
    assert again.get("/en/join/with").location == "/en/records"


def test_a_wrong_birth_date_keeps_what_was_typed(someone, government):
    comes_back(someone)
    answer = someone.send("/en/join/with", **MERE | {"birth_date-day": "31"})
    assert answer.status_code == 400 and 'value="31"' in answer.text and 'value="Mere Ōkura"' in answer.text


def test_another_browser_cannot_finish_what_this_one_began(someone, government, app):
    back = goes_there(someone)
    other = Browser(app)
    other.get("/en/sign-in")
    assert why(other.get(back)) == "late"
    # And it is used up by that: an address that leaked is worth nothing.
    assert why(someone.get(back)) == "late"


def test_a_state_or_code_that_is_not_ours_opens_nothing(someone, government):
    back = goes_there(someone)
    changed = back.replace("state=", "state=x")
    assert why(someone.get(changed)) == "late"
    assert why(someone.get("/sign-in/back")) == "late"
    assert why(someone.get(back.replace("code=", "code=x"))) == "unsure"


def test_a_code_is_exchanged_once(someone, government, app):
    joins(someone)
    other = Browser(app)
    back = goes_there(other)
    assert other.get(back).location == "/en/records"
    # Going back and forth in the same browser leads on, and in another one nowhere.
    assert other.get(back).location == "/en/records"
    third = Browser(app)
    assert why(third.get(back)) == "late"


def test_another_issuers_answer_is_refused(someone, government):
    back = goes_there(someone)
    assert "iss=" in back
    assert why(someone.get(back.split("iss=")[0] + "iss=https://evil.example")) == "unsure"


def test_who_cancels_there_is_told_so_and_may_begin_again(someone, government):
    there = someone.send(WITH).location
    back = urlsplit(openid.sign_in_there(there, cancel=True))
    answer = someone.get(f"{back.path}?{back.query}")
    assert why(answer) == "no"
    page = someone.get(answer.location)
    assert page.status_code == 200 and "/en/sign-in" in page.text


def test_ten_minutes_later_it_is_too_late(someone, government, monkeypatch):
    from portal.identity.service import flows

    back = goes_there(someone)
    monkeypatch.setattr(flows, "WITHIN", timedelta(seconds=-1))
    assert why(someone.get(back)) == "late"


def test_a_shut_account_is_not_opened(someone, government, store, app):
    joins(someone)
    store.work().do(service.deactivate, actor_of(store, someone).account_id)
    assert why(comes_back(Browser(app))) == "refused"


def test_a_provider_that_was_removed_opens_nothing_at_once(someone, government, store):
    back = goes_there(someone)
    store.work().do(service.remove_provider, "government")
    assert why(someone.get(back)) == "late"
    assert someone.get(WITH).status_code == 404
    with pytest.raises(NotThere):
        store.work().do(service.remove_provider, "government")


def test_a_provider_that_is_down_is_said_with_the_other_ways(someone, store):
    facts = openid.OpenId("http://127.0.0.1:9", None).facts(origins=("http://127.0.0.1:9",))
    store.work().do(service.put_provider, facts)
    answer = someone.send(WITH)
    assert why(answer) == "down"
    page = someone.get(answer.location)
    assert page.status_code == 503 and page.headers["Retry-After"] and "/en/sign-in" in page.text


class TestStaff:
    """People who work for an organisation sign in with its own provider, if they were invited."""

    @pytest.fixture
    def agency_id(self, provider, store):
        made = factory.agency(store)
        provider.register(store.core, agency_id=made, label="Example Homes", verified=False)
        return made

    @pytest.fixture
    def code(self, store, agency_id):
        work = store.work(now=datetime.now(UTC))
        return work.do(service.invite, agency_id, "caseworker", "Priya Nair", timedelta(days=7))

    def test_an_invitation_is_asked_for_once(self, someone, store, agency_id, code, app):
        comes_back(someone, "priya")
        page = someone.get("/en/join/with").text
        assert 'name="invitation"' in page and "birth_date" not in page
        answer = someone.send("/en/join/with", invitation=code.lower())
        assert answer.status_code == 200 and answer.text.count("<li>") >= 8
        assert someone.get("/en/casework").status_code == 200
        other = Browser(app)
        assert comes_back(other, "priya").location == "/en/casework"

    @pytest.mark.parametrize("typed", ["", "AAAA-BBBB-CCCC-DDDD", "é" * 40])
    def test_without_one_nobody_gets_in(self, someone, agency_id, typed):
        comes_back(someone, "priya")
        answer = someone.send("/en/join/with", invitation=typed)
        assert answer.status_code == 400 and typed in answer.text
        assert someone.get("/en/account").location.startswith("/en/sign-in")

    def test_one_of_another_organisation_or_of_a_person_does_not_do(self, someone, store, agency_id):
        work = store.work(now=datetime.now(UTC))
        others = factory.agency(store, "example-school", "Example School")
        for whose in (others, None):
            code = work.do(service.invite, whose, "caseworker", "Priya Nair", timedelta(days=7))
            comes_back(someone, "priya")
            assert someone.send("/en/join/with", invitation=code).status_code == 400

    def test_a_used_one_says_used(self, someone, code, app):
        comes_back(someone, "priya")
        someone.send("/en/join/with", invitation=code)
        other = Browser(app)
        comes_back(other, "mere")
        answer = other.send("/en/join/with", invitation=code)
        assert answer.status_code == 400 and "used already" in answer.text

    def test_who_left_the_organisation_is_refused(self, someone, store, agency_id, code, app):
        from portal.identity.models import Membership

        comes_back(someone, "priya")
        someone.send("/en/join/with", invitation=code)
        key = (actor_of(store, someone).account_id, agency_id)
        store.work().do(lambda work: setattr(work.session.get(Membership, key), "state", "ended"))
        assert why(comes_back(Browser(app), "priya")) == "refused"


class TestConnecting:
    """Who has an account connects a provider to it, after a second factor."""

    @pytest.fixture
    def sina(self, store):
        return factory.account(store, now=datetime.now(UTC))

    @pytest.fixture
    def signed_in(self, someone, sina, government):
        return someone.sign_in(sina, now=datetime.now(UTC))

    ONE = "/en/account/providers/government"

    def test_connecting_and_then_signing_in_with_it(self, signed_in, provider, store, app):
        provider.register(store.core, verified=False)
        assert comes_back(signed_in, address=self.ONE).location == "/en/account/providers"
        assert "Disconnect" in signed_in.get("/en/account/providers").text
        assert comes_back(Browser(app)).location == "/en/records"
        assert "How you sign in was changed" in signed_in.get("/en/notices").text

    def test_a_stale_factor_is_asked_for_first(self, signed_in, store):
        from portal.identity.models import SignInSession

        key, before = service.fingerprint(signed_in.token), datetime.now(UTC) - timedelta(minutes=6)
        store.work().do(lambda work: setattr(work.session.get(SignInSession, key), "factor_at", before))
        assert signed_in.get(self.ONE).location.startswith("/en/sign-in/again?next=")

    def test_a_subject_of_another_account_is_refused_without_saying_so(self, signed_in, app):
        joins(Browser(app))
        answer = comes_back(signed_in, address=self.ONE)
        assert why(answer) == "taken"
        assert "cannot be connected" in signed_in.get(answer.location).text

    def test_somebody_born_on_another_day_is_refused(self, signed_in):
        # Sina was born on 4 May 1992; the provider, which has checked it, says 29 February 1988.
        assert why(comes_back(signed_in, address=self.ONE)) == "taken"

    def test_the_last_way_in_cannot_be_taken_away(self, someone, government):
        joins(someone)
        answer = someone.send(self.ONE)
        assert answer.status_code == 400 and "only way to sign in" in answer.text

    def test_disconnected_it_opens_nothing_more(self, signed_in, provider, store, app):
        provider.register(store.core, verified=False)
        comes_back(signed_in, address=self.ONE)
        assert signed_in.send(self.ONE).location == "/en/account/providers"
        assert comes_back(Browser(app)).location == "/en/join/with"

    def test_anothers_sign_in_there_is_no_second_factor_here(self, someone, government, app):
        joins(someone)
        assert why(comes_back(someone, "priya")) == "unsure"

    def test_a_second_factor_asked_for_again_can_be_the_providers(self, someone, government, store):
        from portal.identity.models import SignInSession

        joins(someone)
        key, before = service.fingerprint(someone.token), datetime.now(UTC) - timedelta(minutes=6)
        store.work().do(lambda work: setattr(work.session.get(SignInSession, key), "factor_at", before))
        asked = someone.get("/en/account/codes").location
        assert "/en/sign-in/with/government?next=/en/account/codes" in someone.get(asked).text
        old = someone.token
        assert comes_back(someone, address=f"{WITH}?next=/en/account/codes").location == "/en/account/codes"
        assert someone.get("/en/account/codes").status_code == 200 and someone.token != old

    def test_staff_and_strangers_see_no_providers_that_are_not_for_them(self, signed_in, provider, store):
        made = factory.agency(store)
        provider.register(store.core, key="homes", label="Example Homes sign-in", agency_id=made)
        assert "Example Homes sign-in" not in signed_in.get("/en/account/providers").text
        assert signed_in.get("/en/account/providers/homes").status_code == 404


class TestVerified:
    """Who a provider has checked may be linked by that."""

    def verified(self, store, browser):
        who = actor_of(store, browser)
        return service.is_verified(store.work(Actor("account", who.account_id, who.person_id)))

    def test_the_same_name_and_birth_date(self, someone, government, store):
        joins(someone)
        assert self.verified(store, someone)

    def test_not_with_another_name(self, someone, government, store):
        comes_back(someone)
        someone.send("/en/join/with", **MERE | {"full_name": "Mere Someone"})
        assert not self.verified(store, someone)

    def test_not_by_a_provider_that_checks_nobody(self, someone, provider, store):
        provider.register(store.core, verified=False)
        joins(someone)
        assert not self.verified(store, someone)

    def test_not_once_the_provider_is_gone(self, someone, government, store):
        joins(someone)
        store.work().do(service.remove_provider, "government")
        assert not self.verified(store, someone)


def test_only_the_page_that_leads_there_may_lead_there(someone, government):
    there = f"form-action 'self' {government.origins[0]}"
    assert there in someone.get(WITH).headers["Content-Security-Policy"]
    for address in ("/en/sign-in", "/en/join", "/en"):
        assert "form-action 'self';" in someone.get(address).headers["Content-Security-Policy"]


def test_without_providers_the_sign_in_page_says_nothing_about_them(someone):
    page = someone.get("/en/sign-in").text
    assert "/sign-in/with" not in page and "Staff of an organisation" not in page


def test_a_page_that_was_sent_by_nobody_starts_nothing(someone, government):
    answer = someone.post(WITH, {})
    assert answer.status_code == 400 and "127.0.0.1" not in answer.headers.get("Location", "")


@pytest.mark.parametrize("key", ["%00", "é" * 200, "nobody", "x" * 300])
def test_a_provider_that_nobody_registered_is_not_there(someone, key):
    assert someone.get(f"/en/sign-in/with/{key}").status_code == 404


def test_the_failure_page_says_nothing_that_it_does_not_know(someone):
    assert someone.get("/en/sign-in/with?why=<b>").location == "/en/sign-in"
    known = {bare(someone.get(f"/en/sign-in/with?why={one}")) for one in ("refused", "late", "no")}
    assert len(known) == 3
