"""`portal ingest fhir`: its object, its exit statuses, its sentences; real files where they are there."""

import json

import pytest

from portal.base import db
from portal.fhir.reading import read_bundle
from portal.ingest.cli.report import Progress
from portal.ingest.models import Receipt, Waiting
from tests.fhir.samples import ALL, HERE
from tests.ingest import factory
from tests.ingest.factory import report, run

SUMMARY = HERE / "fixtures" / "nz_summary.json"
CLINIC = ("ingest", "fhir", "--agency", "example-medical-centre")


@pytest.fixture
def clinic(store):
    return factory.demo_agency(store, "example-medical-centre", clinical=True)


@pytest.fixture
def bad(tmp_path):
    """A file with these bytes."""

    def _bad(data):
        path = tmp_path / "bad.json"
        path.write_bytes(data)
        return path

    return _bad


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_every_file_is_taken_or_refused_in_a_sentence_and_once(sqlite_store, monkeypatch, path):
    factory.demo_agency(sqlite_store, "example-medical-centre", clinical=True)
    status, first = report(sqlite_store, monkeypatch, *CLINIC, path)
    (one,) = first["files"]
    if one["status"] == "rejected":
        assert status == 1 and one["error"].endswith(".")
        return
    assert status == 0 and one["error"] is None
    assert first["records"] == one["records"] > 0
    status, second = report(sqlite_store, monkeypatch, *CLINIC, path)
    assert status == 0
    assert (second["records"], second["unchanged"]) == (0, first["records"])
    assert second["files"][0]["status"] == "unchanged"


def test_a_linked_persons_summary_can_be_read_and_a_second_run_changes_nothing(store, clinic, monkeypatch):
    patient = read_bundle(json.loads(SUMMARY.read_text(encoding="utf-8"))).patient
    person_id = factory.person(store, patient.names[0], patient.birth_date)
    factory.link(store, person_id, clinic, "P-1")
    _, first = report(store, monkeypatch, *CLINIC, "--person", "P-1", SUMMARY)
    _, second = report(store, monkeypatch, *CLINIC, "--person", "P-1", SUMMARY)
    assert first["records"] == len(factory.held(store, person_id)) > 0
    assert (second["records"], second["unchanged"], second["rejected"]) == (0, first["records"], 0)
    assert factory.count(store, Waiting) == 0 and factory.count(store, Receipt) == 2


def test_a_file_about_somebody_else_is_rejected_and_held_for_staff(store, clinic, monkeypatch):
    person_id = factory.person(store, "Mele Vea")
    factory.link(store, person_id, clinic, "P-1")
    status, found = report(store, monkeypatch, *CLINIC, "--person", "P-1", SUMMARY)
    assert status == 1 and found["files"][0]["status"] == "rejected" and found["rejected"] > 0
    assert "not that of the linked person" in found["files"][0]["error"]
    assert factory.held(store, person_id) == [] and factory.tasks(store, clinic) == ["held"]


def test_records_of_an_unknown_client_wait_and_count_as_imported(store, clinic, monkeypatch):
    status, found = report(store, monkeypatch, *CLINIC, "--person", "P-9", SUMMARY)
    (one,) = found["files"]
    assert (status, one["status"]) == (0, "imported")
    assert "waits until the person links" in one["warnings"]
    assert factory.count(store, Waiting) == found["records"]


def test_a_dry_run_says_what_would_come_and_keeps_nothing(store, clinic, monkeypatch):
    done = run(store, monkeypatch, *CLINIC, "--dry-run", "--json", SUMMARY)
    assert done.status == 0 and json.loads(done.out)["records"] > 0
    assert "dry run: nothing was kept" in done.err
    assert factory.count(store, Waiting) == factory.count(store, Receipt) == 0


def test_an_agency_without_the_types_says_which_to_add(store, monkeypatch):
    factory.demo_agency(store, "example-housing")
    done = run(store, monkeypatch, "ingest", "fhir", "--agency", "example-housing", SUMMARY)
    assert done.status == 1
    assert "Example Housing Agency has no record type allergy. Add it with a purpose first." in done.err


