"""What goes out tells nobody who else reads it anything (T06); faults and logs hold nobody's words (pitfall 13)."""

import logging
import re

import pytest
import structlog
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from portal import worker
from portal.agencies import queries as agencies
from portal.notices import rules, service
from tests.agencies import factory
from tests.app.world import build
from tests.notices.boxes import (
    ADDRESS,
    SAFE,
    core_with,
    fill,
    mail_server,
    reader,
    tell,
    text_gateway,
    work_at,
)

WORD = "zqcanaryword"


@pytest.fixture
def told(store):
    """A town in which everything happened; Ana lets each message say as much as it ever may. What went out to her."""
    town = build(store.core, store.kind)
    ana, alpha = town.actors["ana"].person_id, town.ids["agency"]["alpha"]
    talkative = dict.fromkeys(rules.PURPOSES, "allowed")
    for channel, address in (("email", "ana@mail.example"), ("text", "+64211234567")):
        town.do(lambda w, c=channel, a=address: service.put_contact(w, ana, c, a, purposes=talkative))
    for kind in (*rules.WORDS, "of-a-later-version"):
        town.do(service.tell, ana, kind, alpha, 99)
    town.do(service.keep_contact, "email", service.Wanted("yes", "ana.new@mail.example"), role="ana")
    code = town.look(service.demo_code, "email", role="ana")
    assert town.do(service.confirm_contact, "email", code, role="ana") == "done"
    with mail_server() as post, text_gateway() as gateway, structlog.testing.capture_logs() as logs:
        core = core_with(store, post, gateway)
        while worker.once(core):
            pass
    town.out = [(to[0], str(mail["Subject"]), str(mail), mail.get_content()) for to, mail in post.mails]
    town.out += [(one["to"], "", repr(call), one["text"]) for call in gateway.calls for one in [call[2]]]
    town.logs = logs
    return town


def test_t06_no_message_names_an_agency_a_topic_a_person_or_an_id(told, store):
    to = {address for address, *_ in told.out}
    assert {"ana@mail.example", "ana.new@mail.example", "+64211234567"} <= to
    assert len(told.out) > len(rules.WORDS)
    catalogue = agencies.catalogue(store.work()).agencies
    # Ids are compared as texts of their own: a short number stands in many a Message-ID.
    words = (
        {one.name for one in catalogue} | {one.slug for one in catalogue} | {one.topic for one in catalogue}
    )
    words |= {actor.name for actor in told.actors.values()} | {str(a.person_id) for a in told.actors.values()}
    words |= {str(one.id) for one in catalogue} | {"Example", "Alpha"}
    words |= {label for one in catalogue for kind in one.types.values() for label in (kind.key, kind.title)}
    words -= {"", "None", "mark"}
    for address, subject, whole, body in told.out:
        shown = whole.replace(address, "")
        assert {w: what for w, (what, _) in told.words.items() if w in shown.replace(address, "")} == {}
        said = f"{subject} {body}".lower()
        assert [word for word in words if re.search(rf"\b{re.escape(word.lower())}\b", said)] == []
        assert subject in ("", rules.SUBJECT)


def test_t06_every_link_leads_to_the_start_page_or_the_phone_numbers_of_the_configured_address(told, store):
    base = store.settings.base_url
    links = {link for *_, body in told.out for link in re.findall(r"https?://\S+", body)}
    assert links <= {f"{base}/en/", f"{base}/en/guide/contact"} and f"{base}/en/" in links


def test_t06_nobody_is_written_to_who_gave_no_safe_address(store, monkeypatch):
    nobody, unsafe = reader(store, email=None), reader(store, unsafe=True)
    for person in (nobody, unsafe):
        for kind in rules.WORDS:
            tell(store, person, kind, 10, 99)
    with mail_server() as post, text_gateway() as gateway:
        work_at(monkeypatch, core_with(store, post, gateway), factory.NOW)
    assert post.mails == [] and gateway.calls == []
    assert len(service.newest(nobody)) == min(len(rules.WORDS), 50), "the screen has it all the same"


def test_t06_the_log_of_the_worker_holds_no_address_even_if_the_server_says_it(sqlite_store, monkeypatch):
    tell(sqlite_store, reader(sqlite_store, email=f"{WORD}@mail.example"), "share_opened")
    with mail_server() as post, structlog.testing.capture_logs() as logs:
        post.refuse_address = f"550 <{WORD}@mail.example> is not here"
        work_at(monkeypatch, core_with(sqlite_store, post), factory.NOW)
    assert [line["fault"] for line in logs] == ["refused"] and WORD not in repr(logs)


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "%0d%0a", "\u2028"])
def test_t06_a_line_end_in_a_form_makes_no_second_receiver(sqlite_store, sqlite_app, end):
    client, _ = factory.browser(sqlite_store, sqlite_app)
    answer = fill(client, ADDRESS, SAFE | {"address": f"ana@mail.example{end}Bcc: all@mail.example"})
    assert answer.status_code == 400
    with mail_server() as box:
        worker.once(core_with(sqlite_store, box))
    assert box.mails == []


def test_pitfall_13_a_fault_of_the_database_names_no_value(store):
    with store.core.engine.connect() as connection, pytest.raises(DBAPIError) as fault:
        connection.execute(text("insert into nowhere values (:word)"), {"word": WORD})
    assert WORD not in str(fault.value) and "parameters hidden" in str(fault.value)


def test_pitfall_13_a_page_whose_table_is_gone_says_nothing_of_what_was_typed(store, app, caplog):
    client, person_id = factory.browser(store, app)
    page = client.get(ADDRESS).text
    hidden = {name: page.split(f'name="{name}" value="')[1].split('"')[0] for name in ("csrf_token", "nonce")}
    store.work().do(lambda w: service.put_contact(w, person_id, "email", "ana@mail.example"))
    with store.core.engine.begin() as connection:
        connection.execute(text("alter table notices_delivery rename to gone"))
    try:
        with structlog.testing.capture_logs() as logs, caplog.at_level(logging.DEBUG):
            given = hidden | SAFE | {"address": f"{WORD}@mail.example"}
            answer = client.post(ADDRESS, data=given)
    finally:
        with store.core.engine.begin() as connection:
            connection.execute(text("alter table gone rename to notices_delivery"))
    assert answer.status_code == 500
    told = answer.text + repr(logs) + caplog.text
    assert logs and WORD not in told and "ana@mail" not in told
