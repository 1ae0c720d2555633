"""Neither confirmed nor denied (section 47): all pages, lists, counts and answers are those of a person without it."""

import re
from contextlib import contextmanager
from datetime import date

import pytest

from portal.agencies import service as agencies
from portal.agencies.models import Link
from portal.base.crypto import Keyring
from portal.base.ids import encode
from portal.identity.permissions import Actor
from portal.ingest import service as ingest
from portal.records import queries, service
from portal.records.models import Record
from tests.agencies.factory import browser
from tests.records import factory
from tests.records.factory import BODY, LATER, change, counted, receive, record_id

# What is new in each answer of ours, whoever asks: the form's token and nonce.
OURS = re.compile(rb'name="(csrf_token|nonce)" value="[^"]*"')
WORDS = "heron"
SECRET = {**BODY, "note": "The heron said so."}
SILENT = {"ground": "53-c", "decided_by": "Privacy officer", "decided_on": "2026-11-01"}


@pytest.fixture(autouse=True)
def _no_second_look(monkeypatch):
    """On a busy machine five seconds pass between two pages: the catalogue's stamp would be read again in one."""
    monkeypatch.setattr("portal.agencies.queries.LOOK_AGAIN_AFTER", 3600.0)


@pytest.fixture
def sina(sqlite_store, sqlite_app):
    """A signed-in person, and two agencies that hold something of theirs."""
    client, person_id = browser(sqlite_store, sqlite_app)
    who = Actor(kind="account", account_id=1, person_id=person_id)
    ids = [factory.agency(sqlite_store), factory.agency(sqlite_store, "example-other", name="Example Other")]
    for agency_id in ids:
        receive(sqlite_store, who, agency_id, BODY, recorded_on=date(2026, 3, 1))
        receive(sqlite_store, who, agency_id, BODY, kind="visit", recorded_on=date(2026, 3, 2))
        change(sqlite_store, agencies.note_fed, who.person_id, agency_id)
    return client, who, ids


def addresses(agency_id):
    """Every page of the person's on which a record could leave a trace."""
    return [
        *("/en/records", "/en/records/sector", "/en/records/sector/6", "/en/records/time", "/mi/records"),
        f"/en/records/agency/{encode(agency_id)}",
        f"/en/records/time?agency={encode(agency_id)}",
        *("/en/access-log", "/en/notices", "/en/corrections", "/en/bundles", "/en/bundles/new"),
    ]


@contextmanager
def opened():
    """Count what is decrypted meanwhile."""
    real, count = Keyring.open_bytes, []

    def _count(self, place, sealed):
        count.append(place.table)
        return real(self, place, sealed)

    Keyring.open_bytes = _count
    try:
        yield count
    finally:
        Keyring.open_bytes = real


def all_that_is_seen(client, engine, agency_id):
    """Each answer with its bytes, statements and what was decrypted for it."""
    seen = {}
    for address in addresses(agency_id):
        # Asked twice: the first may write that somebody was here.
        client.get(address)
        seen[address] = _measured(engine, lambda at=address: client.get(at))
    form = dict(
        re.findall(r'name="(csrf_token|nonce)" value="([^"]*)"', client.get("/en/records/search").text)
    )
    for words in (WORDS, "example", "sina"):
        sent = {**form, "words": words}
        seen[words] = _measured(engine, lambda sent=sent: client.post("/en/records/search", data=sent))
    return seen


def _measured(engine, ask):
    with counted(engine) as asked, opened() as decrypted:
        answer = ask()
    assert answer.status_code == 200
    reads = [one for one in asked if one.lower().startswith("select")]
    return OURS.sub(b"", answer.data), answer.headers.get("Content-Length"), reads, decrypted


def test_pages_counts_search_and_work_are_the_same_with_and_without_the_record(
    sqlite_store, sqlite_app, sina
):
    client, who, (agency_id, _other) = sina
    engine = sqlite_app.extensions["portal"].engine
    without = all_that_is_seen(client, engine, agency_id)
    fed = link_of(sqlite_store, who, agency_id).fed_at
    receive(sqlite_store, who, agency_id, SECRET, source_id="S-1", recorded_on=date(2026, 3, 5))
    number = record_id(sqlite_store, who, agency_id, source_id="S-1")
    with_it = all_that_is_seen(client, engine, agency_id)
    assert b"1 record has these words" in with_it[WORDS][0]
    change(sqlite_store, service.keep_silent, who.person_id, number, "53-c", "Privacy officer")
    silent = all_that_is_seen(client, engine, agency_id)
    assert [address for address in without if silent[address] != without[address]] == []
    # The measure can tell: with the record in the open, nearly all of them differ.
    assert len([address for address in without if with_it[address] != without[address]]) > len(without) / 2
    assert link_of(sqlite_store, who, agency_id).fed_at == fed
    assert len(queries.held_by(_officer(sqlite_store, agency_id), who.person_id)[0]) == 3


def test_what_arrives_silent_changes_no_page_and_no_address(sqlite_store, sqlite_app, sina):
    client, who, (agency_id, _other) = sina
    engine = sqlite_app.extensions["portal"].engine
    without = all_that_is_seen(client, engine, agency_id)

    def _send(work):
        ref = agencies.client_ref_of(work, who.person_id, agency_id)
        return ingest.take(work, agency_id, ref, [ingest.Incoming("home", "S-1", SECRET, silent=SILENT)])

    assert sqlite_store.work(now=LATER).do(_send).records == 1
    silent = all_that_is_seen(client, engine, agency_id)
    assert [address for address in without if silent[address] != without[address]] == []
    rows = sqlite_store.work().session.query(Record).filter(Record.person_id == who.person_id)
    hidden = next(row for row in rows if row.state == "silent")
    theirs, nothing = (client.get(f"/en/records/{encode(ref)}") for ref in (hidden.ref, 12345))
    assert (theirs.status_code, theirs.data) == (404, nothing.data)
    for address in (f"/en/records/agency/{encode(agency_id)}", "/en/records/sector/6"):
        after = [client.get(f"{address}?after={encode(ref)}").data for ref in (hidden.ref, 12345)]
        assert OURS.sub(b"", after[0]).replace(encode(hidden.ref).encode(), b"") == OURS.sub(
            b"", after[1]
        ).replace(encode(12345).encode(), b"")


def link_of(store, who, agency_id):
    """The link as it stands in the store."""
    return store.work().session.get(Link, (who.person_id, agency_id))


def _officer(store, agency_id):
    return store.work(Actor(kind="account", account_id=9, agency_id=agency_id, role="privacy-officer"), LATER)
