"""T28: a guardian keeps seeing; parents who live apart, one of whom must not learn where the other lives."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from portal.access_log import queries as access_log
from portal.base import ids
from portal.base.problems import NotThere
from portal.delegations import queries, service
from portal.identity.permissions import Actor
from portal.records import queries as records
from portal.records import service as record_service
from portal.records.rules import tells_where
from tests.delegations import authority_town
from tests.delegations.authority_town import MOTHER_BORN, NOW
from tests.identity.factory import Browser, bare
from tests.records.factory import receive

HERS, HIS = "4 Zqhidden Lane", "He rang Zqfather times"
WAYS = (
    *("/en/records", "/en/records/time", "/en/records/sector", "/en/delegations/help"),
    *(f"/en/records/sector/{no}" for no in range(1, 7)),
)


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def town(clock, store):
    """One record of the child names both parents: where her mother lives, and what her father did."""
    made = authority_town.town(store)
    child = Actor("account", made.child.id, made.child.person_id)
    body = {"name": "Hana", "address": HERS, "people": 2, "note": f"Mum, {HERS}", "tip": HIS}
    why = {"third_party": ["note", "tip"]}
    receive(store, child, made.school, body, now=NOW, source_id="H-2", why=why)
    return made


def carrying(app, token):
    browser = Browser(app)
    browser.client.set_cookie("portal", token)
    return browser


def both(town):
    """The record that names both, as the child reads it."""
    return next(one for one in records.all_shareable(town.as_child()) if one.body.get("address") == HERS)


def bytes_of(app, token, view) -> str:
    """All that a session can get hold of: each page, the record, its agency, and searches for what it may not see."""
    browser, found = carrying(app, token), []
    agency = f"/en/records/agency/{ids.encode(view.agency.id)}"
    for path in (*WAYS, agency, f"/en/records/{ids.encode(view.ref)}"):
        found.append(browser.get(path).get_data(as_text=True))
    # Searches fold case: what comes back in capitals was found, and not only repeated.
    for word in ("zqhidden", "zqfather", "lane"):
        page = browser.get("/en/records/search")
        answer = browser.send("/en/records/search", q=word) if page.status_code == 200 else page
        found.append(answer.get_data(as_text=True).replace(f'value="{word}"', ""))
    return "\n".join(found)


def test_t28_where_one_parent_lives_is_in_no_byte_that_the_other_gets(town, app):
    token, view = town.acts(), both(town)
    shown = bytes_of(app, token, view)
    assert "Hana Ngata" in shown and "Your home" in shown, "he does see something"
    assert "Zqhidden" not in shown
    assert "Zqfather" not in shown, "nor what was said of him, before staff say that it is about him alone"


def test_t28_each_parent_reads_what_is_about_them_and_not_what_is_about_the_other(town, app):
    his, view = town.acts(), both(town)
    father = town.authority()
    hers = town.acts(town.mother, NOW + timedelta(seconds=1), name="Mere Kingi", holder_born=MOTHER_BORN)
    mother = town.authority()
    seen = {view.id}
    town.as_pat().do(record_service.say_about, town.child.person_id, father.id, {(view.id, "tip")}, seen)
    town.as_pat().do(record_service.say_about, town.child.person_id, mother.id, {(view.id, "note")}, seen)
    to_him, to_her = bytes_of(app, his, view), bytes_of(app, hers, view)
    assert "Zqfather" in to_him and "Zqhidden" not in to_him
    assert "Zqfather" not in to_her and f"Mum, {HERS}" in to_her
    assert to_her.count(HERS) == to_her.count(f"Mum, {HERS}"), "an address of its own field is for no parent"
    town.as_pat().do(record_service.say_about, town.child.person_id, father.id, set(), seen)
    assert "Zqfather" not in bytes_of(app, his, view)


def test_t28_nobody_but_the_agency_that_holds_it_says_whom_a_passage_is_about(town):
    town.acts()
    one, view = town.authority(), both(town)
    for desk, seen in (
        (town.as_pat(agency=town.clinic), {view.id}),
        (town.as_pat(), {1}),
        (town.as_child(), {view.id}),
    ):
        with pytest.raises(NotThere):
            desk.do(record_service.say_about, town.child.person_id, one.id, {(view.id, "tip")}, seen)


@pytest.mark.parametrize(
    ("key", "tells"),
    [
        ("address", True),
        ("home_address", True),
        ("emergency_contact", True),
        ("phone", True),
        ("household", True),
    ]
    + [("name", False), ("attendance", False), ("contactless", False), ("review_on", False)],
)
def test_t28_what_tells_where_somebody_lives_is_known_by_its_key(key, tells):
    assert tells_where(key) is tells


def test_t28_every_end_is_the_same_page_and_names_nobody(town, app, clock):
    pages = []
    for end in ("16", "order", "staff"):
        code = town.records(town.store.work().now)
        token = town.session(town.father, town.store.work().now)
        assert town.as_one(token, town.store.work().now).do(service.begin_to_help, code) == "taken"
        browser = carrying(app, token)
        assert browser.get("/en/records").status_code == 200
        if end == "16":
            _, until = town.authority(), town.authority().until
            for grant in queries.grants_of(town.store.work(), town.child.person_id, town.authority().id):
                town.store.work().do(_over, grant, town.store.work().now)
            assert until > NOW
        elif end == "order":
            ref = town.order(town.store.work().now)
        else:
            town.as_pat(town.store.work().now).do(service.end_authority, town.authority().ref, "It ended.")
        found = [browser.get(path) for path in ("/en/records", "/en/account", "/en/records/time")]
        assert {one.status_code for one in found} == {403}
        pages.append([bare(one) for one in found])
        if end == "order":
            town.as_pat(town.store.work().now).do(service.lift_order, ids.decode(ref), "It ended.")
        clock.shift(timedelta(seconds=5))
    assert pages[0] == pages[1] == pages[2]
    assert "You cannot see this any more. Ask the person." in pages[0][0]
    assert "Hana" not in "".join(pages[0])


def test_t28_a_session_that_was_open_at_midnight_ends_with_the_childhood(store):
    """The clock alone ends it: no job has to run."""
    born = authority_town.date(2010, 9, 27)
    town = authority_town.town(store, born)
    sixteen = datetime(2026, 9, 26, 12, tzinfo=UTC)
    town.acts()
    token = town.again(town.father, sixteen - timedelta(minutes=3))
    work = town.as_one(token, sixteen - timedelta(seconds=1))
    assert records.listed(work)
    with pytest.raises(NotThere):
        records.listed(town.as_one(token, sixteen))
    assert queries.helped(town.as_one(town.session(town.father, sixteen), sixteen)) == []


def test_t28_a_child_keeps_every_right_whatever_a_parents_authority_is(town, app):
    town.acts()
    child = carrying(app, town.session(town.child))
    for path in ("/en/records", "/en/corrections", "/en/access-log", "/en/delegations", "/en/story"):
        assert child.get(path).status_code == 200, path
    assert HERS in child.get(f"/en/records/{ids.encode(both(town).ref)}").text


def test_t28_each_page_that_a_parent_opens_is_in_the_childs_log_by_name(town, app):
    parent = carrying(app, town.acts())
    for path in ("/en/records", "/en/records/time", "/en/bundles", "/en/records/aaaaaaaaaaaab"):
        parent.get(path)
    looks = access_log.looks(town.as_child(), town.child.person_id, 9, None)
    assert [(one.who, one.role) for one in looks] == [("Tane Ngata", "acting")] * 2


def _over(work, grant, now):
    work.session.merge(grant).until = now
