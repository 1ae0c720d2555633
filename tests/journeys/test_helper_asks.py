"""J6, further: the granddaughter may ask too; the grandmother is told, and later quietly lets agencies be careful."""

import os

import pytest

from tests.journeys.people import Person, record_ref
from tests.journeys.test_helper import HOUSING, TICKED, begins, tick_of


@pytest.fixture(params=[("en", False), ("mi", True)], ids=["English, no script", "te reo Māori, script"])
def two(request, fresh_site, browser):
    tag, scripts = request.param
    people = [Person.at(fresh_site, browser, tag, scripts) for _ in range(2)]
    for someone, name in zip(people, ("sina", "ria"), strict=True):
        someone.signs_in(name)
    yield people
    for someone in people:
        someone.leaves()


def pictured(someone, name):
    """Keep a picture of the page where somebody wants to look at it."""
    if folder := os.environ.get("J6_PICTURES"):
        someone.page.screenshot(path=f"{folder}/{someone.tag}-{name}.png", full_page=True)


def lets_ask(sina):
    """A helper who can look and ask; gives the one-time code."""
    sina.goes("/delegations/new")
    sina.fills(name="moko Ria")
    for kind in ("tenancy", "repair"):
        tick_of(sina, kind).check()
    assert sina.page.is_checked("input[name=level][value=look]"), "to look only is the usual"
    sina.ticks("level", "ask")
    pictured(sina, "new")
    sina.goes_on()
    return sina.reads("#code")


def asks_for_a_fix(ria):
    """From the record to the list of what she asked for."""
    ria.opens_agency(HOUSING)
    ria.opens_record(record_ref(ria.site, "sina", HOUSING, *TICKED[0]))
    pictured(ria, "record")
    ria.taps("main a[href*='/corrections/new/']")
    ria.goes_on()
    ria.page.locator("input[name=fields]").first.check()
    pictured(ria, "fields")
    ria.goes_on()
    ria.ticks("wish", "unknown")
    ria.goes_on()
    ria.fills(reason="We moved in May.")
    ria.goes_on()
    assert ria.path.split("/")[-1] == "reply", "she adds no photo or file"
    assert ria.page.locator("input[name=by]").count() == 0
    ria.goes_on()
    pictured(ria, "check")
    ria.goes_on()
    assert ria.path == "/delegations/asked"
    ria.sees("Example Housing")
    ria.sees_in_english("No answer yet", "The answer goes to them alone.")
    pictured(ria, "asked")


def reads_that_it_was_made(sina):
    """Her messages lead to the request, which says who made it; she may take it back."""
    sina.goes("/notices")
    pictured(sina, "notices")
    sina.sees_in_english("Your helper asked Example Housing Agency to fix something for you.")
    # The newest are two: the agency has it, and the helper asked.
    sina.taps("main ol.days a[href*='/corrections/']")
    sina.sees("moko Ria")
    sina.sees_in_english("Made by Ria (moko Ria) for you.")
    pictured(sina, "request")
    assert sina.page.locator("a[href$='/withdraw']").count() == 1


def lets_agencies_be_careful(sina):
    """From the foot of any page, in three taps; what she sees of it afterwards needs a code."""
    sina.goes("/records")
    sina.taps("footer a[href$='/guide/safe']")
    sina.taps("main a[href$='/delegations/safe']")
    sina.ticks("what", "careful")
    pictured(sina, "safe")
    sina.goes_on()
    pictured(sina, "saved")
    sina.sees_in_english("Nothing changes for them. Agencies talk with you alone first.")
    sina.goes("/delegations/care")
    sina.sees("moko Ria")
    pictured(sina, "care")
    sina.goes("/delegations")
    sina.taps("main .toc a")
    pictured(sina, "helper")
    sina.taps("main a[href$='/longer']")
    pictured(sina, "longer")


def test_j6_a_granddaughter_asks_for_her_and_sees_no_change_when_agencies_become_careful(two):
    sina, ria = two
    begins(ria, lets_ask(sina))
    asks_for_a_fix(ria)
    for path in ("/corrections", "/access-requests", "/notices", "/bundles/new"):
        assert ria.goes(path).status == 403, path
    reads_that_it_was_made(sina)
    ria.goes("/delegations/asked")
    before = ria.page.locator("main").inner_html()
    lets_agencies_be_careful(sina)
    ria.goes("/delegations/asked")
    assert ria.page.locator("main").inner_html() == before
    ria.goes("/records")
    assert ria.page.locator("main .toc a").count() == 1
