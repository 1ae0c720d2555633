"""A planted word is read by those who may and by nobody else: pages, mails, logs, faults, answers (security.md, G2)."""

import base64
import contextlib
import json
import logging
import socket
import sqlite3
from dataclasses import replace

import pytest
import structlog
from aiosmtpd.controller import Controller
from joserfc import jwe
from joserfc.jwk import OctKey
from sqlalchemy import select

from portal import worker
from portal.base.db import Base
from portal.records import queries as records
from tests.app.visitors import ROLES, Visitor
from tests.app.world import PASSCODE, PEOPLE


def words_in(world, text):
    """Planted words within a text, with where each was put."""
    return {word: world.words[word] for word in world.words if word in text}


@pytest.mark.parametrize("role", ROLES)
def test_nobody_reads_a_word_that_is_not_for_them(world, walked, role):
    for path, page in walked.pages[role].items():
        foreign = [what for what, readers in words_in(world, page).values() if role not in readers]
        assert foreign == [], f"{role} at {path}"


@pytest.mark.parametrize("role", ("ana", "ben", "pat", "bo", "hemi", "gus", "reader"))
def test_the_words_are_really_there_for_those_who_may(world, walked, role):
    seen = words_in(world, "\n".join(walked.pages[role].values()))
    may = {word: what for word, (what, readers) in world.words.items() if role in readers}
    never = sorted(what for word, what in may.items() if word not in seen)
    # A name need not stand on any page of those who may read it; old values and details of a share do.
    assert len(never) <= len(may) / 3, never


def test_the_walk_went_far(walked):
    assert len(walked.pages["ana"]) > 60 and len(walked.pages["pat"]) > 20
    # Addresses for programs answer 401 where a key is missing, and 400 where nobody says who asks for a share.
    usual, hers = {200, 303, 400, 401, 403, 404, 405, 410}, walked.statuses["ana"]
    assert 200 in hers.values() and {path: one for path, one in hers.items() if one not in usual} == {}
    assert all(status < 500 for pages in walked.statuses.values() for status in pages.values())


def test_logs_hold_no_planted_word(world, walked):
    assert words_in(world, repr(walked.logs)) == {}


def free_port():
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Box:
    """A mail server that keeps what it is given."""

    def __init__(self):
        self.mails = []

    async def handle_DATA(self, _server, _session, envelope):
        self.mails.append((envelope.rcpt_tos, envelope.content.decode()))
        return "250 kept"


def test_mails_say_nothing_of_anybody(world):
    box = Box()
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        settings = replace(world.core.settings, smtp_host="127.0.0.1", smtp_port=controller.port)
        core = replace(world.core, settings=settings)
        while worker.once(core):
            pass
    finally:
        controller.stop()
    assert {to[0].split("@")[1] for to, _ in box.mails} == {"example.test"}
    assert len({to[0] for to, _ in box.mails}) == len(PEOPLE)
    for to, mail in box.mails:
        found = words_in(world, mail.replace(to[0], ""))
        assert found == {}
        assert "Example" not in mail.replace(to[0], "")


@pytest.mark.parametrize("role", ("ana", "anonymous"))
def test_a_fault_tells_nobody_anything_and_is_logged_without_words(world, app, monkeypatch, caplog, role):
    word = next(iter(world.words))

    def _fail(*_args, **_more):
        raise RuntimeError(f"could not read {word}")

    monkeypatch.setattr(records, "index", _fail)
    monkeypatch.setattr("portal.guide.views.pages.page", _fail)
    with structlog.testing.capture_logs() as logs, caplog.at_level(logging.DEBUG):
        answer = Visitor(world, app, role).ask("GET", "/en/records" if role == "ana" else "/en/guide")
    assert answer.status_code == 500
    assert words_in(world, answer.text + repr(logs) + caplog.text) == {}
    assert logs and logs[0]["kind"] == "RuntimeError"


@pytest.mark.parametrize("person", PEOPLE)
def test_a_share_carries_what_was_chosen_and_nothing_else(world, app, person):
    text = world.ids["link"][person].removeprefix("shlink:/")
    link = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    client = app.test_client()
    asked = {"recipient": "A clinic", "passcode": PASSCODE, "embeddedLengthMax": 10_000_000}
    answer = client.post(link["url"].removeprefix("http://localhost"), json=asked)
    assert answer.status_code == 200, answer.text
    sealed = answer.get_json()["files"][0]["embedded"]
    key = OctKey.import_key({"kty": "oct", "k": link["key"]})
    found = words_in(world, jwe.decrypt_compact(sealed, key).plaintext.decode())
    told = {what for what, _ in found.values()}
    wanted = {f"{person} at alpha, visit {field}" for field in ("name", "address", "note", "tip")}
    agreed = {f"name of {person}", f"who {person} shares with", f"what {person} shares for"}
    assert wanted <= told <= wanted | agreed


def test_an_agencys_key_learns_nothing_about_anothers_client(world, app):
    """The number of a client of another agency is answered like one that nobody has."""
    key = Visitor(world, app, "key")
    answers = []
    for number, ref in enumerate((world.ids["client-beta"]["ana"], "zr-unknown")):
        answer = key.client.put(
            f"/api/v1/clients/{ref}/records/home/probe-1",
            json={"body": {"name": "Somebody", "people": 1, "alone": True}},
            headers={"Authorization": f"Bearer {world.ids['key']['alpha']}", "Idempotency-Key": f"k{number}"},
        )
        answers.append((answer.status_code, answer.text.replace(ref, "REF")))
    assert answers[0] == answers[1] and answers[0][0] < 300


def test_a_dump_of_the_store_holds_no_planted_word(world, walked):
    dump = []
    with world.core.engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            dump += [repr(tuple(row)) for row in connection.execute(select(table))]
    assert len(dump) > 200
    assert words_in(world, "\n".join(dump)) == {}
    if world.kind == "sqlite":
        files = list(world.core.settings.instance.parent.glob("portal.db*"))
        assert len(files) >= 2, "the file and its log of writes"
        raw = b"".join(path.read_bytes() for path in files)
        assert [what for word, (what, _) in world.words.items() if word.encode() in raw] == []


def test_the_search_of_the_dump_would_find_a_word(tmp_path):
    path = tmp_path / "open.db"
    with sqlite3.connect(path) as connection:
        connection.execute("create table t (x text)")
        connection.execute("insert into t values ('zqfound')")
    connection.close()
    assert b"zqfound" in path.read_bytes()
