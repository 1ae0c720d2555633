"""Reading FHIR bundles: what becomes a record, what is left out, and how that is said."""

import copy
from datetime import date

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from portal.fhir.found import NotABundle
from portal.fhir.reading import read_bundle
from tests.fhir.samples import ALL, clinical_types, fixture, load

TYPES = clinical_types()


def records_of(name):
    return {record.source_id: record for record in read_bundle(fixture(name)).records}


@pytest.mark.parametrize("path", ALL, ids=lambda p: p.stem)
def test_every_record_of_every_bundle_fits_the_schema_of_its_type(path):
    reading = read_bundle(load(path))
    assert reading.records and reading.patient and reading.patient.names
    for record in reading.records:
        schema = TYPES[record.type_key]["schema"]
        Draft202012Validator(schema, format_checker=FormatChecker()).validate(record.body)
        assert record.title


@pytest.mark.parametrize("path", ALL, ids=lambda p: p.stem)
def test_no_identifier_of_the_person_becomes_a_value(path):
    reading = read_bundle(load(path))
    numbers = [value for _, value in reading.patient.identifiers]
    for record in reading.records:
        shown = f"{record.body} {record.title} {record.source_text}"
        assert not [n for n in numbers if n in shown]


@pytest.mark.parametrize("path", ALL, ids=lambda p: p.stem)
def test_reading_twice_gives_the_same_ids_and_bodies_and_leaves_the_document_alone(path):
    document = load(path)
    before = copy.deepcopy(document)
    first = read_bundle(document)
    assert document == before
    assert read_bundle(load(path)) == first
    assert len({r.source_id for r in first.records}) == len(first.records)


@pytest.mark.parametrize("key", sorted(TYPES))
def test_each_record_type_is_a_valid_schema_with_plain_labels_and_a_fitting_example(key):
    entry = TYPES[key]
    Draft202012Validator.check_schema(entry["schema"])
    Draft202012Validator(entry["schema"], format_checker=FormatChecker()).validate(entry["example"])
    for field in entry["schema"]["properties"].values():
        assert len(field["x-label"].split()) <= 5
        assert field["x-explain"].endswith(".")


def test_the_patient_is_known_by_every_name_they_had():
    patient = read_bundle(fixture("nz_summary")).patient
    assert patient.names == ("Sina Faʻasili", "Sina Example")
    assert patient.birth_date == date(1992, 5, 4)
    assert patient.phone == "021 000 0001"
    assert patient.address == "12 Sample Street, Exampleton, 0000, NZ"
    assert patient.identifiers == (("https://standards.digital.health.nz/ns/nhi-id", "ZZZ0099"),)


def test_a_blood_pressure_panel_reads_the_way_people_say_it():
    body = records_of("nz_summary")["Observation/bp"].body
    assert (body["test"], body["result"]) == ("Blood pressure", "120/80 mmHg")


def test_a_partial_date_is_kept_as_sent_and_never_made_exact():
    records = records_of("nz_summary")
    assert records["Observation/hba1c"].body["about_when"] == "2026-05"
    assert "taken_on" not in records["Observation/hba1c"].body
    assert records["MedicationStatement/metformin"].body["about_when"] == "2024-03"


def test_a_condition_without_a_full_date_shows_the_day_of_the_summary_and_says_so():
    reading = read_bundle(fixture("nz_summary"))
    asthma = next(r for r in reading.records if r.title == "Asthma")
    assert asthma.body["noted_on"] == "2026-06-30"
    assert asthma.body["note"] == "Began: 1999."
    assert asthma.body["status"] == "past"
    assert "1 condition has no full date, so the date of the summary is shown." in reading.warnings


def test_a_medicine_behind_a_reference_is_named_whether_in_the_bundle_or_inside_the_resource():
    records = records_of("nz_summary")
    assert records["MedicationStatement/metformin"].title == "Metformin 500 mg tablet"
    amoxicillin = records["MedicationRequest/amoxicillin"].body
    assert amoxicillin["medicine"] == "Amoxicillin 500 mg capsule"
    assert amoxicillin["how_to_take"] == "1 capsule, 3 times a day"
    assert amoxicillin["ordered_by"] == "Practice doctor, Dr Ana Tester"


