"""What a browser keeps of a page, what a page lets run, and with what a portal refuses to start."""

import ast
import html
import re
import unicodedata
from pathlib import Path

import pytest
import time_machine
from jinja2 import DictLoader

from portal.config import Misconfigured, from_environment
from portal.identity import service
from portal.identity.permissions import Permission
from portal.web.fields import clean, clean_line
from tests.identity import factory

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*"))
SCRIPT = "<script>alert(1)</script>"
NAME = f'Sina "{SCRIPT}'
PLACES = (
    "records",
    "account",
    "account/safety",
    "corrections",
    "bundles/new",
    "access-log",
    "notices",
    "nowhere",
)


@pytest.fixture
def sina(store):
    return factory.account(store, name=NAME)


@pytest.fixture
def browser(app, sina):
    """Somebody who is signed in, at the factory's moment."""
    with time_machine.travel(factory.NOW, tick=False):
        yield factory.Browser(app).sign_in(sina)


@pytest.mark.parametrize("path", PLACES)
def test_pitfall_11_no_personal_page_may_be_kept_by_the_browser(browser, path):
    answer = browser.get(f"/en/{path}")
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert "ETag" not in answer.headers and "Last-Modified" not in answer.headers
    assert "Cookie" in answer.headers["Vary"]


@pytest.mark.parametrize("leaves", ["/en/leave", "/en/sign-out"])
def test_pitfall_11_leaving_tells_the_browser_to_forget_what_it_kept(browser, leaves):
    sent = browser.get(leaves) if leaves == "/en/leave" else browser.send("/en/account", to=leaves)
    assert sent.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    gone = [cookie for cookie in sent.headers.getlist("Set-Cookie") if cookie.startswith("portal=;")]
    assert gone and "Max-Age=0" in gone[0]


def test_pitfall_11_the_script_hides_a_page_that_comes_out_of_memory_and_asks_again():
    script = (ROOT / "static" / "js" / "portal.js").read_text(encoding="utf-8")
    assert re.search(r'"pageshow".*?e\.persisted\) \{ hide\(\); w\.location\.reload\(\);', script, re.DOTALL)
    assert re.search(r'"pagehide".*?e\.persisted\) \{ hide\(\);', script, re.DOTALL)


def test_t05_a_cookie_that_left_is_signed_out_wherever_it_is_replayed(browser):
    kept = browser.token
    browser.get("/en/leave")
    thief = factory.Browser(browser.app)
    thief.carry(kept)
    for path in PLACES[:-1]:
        answer = thief.get(f"/en/{path}")
        assert answer.location.startswith("/en/sign-in?") and "Sina" not in answer.text


def test_t05_leaving_ends_a_visit_that_is_only_half_signed_in(app, store, sina):
    half = factory.Browser(app)
    half.password(sina)
    kept = half.token
    assert half.get("/en/leave").status_code == 303 and not half.token
    half.carry(kept)
    assert half.get("/en/sign-in/code").location == "/en/sign-in"


def test_t05_leaving_ends_a_visit_that_had_timed_out_so_that_nothing_brings_it_back(app, store, sina):
    with time_machine.travel(factory.NOW, tick=False) as clock:
        browser = factory.Browser(app).sign_in(sina, shared_device="y")
        kept = browser.token
        clock.shift(15 * 60)
        browser.get("/en/leave")
        # Even if the limit were longer from now on, there is no row left.
        assert service.actor_of(store.work(now=factory.NOW), kept) is None


def test_t05_leaving_works_with_a_cookie_that_was_never_given_out_and_while_nothing_can_be_saved(browser):
    engine = browser.app.extensions["portal"].engine
    real = engine.connect
    try:
        engine.connect = engine.raw_connection = _refuses
        answer = browser.get("/en/leave")
    finally:
        engine.connect = real
        del engine.raw_connection
    assert answer.status_code == 303 and "Clear-Site-Data" in answer.headers
    stranger = factory.Browser(browser.app)
    stranger.carry("x" * 43)
    assert stranger.get("/en/leave").status_code == 303


def _refuses(*_args, **_more):
    raise RuntimeError("the database is away")


def test_pitfall_12_a_name_with_markup_is_text_on_every_page(browser):
    for path in PLACES:
        page = browser.get(f"/en/{path}").text
        assert SCRIPT not in page
    assert html.escape(SCRIPT) in browser.get("/en/account").text


