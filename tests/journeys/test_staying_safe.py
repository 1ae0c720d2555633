"""Getting in, and staying safe on a phone that others use: J1 (signing in) and J7 of the screens."""

import pytest

from tests.journeys.people import Person

CHANNELS = ("email", "text", "phone", "post")


@pytest.fixture(params=[("en", False), ("mi", True)], ids=["English, no script", "te reo Māori, script"])
def sina(request, fresh_site, browser):
    tag, scripts = request.param
    someone = Person.at(fresh_site, browser, tag, scripts)
    yield someone
    someone.leaves()


def test_j1_a_person_signs_in_with_user_name_password_and_code(sina):
    account = sina.site.facts["accounts"]["sina"]
    sina.goes("/records")
    assert sina.path.startswith("/sign-in?next="), "a page of one's own asks who it is first"
    sina.fills(username=account["username"], password="not this one")
    sina.goes_on()
    assert sina.page.input_value("[name=username]") == account["username"], "what was typed is kept"
    assert sina.page.input_value("[name=password]") == ""
    assert sina.page.locator(".errors").is_visible()
    sina.fills(password=account["password"])
    sina.goes_on()
    assert sina.path.startswith("/sign-in/code")
    code = sina.reads("#demo-code")
    sina.fills(code="000000" if code != "000000" else "111111")
    sina.goes_on()
    assert sina.path.startswith("/sign-in/code") and sina.page.locator(".errors").is_visible()
    sina.fills(code=f"{code[:3]} {code[3:]}")
    sina.goes_on()
    assert sina.path == "/records", "signing in leads back to the page that was asked for"
    sina.sees("Example Housing")
    assert sina.page.evaluate("document.documentElement.lang").startswith(sina.tag)


def test_j7_discreet_no_safe_contact_and_gone_in_one_tap(sina):
    sina.signs_in("sina")
    turns_on_discreet(sina)
    reads_without_a_title(sina)
    says_that_no_way_is_safe(sina)
    leaves_and_nothing_is_left(sina)


def turns_on_discreet(sina):
    sina.goes("/account")
    sina.taps("a[href$='/account/safety']")
    sina.taps("button[value='discreet-on']")
    assert sina.page.locator("button[value='discreet-off']").is_visible()


def reads_without_a_title(sina):
    sina.goes("/records")
    sina.opens_agency("example-housing")
    assert sina.page.title() == "My page" and "housing" not in sina.page.url.lower()
    assert "Example" not in sina.reads("header.top")
    sina.sees("Example Housing")
    sina.taps("main a[href*='/records/']:not([href*='agency'])")
    assert sina.page.title() == "My page"


def says_that_no_way_is_safe(sina):
    for channel in CHANNELS:
        sina.goes(f"/notices/contact/{channel}")
        sina.ticks("use", "unsafe")
        sina.goes_on()
        assert sina.path == "/notices/contact"
    assert sina.page.locator(".tag.late").count() == len(CHANNELS)
    assert sina.page.locator("main .note.plain").count() == (1 if sina.tag == "en" else 2), "only shown here"
    sina.sees_in_english("We will only show it here.")


def leaves_and_nothing_is_left(sina):
    sina.goes("/records")
    sina.page.keyboard.press("Tab")
    sina.page.keyboard.press("Tab")
    sina.page.keyboard.press("Enter")
    sina.page.wait_for_url(sina.site.elsewhere.url)
    assert "portal" not in {cookie["name"] for cookie in sina.page.context.cookies()}
    for _ in range(2):
        sina.page.go_back()
        assert "Example Housing" not in sina.page.content()


def test_j7_whoever_asked_for_it_writes_a_code_before_hard_topics(fresh_site, browser):
    tame = Person.at(fresh_site, browser, "en", False)
    tame.signs_in("tame")
    tame.goes("/account/safety")
    tame.taps("button[value='again-on']")
    long_ago(fresh_site)
    tame.goes("/records")
    tame.sees("Example")
    tame.opens_agency("example-children-agency")
    assert tame.path.startswith("/sign-in/again")
    assert "Hillside" not in tame.page.content()
    tame.leaves()


def long_ago(site):
    """Let every second factor be six minutes old."""
    from datetime import UTC, datetime, timedelta

    from sqlalchemy import update

    from portal.identity.models import SignInSession

    visit, work = SignInSession.__table__, site.core.work()
    then = datetime.now(UTC) - timedelta(minutes=6)
    work.do(lambda inner: inner.session.execute(update(visit).values(factor_at=then)))
    work.session.close()
