"""`portal ingest csv`: the dirt of real spreadsheets, each with what is said and done (catalogue, section 4)."""

import json
from datetime import date

import pytest

from portal.ingest.models import Receipt
from tests.ingest import factory
from tests.ingest.factory import report, run

HEADINGS = ["Ref", "Who", "DOB", "Seen", "Name held", "Address", "Look again", "Alone?", "Note"]
MAP = {
    "type": "home",
    "agency": "example-homes",
    "client_ref": "Ref",
    "name": "Who",
    "birth_date": "DOB",
    "recorded_on": "Seen",
    "date_order": "dmy",
    "fields": {
        "name": {"column": "Name held", "kind": "text"},
        "address": {"column": "Address", "kind": "text"},
        "review_on": {"column": "Look again", "kind": "date"},
        "alone": {"column": "Alone?", "kind": "boolean"},
        "note": {"column": "Note", "kind": "text"},
    },
    "third_party": ["note"],
}
GOOD = ["C-1", "Sina Faʻasili", "04/05/1992", "23/6/2026", "SINA FAASILI", "12 Sample Street", "", "Y", ""]


def row(**changed):
    places = {
        "ref": 0,
        "who": 1,
        "born": 2,
        "seen": 3,
        "name": 4,
        "address": 5,
        "again": 6,
        "alone": 7,
        "note": 8,
    }
    cells = list(GOOD)
    for key, cell in changed.items():
        cells[places[key]] = cell
    return cells


class Desk:
    """An agency's clerk, who keeps a mapping and sends files."""

    def __init__(self, store, monkeypatch, folder):
        self.store, self.monkeypatch, self.folder = store, monkeypatch, folder
        self.agency = factory.housing(store)

    def path(self, data, name="file.csv"):
        path = self.folder / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return path

    def words(self, path, mapping=None):
        mapped = self.path(json.dumps({**MAP, **(mapping or {})}), "map.json")
        return ("ingest", "csv", "--agency", "example-homes", "--type", "home", "--map", mapped, path)

    def send(self, *rows, headings=HEADINGS, mapping=None):
        """Send rows as CSV: exit status and the one object."""
        text = "\r\n".join(",".join(f'"{cell}"' for cell in cells) for cells in [headings, *rows])
        return self.file(self.path(text), mapping)

    def file(self, path, mapping=None):
        return report(self.store, self.monkeypatch, *self.words(path, mapping))


@pytest.fixture
def desk(sqlite_store, monkeypatch, tmp_path):
    return Desk(sqlite_store, monkeypatch, tmp_path)


@pytest.fixture
def sina(desk):
    person_id = factory.person(desk.store)
    factory.link(desk.store, person_id, desk.agency)
    return person_id


def warnings(answer):
    status, found = answer
    return found["files"][0]["warnings"]


def test_a_linked_persons_row_is_read_as_held_and_only_once(store, monkeypatch, tmp_path):
    desk = Desk(store, monkeypatch, tmp_path)
    person_id = factory.person(store)
    factory.link(store, person_id, desk.agency)
    _, first = desk.send(row(note="her mum pays"))
    status, second = desk.send(row(note="her mum pays"))
    assert (first["records"], second["records"], second["unchanged"], status) == (1, 0, 1, 0)
    assert second["files"][0]["status"] == "unchanged"
    (view,) = factory.held(store, person_id)
    assert view.line("name").value == "SINA FAASILI" and view.line("alone").value is True
    assert view.recorded_on == date(2026, 6, 23) and view.why["third_party"] == ["note"]
    assert factory.count(store, Receipt) == 2


def test_rows_that_cannot_be_read_are_held_back_by_number_and_never_by_value(desk, sina):
    rows = [
        row(),
        row(ref="C-2", born="5/04/92"),
        row(ref="C-3", again="31/02/2026"),
        row(ref="C-4", alone="?"),
    ]
    status, found = desk.send(*rows)
    assert (status, found["records"], found["rejected"]) == (0, 1, 3)
    told = found["files"][0]["warnings"]
    assert "Row 3 was held back: DOB: the year has two digits. Write all four." in told
    assert "Row 4 was held back: Look again: there is no such day." in told
    assert "Row 5 was held back: Alone?: this is neither yes nor no." in told
    assert found["files"][0]["status"] == "partial"


def test_two_date_orders_in_one_column_stop_the_file(desk, sina):
    status, found = desk.send(row(), row(ref="C-2", born="05/28/1990"))
    assert (status, found["files"][0]["error"]) == (
        1,
        "1 of 2 dates in DOB have a month over 12. The file may mix two orders. Nothing was loaded.",
    )


def test_one_person_with_two_birth_dates_is_left_to_staff(desk, sina):
    found = warnings(desk.send(row(), row(born="05/04/1992", name="x"), row(ref="C-2")))
    assert "Rows 2 and 3 look like one person with two birth dates. None of them was loaded." in found
    assert factory.held(desk.store, sina) == []


def test_a_birth_date_that_contradicts_the_person_is_held_for_staff(desk, sina):
    status, found = desk.send(row(born="05/04/1992"))
    assert status == 1 and factory.tasks(desk.store, desk.agency) == ["held"]
    assert found["files"][0]["error"].startswith("Row 2: The name or birth date")


def test_another_persons_row_under_a_clients_number_is_held_back_alone(desk, sina):
    columns = {"source_id": "Address"}
    _, found = desk.send(row(), row(who="Mele Vea", address="8 Tide Road"), mapping=columns)
    assert (found["records"], found["rejected"]) == (1, 1)
    assert [body["address"] for body in factory.bodies(desk.store, sina)] == ["12 Sample Street"]


