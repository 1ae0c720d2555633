"""The spreadsheets that come with the demo: each mapping fits its file and its record type, dirt included."""

import csv
import io

import pytest
from python_calamine import CalamineWorkbook

from tests.demo.demo_files import FOLDER, PERSONAS, TYPES, read

PAIRS = {
    "budget-map.json": "budget.csv",
    "budget-xlsx-map.json": "budget.xlsx",
    "benefit-person-map.json": "benefit-export.txt",
    "benefit-payment-map.json": "benefit-export.txt",
}
KINDS = {"text", "date", "money", "integer", "boolean", "code", "list", "phone"}
each_pair = pytest.mark.parametrize(("mapping", "name"), PAIRS.items(), ids=PAIRS)


def rows(mapping: str, name: str) -> list[list]:
    """Read a spreadsheet the plain way, with its mapping's encoding and delimiter."""
    rules, path = read(f"files/{mapping}"), FOLDER / "files" / name
    if path.suffix == ".xlsx":
        return CalamineWorkbook.from_path(path).get_sheet_by_name(rules["sheet"]).to_python()
    text = path.read_bytes().decode(rules.get("encoding", "utf-8"))
    return list(csv.reader(io.StringIO(text), delimiter=rules.get("delimiter", ",")))


def columns(*entries) -> list[str]:
    """Flatten "a column or a list of columns"."""
    return [c for entry in entries if entry for c in ([entry] if isinstance(entry, str) else entry)]


@each_pair
def test_every_column_of_the_file_is_either_read_or_left_out_on_purpose(mapping, name):
    rules, header = read(f"files/{mapping}"), rows(mapping, name)[0]
    used = columns(
        rules["client_ref"], rules["source_id"], rules["name"], rules["birth_date"], rules["recorded_on"]
    )
    used += columns(*[field["column"] for field in rules["fields"].values()])
    assert set(used) | set(rules["ignore"]) == set(header)
    assert not set(used) & set(rules["ignore"])


@each_pair
def test_every_field_exists_in_the_record_type_and_every_code_leads_to_one_of_its_values(mapping, name):
    rules = read(f"files/{mapping}")
    schema = TYPES[rules["agency"], rules["type"]]["schema"]
    assert set(schema["required"]) <= set(rules["fields"]) <= set(schema["properties"])
    assert set(rules["third_party"]) <= set(rules["fields"])
    for key, field in rules["fields"].items():
        assert field["kind"] in KINDS
        allowed = {choice["const"] for choice in schema["properties"][key].get("oneOf", [])}
        assert set(field.get("codes", {}).values()) <= allowed


@each_pair
def test_the_file_speaks_of_a_client_of_the_demo(mapping, name):
    rules, (header, *body) = read(f"files/{mapping}"), rows(mapping, name)
    refs = {row[header.index(rules["client_ref"])] for row in body}
    assert refs & {
        link["client_ref"]
        for person in PERSONAS.values()
        for link in person["links"]
        if link["agency"] == rules["agency"]
    }


def test_the_files_are_as_dirty_as_real_ones():
    budget = (FOLDER / "files/budget.csv").read_text(encoding="utf-8")
    export = (FOLDER / "files/benefit-export.txt").read_text(encoding="utf-8")
    assert all(
        dirt in budget for dirt in ("5/04/92", "31/02/1988", "DO NOT USE", "=SUM(", "about 500", "01/01/1900")
    )
    assert all(dirt in export for dirt in ("31/12/9999", "00/00/0000", "DECEASED", "|ZZ|", "000049480"))
    assert any(33728 in row for row in rows("budget-xlsx-map.json", "budget.xlsx"))


def test_no_mapping_reads_the_partners_client_number():
    for mapping in PAIRS:
        if mapping.startswith("benefit"):
            assert "PTNR_NO" in read(f"files/{mapping}")["ignore"]