def test_a_vaccine_the_person_said_no_to_is_not_shown_as_given():
    records = records_of("nz_summary")
    assert records["Immunization/mmr"].body["outcome"] == "declined"
    assert records["Immunization/flu"].body["outcome"] == "given"


def test_a_part_with_words_only_becomes_a_report_and_an_empty_part_does_not():
    reports = [r for r in read_bundle(fixture("nz_summary")).records if r.type_key == "report"]
    assert [r.title for r in reports] == ["Patient story"]
    assert "Call me in the morning\nSamoan at home" in reports[0].body["summary"]


def test_references_by_urn_are_followed_for_people_places_reasons_goals_and_results():
    bodies = {r.type_key: r.body for r in read_bundle(fixture("hospital_transaction")).records}
    assert bodies["encounter"]["place"] == "Example Hospital"
    assert bodies["encounter"]["reason"] == "Broken wrist"
    assert bodies["encounter"]["ended_on"] == "2025-09-11"
    assert bodies["procedure"]["done_by"] == "Nia Nurse"
    assert bodies["care_plan"]["goals"] == "Use the hand again"


def test_plain_text_letters_are_copied_and_other_files_only_named():
    reading = read_bundle(fixture("hospital_transaction"))
    reports = {r.title: r.body for r in reading.records if r.type_key == "report"}
    assert reports["Discharge letter"]["summary"] == "Kia ora Tame.\nRest the wrist."
    assert reports["Blood tests"]["files"] == "Blood tests letter"
    assert reports["Blood tests"]["results"] == "Glucose: 5.43 mmol/L"
    assert "1 attached file was left out: only its name is kept." in reading.warnings


def test_resources_without_a_record_type_are_counted_by_name():
    warnings = read_bundle(fixture("hospital_transaction")).warnings
    assert "2 Claim resources were left out: this portal has no record type for them." in warnings
    assert "1 Goal resource was left out: this portal has no record type for it." in warnings


def test_dirty_entries_are_left_out_with_a_reason_and_without_their_words():
    warnings = read_bundle(fixture("dirty_collection")).warnings
    assert "1 Condition resource was left out: marked by the sender as entered by mistake." in warnings
    assert (
        "1 Condition resource was left out: about someone other than the patient of this bundle." in warnings
    )
    assert "1 Immunization resource was left out: the day of the vaccine is not a full date." in warnings
    assert "4 entries held no resource and were left out." in warnings
    assert "1 value of Condition.code could not be read and was left out." in warnings
    told = " ".join(warnings)
    assert not [word for word in ("script", "Gout", "SECRET", "sixty", "xxxx") if word in told]


def test_a_code_is_shown_only_where_no_words_came():
    records = records_of("dirty_collection")
    assert records["Immunization/i2"].title == "Not named (code 140)"
    assert records["AllergyIntolerance/a2"].title == "No known allergies to food"
    assert len(records["Condition/c4"].body["condition"]) == 200


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (None, "one JSON object"),
        ([], "one JSON object"),
        ({"resourceType": "Patient"}, '"resourceType" has to be "Bundle"'),
        ({"resourceType": "Bundle", "type": "message", "entry": [{}]}, "type document, collection"),
        ({"resourceType": "Bundle", "type": ["document"], "entry": [{}]}, "type document, collection"),
        ({"resourceType": "Bundle", "type": "batch"}, "empty"),
        ({"resourceType": "Bundle", "type": "batch", "entry": [None]}, "names no patient"),
    ],
)
def test_what_is_no_bundle_is_refused_with_a_sentence_to_act_on(document, said):
    with pytest.raises(NotABundle) as refusal:
        read_bundle(document)
    assert said in refusal.value.sentence
    assert refusal.value.sentence.endswith(".")


def test_a_bundle_about_two_people_is_refused():
    document = fixture("nz_summary")
    document["entry"].append({"resource": {"resourceType": "Patient", "id": "somebody-else"}})
    with pytest.raises(NotABundle, match="more than one patient"):
        read_bundle(document)
