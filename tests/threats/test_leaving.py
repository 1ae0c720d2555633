"""T05: after leaving, whoever takes the phone finds no word of the record: in Chromium, with and without script."""

import pytest

from tests.journeys.people import Person, record_ref

CANARY = "Hillside"


@pytest.fixture(params=[False, True], ids=["no script", "script"])
def tame(request, fresh_site, browser):
    someone = Person.at(fresh_site, browser, "en", request.param)
    someone.signs_in("tame")
    yield someone
    someone.leaves()


def reads_a_hard_record(tame):
    """Go the way a person goes, so that there is a history: list, agency, record."""
    tame.goes("/records")
    tame.opens_agency("example-children-agency")
    tame.opens_record(
        record_ref(tame.site, "tame", "example-children-agency", "care_arrangement", "CA-0442-2")
    )
    tame.sees(CANARY)


def goes_back_three_times(tame):
    """Press Back three times, and look at what the phone shows each time."""
    for _ in range(3):
        tame.page.go_back()
        tame.page.wait_for_load_state()
        assert CANARY not in tame.page.content()
        assert tame.page.url == "about:blank" or tame.path.startswith("/sign-in"), tame.page.url


def test_t05_back_after_leaving_shows_no_word_of_the_record(tame):
    reads_a_hard_record(tame)
    cookies = tame.page.context.cookies()
    tame.taps("#leave")
    tame.page.wait_for_url(tame.site.elsewhere.url)
    assert "portal" not in {cookie["name"] for cookie in tame.page.context.cookies()}
    goes_back_three_times(tame)
    tame.page.context.add_cookies(cookies)
    tame.goes("/records")
    assert tame.path.startswith("/sign-in"), "a replayed cookie is signed in"


def test_t05_back_after_signing_out_shows_no_word_of_the_record(tame):
    reads_a_hard_record(tame)
    tame.taps(".bar a[href='#menu']")
    tame.taps("#out button")
    tame.page.wait_for_url(lambda url: url.endswith("/en/"))
    for _ in range(4):
        tame.page.go_back()
        tame.page.wait_for_load_state()
        assert CANARY not in tame.page.content()


def test_t05_leaving_is_the_second_stop_of_the_tab_key_on_every_page_and_on_errors(tame):
    for path in ("/records", "/nowhere", "/records/aaaaaaaaaaaaa", "/guide/safe"):
        tame.goes(path)
        tame.page.keyboard.press("Tab")
        tame.page.keyboard.press("Tab")
        assert tame.page.evaluate("document.activeElement.getAttribute('href')") == "/en/leave"
        box = tame.page.evaluate("document.activeElement.getBoundingClientRect().toJSON()")
        assert box["top"] >= 0 and box["height"] >= 24, "the focused link cannot be seen"
    tame.page.keyboard.press("Enter")
    tame.page.wait_for_url(tame.site.elsewhere.url)


def test_t05_the_page_is_gone_and_the_visit_over_while_the_next_page_does_not_come(fresh_site, browser):
    tame = Person.at(fresh_site, browser, "en", True)
    tame.signs_in("tame")
    reads_a_hard_record(tame)
    cookies = tame.page.context.cookies()
    # The way out never reaches the server, as on a line that broke; the message that somebody leaves does.
    tame.page.route("**/leave", lambda route: route.fulfill(status=204))
    with tame.page.expect_request(lambda request: request.url.endswith("/sign-out")):
        tame.taps("#leave")
    assert not tame.page.locator("h1").is_visible() and tame.page.title() == ""
    other = Person.at(fresh_site, browser, "en", True)
    other.page.context.add_cookies(cookies)
    # The message is on its way; each look at a page takes longer than it needs.
    assert any(other.goes("/records").url.partition("?")[0].endswith("/sign-in") for _ in range(20))
    tame.leaves()
    other.leaves()


def test_t05_leaving_works_from_a_half_signed_in_page(fresh_site, browser):
    tame = Person.at(fresh_site, browser, "en", False)
    account = fresh_site.facts["accounts"]["tame"]
    tame.goes("/sign-in")
    tame.fills(username=account["username"], password=account["password"])
    tame.goes_on()
    tame.taps("#leave")
    tame.page.wait_for_url(fresh_site.elsewhere.url)
    tame.goes("/sign-in/code")
    assert tame.path == "/sign-in"
    assert set(fresh_site.elsewhere.referrers) == {None}
    tame.leaves()


def test_three_presses_of_shift_leave_and_two_do_not(fresh_site, browser):
    tame = Person.at(fresh_site, browser, "en", True)
    tame.signs_in("tame")
    tame.page.clock.install()
    reads_a_hard_record(tame)
    for _ in range(2):
        tame.page.keyboard.press("Shift")
    tame.page.clock.fast_forward(6_000)
    tame.page.keyboard.press("Shift")
    tame.page.clock.fast_forward(1_000)
    assert tame.page.locator("h1").is_visible(), "two presses and a later one are no wish to leave"
    tame.page.keyboard.press("Shift")
    tame.page.keyboard.press("A")
    tame.page.keyboard.press("Shift")
    assert tame.page.locator("h1").is_visible(), "whoever writes capitals is not thrown out"
    for _ in range(2):
        tame.page.keyboard.press("Shift")
    tame.page.wait_for_url(fresh_site.elsewhere.url)
    tame.leaves()
