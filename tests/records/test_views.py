"""The pages of what agencies hold, as the person reads them."""

from datetime import UTC, date, datetime

import pytest

from portal.agencies import service as agencies
from portal.base.ids import encode
from portal.identity.permissions import Actor
from portal.language.rules import LANGUAGES
from portal.records import queries, service
from tests.agencies.factory import browser
from tests.records import factory
from tests.records.factory import BODY, LATER, change, counted, receive, record_id

FULL = {**BODY, "note": "Seems tired.", "tip": "He lives there.", "review_on": "2019-02-20"}


@pytest.fixture
def sina(sqlite_store, sqlite_app):
    """A signed-in person, the actor that they are, and one agency that is linked to them."""
    client, person_id = browser(sqlite_store, sqlite_app)
    who = Actor(kind="account", account_id=1, person_id=person_id)
    agency_id = factory.agency(sqlite_store)
    change(sqlite_store, agencies.link, person_id, agency_id, "C-1", "in-person")
    return client, who, agency_id


def ref_of(store, who, agency_id, **more):
    found = queries.for_record_ids(store.work(), who.person_id, [record_id(store, who, agency_id, **more)])
    return encode(found[0].ref)


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.text


def test_the_first_page_greets_by_name_and_tells_the_states_apart(sqlite_store, sina):
    client, who, agency_id = sina
    factory.agency(sqlite_store, "example-other", name="Example Other")
    text = page(client, "/en/records")
    assert "Kia ora" in text and "Sina Faʻasili" in text
    assert "They have not sent anything yet." in text
    assert text.index("Not linked yet") < text.index("Example Other")
    receive(sqlite_store, who, agency_id, BODY)
    assert "What changed" in page(client, "/en/records")


def test_an_agency_that_does_not_answer_says_so_and_dates_the_copy(sqlite_store, sina):
    client, who, agency_id = sina
    receive(sqlite_store, who, agency_id, BODY)
    change(sqlite_store, agencies.note_fed, who.person_id, agency_id)
    change(sqlite_store, agencies.set_reachable, agency_id, datetime(2026, 11, 23, tzinfo=UTC))
    text = page(client, "/en/records")
    assert "We cannot reach them now" in text
    assert "This is our copy from 24 November 2026." in text


def test_a_record_says_of_each_value_what_kind_of_thing_it_is(sqlite_store, sina):
    client, who, agency_id = sina
    receive(sqlite_store, who, agency_id, FULL, recorded_on=date(2018, 2, 20))
    text = page(client, f"/en/records/{ref_of(sqlite_store, who, agency_id)}")
    assert "This is an opinion." in text
    assert "Someone said this. It may not have been checked." in text
    assert "That day has passed." in text and "20 February 2019" in text
    assert "You have some choice about this." in text
    assert "They have not published how long. Ask them." in text
    # What the agency lets the person change themselves has "Change" in its place: one link beside each value.
    assert text.count(">Fix<") + text.count(">Change<") == len(FULL) and text.count(">Change<") == 1


def test_a_statement_is_read_with_its_value_and_carries_its_language(sqlite_store, sina):
    client, who, agency_id = sina
    receive(sqlite_store, who, agency_id, BODY)
    target = (who.person_id, record_id(sqlite_store, who, agency_id))
    change(sqlite_store, service.attach_statement, *target, "people", "Ua sese.", "sm", 7)
    text = page(client, f"/en/records/{ref_of(sqlite_store, who, agency_id)}")
    said = text.index('<p lang="sm">Ua sese.</p>')
    assert text.index("People in your home") < said < text.index("Lives alone")
    assert "Your words, 24 November 2026. Always shown with this." in text


def test_a_value_that_is_being_looked_at_leads_to_its_request(sqlite_store, sina):
    client, who, agency_id = sina
    receive(sqlite_store, who, agency_id, BODY)
    target = (who.person_id, record_id(sqlite_store, who, agency_id))
    change(sqlite_store, service.begin_review, *target, ["people"], 77)
    text = page(client, f"/en/records/{ref_of(sqlite_store, who, agency_id)}")
    assert "They are looking at this" in text
    assert f"/en/corrections/{encode(77)}" in text
    assert "Agencies are looking at 1 thing you asked to fix." in page(client, "/en/records")


