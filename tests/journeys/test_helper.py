"""J6: somebody lets her granddaughter see a part, not all; stops it later; and reads what was looked at."""

import pytest

from tests.journeys.people import Person, record_ref

HOUSING = "example-housing"
TICKED = (("tenancy", "EX-T-20417"), ("repair", "RP-31177"), ("repair", "RP-32840"))


@pytest.fixture(params=[("en", False), ("mi", True)], ids=["English, no script", "te reo Māori, script"])
def two(request, fresh_site, browser):
    tag, scripts = request.param
    people = [Person.at(fresh_site, browser, tag, scripts) for _ in range(2)]
    for someone, name in zip(people, ("sina", "ria"), strict=True):
        someone.signs_in(name)
    yield people
    for someone in people:
        someone.leaves()


def tick_of(someone, kind):
    """The tick of a group on the present page, by its type."""
    return someone.page.locator(f"input[name=groups][value$='.{kind}']").first


def adds_a_helper(sina):
    """Steps from the account page to the one-time code, which is given back."""
    sina.goes("/account")
    sina.taps("main a[href$='/delegations']")
    sina.sees_in_english("No one helps you here.")
    sina.taps("a.btn[href$='/delegations/new']")
    sina.fills(name="moko Ria")
    for kind in ("tenancy", "repair"):
        tick_of(sina, kind).check()
    assert sina.page.is_checked("input[name=months][value='3']")
    sina.goes_on()
    sina.sees_in_english("It works once, within 7 days.", "You see it only this time")
    assert "Sina" not in sina.reads() and "Ria" not in sina.reads(), "the printed page names nobody"
    return sina.reads("#code")


def begins(ria, code):
    """Steps of the helper from her own account to the person's pages."""
    ria.goes("/account")
    ria.taps("main a[href$='/delegations/help']")
    ria.fills(code="ABCD EFGH")
    ria.goes_on()
    assert ria.page.locator(".errors").is_visible()
    ria.fills(code=code.lower())
    ria.goes_on()
    assert ria.path == "/records"
    ria.sees("Sina", within=".helping")


def sees_what_was_ticked_alone(ria):
    """Everywhere: the list, the agency, a record; and nothing to ask, fix or share with."""
    slugs = [one["slug"] for one in ria.site.facts["agencies"] if one["name"] in ria.reads()]
    assert slugs == [HOUSING]
    ria.opens_agency(HOUSING)
    refs = {str(link.get_attribute("href"))[-13:] for link in ria.page.locator("main .toc a").all()}
    given = {record_ref(ria.site, "sina", HOUSING, *one) for one in TICKED}
    assert refs == given
    ria.opens_record(record_ref(ria.site, "sina", HOUSING, *TICKED[0]))
    assert ria.page.locator("dl.facts [data-field]").count() > 1
    ria.sees("Sina", within=".helping")
    ways = [one.get_attribute("href") for one in ria.page.locator("main a").all()]
    assert not [way for way in ways if "/corrections" in way or "/bundles" in way or "/note" in way]
    for path in ("/bundles/new", "/corrections", "/account", "/story", "/access-log", "/delegations"):
        assert ria.goes(path).status == 403, path
    mark = record_ref(ria.site, "sina", HOUSING, "home_mark", "HM-0456")
    assert ria.goes(f"/records/{mark}").status == 404


def stops_it(sina):
    """Two taps from the helper's page."""
    sina.goes("/delegations")
    sina.taps("main .toc a")
    sina.taps("a.btn[href$='/stop']")
    sina.taps("#the-form button.stop")
    sina.sees_in_english("You stopped it")


def test_j6_a_grandmother_lets_her_granddaughter_see_a_part_and_stops_it(two):
    sina, ria = two
    begins(ria, adds_a_helper(sina))
    sees_what_was_ticked_alone(ria)
    stops_it(sina)
    assert ria.goes("/records").status == 403
    ria.sees_in_english("You cannot see this any more. Ask the person.")
    assert "Sina" not in ria.reads("body")
    ria.taps("main a[href$='/delegations/back']")
    ria.taps(".helping button")
    assert ria.path == "/account"
    sina.goes("/access-log?agency=others")
    sina.sees("Ria (moko Ria)", "Example Housing")
    assert sina.reads().count("Ria (moko Ria)") >= 3
