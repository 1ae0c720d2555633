"""Files of what an agency holds: what is in them, what never is, how they are made, kept and thrown away."""

import json
from datetime import timedelta
from pathlib import Path

import jsonschema
import pytest
from sqlalchemy import select, update

from portal import worker
from portal.agencies import service as agencies
from portal.base import pdf
from portal.base.problems import Invalid, NotThere
from portal.fhir.conformance import problems
from portal.language.rules import LANGUAGES
from portal.notices import service as notices
from portal.records import queries, service
from portal.records.models import DownloadPart, Version
from portal.records.service import downloads
from portal.records.service.downloads import asking, making
from tests import pdf_files
from tests.records import factory
from tests.records.factory import BODY, change, receive, record_id

SCHEMA = Path(__file__).resolve().parents[2] / "docs" / "download.schema.json"
FULL = {**BODY, "note": "Seems tired.", "tip": "He lives there.", "review_on": "2019-02-20"}
SAMOAN = "Ou te nofo i le ʻāiga, e leʻi fesoasoani mai se isi."


@pytest.fixture
def held(store):
    """A person with records at two agencies, one of them changed, with all that can stand beside a value."""
    who = factory.person(store)
    homes = factory.agency(store)
    clinic = factory.agency(store, "example-clinic", name="Example Clinic", topic="health")
    receive(store, who, homes, {**FULL, "people": 2})
    receive(
        store, who, homes, FULL, why={"reason": "You told them.", "source": {"sentence": "You wrote it."}}
    )
    receive(store, who, homes, {**BODY, "note": "Wants peace."}, kind="visit", source_id="V-1")
    receive(store, who, clinic, BODY)
    number = record_id(store, who, homes)
    change(store, service.attach_statement, who.person_id, number, "note", SAMOAN, "sm", 7)
    kept = {"lines": 2, "ground": "49-1-a-i", "plain": "It could harm someone.", "decided_by": "Officer"}
    change(store, service.withhold, who.person_id, number, "tip", {**kept, "decided_on": "2026-05-04"})
    change(store, service.begin_review, who.person_id, number, ["address"], 7)
    shared = {"on": "2026-06-01", "to": "A plumber", "why": "to visit", "law": "tenancy"}
    change(store, service.note_disclosure, who.person_id, number, shared)
    return store, who, homes, clinic


def ask(held, *agency_ids, kind="json", tag="en"):
    """Ask as the person, and let the worker make the files; gives them, the newest first."""
    store, who = held[:2]
    store.work(who).do(downloads.ask_files, list(agency_ids), kind, tag)
    while worker.once(store.core):
        pass
    return queries.downloads_of(store.work(who))


def bytes_of(held, found):
    return queries.download_bytes(held[0].work(held[1]), found)


def made(held, agency_id, **more):
    found = ask(held, agency_id, **more)[0]
    assert found.state == "ready"
    return bytes_of(held, found)


def test_a_file_for_programs_has_each_value_with_all_that_is_read_with_it(held):
    whole = json.loads(made(held, held[2]))
    jsonschema.validate(whole, json.loads(SCHEMA.read_text(encoding="utf-8")))
    home = next(one for one in whole["records"] if one["type"] == "home")
    values = {one["field"]: one for one in home["values"]}
    assert values["people"]["value"] == 3 and values["address"]["being_looked_at"]
    assert values["note"]["statements"][0] | {"on": ""} == {"text": SAMOAN, "lang": "sm", "on": ""}
    assert values["tip"]["kept_from_you"][0]["lines"] == 2
    assert home["versions"][0]["changes"][0] == {"field": "people", "from": 2, "to": 3}
    assert home["shared_with"][0]["to"] == "A plumber" and home["came_from"]["sentence"] == "You wrote it."
    assert whole["purposes"]["care"]["law"]