def test_what_is_kept_names_the_ground_who_decided_and_what_to_do(sqlite_store, sina):
    client, who, agency_id = sina
    receive(sqlite_store, who, agency_id, BODY)
    details = {"lines": 2, "ground": "53-b", "plain": "It is about him.", "decided_by": "Privacy officer"}
    details |= {"decided_on": "2026-03-18", "told": True, "on_file": "balancing note"}
    target = (who.person_id, record_id(sqlite_store, who, agency_id))
    change(sqlite_store, service.withhold, *target, "note", details)
    text = page(client, f"/en/records/{ref_of(sqlite_store, who, agency_id)}")
    for words in ("2 lines", "It is about him.", "section 53(b)", "18 March 2026", "Both are free."):
        assert words in text
    assert "balancing note" not in text
    assert f'href="/en/access-requests/new?agency={encode(agency_id)}"' in text


def test_what_may_be_hard_to_read_is_announced_and_safety_stays_shut(sqlite_store, sina):
    client, who, agency_id = sina
    receive(sqlite_store, who, agency_id, BODY, kind="visit")
    receive(sqlite_store, who, agency_id, BODY, kind="mark")
    visit = page(client, f"/en/records/{ref_of(sqlite_store, who, agency_id, kind='visit')}")
    mark = page(client, f"/en/records/{ref_of(sqlite_store, who, agency_id, kind='mark')}")
    assert "Some of this may be hard to read." in visit and "Show it" not in visit
    assert mark.index("Show it") < mark.index(BODY["address"])
    agency = page(client, f"/en/records/agency/{encode(agency_id)}")
    assert agency.index("These may be hard to read") < agency.index("Your visit")


def test_a_record_leads_to_asking_for_a_fix_and_to_sharing_it(sqlite_store, sina):
    client, who, agency_id = sina
    receive(sqlite_store, who, agency_id, BODY)
    ref = ref_of(sqlite_store, who, agency_id)
    text = page(client, f"/en/records/{ref}")
    for address in (f"/en/corrections/new/{ref}?line=3", f"/en/bundles/new?record={ref}"):
        assert address in text
        assert page(client, address)


def test_older_versions_say_what_changed_and_who_changed_it(sqlite_store, sina):
    client, who, agency_id = sina
    receive(sqlite_store, who, agency_id, BODY)
    receive(sqlite_store, who, agency_id, {**BODY, "people": 4}, changed_by="system", now=LATER)
    target = (who.person_id, record_id(sqlite_store, who, agency_id))
    change(sqlite_store, service.correct, *target, {"people": 5}, {"reason": "You showed papers."})
    text = page(client, f"/en/records/{ref_of(sqlite_store, who, agency_id)}")
    for words in ("Their system changed this by itself", "Fixed, as you asked", "First written down"):
        assert words in text
    assert "You showed papers." in text


@pytest.mark.parametrize("address", ["/en/records/{}", "/en/records/agency/{}"])
def test_another_persons_record_and_none_are_the_same_page(sqlite_store, sina, address):
    client, _who, agency_id = sina
    stranger = factory.person(sqlite_store)
    receive(sqlite_store, stranger, agency_id, BODY)
    theirs = client.get(f"/en/records/{ref_of(sqlite_store, stranger, agency_id)}")
    nothing = client.get(address.format(encode(12345)))
    assert (theirs.status_code, nothing.status_code) == (404, 404)
    assert theirs.data == nothing.data


@pytest.mark.parametrize("tag", LANGUAGES)
def test_the_pages_are_there_in_each_language_and_hold_the_same_values(sqlite_store, sina, tag):
    client, who, agency_id = sina
    receive(sqlite_store, who, agency_id, FULL)
    for address in ("", f"/agency/{encode(agency_id)}"):
        assert "Example Homes" in page(client, f"/{tag}/records{address}")
    record = page(client, f"/{tag}/records/{ref_of(sqlite_store, who, agency_id)}")
    assert BODY["address"] in record
    assert ("Tuatusi" in record) == (tag == "sm")


def test_a_visitor_is_asked_to_sign_in(sqlite_app):
    answer = sqlite_app.test_client().get("/en/records")
    assert answer.status_code == 303 and "/sign-in" in answer.location


def test_a_page_asks_the_store_four_things_beside_the_session(sqlite_store, sqlite_app, sina):
    client, who, agency_id = sina
    receive(sqlite_store, who, agency_id, BODY)
    record = f"/en/records/{ref_of(sqlite_store, who, agency_id)}"
    for address in ("/en/records", f"/en/records/agency/{encode(agency_id)}", record):
        page(client, address)
        with counted(sqlite_app.extensions["portal"].engine) as asked:
            page(client, address)
        assert len([one for one in asked if one.lower().startswith("select")]) <= 5, address
