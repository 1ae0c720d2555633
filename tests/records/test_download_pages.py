"""The page for files to take along, in a browser's hands; and that a file says what the pages say."""

import re
from html.parser import HTMLParser

import pytest
from sqlalchemy import update

from portal import worker
from portal.agencies import service as agencies
from portal.base import ids
from portal.identity.models import Account, SignInSession
from portal.identity.permissions import Actor
from portal.language import service as language
from portal.records import queries, service
from portal.records.service.downloads import asking
from tests import pdf_files
from tests.agencies.factory import browser, send
from tests.language.unmarked import unmarked_text
from tests.records import factory
from tests.records.factory import BODY, change, receive, record_id

PAGE = "/en/records/download"
FULL = {**BODY, "note": "Seems tired.", "tip": "He lives there.", "review_on": "2019-02-20"}


@pytest.fixture
def sina(sqlite_store, sqlite_app):
    """A browser of a person, the actor that they are, and an agency that holds a record of theirs."""
    client, person_id = browser(sqlite_store, sqlite_app)
    who = Actor(kind="account", account_id=1, person_id=person_id)
    agency_id = factory.agency(sqlite_store)
    change(sqlite_store, agencies.link, person_id, agency_id, "C-1", "in-person")
    receive(sqlite_store, who, agency_id, BODY)
    return client, who, agency_id


def work_off(store):
    while worker.once(store.core):
        pass


def asks(store, sina, kind="pdf", tag="en"):
    """Ask for a file, let it be made, and give the page on which it stands."""
    client, _, agency_id = sina
    page = f"/{tag}/records/download"
    answer = send(client, page, agencies=ids.encode(agency_id), kind=kind)
    assert answer.status_code == 303 and answer.location == page
    work_off(store)
    return client.get(page).text


def presses(client, address):
    """Press a button of the page that leads to an address."""
    token = re.search(r'name="csrf_token" value="([^"]*)"', client.get(PAGE).text)[1]
    answer = client.post(address, data={"csrf_token": token, "nonce": ids.token()})
    assert answer.status_code == 303 and answer.location == PAGE


def file_of(text):
    return re.search(r'href="(/\w+/records/download/[a-z2-7]{13})"', text)[1]


def test_a_file_is_chosen_made_and_taken(sqlite_store, sina):
    client = sina[0]
    text = client.get(PAGE).text
    assert "A file stays on this phone or computer" in text and "Your files" not in text
    text = asks(sqlite_store, sina)
    assert "1 of 1 files are ready." in text and "Ready" in text and "kB" in text
    answer = client.get(file_of(text))
    assert answer.data.startswith(b"%PDF") and answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="my-information-1.pdf"'
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert len(answer.data) == int(answer.headers["Content-Length"])
    assert client.get("/en/notices").text.count("We finished the files you asked for.") == 1


def test_while_a_file_is_made_the_page_says_so_and_leads_to_itself(sina):
    client, _, agency_id = sina
    send(client, PAGE, agencies=ids.encode(agency_id), kind="json")
    text = client.get(PAGE).text
    assert "0 of 1 files are ready." in text and "Being made" in text and "Look again" in text


def test_a_discreet_page_gives_a_file_a_name_that_says_nothing(sqlite_store, sina):
    client = sina[0]
    text = asks(sqlite_store, sina, "json")
    sqlite_store.work().do(lambda work: _change(work, Account, discreet=True))
    answer = client.get(file_of(text))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="file-1.json"'


def _change(work, model, **values):
    work.session.execute(update(model).values(**values))


def test_the_files_wait_for_a_code_and_deleting_them_does_not(sqlite_store, sina):
    client = sina[0]
    text = asks(sqlite_store, sina)
    sqlite_store.work().do(lambda work: _change(work, SignInSession, factor_at=None))
    for address in (PAGE, file_of(text)):
        answer = client.get(address)
        assert answer.status_code == 303 and "/sign-in/again" in answer.location
    token = re.search(r'name="csrf_token" value="([^"]*)"', text)[1]
    answer = client.post(f"{file_of(text)}/delete", data={"csrf_token": token, "nonce": "n" * 43})
    assert answer.status_code == 303 and answer.location == PAGE


@pytest.mark.parametrize("wrong", [{}, {"kind": "floppy"}, {"agencies": "aaaaaaaaaaaab"}, {"kind": "fhir"}])
def test_a_wrong_choice_gets_a_sentence_and_keeps_the_rest(sina, wrong):
    client, _, agency_id = sina
    chosen = ids.encode(agency_id)
    answer = send(
        client, PAGE, **({"agencies": chosen, "kind": "json"} | wrong if wrong else {"kind": "json"})
    )
    assert answer.status_code == 400 and "There is a problem" in answer.text
    ticked = re.search(r'name="agencies"[^>]* checked', answer.text) is not None
    assert ticked == (bool(wrong) and "agencies" not in wrong)


def test_a_file_that_vanished_is_a_plain_page(sqlite_store, sina):
    client = sina[0]
    address = file_of(asks(sqlite_store, sina))
    presses(client, f"{address}/delete")
    assert client.get(address).status_code == 404
    assert client.get(address).text == client.get(f"{PAGE}/aaaaaaaaaaaab").text