@pytest.mark.parametrize("tag", ["en", "mi", "sm", "to", "fj"])
def test_a_readable_file_is_tagged_and_says_what_was_shown_in_its_language(held, tag):
    data = made(held, held[2], kind="pdf", tag=tag)
    text = pdf_files.text_of(data)
    for shown in ("Sina Faʻasili", "12 Sample Street", "Seems tired.", "A plumber", SAMOAN, "You wrote it."):
        assert shown in text
    assert "\N{REPLACEMENT CHARACTER}" not in text
    # Words that were attached to a value come right after it, before the next value.
    assert text.index("Seems tired.") < text.index(SAMOAN) < text.index("He lives there.")
    with pdf_files.opened(data) as file:
        assert str(file.Root.Lang) == LANGUAGES[tag].bcp47
        assert "Example Homes" in str(file.docinfo.Title) and file.Root.MarkInfo.Marked
        assert file.Root.ViewerPreferences.DisplayDocTitle
        with file.open_metadata() as facts:
            assert facts["pdfuaid:part"] == "1"
    roles = pdf_files.roles(data)
    assert roles["H1"] >= 2 and roles["LBody"] > 10 and roles["BlockQuote"] == 1
    assert pdf_files.languages(data) >= ({"sm"} if tag == "en" else {"en-NZ"})


def test_a_file_for_health_software_is_a_document_that_it_can_open(held):
    document = json.loads(made(held, held[3], kind="fhir"))
    assert problems(document) == []
    assert document["type"] == "document" and "12 Sample Street" in json.dumps(document)


def test_what_does_not_fit_health_software_is_said_and_nothing_is_asked(held):
    with pytest.raises(Invalid) as told:
        ask(held, held[3], held[2], kind="fhir")
    assert told.value.values_ == {"agency": "Example Homes"}
    assert queries.downloads_of(held[0].work(held[1])) == []


def test_a_choice_that_cannot_be_is_answered_with_a_sentence(held):
    for agency_ids, kind in (((), "json"), ((held[2],), "floppy"), ((12345,), "json")):
        with pytest.raises(Invalid):
            ask(held, *agency_ids, kind=kind)


def test_the_same_is_read_and_drawn_with_and_without_what_is_neither_confirmed_nor_denied(held):
    """Equal blocks draw equal bytes, so equal blocks are equal files; drawn once more to prove it."""
    store, who, homes, _ = held
    now = store.work().now

    def _drafts():
        found = {}
        for kind in ("pdf", "json"):
            store.work(who).do(downloads.ask_files, [homes], kind, "en")
            work = store.work(now=now)
            row = next(one for one in queries.downloads_of(store.work(who)) if one.kind == kind)
            about = {"person_id": str(who.person_id), "download_id": str(row.id)}
            found[kind] = downloads.read_for_file(work, about)
        return found

    before = _drafts()
    assert bytes(downloads.draw_file(before["pdf"]).body) == bytes(downloads.draw_file(before["pdf"]).body)
    unsaid = {"lines": 3, "ground": "47", "plain": "zqunsaid", "told": False}
    change(store, service.withhold, who.person_id, record_id(store, who, homes), "note", unsaid)
    receive(store, who, homes, {**BODY, "note": "zqsilent"}, kind="visit", source_id="V-2")
    silent = record_id(store, who, homes, kind="visit", source_id="V-2")
    _make_silent(store, who, silent)
    after = _drafts()
    assert after == before
    pdf_files.assert_nowhere(downloads.draw_file(after["pdf"]).body, "zqunsaid", "zqsilent")


def _make_silent(store, who, number):
    from portal.records.models import Record

    store.work().do(
        lambda work: (
            work.session.execute(
                update(Record)
                .where(Record.person_id == who.person_id, Record.id == number)
                .values(state="silent")
            )
            and None
        )
    )


def test_a_hidden_agency_has_no_file_and_its_files_are_gone_from_then_on(held):
    store, who, homes, clinic = held
    found = ask(held, homes, clinic)
    mine = next(one for one in found if one.agency.id == homes)
    store.work(who).do(agencies.hide, homes)
    assert {one.agency.id for one in queries.downloads_of(store.work(who))} == {clinic}
    assert {one.agency.id for one in queries.offered(store.work(who))} == {clinic}
    with pytest.raises(NotThere):
        queries.download(store.work(who), mine.ref)
    with pytest.raises(Invalid):
        ask(held, homes)


def test_what_was_asked_before_an_agency_was_hidden_is_not_made(held):
    store, who, homes, _ = held
    store.work(who).do(downloads.ask_files, [homes], "json", "en")
    store.work(who).do(agencies.hide, homes)
    while worker.once(store.core):
        pass
    assert store.work().session.scalars(select(DownloadPart.no)).all() == []


