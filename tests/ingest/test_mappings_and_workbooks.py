"""Mapping files and their faults, files without one, XLSX, and the demo's own spreadsheets."""

import json
from datetime import date

import pytest

from portal.ingest.models import Receipt, Waiting
from tests.ingest import factory, workbook
from tests.ingest.factory import FILES, report, run

HOMES = ("ingest", "csv", "--agency", "example-homes", "--type", "home")
MAP = {
    "type": "home",
    "agency": "example-homes",
    "client_ref": "Ref",
    "fields": {"name": {"column": "Name", "kind": "text"}},
}


@pytest.fixture
def mapped(tmp_path):
    """A mapping file with these changes."""

    def _mapped(**changes):
        path = tmp_path / "map.json"
        path.write_text(json.dumps({**MAP, **changes}), encoding="utf-8")
        return path

    return _mapped


@pytest.fixture
def sheet(tmp_path):
    path = tmp_path / "file.csv"
    path.write_text("Ref,Name\nC-1,Sina\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"type": "visit"}, "The mapping is for the type visit, not for home."),
        (
            {"agency": "example-school"},
            "The mapping is for the agency example-school, not for example-homes.",
        ),
        (
            {"fields": {"nmae": {"column": "Name", "kind": "text"}}},
            "The type home has no field nmae. It has name, address, people, alone, note, tip, review_on.",
        ),
        (
            {"fields": {"name": {"column": "Name", "kind": "words"}}},
            "The mapping is not right at /fields/name/kind: it is not one of the known values.",
        ),
        (
            {"fields": {"name": {"kind": "text"}}},
            "The mapping is not right at /fields/name/column: it is missing.",
        ),
        ({"colour": 1}, "The mapping is not right at /colour: it is not known here."),
        ({"delimiter": "||"}, "The mapping is not right at /delimiter: it is not in the right form."),
    ],
)
def test_a_mapping_that_does_not_fit_is_said_in_a_sentence(
    sqlite_store, monkeypatch, mapped, sheet, changes, sentence
):
    factory.housing(sqlite_store)
    done = run(sqlite_store, monkeypatch, *HOMES, "--map", mapped(**changes), sheet)
    assert (done.status, done.err) == (2, f"{sentence}\n")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            (*HOMES[:5], "condition"),
            "Example Homes has no record type condition. Add it with a purpose first.",
        ),
        ((*HOMES, "--map", "no-map.json"), "There is no file called no-map.json."),
        (("ingest", "csv", "--agency", "nobody", "--type", "home"), "There is no agency called nobody."),
        (
            HOMES,
            "Without a mapping the file needs a column client_ref and columns named as the fields: name,",
        ),
    ],
)
def test_a_call_that_cannot_be_carried_out_ends_with_status_2(
    sqlite_store, monkeypatch, sheet, words, sentence
):
    factory.housing(sqlite_store)
    done = run(sqlite_store, monkeypatch, *words, sheet)
    assert done.status == 2 and done.err.startswith(sentence) and done.err.count("\n") == 1


def test_a_mapping_that_is_no_json_is_said_in_a_sentence(sqlite_store, monkeypatch, sheet):
    factory.housing(sqlite_store)
    done = run(sqlite_store, monkeypatch, *HOMES, "--map", sheet, sheet)
    assert (done.status, done.err) == (
        2,
        "The mapping cannot be used. The file is not JSON: line 1 cannot be read.\n",
    )


def test_without_a_mapping_the_headings_are_the_field_names(sqlite_store, monkeypatch, tmp_path):
    agency = factory.housing(sqlite_store)
    person_id = factory.person(sqlite_store)
    factory.link(sqlite_store, person_id, agency)
    path = tmp_path / "plain.csv"
    path.write_bytes("client_ref;name;people;alone;review_on\nC-1;Sina;3;no;2026-12-01\n".encode("utf-8-sig"))
    assert report(sqlite_store, monkeypatch, *HOMES, path)[1]["records"] == 1
    assert factory.bodies(sqlite_store, person_id) == [
        {"name": "Sina", "people": 3, "alone": False, "review_on": "2026-12-01"}
    ]


