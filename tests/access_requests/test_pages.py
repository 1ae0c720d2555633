"""The pages of asking to see, as a person meets them: one question a page, and what became of it."""

import re
from datetime import UTC, date, datetime

import pyotp
import pytest
import time_machine

from portal.access_requests import queries, service
from portal.agencies import service as agencies
from portal.base import ids
from portal.identity import service as identity
from tests.access_requests import factory
from tests.access_requests.factory import NOTE, SECRET_PASSAGE
from tests.corrections.factory import LATER, NOW, PASSWORD, SECRET, Browser, browser

AFTER_TWENTY = datetime(2026, 12, 22, 1, 0, tzinfo=UTC)
CHANGES = re.compile(
    r'(name="(?:csrf_token|nonce)" value=")[^"]*|[a-h][a-z2-7]{12}(?=[/"?])|[2-9A-Z]{4}-[2-9A-Z]{4}'
)


@pytest.fixture(autouse=True)
def today():
    """Stop the clock on Monday 23 November 2026."""
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def room(sqlite_store):
    """The room, on SQLite: pages do not depend on the database."""
    return factory.room(sqlite_store)


@pytest.fixture
def sina(room, sqlite_app):
    """Sina's browser."""
    return browser(room.town, sqlite_app)


def at(ref, more="", tag="en"):
    return f"/{tag}/access-requests/{ids.encode(ref)}{more}"


def step(ref, name, tag="en"):
    return f"/{tag}/access-requests/draft/{ids.encode(ref)}/{name}"


def test_the_whole_way_from_the_first_question_to_the_sent_page(room, sina):
    first = sina.send("/en/access-requests/new", agencies=ids.encode(room.town.agency_id)).location
    ref = ids.decode(first.split("/")[-2])
    topic = {"scope": "topic", "topic": "The visit in May"}
    assert sina.send(first, **topic).location == step(ref, "names")
    assert sina.send(step(ref, "names"), names="Sina Fa", births="").location == step(ref, "reply")
    reply = {"form": "talk", "language": "sm", "urgent": "yes", "why": "Court on Friday", "hand_on": "no"}
    assert sina.send(step(ref, "reply"), **reply).location == step(ref, "check")
    page = sina.page(step(ref, "check"))
    for said in ("Example Homes", "The visit in May", "Sina Fa", "Talk it through", "Court on Friday"):
        assert said in page
    assert "They must answer by Monday, 21 December 2026" in page
    sent = sina.send(step(ref, "check")).location
    assert "Your reference" in sina.page(sent) and "Day 20 is Monday, 21 December 2026." in sina.page(sent)
    assert sina.get(step(ref, "about")).location == sent
    listed = sina.page("/en/access-requests")
    assert "Example Homes" in listed and "It is their turn." in listed
    assert "To see" in sina.page("/en/corrections")


def test_a_link_from_a_record_ticks_its_agency(room, sina):
    code = ids.encode(room.town.agency_id)
    page = sina.get(f"/en/access-requests/new?agency={code}").get_data(as_text=True)
    assert f'value="{code}" checked' in page
    assert sina.get("/en/access-requests/new?agency=nonsense").status_code == 200


@pytest.mark.parametrize(
    ("since", "until", "said"),
    [
        (date(2024, 5, 3), date(2025, 6, 4), "from Friday, 3 May 2024 to Wednesday, 4 June 2025."),
        (date(2024, 5, 3), None, "since Friday, 3 May 2024."),
        (None, date(2025, 6, 4), "up to Wednesday, 4 June 2025."),
    ],
)
def test_the_first_letter_says_the_time_that_was_asked_about(room, sina, since, until, said):
    ref = room.one(about=factory.ABOUT | {"scope": "dates", "since": since, "until": until})
    letter = sina.page(at(ref, "/letter/1"))
    assert f"You asked to see what we hold about you {said}" in letter


def test_nobody_is_asked_without_a_tick(sina):
    answer = sina.send("/en/access-requests/new")
    assert answer.status_code == 400 and "Choose at least one agency." in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("boxes", "said"),
    [
        (("31", "2", "2024", "", "", ""), "Write a date that exists"),
        (("1", "1", "2030", "", "", ""), "This date lies ahead."),
        (("3", "5", "2024", "2", "5", "2024"), "The second date is before the first."),
    ],
)
def test_a_date_that_cannot_be_meant_gets_one_sentence_and_stays_in_its_boxes(room, sina, boxes, said):
    ref = room.draft()
    names = [f"{name}-{part}" for name in ("since", "until") for part in ("day", "month", "year")]
    typed = dict(zip(names, boxes, strict=True))
    answer = sina.send(step(ref, "about"), scope="dates", topic="", **typed)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 400 and said in page and f'value="{boxes[2]}"' in page
    sina.send(step(ref, "about"), scope="dates", topic="", later="yes", **typed)
    assert f'value="{boxes[2]}"' in sina.get(step(ref, "about")).get_data(as_text=True)