def test_a_letter_opens_no_more_in_a_file_than_on_the_pages(held):
    store, who = held[:2]
    other = factory.agency(store, "example-letter", name="Example Letter")
    change(store, agencies.link, who.person_id, other, "C-9", "letter")
    receive(store, who, other, BODY)
    receive(store, who, other, {**BODY, "note": "zqproof"}, kind="visit", source_id="V-3")
    assert {one["type"] for one in json.loads(made(held, other))["records"]} == {"home"}
    pdf_files.assert_nowhere(made(held, other, kind="pdf"), "zqproof")


def test_one_file_that_cannot_be_made_does_not_keep_the_others(held):
    store, who, homes, clinic = held
    broken = Version.person_id == who.person_id, Version.agency_id == clinic
    kept = store.work().session.scalars(select(Version.body).where(*broken)).one()
    store.work().do(lambda work: _put_body(work, broken, kept[:-1] + bytes([kept[-1] ^ 1])))
    found = {one.agency.id: one for one in ask(held, homes, clinic)}
    assert (found[homes].state, found[clinic].state) == ("ready", "failed")
    store.work().do(lambda work: _put_body(work, broken, kept))
    store.work(who).do(downloads.ask_again, found[clinic].ref)
    while worker.once(store.core):
        pass
    states = {one.agency.id: one.state for one in queries.downloads_of(store.work(who))}
    assert states == {homes: "ready", clinic: "ready"}


def _put_body(work, which, body):
    work.session.execute(update(Version).where(*which).values(body=body))


def test_more_than_one_file_can_hold_is_said_and_the_worker_goes_on(held, monkeypatch):
    monkeypatch.setattr(pdf, "MOST_LETTERS", 1000)
    found = {one.kind: one.state for one in [*ask(held, held[2], kind="pdf"), *ask(held, held[2])]}
    assert found == {"pdf": "too-much", "json": "ready"}


@pytest.fixture
def in_parts(held, monkeypatch):
    """Two records in a file; one agency holds five of a kind that differ by their day, and by a word."""
    monkeypatch.setattr(asking, "A_PART", 2)
    store, who = held[:2]
    number = factory.agency(store, "example-many", name="Example Many")
    for day in range(1, 6):
        body = {**BODY, "address": f"zqday{day} Street"}
        receive(store, who, number, body, source_id=f"M-{day}", recorded_on=factory.day(day))
    return number


def test_very_many_records_come_in_parts_in_the_order_of_the_pages(held, in_parts):
    found = ask(held, in_parts, kind="pdf")
    assert [(one.state, one.part, one.parts) for one in found] == [("ready", no, 3) for no in (1, 2, 3)]
    days = [[5, 4], [3, 2], [1]]
    for one, its in zip(found, days, strict=True):
        whole = bytes_of(held, one)
        told = pdf_files.text_of(whole)
        assert f"What Example Many holds about you, part {one.part} of 3" in told
        assert [day for day in (5, 4, 3, 2, 1) if f"zqday{day}" in told] == its
        assert pdf_files.roles(whole)["H2"] >= len(its)
    assert ask(held, in_parts)[0].parts is None


def test_a_part_that_cannot_be_made_is_named_and_keeps_no_other(held, in_parts, monkeypatch):
    store, who = held[:2]
    oldest = record_id(store, who, in_parts, source_id="M-1")
    broken = Version.person_id == who.person_id, Version.record_id == oldest
    kept = store.work().session.scalars(select(Version.body).where(*broken)).one()
    store.work().do(lambda work: _put_body(work, broken, kept[:-1] + bytes([kept[-1] ^ 1])))
    found = ask(held, in_parts, kind="pdf")
    assert [one.state for one in found] == ["ready", "ready", "failed"]
    store.work().do(lambda work: _put_body(work, broken, kept))
    store.work(who).do(downloads.ask_again, found[2].ref)
    while worker.once(store.core):
        pass
    again = queries.downloads_of(store.work(who))
    assert [(one.ref, one.no, one.state) for one in again] == [(one.ref, one.no, "ready") for one in found]