def test_a_dry_run_of_a_spreadsheet_keeps_nothing(store, monkeypatch, mapped, sheet):
    factory.housing(store)
    done = run(store, monkeypatch, *HOMES, "--map", mapped(), "--dry-run", sheet)
    assert done.status == 0
    assert (
        "1 rows read: 1 loaded, 0 of the rows in part, 0 held back. 0 people linked, 1 not linked."
        in done.out
    )
    assert factory.count(store, Waiting) == factory.count(store, Receipt) == 0


def test_a_workbook_is_read_from_its_first_sheet(sqlite_store, monkeypatch, mapped, tmp_path):
    agency = factory.housing(sqlite_store)
    person_id = factory.person(sqlite_store)
    factory.link(sqlite_store, person_id, agency, "4711")
    fields = {
        "name": {"column": "Name", "kind": "text"},
        "people": {"column": "People", "kind": "integer"},
        "review_on": {"column": "Again", "kind": "date", "date_order": "dmy"},
    }
    rows = [["Ref", "Name", "People", "Again"], [4711, "Sina", 3, date(2026, 12, 1)], ["", "", "", ""]]
    path = workbook.write(tmp_path / "book.xlsx", {"Homes": rows, "Old": [["x"]]}, merged="A2:A3")
    _, found = report(sqlite_store, monkeypatch, *HOMES, "--map", mapped(fields=fields), path)
    assert found["records"] == 1
    assert factory.bodies(sqlite_store, person_id) == [
        {"name": "Sina", "people": 3, "review_on": "2026-12-01"}
    ]
    told = found["files"][0]["warnings"]
    assert "The sheet Old was not read." in told
    assert "The sheet has merged cells: only the first cell of each was read." in told


def test_a_sheet_that_is_not_there_is_named(sqlite_store, monkeypatch, mapped, tmp_path):
    factory.housing(sqlite_store)
    path = workbook.write(tmp_path / "book.xlsx", {"Homes": [["Ref", "Name"], ["1", "x"]]})
    done = run(sqlite_store, monkeypatch, *HOMES, "--map", mapped(sheet="Homse"), path)
    assert done.status == 1 and "no sheet called Homse. It has Homes." in done.err


DEMO = {
    "budget-map.json": ("budget.csv", 3, 4, "Row 6 was held back: Client Name holds a note, not a name."),
    "budget-xlsx-map.json": ("budget.xlsx", 1, 1, "The sheet Old list was not read."),
    "benefit-person-map.json": (
        "benefit-export.txt",
        3,
        1,
        "Row 4 was held back: /date_of_birth is missing.",
    ),
    "benefit-payment-map.json": (
        "benefit-export.txt",
        3,
        1,
        "Row 5 was held back: NETT_WK: the mapping says that decimals are implied, and this sum has a point.",
    ),
}


@pytest.mark.parametrize(("mapping", "wanted"), DEMO.items(), ids=DEMO)
def test_the_demos_own_spreadsheets_are_taken_in_part_and_once(store, monkeypatch, mapping, wanted):
    name, records, rejected, sentence = wanted
    rules = json.loads((FILES / mapping).read_text(encoding="utf-8"))
    factory.demo_agency(store, rules["agency"])
    words = ("ingest", "csv", "--agency", rules["agency"], "--type", rules["type"], "--map", FILES / mapping)
    status, first = report(store, monkeypatch, *words, FILES / name)
    _, second = report(store, monkeypatch, *words, FILES / name)
    assert (status, first["records"], first["rejected"]) == (0, records, rejected)
    assert sentence in first["files"][0]["warnings"]
    assert (second["records"], second["unchanged"]) == (0, records)


def test_an_unknown_code_takes_the_row_in_part(sqlite_store, monkeypatch, tmp_path):
    factory.demo_agency(sqlite_store, "example-budget-service")
    path = tmp_path / "debts.csv"
    path.write_text(
        "File no,Client Name,DOB,Date seen,Owed to,$ owing,Each wk,Whose debt,Disputed?,Paper?\n"
        "BS-1,Sina,,1/7/2026,Shop,(20.00),,nobody's,,\n",
        encoding="utf-8",
    )
    words = ("ingest", "csv", "--agency", "example-budget-service", "--type", "debt_list")
    done = run(sqlite_store, monkeypatch, *words, "--map", FILES / "budget-map.json", path)
    assert "Row 2, Whose debt: the code is not in the agreed list" in done.out
    assert "Row 2, $ owing: brackets or CR were read as a sum below zero." in done.out
    assert "1 rows read: 1 loaded, 1 of the rows in part, 0 held back." in done.out
