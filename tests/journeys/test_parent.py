"""Staff of an agency record a parent's authority; he looks; at midnight his child is 16, and he sees nothing more."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from portal.access_log.rules import start_of
from portal.agencies import queries as catalogue
from portal.agencies import service as agencies
from portal.base.clock import nz_date
from portal.identity import service as identity
from portal.ingest import service as ingest
from tests.journeys.people import DESK, Person, Staff

HOUSING, NUMBER, FATHER = "example-housing", "HA-90001", "Tane Rewi"
FATHER_BORN = date(1984, 3, 2)


@pytest.fixture(params=[("en", False), ("mi", True)], ids=["English, no script", "te reo Māori, script"])
def late(request):
    """Ten minutes before the next midnight in New Zealand."""
    midnight = start_of(nz_date(datetime.now(UTC)) + timedelta(days=1))
    with time_machine.travel(midnight - timedelta(minutes=10)) as clock:
        yield clock, midnight, request.param


@pytest.fixture
def town(late, fresh_site, browser):
    clock, midnight, (tag, scripts) = late
    born = nz_date(midnight).replace(year=nz_date(midnight).year - 16)
    token = make(fresh_site, born)
    priya = Staff.at(fresh_site, browser, tag, scripts, viewport=DESK)
    father = Person.at(fresh_site, browser, tag, scripts)
    father.page.context.add_cookies([{"name": "portal", "value": token["father"], "url": fresh_site.url}])
    child = Person.at(fresh_site, browser, tag, scripts)
    child.page.context.add_cookies([{"name": "portal", "value": token["child"], "url": fresh_site.url}])
    yield priya, father, child, born
    for someone in (priya, father, child):
        someone.leaves()


def make(site, born) -> dict[str, str]:
    """A child with a tenancy on record, whose parents are two, and her father; each signed in."""

    def put(work):
        housing = catalogue.catalogue(work).by_slug(HOUSING).id
        made = {}
        for who, name, day in (("child", "Hana Rewi", born), ("father", FATHER, FATHER_BORN)):
            person_id = identity.add_person(work, name, day)
            number = identity.add_account(work, who, "calm shore and a tide", name, person_id=person_id)
            made[who] = identity.sessions.open_session(work, number, "full", factor_at=work.now)
            if who == "child":
                agencies.link(work, person_id, housing, NUMBER, "in-person")
        body = {"tenancy_number": "EX-1", "address": "4 Hidden Lane", "started_on": "2024-02-01"}
        body |= {"tenants": ["Mere Kingi, 4 Hidden Lane"], "weekly_rent": "120.00"}
        work.session.flush()
        assert ingest.take(work, housing, NUMBER, [ingest.Incoming("tenancy", "EX-1", body)]).records == 1
        return made

    work = site.core.work()
    try:
        return work.do(put)
    finally:
        work.session.close()


def day(someone, name, on) -> None:
    """Write a date into its three boxes."""
    for part in ("day", "month", "year"):
        someone.page.fill(f"#the-form [name='{name}-{part}']", str(getattr(on, part)))


def records_it(priya, born) -> str:
    """Steps from the worklist to the code; a first try lacks what was seen, and keeps all that was typed."""
    priya.signs_in("priya")
    priya.goes("/casework")
    priya.taps("main a[href$='/delegations/authorities']")
    priya.taps("a.btn[href$='/authorities/new']")
    priya.fills(client_ref=NUMBER, name=FATHER, form="Birth certificate")
    day(priya, "born", born)
    day(priya, "holder_born", FATHER_BORN)
    priya.ticks("kind", "parent")
    priya.ticks("types", "tenancy")
    priya.goes_on()
    assert priya.page.locator(".errors").is_visible()
    assert priya.page.input_value("[name=name]") == FATHER and priya.page.is_checked("[value=tenancy]")
    priya.fills(saw="The certificate on paper, and his driver licence.")
    priya.goes_on()
    priya.sees_in_english("It works once, within 7 days.")
    return priya.reads("#code")


def test_t28_a_parent_sees_what_was_recorded_until_the_child_is_16(town, late):
    priya, father, child, born = town
    code = records_it(priya, born)
    father.goes("/delegations/help")
    father.fills(code=code)
    father.goes_on()
    assert father.path == "/records"
    father.sees("Hana Rewi", within=".helping")
    father.opens_agency(HOUSING)
    father.taps("main .toc a")
    assert "Hidden Lane" not in father.page.content()
    child.goes("/account")
    child.taps("main a[href$='/delegations/acting']")
    child.sees(FATHER)
    child.taps("main .toc a")
    child.sees("Priya", "The certificate on paper")
    child.goes("/access-log?agency=others")
    child.sees(FATHER)
    clock, midnight, _ = late
    clock.move_to(midnight + timedelta(seconds=1))
    assert father.goes("/records").status == 403
    father.sees_in_english("You cannot see this any more. Ask the person.")
    assert "Hana" not in father.reads("body")
    father.taps("main a[href$='/delegations/back']")
    father.taps(".helping button")
    assert father.path == "/account"
    assert child.goes("/records").status == 200, "the child's own rights are her own"