def test_pitfall_12_every_template_is_html_and_any_other_suffix_would_be_escaped_too(sqlite_app):
    # A .typ file is a program that gets its words as data: Jinja never reads it.
    assert {path.suffix for path in TEMPLATES if path.is_file()} == {".html", ".typ"}
    assert {path.parent.name for path in TEMPLATES if path.suffix == ".typ"} == {"_print"}
    env = sqlite_app.jinja_env
    for name in ("x.html", "x.html.j2", "x.txt"):
        made = env.overlay(loader=DictLoader({name: "{{ x }}"})).get_template(name)
        assert made.render(x=SCRIPT) == html.escape(SCRIPT)


def test_pitfall_12_no_template_says_that_words_are_safe():
    wrong = [
        f"{path.name}: {found[0]}"
        for path in TEMPLATES
        if path.is_file()
        for found in [re.search(r"\|\s*safe\b|autoescape\s+false|Markup\(", path.read_text(encoding="utf-8"))]
        if found
    ]
    assert wrong == []


# Markup is made where our own constants or already escaped parts are put together, and nowhere else.
MAY_MAKE_MARKUP = {
    "portal/web/assets.py",
    "portal/language/formats.py",
    "portal/language/pseudo.py",
    "portal/language/translation.py",
    "portal/web/page.py",
    "portal/web/text.py",
}


def test_pitfall_12_markup_is_made_in_few_places():
    makers = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "portal").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Markup"
    }
    assert makers - MAY_MAKE_MARKUP == set()


@pytest.mark.parametrize("secret", ["", "dev", "x" * 40, "abcabcabc" * 5, "change-me"])
def test_pitfall_17_a_weak_secret_stops_the_start(tmp_path, secret):
    given = {"PORTAL_INSTANCE": str(tmp_path), "PORTAL_BASE_URL": "https://my.example"}
    with pytest.raises(Misconfigured, match="PORTAL_SECRET_KEY"):
        from_environment(demo=False, environ={**given, "PORTAL_SECRET_KEY": secret})


def test_pitfall_17_a_debugger_stops_the_start(tmp_path):
    given = {"PORTAL_INSTANCE": str(tmp_path), "PORTAL_BASE_URL": "https://my.example", "FLASK_DEBUG": "1"}
    with pytest.raises(Misconfigured, match="FLASK_DEBUG"):
        from_environment(demo=False, environ=given)


@pytest.mark.parametrize("name", ["PORTAL_EXIT_URL", "PORTAL_SUPPORT_URL", "PORTAL_SUPPORT_FRAME"])
@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "http://plain.example/",
        "weather",
        "https://a.example/; script-src *",
        "//a.example",
    ],
)
def test_an_address_that_could_do_harm_stops_the_start(tmp_path, name, address):
    given = {"PORTAL_INSTANCE": str(tmp_path), "PORTAL_SUPPORT_NAME": "Example Refuge", name: address}
    with pytest.raises(Misconfigured, match=name):
        from_environment(demo=True, environ=given)


@pytest.mark.parametrize(("length", "fits"), [(80, True), (81, False)])
def test_an_address_too_long_to_stand_in_a_health_link_stops_the_start(tmp_path, length, fits):
    address = "https://" + "a" * (length - 11) + ".nz"
    given = {"PORTAL_INSTANCE": str(tmp_path), "PORTAL_BASE_URL": address}
    if fits:
        assert from_environment(demo=True, environ=given).base_url == address
        return
    with pytest.raises(Misconfigured, match="PORTAL_BASE_URL"):
        from_environment(demo=True, environ=given)


def test_pitfall_17_a_fault_shows_a_page_of_ours_without_a_word_of_the_fault(sqlite_app):
    sqlite_app.add_url_rule("/en/broken", "broken", _breaks)
    answer = sqlite_app.test_client().get("/en/broken")
    assert answer.status_code == 500 and "Something broke on our side" in answer.text
    assert "zqsecret" not in answer.text and "Traceback" not in answer.text
    assert not sqlite_app.debug and not sqlite_app.config["PROPAGATE_EXCEPTIONS"]


def _breaks():
    raise ValueError("zqsecret")


_breaks.permission = Permission.PUBLIC_READ

TURNING = [chr(number) for number in (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))]


@pytest.mark.parametrize("mark", TURNING, ids=unicodedata.name)
def test_letters_that_turn_the_order_of_others_are_taken_out_of_what_is_typed(mark):
    assert clean(f"abc{mark}def\n{mark}") == "abcdef\n"
    assert clean_line(f" {mark}abc ") == "abc"


@pytest.mark.parametrize("word", ["می‌خواهم", "ක්‍ෂ", "👩‍👧", "שלום", "Sina Faʻasili", "Tāmati"])
def test_words_that_need_joiners_or_run_from_right_to_left_stay_whole(word):
    assert clean_line(word) == unicodedata.normalize("NFC", word)
