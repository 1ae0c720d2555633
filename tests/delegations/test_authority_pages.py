"""The screens of authority: the desk records, checks again and ends; the person objects and stops; a death, by two."""

from datetime import date

import pytest
import time_machine
from sqlalchemy import select

from portal.base import ids
from portal.delegations.models import Hold
from portal.identity import service as identity
from tests.delegations import authority_town
from tests.delegations.authority_town import NOW
from tests.identity import factory
from tests.identity.factory import Browser, bare

WRITTEN = {"kind": "written", "until_on": date(2027, 1, 1)}


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def town(clock, sqlite_store):
    return authority_town.town(sqlite_store)


def carrying(app, token):
    browser = Browser(app)
    browser.client.set_cookie("portal", token)
    return browser


def at_desk(town, app, known):
    """A browser of a worker of the school."""
    town.store.work().do(identity.add_membership, known.id, town.school, "caseworker")
    opened = identity.sessions.open_session
    given = {"factor_at": NOW, "agency_id": town.school}
    return carrying(app, town.store.work(now=NOW).do(lambda work: opened(work, known.id, "full", **given)))


def day(name, on):
    return {f"{name}-day": str(on.day), f"{name}-month": str(on.month), f"{name}-year": str(on.year)}


def test_what_is_typed_stays_when_something_is_wrong_and_the_sentence_says_what_to_do(town, sqlite_app):
    desk = at_desk(town, sqlite_app, town.pat)
    answers = {"client_ref": "C-1", "kind": "parent", "name": "Tane Ngata", "form": "Birth certificate"}
    answers |= {"saw": "Seen on paper.", "types": ["home"], **day("born", town.born)}
    answers |= {**day("holder_born", date(1984, 3, 2)), **day("from_on", date(2026, 9, 1))}
    page = desk.send("/en/delegations/authorities/new", **answers)
    assert page.status_code == 400
    assert "Nobody linked here has this number and birth date. Check both." in page.text
    assert 'value="Tane Ngata"' in page.text and "Seen on paper." in page.text and 'value="2012"' in page.text
    page = desk.send("/en/delegations/authorities/new", **answers | {"client_ref": town.number})
    assert page.status_code == 200 and "A code to act for someone" in page.text and "Tane" not in page.text


def test_the_person_objects_and_staff_find_the_words_and_end_it(town, sqlite_app):
    town.acts()
    where = f"/en/delegations/acting/{ids.encode(town.authority().ref)}"
    child, desk = carrying(sqlite_app, town.session(town.child)), at_desk(town, sqlite_app, town.pat)
    assert "Stop" not in child.get(where).text.split("<main")[1].split("</main")[0]
    assert child.send(where, words="He does not live with us.").location == where
    assert "You said that this is wrong." in child.get(where).text
    row = desk.get("/en/casework")
    assert "they should not act for me" in row.text
    end = f"/en/delegations/authorities/{ids.encode(town.authority().ref)}/end"
    assert desk.send(end).status_code == 400
    assert desk.send(end, words="The child was asked.").location == end.removesuffix("/end")
    assert "Why it ended" in child.get(where).text and "The child was asked." in child.get(where).text


def test_a_written_authority_is_stopped_by_who_gave_it_in_two_taps(town, sqlite_app):
    town.acts(**WRITTEN)
    where = f"/en/delegations/acting/{ids.encode(town.authority().ref)}"
    child = carrying(sqlite_app, town.session(town.child))
    assert f'href="{where}/stop"' in child.get(where).text
    assert child.send(f"{where}/stop").location == where
    assert town.authority().state == "ended"
    assert child.get(f"{where}/stop").location == where


def test_who_does_not_feel_safe_with_a_parent_is_talked_with_alone_and_the_parent_sees_no_change(
    town, sqlite_app
):
    parent = carrying(sqlite_app, town.acts())
    child = carrying(sqlite_app, town.session(town.child))
    before = bare(parent.get("/en/records"))
    assert "Tane Ngata" in child.get("/en/delegations/safe").text
    refused = child.send("/en/delegations/safe", what="end")
    assert refused.status_code == 400 and "Only the agency can end this." in refused.text
    assert child.send("/en/delegations/safe", what="careful").status_code == 200
    assert town.authority().state == "live" and bare(parent.get("/en/records")) == before
    held = town.store.work().session.execute(select(Hold.helper_id, Hold.agency_id)).all()
    assert held == [(town.authority().id, town.school)]
    assert "Tane Ngata" in child.get("/en/delegations/care").text


def test_who_does_not_feel_safe_ends_what_they_gave_in_writing_by_the_same_page(town, sqlite_app):
    town.acts(**WRITTEN)
    child = carrying(sqlite_app, town.session(town.child))
    assert child.send("/en/delegations/safe", what="end").status_code == 200
    assert town.authority().state == "ended"


def test_a_death_is_written_by_one_agreed_by_another_and_undone_by_two(town, sqlite_app):
    desk = at_desk(town, sqlite_app, town.pat)
    other = at_desk(town, sqlite_app, factory.account(town.store, "jo", "Jo Desk", person=False))
    child = carrying(sqlite_app, town.session(town.child))
    answers = {"client_ref": town.number, "saw": "Certificate.", **day("born", town.born)}
    where = desk.send("/en/casework/deaths/new", **answers, **day("died_on", date(2026, 9, 10))).location
    assert "Someone else has to agree." in desk.get(where).text
    assert child.get("/en/records").status_code == 200
    assert other.send(where, say="yes", words="I rang the registry.").location == where
    assert "Stopped: sign-in, shares, helpers and messages." in other.get(where).text
    assert child.get("/en/records").status_code == 303
    assert other.send(where, words="She stands here.").location == where
    assert desk.send(where, say="yes", words="I see her too.").location == where
    assert "It was a mistake. They can sign in again." in desk.get(where).text
    again = carrying(sqlite_app, town.session(town.child))
    assert "wrote by mistake that you had died" in again.get("/en/notices").text