def test_fillers_are_left_out_with_a_note(desk, sina):
    assert "Row 2, Look again: 1 January 1900 looks like a filler, so it was left out." in warnings(
        desk.send(row(again="01/01/1900"))
    )
    assert "review_on" not in factory.bodies(desk.store, sina)[0]


def test_rows_that_repeat_and_rows_that_disagree(desk, sina):
    told = warnings(desk.send(row(), row(), row(ref="C-2", name="a"), row(ref="C-2", name="b")))
    assert "Row 3 repeats row 2 and was read once." in told
    assert "Rows 4 and 5 are one record with different values. None of them was loaded." in told


@pytest.mark.parametrize("name", ["DO NOT USE", "test person", "Sina (DECEASED)"])
def test_a_note_in_a_name_is_held_back(desk, sina, name):
    assert "Row 2 was held back: Who holds a note, not a name." in warnings(desk.send(row(who=name)))


def test_totals_and_blank_rows_are_no_people(desk, sina):
    status, found = desk.send(row(), [""] * 9, ["Total", "", "", "", "", "", "", "1", ""])
    assert (found["records"], found["rejected"]) == (1, 0)
    assert "Row 4 looks like a total and was left out." in found["files"][0]["warnings"]


def test_a_missing_column_names_the_nearest(desk):
    headings = [*HEADINGS[:5], "Adress ", *HEADINGS[6:], "Extra"]
    status, found = desk.send([*row(), ""], headings=headings)
    assert (status, found["files"][0]["error"]) == (
        1,
        "The file lacks a column that the mapping reads: Address (the nearest is Adress).",
    )


def test_columns_that_are_not_read_are_named_and_two_of_one_name_refused(desk, sina):
    extra = [*HEADINGS, "Colour"]
    assert "1 column is not in the mapping and not read: Colour." in warnings(
        desk.send([*row(), "red"], headings=extra)
    )
    status, found = desk.send([*row(), "C-9"], headings=[*HEADINGS, "Ref"])
    assert status == 1 and "two columns called Ref" in found["files"][0]["error"]


@pytest.mark.parametrize("hurt", ["MÄ\u0081ori", "M?ori", "Mäori", "M\ufffdori", "TÄ«pene", "Oâ€™Neill"])
def test_damaged_letters_stop_the_file(desk, sina, hurt):
    status, found = desk.send(row(address=hurt))
    assert status == 1
    assert found["files"][0]["error"] == (
        "Letters were damaged on the way: 1 cell is hurt. Send the file again as UTF-8."
    )


def test_windows_letters_are_read_only_where_the_mapping_says_so(desk, sina):
    text = ",".join(HEADINGS) + "\r\n" + ",".join(row(address="Café"))
    path = desk.path(text.replace("ʻ", "'").encode("windows-1252"))
    status, found = desk.file(path)
    assert status == 1 and "not UTF-8 (it may be Windows-1252)" in found["files"][0]["error"]
    assert desk.file(path, {"encoding": "windows-1252"})[1]["records"] == 1
    assert factory.bodies(desk.store, sina)[0]["address"] == "Café"


def test_marks_for_the_glottal_stop_are_kept_and_told(desk, sina):
    assert any("Marks seen for ʻ: ’" in one for one in warnings(desk.send(row(who="Sina Fa’asili"))))


def test_free_text_that_may_name_others_is_told_until_the_mapping_says_so(desk, sina):
    told = warnings(desk.send(row(note="see her mum"), mapping={"third_party": []}))
    assert any(
        one.startswith("Note is free text and often names other people (1 of 1 rows).") for one in told
    )


def test_another_agencys_number_is_never_stored(desk, sina):
    told = warnings(desk.send(row(address="ZZZ0016")))
    assert "Address holds what looks like another agency's number. It was not stored (principle 13)." in told
    assert "address" not in factory.bodies(desk.store, sina)[0]
    status, found = desk.send(row(ref="ZZZ0016"))
    assert status == 1 and "Send your own client number" in found["files"][0]["error"]


def test_an_older_file_leaves_what_is_newer(desk, sina):
    desk.send(row())
    status, found = desk.send(row(seen="3/5/2026", address="45 Former Street"))
    assert status == 1 and "older than what is held" in found["files"][0]["error"]
    assert factory.bodies(desk.store, sina)[0]["address"] == "12 Sample Street"


def test_a_row_of_another_length_or_without_a_client_is_held_back(desk, sina):
    told = warnings(desk.send(row()[:5], [*row(), "x"], row(ref="")))
    assert "Row 2 was held back: it has 5 cells, and there are 9 headings." in told
    assert "Row 3 was held back: it has 10 cells, and there are 9 headings." in told
    assert "Row 4 was held back: Ref is empty, so nobody is named." in told


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "The file is empty."),
        (b"Ref,Who\r\n", "The file has no rows under its headings."),
        (b"\x00\x01\x02", "This is no spreadsheet that can be read. Save it as CSV in UTF-8, or as XLSX."),
        (
            b"PK\x03\x04broken",
            "This is no spreadsheet that can be read. Save it as CSV in UTF-8, or as XLSX.",
        ),
        (b'Ref,Who\r\n"C-1,Sina', "The file cannot be read from row 2 on"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_a_sentence(desk, data, sentence):
    done = run(desk.store, desk.monkeypatch, *desk.words(desk.path(data)))
    assert done.status == 1 and sentence in done.err and done.err.count("\n") == 1
