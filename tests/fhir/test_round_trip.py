"""What was read from other software and shared whole comes back from the document with the same values."""

from collections import Counter
from datetime import UTC, datetime

import pytest

from portal.fhir.conformance import problems
from portal.fhir.fields import Fields
from portal.fhir.reading import read_bundle
from portal.fhir.resources import resource_for
from portal.fhir.shared import DocumentFacts, SharedRecord, SharedSubject
from portal.fhir.writing import document
from tests.fhir.samples import ALL, clinical_types, load

FACTS = DocumentFacts("A share", datetime(2026, 8, 1, tzinfo=UTC), "seed", "The portal")
# Who wrote the summary that a condition came in: of a share, that is the share itself.
NOT_KEPT = {"came_from"}
PATIENT = {"reference": "urn:uuid:1"}


def shared_whole(path):
    return [
        SharedRecord(
            r.type_key, "health", r.title, "Example Hospital", r.recorded_on, (), r.body, codes=r.codes
        )
        for r in read_bundle(load(path)).records
    ]


def values(records):
    """What the records say, without order; `body_if_whole` of what goes and `body` of what comes."""
    found = []
    for record in records:
        body = getattr(record, "body", None) or record.body_if_whole
        kept = {key: value for key, value in body.items() if key not in NOT_KEPT}
        found.append((record.type_key, tuple(sorted(kept.items()))))
    return Counter(found)


@pytest.mark.parametrize("path", ALL, ids=lambda p: p.stem)
def test_every_value_of_a_real_file_comes_back_from_a_share_of_it(path):
    shared = shared_whole(path)
    bundle = document(SharedSubject("Sina"), shared, FACTS, copy=b"%PDF")
    assert problems(bundle) == []
    assert values(read_bundle(bundle).records) == values(shared)


@pytest.mark.parametrize("key", sorted(clinical_types()))
def test_a_field_that_is_not_there_makes_no_empty_one(key):
    kind = clinical_types()[key]
    least = {name: kind["example"][name] for name in kind["schema"]["required"]}
    made = resource_for(key, least, PATIENT)
    assert made and None not in made.values() and "" not in made.values() and [] not in made.values()


@pytest.mark.parametrize(
    ("status", "kind", "ended", "made"),
    [
        ("active", "prescribed", None, "MedicationRequest"),
        ("not-taken", "prescribed", None, "MedicationStatement"),
        ("finished", "prescribed", "2026-01-02", "MedicationStatement"),
        ("finished", "given", "2026-01-02", "MedicationAdministration"),
        ("planned", "given", None, "MedicationStatement"),
        ("active", None, None, "MedicationStatement"),
    ],
)
def test_a_medicine_becomes_the_kind_of_resource_that_can_say_all_of_it(status, kind, ended, made):
    body = {"medicine": "Metformin", "status": status, "kind": kind, "ended_on": ended}
    assert resource_for("medicine", body, PATIENT)["resourceType"] == made


def test_an_allergy_of_the_past_is_not_shared_as_one_of_today():
    body = {"substance": "Nuts", "kind": "allergy", "reaction": "Rash; Marked as in the past"}
    made = resource_for("allergy", body, PATIENT)
    assert made["clinicalStatus"]["coding"][0]["code"] == "inactive"
    assert made["reaction"][0]["manifestation"] == [{"text": "Rash"}]


def test_a_code_goes_along_only_beside_the_words_that_it_came_with():
    coding = [{"system": "http://snomed.info/sct", "code": "44054006"}]
    codes = {"condition": {"text": "Type 2 diabetes", "coding": coding}}
    assert Fields({"condition": "Type 2 diabetes"}, codes).concept("condition")["coding"] == coding
    assert Fields({"condition": "Type 1 diabetes"}, codes).concept("condition") == {"text": "Type 1 diabetes"}
