"""People who must not be seen: withheld parts said plainly, and leaving at once without a trace on the screen."""

import pytest

from tests.journeys.people import Person, record_ref


@pytest.fixture(params=[False, True], ids=["no script", "script"])
def tame(request, fresh_site, browser):
    someone = Person.at(fresh_site, browser, "en", request.param)
    someone.signs_in("tame")
    yield someone
    someone.leaves()


def opens_a_record_with_a_part_kept(tame):
    ref = record_ref(tame.site, "tame", "example-children-agency", "care_arrangement", "CA-0442-2")
    tame.goes(f"/records/{ref}")
    tame.sees("Hillside")


def test_tame_reads_what_is_kept_from_him_and_why(tame):
    opens_a_record_with_a_part_kept(tame)
    tame.sees("kept from you", "Why, and what you can do", "Decided by:", "How to complain")
    tame.taps("a[href$='#kept']")
    assert tame.page.url.endswith("#kept") and tame.page.locator("#kept").is_visible()


def test_leaving_quickly_ends_the_visit_and_back_shows_nothing(tame):
    opens_a_record_with_a_part_kept(tame)
    cookies = tame.page.context.cookies()
    tame.taps("#leave")
    tame.page.wait_for_url(tame.site.elsewhere.url)
    assert set(tame.site.elsewhere.referrers) == {None}
    nothing_is_left(tame)
    # Even somebody who copied the cookie finds nothing: the session is over on the server.
    tame.page.context.add_cookies(cookies)
    tame.goes("/records")
    assert tame.path.startswith("/sign-in")


def nothing_is_left(tame):
    tame.page.go_back()
    assert "Hillside" not in tame.page.content()
    assert tame.path.startswith("/sign-in") or tame.page.url == "about:blank"


def test_three_presses_of_shift_leave_where_scripts_run(fresh_site, browser):
    tame = Person.at(fresh_site, browser, "en", True)
    tame.signs_in("tame")
    opens_a_record_with_a_part_kept(tame)
    for _ in range(2):
        tame.page.keyboard.press("Shift")
    assert tame.page.locator("h1").is_visible()
    tame.page.keyboard.press("Shift")
    tame.page.wait_for_url(fresh_site.elsewhere.url)
    nothing_is_left(tame)
    tame.leaves()