BAD = {
    b"": "The file is empty.",
    b"   \n": "The file is empty.",
    b'{"resourceType": "Bundle", "entry": [': "The file breaks off before its end. Send it again whole.",
    b'{"resourceType": "Bun': "The file breaks off before its end. Send it again whole.",
    b"\x89PNG\r\n\x1a\n\x00\x00": "The file is not text in UTF-8, so it is not JSON.",
    b"<Bundle/>": "The file is not JSON: line 1 cannot be read.",
    b"[1, 2]": "This is not a FHIR bundle: the file has to hold one JSON object.",
    b"[" * 200_000: "The file is nested too deep to be read.",
    b'{"a": NaN}': "The file is not JSON: it holds a number that cannot be stored.",
}


@pytest.mark.parametrize(("data", "sentence"), BAD.items(), ids=[str(n) for n in range(len(BAD))])
def test_a_file_that_cannot_be_read_is_refused_in_one_sentence(
    sqlite_store, monkeypatch, bad, data, sentence
):
    factory.demo_agency(sqlite_store, "example-medical-centre", clinical=True)
    path = bad(data)
    status, found = report(sqlite_store, monkeypatch, *CLINIC, path)
    assert (status, found["files"][0]["error"], found["rejected"]) == (1, sentence, 1)
    done = run(sqlite_store, monkeypatch, *CLINIC, path)
    assert done.err == f"{path}: {sentence}\n"


def test_a_file_over_20_mb_is_refused(sqlite_store, monkeypatch, bad):
    factory.demo_agency(sqlite_store, "example-medical-centre", clinical=True)
    done = run(sqlite_store, monkeypatch, *CLINIC, bad(b" " * (20 * 1024 * 1024) + b"{}"))
    assert done.status == 1 and "larger than 20 MB" in done.err


def test_one_bad_file_among_good_ones_stops_none_of_them(sqlite_store, monkeypatch, bad):
    factory.demo_agency(sqlite_store, "example-medical-centre", clinical=True)
    status, found = report(sqlite_store, monkeypatch, *CLINIC, bad(b"{"), SUMMARY)
    assert status == 0
    assert [one["status"] for one in found["files"]] == ["rejected", "imported"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            ("--agency", "nobody", SUMMARY),
            "There is no agency called nobody. Add it with `portal agency add`.",
        ),
        (("--agency", "example-medical-centre"), "Name one file or more."),
        (("--agency", "example-medical-centre", "not-there.json"), "There is no file called not-there.json."),
        (
            ("--agency", "example-medical-centre", "--person", " ", SUMMARY),
            "--person takes the agency's client number, up to 200 characters.",
        ),
    ],
)
def test_a_call_that_cannot_be_carried_out_ends_with_status_2(sqlite_store, monkeypatch, words, sentence):
    factory.demo_agency(sqlite_store, "example-medical-centre", clinical=True)
    done = run(sqlite_store, monkeypatch, "ingest", "fhir", *words)
    assert (done.status, done.err, done.out) == (2, f"{sentence}\n", "")


def test_a_store_without_tables_is_said_in_a_sentence(sqlite_store, monkeypatch):
    engine = db.make_engine(sqlite_store.settings.database_url)
    db.Base.metadata.drop_all(engine)
    engine.dispose()
    done = run(sqlite_store, monkeypatch, *CLINIC, SUMMARY)
    assert (done.status, done.err) == (2, "The database is not ready. Run `portal db upgrade` first.\n")


def test_progress_is_told_to_a_terminal_after_two_seconds_only(monkeypatch, capsys):
    progress = Progress("files")
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    progress.step(1, 3)
    progress._next = 0
    progress.step(2, 3)
    progress._next = 0
    monkeypatch.setattr("sys.stderr.isatty", lambda: False, raising=False)
    progress.step(2, 3)
    assert capsys.readouterr().err == "2 of 3 files\n"
