"""Neither confirm nor deny (s 47): all that the person can see, save or measure is the same, held or not."""

import re

import pytest
import time_machine
from sqlalchemy import event

from portal.access_requests import queries, service
from portal.access_requests.service import letters
from portal.base import ids
from portal.notices import service as notices
from tests.access_requests.test_letter_files import copied
from tests.corrections.factory import LATER, browser

FOUND = (("release", "Rent letter"), ("silent", "Police note"), ("refuse", "Call note"))
PAGES = ("", "/letter/1", "/letter/2", "/complaint", "/withdraw", "/charge")


def silent(room, held):
    """A request that was answered with neither yes nor no, with things that were found or without; gives its ref."""
    ref = room.one(about={"scope": "topic", "since": None, "until": None, "topic": "The police"})
    room.do(service.log_search, ref, "Case notes", "Sina", "Three papers" if held else "")
    for outcome, title in FOUND if held else ():
        room.review(ref, room.do(service.add_item, ref, title, None, "Case notes", "A text."), outcome)
    why = (("ground", "53-c"), ("reason", "It would tell of an inquiry."))
    room.do(service.propose_decision, ref, "ncnd", actor=room.officer, **dict(why))
    return ref


@pytest.fixture
def pair(room):
    """The person's two requests of one moment: to the first something is held, to the second nothing."""
    return silent(room, held=True), silent(room, held=False)


def bare(room, ref, text):
    """A page without what every two requests differ by: their ids, of the same length, and form tokens."""
    view = room.shown(ref)
    plain = text.replace(ids.encode(ref), "REF").replace(view.reference, "REFERENCE")
    return re.sub(r'(name="(?:csrf_token|nonce)" value=")[^"]*', r"\1", plain)


def row(room, ref, text):
    """The list's row of one request."""
    found = [one for one in re.findall(r"<li>.*?</li>", text, re.DOTALL) if ids.encode(ref) in one]
    assert len(found) == 1
    return bare(room, ref, found[0])


def seen_by(room, read):
    """The statements that a read sends to the database."""
    seen, engine = [], room.town.store.core.engine

    def _see(_connection, _cursor, statement, *_rest):
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", _see)
    try:
        read()
    finally:
        event.remove(engine, "before_cursor_execute", _see)
    return seen


def test_every_page_row_letter_and_file_is_the_same_byte_for_byte(room, app, pair):
    with time_machine.travel(LATER, tick=False):
        sina = browser(room.town, app, LATER)
        # The first page of a browser sets its language.
        sina.get("/en/access-requests")
        for page in PAGES:
            answers = [sina.get(f"/en/access-requests/{ids.encode(ref)}{page}") for ref in pair]
            first, second = (bare(room, ref, one.text) for ref, one in zip(pair, answers, strict=True))
            expected = 200 if page in ("", "/letter/1", "/letter/2", "/complaint") else 303
            assert [one.status_code for one in answers] == [expected, expected], page
            assert first == second and len(answers[0].data) == len(answers[1].data), page
            assert {key for key, _ in answers[0].headers} == {key for key, _ in answers[1].headers}
        listed = sina.get("/en/access-requests").text
        assert row(room, pair[0], listed) == row(room, pair[1], listed)
        files = [sina.get(f"/en/access-requests/{ids.encode(ref)}/letter/2/file").data for ref in pair]
        said = [
            copied(one).replace(room.shown(ref).reference, "") for ref, one in zip(pair, files, strict=True)
        ]
        assert said[0] == said[1] and "neitherconfirmnordeny" in said[0]


def test_the_facts_the_statements_and_the_messages_are_the_same(room, pair):
    views = [room.shown(ref) for ref in pair]
    told = [
        [(one.name, one.by, one.at) for one in sorted(view.events, key=lambda one: one.name)]
        for view in views
    ]
    assert told[0] == told[1] and not any(view.items for view in views)
    assert [(one.no, one.kind, one.at) for one in views[0].letters] == [
        (one.no, one.kind, one.at) for one in views[1].letters
    ]
    alike = [
        {
            name: getattr(view, name)
            for name in ("state", "status", "acts", "due_on", "decided_at", "words", "version")
        }
        for view in views
    ]
    assert alike[0] == alike[1]
    facts = [
        {**letters.of(room.town.work(now=LATER), view.person_id, view.id)[1].facts, "reference": ""}
        for view in views
    ]
    assert facts[0] == facts[1]
    reads = [seen_by(room, lambda ref=ref: queries.show(room.town.work(now=LATER), ref)) for ref in pair]
    assert reads[0] == reads[1]
    kinds = [
        [one.kind for one in notices.newest(room.town.work(now=LATER)) if one.about == ref] for ref in pair
    ]
    assert kinds[0] == kinds[1] and len(kinds[0]) == 2