def test_parts_grow_with_what_came_meanwhile_and_lose_nothing(held, in_parts):
    store, who = held[:2]
    store.work(who).do(downloads.ask_files, [in_parts], "pdf", "en")
    receive(store, who, in_parts, {**BODY, "address": "zqday0"}, source_id="M-0")
    receive(store, who, in_parts, {**BODY, "address": "zqday6"}, source_id="M-6")
    while worker.once(store.core):
        pass
    told = "".join(pdf_files.text_of(bytes_of(held, one)) for one in queries.downloads_of(store.work(who)))
    assert all(f"zqday{day}" in told for day in range(7))


def test_a_file_that_is_never_made_is_not_waited_for_for_ever(held):
    store, who, homes, _ = held
    store.work(who).do(downloads.ask_files, [homes], "json", "en")
    later = store.work().now + timedelta(minutes=11)
    assert queries.downloads_of(store.work(who))[0].state == "waiting"
    assert queries.downloads_of(store.work(who, later))[0].state == "failed"


def test_a_file_is_kept_sealed_in_parts_and_comes_back_whole(held, monkeypatch):
    monkeypatch.setattr(making, "PART", 500)
    found = ask(held, held[2])[0]
    parts = held[0].work().session.scalars(select(DownloadPart.body)).all()
    assert len(parts) > 3 and not any(b"Sample Street" in part for part in parts)
    whole = bytes_of(held, found)
    assert found.size == len(whole) and json.loads(whole)["records"]


def test_a_file_is_gone_after_a_day_or_at_once_and_asking_again_takes_its_place(held):
    store, who, homes, clinic = held
    first = ask(held, homes, clinic)
    second = ask(held, homes)
    assert len(second) == 2 and {one.no for one in second} == {2, 3}
    gone = next(one for one in first if one.agency.id == homes)
    with pytest.raises(NotThere):
        queries.download(store.work(who), gone.ref)
    store.work(who).do(downloads.drop_file, second[0].ref)
    left = queries.downloads_of(store.work(who))
    assert [one.agency.id for one in left] == [clinic]
    later = left[0].expires_at
    assert queries.downloads_of(store.work(who, later)) == []
    assert store.work(now=later).do(downloads.expire_downloads) == 1
    assert store.work().session.scalars(select(DownloadPart.no)).all() == []


def test_another_person_reaches_no_file(held):
    store, found = held[0], ask(held, held[2])[0]
    other = factory.person(store)
    for verb in (downloads.drop_file, downloads.ask_again):
        with pytest.raises(NotThere):
            store.work(other).do(verb, found.ref)
    with pytest.raises(NotThere):
        queries.download(store.work(other), found.ref)


def test_the_person_is_told_once_when_all_are_there_and_nothing_says_of_what(held):
    ask(held, held[2], held[3])
    told = [one for one in notices.newest(held[0].work(held[1])) if one.kind == "download_ready"]
    assert [one.agency_id for one in told] == [0]


def test_nothing_of_a_file_is_in_the_calls_of_the_program_that_draws_it(monkeypatch):
    calls = []
    run = pdf.subprocess.run
    monkeypatch.setattr(
        pdf.subprocess, "run", lambda call, **more: calls.append(repr(call)) or run(call, **more)
    )
    assert pdf.render("document", {"blocks": [["p", ["zqdrawn"]]]}, lang="en-NZ", title="zqtitle")
    assert len(calls) == 1 and "zq" not in calls[0]


@pytest.mark.parametrize(
    "words", ["#let x = [1]", "*b* _i_ `c` $m$ <l> @ref", "\\u{41} // c /* d */", "a\nb\n\nc"]
)
def test_text_is_never_read_as_markup(words):
    data = pdf.render("document", {"blocks": [["p", [words]]]}, lang="en-NZ", title=words.replace("\n", " "))
    assert pdf_files.said(words) in pdf_files.text_of(data)


def test_letters_that_no_font_has_do_not_stop_a_file_and_can_still_be_copied():
    data = pdf.render(
        "document", {"blocks": [["p", ["Kia ora \U000105c0 \N{GRINNING FACE}"]]]}, lang="en", title="T"
    )
    assert "Kia ora" in pdf_files.text_of(data)