def test_what_cannot_be_made_is_named_with_a_way_to_try_again(sqlite_store, sina, monkeypatch):
    def _fail(_draft):
        raise RuntimeError("zqfault")

    monkeypatch.setattr("portal.worker.downloads.draw_file", _fail)
    text = asks(sqlite_store, sina)
    assert "The file from" in text and "could not be made." in text and "zqfault" not in text
    monkeypatch.undo()
    again = re.search(r'action="(/en/records/download/[a-z2-7]{13}/again)"', text)[1]
    presses(sina[0], again)
    work_off(sqlite_store)
    assert "1 of 1 files are ready." in sina[0].get(PAGE).text


def test_without_records_there_is_nothing_to_take(sqlite_store, sqlite_app):
    client, _ = browser(sqlite_store, sqlite_app)
    assert "So there is nothing to take with you." in client.get(PAGE).text


def test_the_page_holds_no_unmarked_english(sqlite_store, sina):
    language.enable_pseudo()
    try:
        text = asks(sqlite_store, sina, tag="xa")
        assert unmarked_text(text) == []
    finally:
        language.disable_pseudo()


# What a page has to do things with, and the frame; everything else that it says stands in the file.
NOT_IN_A_FILE = {"Fix", "Ask to fix this", "Share this"}


class _Said(HTMLParser):
    """The texts of the parts of a record's page that are said to the person: not links, buttons or the frame."""

    def __init__(self):
        super().__init__()
        self.found, self.quiet, self.within = [], 0, False

    def handle_starttag(self, tag, attrs):
        self.within |= tag == "main"
        self.quiet += tag in ("a", "button", "form", "summary", "nav", "title", "h1")

    def handle_endtag(self, tag):
        self.quiet -= tag in ("a", "button", "form", "summary", "nav", "title", "h1")
        self.within &= tag != "main"

    def handle_data(self, data):
        if self.within and not self.quiet and pdf_files.said(data):
            self.found.append(pdf_files.said(data))


@pytest.mark.parametrize("tag", ["en", "mi", "to"])
def test_a_readable_file_says_what_the_record_s_page_says(sqlite_store, sina, tag):
    client, who, agency_id = sina
    everything(sqlite_store, who, agency_id)
    file = client.get(file_of(asks(sqlite_store, sina, tag=tag))).data
    text = unbroken(pdf_files.text_of(file))
    missing = {}
    for view in queries.whole(sqlite_store.work(who), who.person_id, agency_id):
        page = client.get(f"/{tag}/records/{ids.encode(view.ref)}")
        reader = _Said()
        reader.feed(page.text)
        assert len(reader.found) > 30
        missing |= {
            words: view.type.key for words in reader.found if unbroken(words.strip(" .,:")) not in text
        }
    assert missing == {}


def unbroken(text):
    """A text without its spaces: a line of a file may end after any hyphen of a word."""
    return "".join(text.split())


def everything(store, who, agency_id):
    """Records with all that can stand on a record's page."""
    receive(store, who, agency_id, {**FULL, "people": 2}, recorded_on=factory.day(3))
    receive(store, who, agency_id, FULL, why={"reason": "You told them."})
    receive(store, who, agency_id, {**FULL, "people": 5}, changed_by="system")
    receive(store, who, agency_id, BODY, kind="visit", source_id="V-1")
    number = record_id(store, who, agency_id)
    change(store, service.correct, who.person_id, number, {"people": 4})
    change(
        store, service.attach_statement, who.person_id, number, "note", "Ua sesē lenei. ʻO aʻu lava.", "sm", 7
    )
    change(store, service.attach_statement, who.person_id, number, "", "E leai se fale.", "sm", 8)
    for field, lines in (("tip", 2), (None, 0)):
        kept = {"lines": lines, "ground": "53-b", "plain": "It is about someone.", "decided_by": "Officer"}
        change(store, service.withhold, who.person_id, number, field, {**kept, "decided_on": "2026-05-04"})
    change(store, service.begin_review, who.person_id, number, ["address"], 7)
    shared = {"on": "2026-06-01", "to": "A plumber", "why": "to visit", "law": "tenancy"}
    change(store, service.note_disclosure, who.person_id, number, shared)
    receive(store, who, agency_id, {**FULL, "people": 5})
    found = queries.for_record_ids(store.work(), who.person_id, [number])[0].ref
    for field, shown in (("address", True), ("alone", False), ("", False)):
        store.work(who).do(service.write_note, found, field, f"Taku kōrero {field}.", "mi", shown)
    store.work(who).do(service.say_right, found, "address")


def test_parts_of_a_file_stand_in_their_order_and_each_says_which_it_is(sqlite_store, sina, monkeypatch):
    monkeypatch.setattr(asking, "A_PART", 1)
    receive(sqlite_store, sina[1], sina[2], BODY, source_id="H-2")
    text = asks(sqlite_store, sina)
    assert [int(no) for no in re.findall(r"part (\d) of 2</p>", text)] == [1, 2]
    assert "2 of 2 files are ready." in text
    assert re.search(r"Delete this file now<span[^>]*> <span[^>]*>Example Homes</span>, part 2 of 2", text)
    assert sina[0].get(file_of(text)).data.startswith(b"%PDF")
