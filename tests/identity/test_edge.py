"""What the browser is told and asked: origins, tokens, methods, cookies and headers."""

import base64
import hashlib
import re
from dataclasses import replace

import pytest

from portal.app import create_app
from tests.identity import factory


@pytest.fixture
def secure(clock, sqlite_store):
    """The portal as it stands behind https."""
    app = create_app(replace(sqlite_store.settings, base_url="https://my.example", demo=False))
    yield factory.Browser(app, "https://my.example")
    app.extensions["portal"].engine.dispose()


@pytest.fixture
def browser(clock, sqlite_app):
    return factory.Browser(sqlite_app)


@pytest.fixture
def sina(clock, sqlite_store):
    return factory.account(sqlite_store)


FOREIGN = [
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
]


@pytest.mark.parametrize("headers", FOREIGN)
def test_a_form_from_another_site_is_refused_even_with_the_right_token(browser, sina, headers):
    answer = browser.send("/en/sign-in", headers=headers, username="sina", password=sina.password)
    assert answer.status_code == 400 and browser.get("/en/sign-in/code").status_code == 303


def test_a_form_with_a_stale_token_keeps_what_was_typed_and_does_nothing(browser, sina):
    page = browser.get("/en/sign-in").text
    given = {**factory.hidden(page), "csrf_token": "old", "username": "sina", "password": sina.password}
    answer = browser.post("/en/sign-in", given)
    assert answer.status_code == 400 and 'value="sina"' in answer.text
    assert "open for a long time" in answer.text
    assert browser.get("/en/sign-in/code").location == "/en/sign-in"


def test_the_token_of_one_session_is_worth_nothing_in_another(browser, sina):
    given = factory.hidden(factory.Browser(browser.app).get("/en/sign-in").text)
    answer = browser.post("/en/sign-in", {**given, "username": "sina", "password": sina.password})
    assert answer.status_code == 400


@pytest.mark.parametrize("address", ["/en/sign-in", "/en/account", "/en/records", "/en/"])
def test_asking_for_options_gives_nothing(browser, address):
    answer = browser.client.options(address)
    assert answer.status_code == 404 and "Allow" not in answer.headers


def test_the_cookie_is_bound_to_the_host_and_out_of_reach_of_scripts(secure):
    cookie = next(c for c in secure.get("/en/sign-in").headers.getlist("Set-Cookie") if "Host-portal" in c)
    parts = {part.strip() for part in cookie.split(";")[1:]}
    assert cookie.startswith("__Host-portal=")
    assert parts == {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"}, (
        "no Domain, and it ends with the browser"
    )


def test_both_steps_work_behind_https(secure, sina):
    secure.sign_in(sina)
    answer = secure.get("/en/account")
    assert answer.status_code == 200
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=63072000")


def test_a_name_of_another_host_is_not_answered(secure):
    answer = secure.client.get("/en/sign-in", base_url="https://evil.example")
    assert answer.status_code == 400 and "evil" not in answer.text


def test_only_our_own_inline_bytes_may_run(browser):
    answer = browser.get("/en/sign-in")
    policy = answer.headers["Content-Security-Policy"]
    for element, directive in (("style", "style-src"), ("script", "script-src")):
        allowed = re.search(f"{directive} ([^;]*)", policy)[1].split()
        texts = re.findall(f"<{element}>(.*?)</{element}>", answer.text, re.DOTALL)
        assert texts
        for text in texts:
            digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
            assert f"'sha256-{digest}'" in allowed
    assert "unsafe" not in policy and "default-src 'none'" in policy


@pytest.mark.parametrize(
    "address", ["/", "/en/", "/en/sign-in", "/en/nowhere", "/xx/", "/en/account", "/api/v1/x"]
)
def test_every_answer_forbids_keeping_sniffing_and_framing(browser, address):
    headers = browser.get(address).headers
    assert "no-store" in headers["Cache-Control"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "same-origin"


def test_only_forms_set_the_cookie(browser):
    assert "portal=" not in browser.get("/en/").headers.get("Set-Cookie", "")


def test_the_demonstration_shows_its_code_to_its_own_machine_only(browser, sina, secure):
    browser.password(sina)
    assert f'id="demo-code" translate="no">{sina.code()}<' in browser.get("/en/sign-in/code").text
    away = {"environ_base": {"REMOTE_ADDR": "203.0.113.7"}}
    assert "demo-code" not in browser.get("/en/sign-in/code", **away).text
    secure.password(sina)
    assert "demo-code" not in secure.get("/en/sign-in/code").text


def test_behind_a_proxy_on_its_own_machine_the_demonstration_shows_no_code(
    browser, sina, clock, sqlite_store
):
    browser.password(sina)
    for header in ("X-Forwarded-For", "Forwarded", "Via"):
        assert "demo-code" not in browser.get("/en/sign-in/code", headers={header: "203.0.113.7"}).text
    app = create_app(replace(sqlite_store.settings, base_url="https://my.example", demo=True))
    public = factory.Browser(app, "https://my.example")
    public.password(sina)
    page = public.get("/en/sign-in/code")
    assert page.status_code == 200 and "demo-code" not in page.text
    app.extensions["portal"].engine.dispose()


QUERIES = ["endpoint=x", "ref=x", "_scheme=https", "_external=1&_scheme=https", "_method=PUT", "values=1"]


@pytest.mark.parametrize("query", QUERIES)
def test_what_a_stranger_adds_to_an_address_is_only_carried_on(browser, query):
    answer = browser.get(f"/en/sign-in?{query}")
    assert answer.status_code == 200
    assert f'href="/mi/sign-in?{query.replace("&", "&amp;")}"' in answer.text


def test_a_query_cannot_stand_for_a_part_of_the_address(browser, sina):
    browser.sign_in(sina)
    answer = browser.get("/en/agencies/link/nowhere?ref=elsewhere")
    assert answer.status_code == 404


@pytest.mark.parametrize("origin", ["http://[::1", "http://", "://", "localhost"])
def test_a_broken_origin_is_refused_like_a_foreign_one(browser, sina, origin):
    answer = browser.send("/en/sign-in", headers={"Origin": origin}, username="sina", password=sina.password)
    assert answer.status_code == 400
