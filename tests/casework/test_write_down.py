"""The desk's page for a request by phone, on paper or in person; and what its person sees of it."""

import pytest

from portal.access_requests import queries
from portal.base import ids
from tests.casework import asking
from tests.corrections.factory import browser, plain

PAGE = "/en/casework/access/new"
GIVEN = {
    "client_ref": "C-sina", "born-day": "4", "born-month": "5", "born-year": "1992",
    "received_on-day": "20", "received_on-month": "11", "received_on-year": "2026",
    "how": "phone", "scope": "topic", "topic": "My rent letters", "form": "here", "language": "en",
    "urgent": "no", "hand_on": "yes",
}  # fmt: skip


@pytest.fixture
def room(town, sqlite_app):
    return asking.room(town, sqlite_app, "tui")


def send(room, **changes):
    """Fill in the page and send it."""
    form = room.desk.text(PAGE).split('id="the-form"')[1]
    hidden = {name: form.split(f'name="{name}" value="')[1].split('"')[0] for name in ("csrf_token", "nonce")}
    return room.desk.client.post(PAGE, data={**hidden, **GIVEN, **changes})


def test_a_call_becomes_a_request_that_its_person_finds_with_how_it_came(town, sqlite_app, room):
    assert "Write down a request to see" in room.desk.page("/en/casework")
    done = send(room)
    ref = asking.asked(town)
    assert done.status_code == 303 and done.location.endswith(asking.case(ref))
    page = room.page(ref)
    assert "How it came By phone" in page and "A worker wrote it down for them." in page
    sina = browser(town, sqlite_app)
    assert "You asked by phone. Their staff wrote it down." in sina.page("/en/access-requests")
    shown = sina.page(f"/en/access-requests/{ids.encode(ref)}")
    assert "If it was not you, take it back" in shown and "Friday, 18 December 2026" in shown


def test_a_number_that_nobody_is_linked_to_gets_one_sentence_and_keeps_what_was_typed(town, room):
    answers = [send(room, client_ref="C-404"), send(room, **{"born-year": "1993"})]
    for answer in answers:
        assert answer.status_code == 400
        assert "Nobody linked here has this number and birth date." in plain(answer.text)
        assert "My rent letters" in answer.text
    assert queries.requests_of(town.work())[0] == []
    assert "This site can hold requests of linked people only." in plain(answers[0].text)


def test_after_thirty_numbers_in_an_hour_it_stops_and_keeps_what_was_typed(room):
    for _number in range(30):
        assert send(room, client_ref="C-404").status_code == 400
    stopped = send(room)
    assert stopped.status_code == 429 and "My rent letters" in stopped.text
