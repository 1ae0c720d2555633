"""Words that were attached once stand beside their value wherever it is read, each time with their language."""

import json

import pytest
import time_machine

from portal import worker
from portal.access_requests import service as access_requests
from portal.agencies import service as agencies
from portal.base import ids
from portal.bundles import service as bundles
from portal.corrections import service
from portal.identity import service as identity
from portal.records import queries as records
from portal.records import service as keeping
from portal.records.service import downloads
from tests import pdf_files
from tests.access_requests.factory import Room
from tests.bundles.factory import PASSCODE, send
from tests.casework import factory as desk
from tests.corrections import factory
from tests.corrections.test_agency_copy import AFTER
from tests.records.factory import agency_document

WORDS = "Na ou leo filemu i lena aso. Na ou fesili atu mo se fesoasoani."
HELD = "Tenant was upset."


@pytest.fixture
def town(store):
    """A health agency that did not fix a value, and the person's own words beside it, in Samoan."""
    with time_machine.travel(AFTER, tick=False):
        made = factory.town(store)
        made.do(agencies.put_agency, agency_document(topic="health"))
        ref = made.declined()
        made.do(service.attach_statement, ref, "note", WORDS, "sm", now=factory.LATER)
        yield made


def beside(markup):
    """Fail unless the words come after the value they are about, as Samoan; gives nothing."""
    words = factory.plain(markup)
    assert words.index(HELD) < words.index(WORDS)
    before = markup[: markup.index(WORDS)]
    assert before[before.rindex("<") :].find('lang="sm"') > 0, "a reader would hear it in another language"


def file_of(town, kind):
    town.do(downloads.ask_files, [town.agency_id], kind, "en", now=AFTER)
    while worker.once(town.store.core):
        pass
    work = town.work(now=AFTER)
    found = records.downloads_of(work)[0]
    assert found.state == "ready"
    return records.download_bytes(work, found)


def test_words_attached_once_are_read_beside_their_value_everywhere(town, app):
    on_the_pages(town, app)
    in_the_files(town)
    in_what_is_shared(town, app)
    in_the_agencys_own_copy(town, app)
    in_what_is_handed_over_after_a_request_to_see(town)


def on_the_pages(town, app):
    mine = factory.browser(town, app, AFTER)
    beside(mine.get(f"/en/records/{ids.encode(town.record_ref)}").text)
    adviser = desk.sign_in(town, app, "mere", now=AFTER)
    # A later request about the same value: whoever decides it reads the words of the first.
    beside(adviser.text(desk.case(town.sent({"note": "<remove>"}, now=AFTER))))


def in_the_files(town):
    printed = file_of(town, "pdf")
    text = pdf_files.text_of(printed)
    assert text.index(HELD) < text.index(WORDS) and "sm" in pdf_files.languages(printed)
    whole = json.loads(file_of(town, "json"))
    values = {one["field"]: one for one in whole["records"][0]["values"]}
    assert values["note"]["value"] == HELD
    assert [(one["text"], one["lang"]) for one in values["note"]["statements"]] == [(WORDS, "sm")]
    beside_in_fhir(json.loads(file_of(town, "fhir")))


def beside_in_fhir(document):
    whole = document["entry"][0]["resource"]["section"]
    shown = [one["text"]["div"] for one in whole if HELD in one["text"]["div"]]
    assert shown, "the value is in the document"
    for div in shown:
        beside(div)


def in_what_is_shared(town, app):
    given = {"recipient": "Hemi", "purpose": "Help", "days": 7, "passcode": PASSCODE}
    chosen = [{"record": town.record().id, "fields": ["note"]}]
    ref = ids.decode(town.work(now=AFTER).do(lambda work: bundles.make(work, chosen=chosen, **given)))
    code = bundles.code_of(town.work(now=AFTER), ref)
    visitor = app.test_client()
    opened = send(visitor, "/en/open", code=code, passcode=PASSCODE, name="Hemi", why="Help").location
    beside(visitor.get(opened).text)


def in_the_agencys_own_copy(town, app):
    token = town.store.work().do(identity.add_api_key, town.agency_id, "copy", "read")
    answer = app.test_client().get("/api/v1/corrections", headers={"Authorization": f"Bearer {token}"})
    officer = desk.sign_in(town, app, "lani", role="privacy-officer", now=AFTER)
    taken = officer.get("/en/casework/copy.json")
    for rows in (answer.json["corrections"], taken.json["corrections"]):
        ((value, said),) = [(one["field"], one["statement"]) for one in rows if one["statement"]]
        assert (value, said["text"], said["lang"]) == ("note", WORDS, "sm")
    line = next(one for one in officer.get("/en/casework/copy.csv").text.splitlines() if WORDS in one)
    assert ",note," in line and f"{WORDS},sm," in line


def in_what_is_handed_over_after_a_request_to_see(town):
    kept = {"lines": 1, "ground": "49-1-a-i", "plain": "It could harm someone.", "decided_by": "Officer"}
    about = (town.sina.person_id, town.record().id, "tip", {**kept, "decided_on": "2026-05-04"})
    town.do(keeping.withhold, *about, now=AFTER)
    room = Room(town, town.olga)
    ref = room.one(now=AFTER)
    room.do(access_requests.gather, ref, now=AFTER)
    (item,) = room.case(ref, now=AFTER).items
    assert item.text.index(HELD) < item.text.index(WORDS)
