"""T11 and pitfalls 8 and 10: no address that we hand out, and none that we lead to, is a stranger's to choose."""

import re
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from portal.app import create_app
from portal.identity import service
from tests.identity import factory, liar, people
from tests.identity.factory import Browser

NOW = factory.NOW
EVIL = "evil.example"
STRANGE_HOSTS = [
    {"Host": EVIL},
    {"Host": f"portal.example@{EVIL}"},
    {"Host": f"portal.example.{EVIL}"},
    {"Host": f"{EVIL}:443"},
    {"Host": "portal.example, evil.example"},
]
FORWARDED = [
    {"X-Forwarded-Host": EVIL},
    {"Forwarded": f"host={EVIL}"},
    {"X-Host": EVIL, "X-Original-Host": EVIL, "X-Forwarded-Server": EVIL, "X-Original-URL": f"//{EVIL}/"},
]
# What a sloppy check takes for a path of this site.
ELSEWHERE = [
    f"//{EVIL}",
    f"///{EVIL}",
    f"/\\{EVIL}",
    f"\\\\{EVIL}",
    f"https://{EVIL}/",
    f"https:{EVIL}",
    f"/\t/{EVIL}",
    f"/\n/{EVIL}",
    f" //{EVIL}",
    "javascript:alert(1)",
    f"/en\r\nLocation: https://{EVIL}",
    f"/\x00/{EVIL}",
    EVIL,
]


@pytest.fixture
def clock():
    import time_machine

    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def served(clock, store):
    """The portal as it is reached by the public: https, one name."""
    made = create_app(replace(store.settings, base_url="https://portal.example"))
    yield made
    made.extensions["portal"].engine.dispose()


@pytest.fixture
def aliased(clock, store):
    """The portal under its configured name, while the same machine answers to another one too."""
    made = create_app(replace(store.settings, base_url="http://127.0.0.1:7777"))
    yield made
    made.extensions["portal"].engine.dispose()


@pytest.mark.parametrize("headers", STRANGE_HOSTS, ids=str)
def test_t11_under_a_strange_name_nothing_of_ours_is_answered(served, headers):
    for address in ("/en/sign-in", "/en/join", "/sign-in/back?state=x", "/", "/health/live"):
        answer = served.test_client().get(address, base_url="https://portal.example", headers=headers)
        assert answer.status_code == 400, address
        assert EVIL not in answer.text and EVIL not in str(answer.headers), address


@pytest.mark.parametrize("headers", FORWARDED, ids=str)
@pytest.mark.parametrize("hops", [0, 1])
def test_t11_a_forwarded_name_is_not_believed(clock, store, headers, hops):
    app = create_app(replace(store.settings, base_url="https://portal.example", proxy_hops=hops))
    for address in ("/", "/en/sign-in", "/en/account", "/en/leave"):
        answer = app.test_client().get(address, base_url="https://portal.example", headers=headers)
        assert EVIL not in answer.text and EVIL not in str(answer.headers), address
    app.extensions["portal"].engine.dispose()


def test_t11_an_address_handed_out_is_of_the_configured_origin(clock, store, aliased):
    place = people.provider(store)
    people.colleague(store, "aroha", place, "administrator")
    browser = Browser(aliased, "http://localhost:5000")
    browser.sign_in(factory.Known(0, "aroha", []))
    made = browser.send("/en/agencies/team/invite", full_name="Hemi Example", role="frontline").text
    assert re.search(r"http://127\.0\.0\.1:7777/en/join/[A-Z0-9-]{19}", made)
    assert "localhost" not in made


def test_t11_a_provider_sends_back_to_the_configured_origin_only(store, aliased):
    with liar.lying() as there:
        facts = service_facts(there.issuer)
        store.work().do(service.put_provider, facts)
        browser = Browser(aliased, "http://localhost:5000")
        answer = browser.send("/en/sign-in/with/government", headers={"X-Forwarded-Host": EVIL})
    asked = parse_qs(urlsplit(answer.location).query)
    assert asked["redirect_uri"] == ["http://127.0.0.1:7777/sign-in/back"]


