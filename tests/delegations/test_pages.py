"""The screens of help: adding, changing and stopping a helper; beginning with a code; what a helper is shown."""

import re
from datetime import timedelta

import pytest

from portal.access_log import queries as access_log
from portal.base import ids
from portal.delegations import queries
from portal.records import queries as records
from tests.delegations import factory
from tests.identity.factory import Browser, bare


@pytest.fixture
def town(clock, store):
    return factory.town(store)


@pytest.fixture
def clock():
    import time_machine

    with time_machine.travel(factory.NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def mere(town, app):
    return carrying(town, app, town.session(town.mere))


@pytest.fixture
def ria(town, app):
    return carrying(town, app, town.session(town.ria))


def carrying(town, app, token):
    browser = Browser(app)
    browser.client.set_cookie("portal", token)
    return browser


def tick(town, agency_id, kind):
    return f"{ids.encode(agency_id)[-4:]}.{kind}"


def ticked(page):
    return set(re.findall(r'<input type="checkbox" name="groups" value="([^"]+)"[^>]* checked', page))


def adds(town, mere, *groups, **answers):
    ticks = [tick(town, *one) for one in groups]
    given = {"name": "moko Ria", "months": "3", "groups": ticks} | answers
    page = mere.send("/en/delegations/new", **given)
    found = re.search(r'id="code" translate="no">([A-Z0-9-]+)<', page.text)
    return found[1] if found else page


def test_a_helper_is_added_begins_looks_and_is_stopped(town, mere, ria):
    assert "No one helps you here." in mere.get("/en/delegations").text
    code = adds(town, mere, (town.homes, "home"))
    assert "Has not begun" in mere.get("/en/delegations").text
    assert ria.send("/en/delegations/help", code=code).location == "/en/records"
    page = ria.get("/en/records").text
    assert "You are helping" in page and "Mere Ngata" in page
    assert "Example Homes" in page and "Example Clinic" not in page
    shown = mere.get("/en/delegations").text
    assert "Helps you" in shown and "Example Homes" in shown and "14 December 2026" in shown
    where = f"/en/delegations/{ids.encode(town.helper().ref)}"
    assert "What they see" not in mere.get(where).text and "Last looked" in mere.get(where).text
    assert "Stop this help?" in mere.get(f"{where}/stop").text
    assert mere.send(f"{where}/stop").location == where
    over = ria.get("/en/records")
    assert over.status_code == 403 and "You cannot see this any more. Ask the person." in over.text
    assert "Mere" not in over.text and "/en/delegations/back" in over.text
    assert ria.send("/en/delegations/back").location == "/en/account"
    assert ria.get("/en/account").status_code == 200


def test_each_page_that_shows_something_is_one_look(town, mere, ria):
    ria.send("/en/delegations/help", code=adds(town, mere, (town.homes, "home"), (town.homes, "visit")))
    own = {(one.agency.id, one.type.key): ids.encode(one.ref) for one in records.listed(town.as_mere())}
    ref = own[town.homes, "home"]
    homes = ids.encode(town.homes)
    pages = ["", "/sector", f"/agency/{homes}", "/sector/6", "/time", f"/{ref}"]
    for number, path in enumerate(pages, start=1):
        assert ria.get(f"/en/records{path}").status_code == 200, path
        found = access_log.looks(town.as_mere(), town.mere.person_id, 50, None)
        assert len(found) == number, path
    assert ria.get("/en/records/search").status_code == 200
    assert ria.send("/en/records/search", words="mere").status_code == 200
    found = access_log.looks(town.as_mere(), town.mere.person_id, 50, None)
    assert len(found) == len(pages) + 1 and {one.who for one in found} == {"Ria Ngata (moko Ria)"}
    assert "Your helper" in mere.get("/en/access-log").text


def test_what_was_not_ticked_is_the_same_404_as_nothing(town, mere, ria):
    ria.send("/en/delegations/help", code=adds(town, mere, (town.homes, "home")))
    own = {(one.agency.id, one.type.key): ids.encode(one.ref) for one in records.listed(town.as_mere())}
    nothing = bare(ria.get("/en/records/aaaaaaaaaaaab"))
    for hidden in ((town.homes, "visit"), (town.homes, "mark"), (town.clinic, "home")):
        page = ria.get(f"/en/records/{own[hidden]}")
        assert page.status_code == 404 and bare(page) == nothing
    clinic = ria.get(f"/en/records/agency/{ids.encode(town.clinic)}")
    assert clinic.status_code == 404 and bare(clinic) == bare(ria.get("/en/records/agency/aaaaaaaaaaaab"))
    assert len(access_log.looks(town.as_mere(), town.mere.person_id, 50, None)) == 0


def test_a_helper_is_shown_values_and_statements_but_nothing_to_do_and_no_note(town, mere, ria):
    from portal.records import service as keeping

    view = next(one for one in records.listed(town.as_mere()) if one.type.key == "home")
    record = records.show(town.as_mere(), view.ref)
    town.as_mere().do(keeping.write_note, view.ref, "people", "Only for me", "en", False)
    agency = record.agency.id
    ria.send("/en/delegations/help", code=adds(town, mere, (agency, "home")))
    page = ria.get(f"/en/records/{ids.encode(view.ref)}").text
    assert "12 Sample Street" in page and "Only for me" not in page
    for way in ("/corrections/", "/bundles/", "/note/", "/change/", "/access-requests/"):
        assert way not in page


def test_nothing_is_lost_when_something_is_missing(town, mere):
    page = adds(town, mere, (town.homes, "home"), name="")
    assert page.status_code == 400 and "Write what you call them." in page.text
    kept = tick(town, town.homes, "home")
    assert ticked(page.text) == {kept}
    page = adds(town, mere)
    assert page.status_code == 400 and "Choose what they may see." in page.text
    assert 'value="moko Ria"' in page.text
    for groups in (["zzzz.home"], ["x"], ["all-9"], ["."]):
        page = mere.send("/en/delegations/new", name="Ria", months="3", groups=groups)
        assert page.status_code == 400 and "Choose what they may see." in page.text
    assert mere.send("/en/delegations/new", name="R", months="99", groups=[kept]).status_code == 400


def test_adding_and_changing_need_a_code_of_the_last_minutes_and_stopping_does_not(town, mere, clock):
    adds(town, mere, (town.homes, "home"))
    clock.shift(timedelta(minutes=6))
    where = f"/en/delegations/{ids.encode(town.helper().ref)}"
    for path in ("/en/delegations/new", f"{where}/change"):
        assert mere.get(path).location.startswith("/en/sign-in/again")
    assert mere.send(where, f"{where}/code").location.startswith("/en/sign-in/again")
    assert mere.send(f"{where}/stop").location == where


def test_stopping_because_it_is_not_safe_looks_the_same_to_the_helper(town, app, mere, ria):
    pages = []
    for how in ({}, {"unsafe": "yes"}):
        code = adds(town, mere, (town.homes, "home"))
        browser = carrying(town, app, town.session(town.ria))
        browser.send("/en/delegations/help", code=code)
        open_now = next(one for one in queries.helpers(town.as_mere()) if one.open)
        where = f"/en/delegations/{ids.encode(open_now.ref)}"
        mere.send(f"{where}/stop", **how)
        assert ("You said you do not feel safe" in mere.get(where).text) is bool(how)
        pages.append([bare(browser.get(path)) for path in ("/en/records", "/en/account", "/en/")])
    assert pages[0] == pages[1]


def test_what_they_see_can_be_changed_and_is_ticked_as_it_stands(town, mere, ria):
    ria.send("/en/delegations/help", code=adds(town, mere, (town.homes, "home")))
    where = f"/en/delegations/{ids.encode(town.helper().ref)}"
    page = mere.get(f"{where}/change").text
    assert ticked(page) == {tick(town, town.homes, "home")}
    given = {"name": "Ria", "months": "12", "groups": [ids.encode(town.clinic)[-4:]]}
    assert mere.send(f"{where}/change", **given).location == where
    shown = ria.get("/en/records").text
    assert "Example Clinic" in shown and "Example Homes" not in shown
    assert {(one.agency_id, one.type_key) for one in town.helper().groups} == {
        (town.clinic, "home"),
        (town.clinic, "visit"),
    }


def test_a_code_that_fails_says_one_sentence_and_tries_are_counted(town, mere, ria):
    code = adds(town, mere, (town.homes, "home"))
    own = mere.send("/en/delegations/help", code=code)
    unknown = ria.send("/en/delegations/help", code="ABCDEFGH")
    sentence = "That code did not work. Check it, or ask the person for a new one."
    assert own.status_code == unknown.status_code == 400
    assert sentence in own.text and sentence in unknown.text
    for _ in range(9):
        ria.send("/en/delegations/help", code="ABCDEFGH")
    assert ria.send("/en/delegations/help", code=code).status_code == 429


def test_a_discreet_helper_has_no_name_on_the_page(town, mere, ria):
    from sqlalchemy import update

    from portal.identity.models import Account

    change = update(Account).where(Account.id == town.ria.id).values(discreet=True)
    town.store.work().do(lambda work: work.session.execute(change) and None)
    ria.send("/en/delegations/help", code=adds(town, mere, (town.homes, "home")))
    page = ria.get("/en/records").text
    assert "You are helping someone" in page and "Mere" not in page
    assert "<title>My page</title>" in page
