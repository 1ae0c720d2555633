"""Who reaches the desk: its own agency's staff; a steward looks on; for all others there is nothing there."""

import pytest

from portal.base import ids
from portal.identity.permissions import Permission
from tests.casework import factory
from tests.casework.factory import answer, case, held_back
from tests.corrections.factory import browser, plain

ACTS = ("/take", "/decide", "/done")


@pytest.fixture
def asked(town):
    """A request that is open."""
    return town.sent({"address": "14 Sample Street"})


@pytest.fixture
def stranger(town, sqlite_app):
    """The browser of an adviser of another agency."""
    _actor, other = town.other_agency()
    return factory.sign_in(town, sqlite_app, "tavita", agency_id=other)


def test_another_agencys_request_and_no_request_answer_alike_byte_for_byte(town, desk, stranger, asked):
    there, nowhere = stranger.get(case(asked)), stranger.get(case(ids.random63()))
    assert (there.status_code, nowhere.status_code) == (404, 404)
    assert there.data == nowhere.data
    assert stranger.get(case(held_back(town, "ingest_held"))).data == nowhere.data
    assert stranger.get("/en/casework/not-an-id").data == nowhere.data
    assert desk.get(case(asked)).status_code == 200
    assert ids.encode(asked).encode() not in there.data and b"the-form" not in there.data


@pytest.mark.parametrize("act", ACTS)
def test_no_act_reaches_into_another_agency(town, stranger, asked, act):
    mine = held_back(town, "ingest_held", stranger.agency_id)
    hidden = stranger.hidden(case(mine), case(mine, "/done"))
    for ref in (asked, ids.random63(), held_back(town, "ingest_held")):
        answered = stranger.press(None, case(ref, act), answer(1, "accept"), hidden | {"version": "1"})
        assert answered.status_code == 404, act
    assert town.shown(asked).state == "received" and town.held("address") == "12 Sample Street"


def test_a_steward_sees_the_desk_but_decides_nothing_and_is_told_why(town, sqlite_app, asked):
    steward = factory.sign_in(town, sqlite_app, "lani", role="steward")
    assert "1 open" in steward.page("/en/casework")
    page = steward.text(case(asked))
    assert "Sample Street" in page and "Goes:" in page and "Comes:" in page
    hidden = {"csrf_token": page.split('name="csrf_token" value="')[1].split('"')[0], "nonce": "one"}
    for act in (
        case(asked, "/take"),
        case(asked, "/decide"),
        "/en/casework/next",
        case(held_back(town, "ingest_held"), "/done"),
    ):
        refused = steward.press(None, act, answer(1, "accept"), hidden | {"version": "1"})
        assert refused.status_code == 403
        assert Permission.CASEWORK_DECIDE.sentence in plain(refused.text)
    assert town.shown(asked).state == "received"


def test_a_steward_is_offered_no_button_that_would_be_refused(town, sqlite_app, asked):
    steward = factory.sign_in(town, sqlite_app, "lani", role="steward")
    for address in ("/en/casework", case(asked), case(held_back(town, "ingest_held"))):
        text = steward.text(address)
        assert "/casework/next" not in text
        assert not any(f'{act}"' in text for act in ACTS), address


def test_a_person_has_no_desk_and_a_visitor_signs_in_first(town, sqlite_app, asked):
    sina = browser(town, sqlite_app)
    for address in ("/en/casework", case(asked)):
        refused = sina.get(address)
        assert refused.status_code == 403 and Permission.CASEWORK_SEE.sentence in plain(refused.text)
        away = sqlite_app.test_client().get(address)
        assert away.status_code == 303 and "/en/sign-in" in away.headers["Location"]


def test_a_link_that_was_sent_around_holds_no_name(town, desk, asked):
    """Addresses end up in histories and logs: only ids stand in them."""
    text = desk.text(case(asked))
    title = text.split("<title>")[1].split("</title>")[0]
    assert "Sina" not in title and "Sample" not in title