def test_t11_an_invitation_is_used_once_and_ends(clock, store, app):
    work = store.work(now=NOW)
    place = factory.agency(store)
    code, late = (
        work.do(service.invite, place, "caseworker", "Priya Nair", timedelta(days=days)) for days in (7, 1)
    )
    first = Browser(app)
    given = {"username": "priya", "password": factory.PASSWORD}
    first.send(f"/en/join/{code}", **given)
    key = re.search(r'id="key"[^>]*>([^<]+)<', first.get("/en/join/app").text)[1]
    assert first.send("/en/join/app", code=people.app_code(key, NOW)).status_code == 200
    assert Browser(app).get(f"/en/join/{code}").status_code == 410
    clock.shift(timedelta(days=2))
    assert Browser(app).get(f"/en/join/{late}").status_code == 410


def test_t11_a_card_to_get_back_in_is_used_once_and_ends_all_sessions(clock, store, app):
    sina, place = factory.account(store), people.provider(store)
    hemi, aroha = (people.colleague(store, name, place, "frontline") for name in ("hemi", "aroha"))
    code = people.given_back(store, hemi, aroha, "sina")[1]
    thief = Browser(app).sign_in(sina)
    later = NOW + timedelta(hours=1)
    clock.move_to(later)
    owner = Browser(app)
    owner.send("/en/sign-in/help/code", username="sina", code=code)
    key = re.search(r'id="key"[^>]*>([^<]+)<', owner.get("/en/sign-in/help/new").text)[1]
    new = {"password": "eleven kererū over Otaki", "code": people.app_code(key, later)}
    assert owner.send("/en/sign-in/help/new", **new).status_code == 200
    assert thief.get("/en/account").location.startswith("/en/sign-in")
    again = Browser(app).send("/en/sign-in/help/code", username="sina", code=code)
    assert again.status_code == 400 and "used" in again.text


@pytest.mark.parametrize("headers", STRANGE_HOSTS, ids=str)
def test_pitfall_08_a_redirect_never_carries_the_callers_host(served, headers):
    signed_out = served.test_client()
    for address in ("/en/records", "/", "/sign-in/back", "/en/sign-in/with?why=none"):
        mine = signed_out.get(address, base_url="https://portal.example")
        assert mine.status_code == 303 and mine.location.startswith("/"), address
        theirs = signed_out.get(address, base_url="https://portal.example", headers=headers)
        assert theirs.status_code == 400 and "Location" not in theirs.headers, address


@pytest.mark.parametrize("place", ELSEWHERE, ids=ascii)
def test_pitfall_10_signing_in_by_either_way_leads_to_our_own_pages_only(clock, store, app, place):
    sina = factory.account(store)
    browser = Browser(app)
    first = browser.password(sina, next=place)
    assert first.status_code == 303 and EVIL not in first.location
    second = browser.send("/en/sign-in/code", code=sina.code(), next=place)
    assert second.location == "/en/records"
    up = browser.get("/en/sign-in/again", query_string={"next": place}).text
    assert EVIL not in up.split("<main")[1] and "javascript:" not in up


@pytest.mark.parametrize("place", ELSEWHERE, ids=ascii)
def test_pitfall_10_another_provider_leads_on_to_our_own_pages_only(store, app, place):
    with liar.lying() as there:
        store.work().do(service.put_provider, service_facts(there.issuer))
        browser = Browser(app)
        with_next = browser.get("/en/sign-in/with/government", query_string={"next": place}).text
        assert EVIL not in with_next.split("<main")[1]
        begun = comes_back(browser, there, next=place)
        assert begun.location == "/en/join/with"
        given = {
            "full_name": "Mere",
            "birth_date-day": "1",
            "birth_date-month": "2",
            "birth_date-year": "1990",
        }
        assert browser.send("/en/join/with", **given).status_code == 200
        again = comes_back(Browser(app), there, next=place)
        assert again.location == "/en/records"


def service_facts(issuer):
    from portal.identity.providers import ProviderFacts

    return ProviderFacts("government", "Government", issuer, liar.CLIENT, liar.SECRET, both_steps=True)


def comes_back(browser, there, **answers):
    """Start, and come back with a right token."""
    asked = parse_qs(urlsplit(browser.send("/en/sign-in/with/government", **answers).location).query)
    there.tells(liar.signed(there.claims(nonce=asked["nonce"][0])))
    return browser.get("/sign-in/back", query_string={"state": asked["state"][0], "code": "a code"})
