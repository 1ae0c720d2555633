"""Pages of sharing hold no unmarked English, few statements, and few bytes."""

import gzip

import pytest
from sqlalchemy import event

from portal.base import ids
from portal.bundles import service
from portal.language import service as language
from tests.bundles.factory import PASSCODE, a_person, persons_browser, send
from tests.language.unmarked import unmarked_text

STEPS = ("records", "lines", "preview", "who", "passcode", "check")
SHARE = ("", "/card", "/link", "/stop", "/notes", "/receipt")
OPENED = ("", "/note", "/notice")
SHORT = (
    "/bundles",
    "/occasion",
    "/receipt",
    "/who",
    "/passcode",
    "/check",
    "/card",
    "/link",
    "/stop",
    "/open",
    "/note",
)


@pytest.fixture
def sina(sqlite_store):
    return a_person(sqlite_store)


@pytest.fixture
def mine(sina, sqlite_app):
    return persons_browser(sina, sqlite_app)


@pytest.fixture
def visitor(sqlite_app):
    return sqlite_app.test_client()


@pytest.fixture
def pseudo():
    language.enable_pseudo()
    yield "xa"
    language.disable_pseudo()


def addresses(sina, mine, visitor, tag="en"):
    """Give every page of this room with the browser that may see it."""
    shared = [
        {"record": record, "fields": None} for short, record in sina.records.items() if short != "concern"
    ]
    shared.append({"record": sina.records["concern"], "fields": ["said"]})
    # As it was then: read with every version.
    ref = sina.share(shared, later=False)
    found = sina.look(lambda work: [one for one in service.shares_of(work)[0] if one.ref == ref])[0]
    refs = sina.look(_refs, sina.person_id, [one["record"] for one in found.lines])
    draft = send(mine, f"/{tag}/bundles/new", records=refs).location.removesuffix("/lines")
    code = {"code": sina.look(service.code_of, ref), "passcode": PASSCODE, "name": "Hemi", "why": "Help"}
    opened = send(visitor, f"/{tag}/open", **code).location
    own = [
        f"/{tag}/bundles",
        f"/{tag}/bundles/occasion",
        f"/{tag}/bundles/new",
        *(f"{draft}/{step}" for step in STEPS),
    ]
    own += [f"/{tag}/bundles/{ids.encode(ref)}{page}" for page in SHARE]
    send(visitor, f"{opened}/note", text="Unit 7 is free.")
    own.append(f"/{tag}/bundles/{ids.encode(ref)}/notes/{sina.look(_note, ref)}")
    own.append(f"/{tag}/bundles/lines/{refs[0]}")
    alone = ids.encode(sina.share(link_alone=True))
    own += [f"/{tag}/bundles/{alone}", f"/{tag}/bundles/{alone}/link"]
    opened_pages = [(visitor, f"{opened}{page}") for page in OPENED]
    return [*((mine, one) for one in own), (visitor, f"/{tag}/open"), *opened_pages]


def _note(work, ref):
    return ids.encode(service.notes_of(work, service.show_share(work, ref).facts)[0].ref)


def _refs(work, person_id, record_ids):
    from portal.records import queries

    return [ids.encode(view.ref) for view in queries.for_record_ids(work, person_id, record_ids)]


def test_no_page_holds_english_that_nobody_marked(sina, mine, visitor, pseudo):
    for client, address in addresses(sina, mine, visitor, pseudo):
        answer = client.get(address)
        assert answer.status_code == 200, address
        # The frame shows the service's own name, which the deployer chose.
        found = [text for text in unmarked_text(answer.get_data(as_text=True)) if text != "My information"]
        assert found == [], address


def test_no_page_takes_more_than_its_session_and_four_reads(sina, mine, visitor, sqlite_app):
    pages = addresses(sina, mine, visitor)
    said = []
    engine = sqlite_app.extensions["portal"].engine
    event.listen(engine, "before_cursor_execute", lambda *a: said.append(a[2]))
    for client, address in pages:
        client.get(address)
        said.clear()
        client.get(address)
        reads = [one for one in said if one.lstrip().upper().startswith("SELECT")]
        assert len(reads) <= 5, (address, reads)
        # How many pages were read is counted at every sixth.
        wrote = [one for one in said if one.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE"))]
        assert not [one for one in wrote if "base_attempt" not in one], address


def test_no_page_is_heavier_than_it_may_be(sina, mine, visitor):
    # Pages that grow with what is chosen or with who opened it are long ones.
    for client, address in addresses(sina, mine, visitor):
        size = len(gzip.compress(client.get(address).get_data(), 6))
        short = address.endswith(SHORT)
        assert size <= (8_192 if short else 14_336), (address, size)