def test_another_language_keeps_what_was_written(room, sina):
    ref = room.draft()
    moved = sina.send(step(ref, "about"), scope="topic", topic="O le asiasiga", switch_language="sm")
    assert moved.location == step(ref, "about", "sm")
    assert "O le asiasiga" in sina.get(moved.location).get_data(as_text=True)


def test_what_is_handed_over_can_be_read_and_what_was_taken_out_stands_nowhere(room, sina, today):
    ref = room.released()
    today.move_to(LATER)
    sina = browser_at(room, sina, LATER)
    page = sina.get(at(ref)).get_data(as_text=True)
    assert "We went there in May." in page and "Your rent goes up in June." in page
    assert "It would show another person" in page and "section 53(b)" in page
    assert "Ask to fix it" in page and "Kept from you" in page
    everywhere = page + sina.get(at(ref, "/complaint")).get_data(as_text=True)
    for letter in room.shown(ref).letters:
        everywhere += sina.get(at(ref, f"/letter/{letter.no}")).get_data(as_text=True)
    for secret in (SECRET_PASSAGE, "Rangi", NOTE, "The whole call was about the neighbour."):
        assert secret not in everywhere


def test_late_is_said_with_the_law_and_what_a_complaint_needs(room, sina, today):
    ref = room.one()
    assert sina.get(at(ref, "/complaint")).status_code == 404
    room.tick(AFTER_TWENTY)
    today.move_to(AFTER_TWENTY)
    fresh = browser_at(room, sina)
    page = fresh.page(at(ref))
    assert "They are late" in page and "In law that is a no. You can complain." in page
    pack = fresh.page(at(ref, "/complaint"))
    assert "Monday, 21 December 2026" in pack and room.shown(ref).reference in pack
    assert "We have your request" in pack and "Privacy Act 2020, section 69" in pack


def browser_at(room, sina, now=AFTER_TWENTY):
    """The same browser, with a session that is not over on a later day."""
    work = room.town.store.work(now=now)
    first = work.do(identity.begin_sign_in, identity.check_password(work, "sina", PASSWORD))
    token = work.do(identity.finish_sign_in, identity.fingerprint(first), pyotp.TOTP(SECRET).at(now))
    sina.client.set_cookie("portal", token)
    return Browser(sina.client)


def test_a_request_is_taken_back_after_one_question(room, sina):
    ref = room.one()
    assert sina.send(at(ref, "/withdraw")).location == at(ref)
    assert "Taken back" in sina.page(at(ref)) and sina.get(at(ref, "/withdraw")).status_code == 303


def bytes_of(sina, *addresses):
    """The pages without what differs from request to request: tokens, ids in addresses, the reference."""
    return [CHANGES.sub(r"\1", sina.get(address).get_data(as_text=True)) for address in addresses]


def test_a_safety_hold_differs_in_no_byte_from_an_ordinary_wait(room, sina):
    held, plain = room.one(), room.one()
    for ref in (held, plain):
        room.do(service.take, ref, now=NOW)
    room.do(service.hold_for_safety, held, "Ring the school nurse.", now=NOW)
    pages = ("", "/withdraw", "/letter/1")
    assert bytes_of(sina, *(at(held, one) for one in pages)) == bytes_of(
        sina, *(at(plain, one) for one in pages)
    )
    assert (
        sina.get(at(held, "/complaint")).status_code == sina.get(at(plain, "/complaint")).status_code == 404
    )
    rows = {one.ref: (one.status, one.acts, one.due_on) for one in queries.requests_of(room.town.work())[0]}
    assert rows[held] == rows[plain]
    assert room.case(held).held and room.case(held).request.due_on == room.case(plain).request.due_on


def test_a_hold_that_was_lifted_leaves_no_trace_either(room, sina):
    held, plain = room.one(), room.one()
    room.do(service.hold_for_safety, held, "Ring the school nurse.", now=NOW)
    room.do(service.lift_hold, held, "She is safe.", actor=room.officer, now=NOW)
    assert bytes_of(sina, at(held)) == bytes_of(sina, at(plain))


def test_while_its_agency_is_hidden_a_request_is_not_there(room, sina):
    ref = room.one()
    room.do(agencies.hide, room.town.agency_id, actor=room.town.sina, now=NOW)
    assert sina.get(at(ref)).status_code == 404
    assert "Example Homes" not in sina.page("/en/access-requests")
    assert "Example Homes" not in sina.page("/en/access-requests/new")
