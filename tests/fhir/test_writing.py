"""A share as a FHIR document: complete, checkable, and with the person's corrections inside."""

import base64
import json
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from portal.fhir.conformance import problems
from portal.fhir.reading import read_bundle
from portal.fhir.shared import DocumentFacts, SharedLine, SharedRecord, SharedStatement, SharedSubject
from portal.fhir.writing import document
from tests.fhir.samples import ALL, clinical_types, load

FACTS = DocumentFacts(
    title="Shared by Sina",
    made_at=datetime(2026, 8, 1, 2, 3, 4, tzinfo=UTC),
    seed="share-1",
    publisher="The portal",
    recipient="Dr <Ana> & team",
    ends_at=datetime(2026, 8, 8, tzinfo=UTC),
    purpose="A warm home",
)
CONSENT = "59284-0"
SUBJECT = SharedSubject("Sina <b>Faʻasili</b>")
SAID = SharedStatement("E lē sa'o. I am <not> allergic.", "sm", date(2026, 7, 1))


def record(type_key="allergy", topic="health", *, body=None, statement=SAID, review=False):
    said = (statement,) if statement else ()
    line = SharedLine("What it is", "Penicillin & more", "en-NZ", said, review, "The medicine or food.")
    return SharedRecord(type_key, topic, "Allergy", "Example Medical Centre", date(2024, 8, 1), (line,), body)


WHOLE = record(body={"substance": "Penicillin", "reaction": "Rash", "kind": "allergy", "how_bad": "severe"})
HOUSE = record("tenancy", "housing", statement=None)


def resources(bundle, kind):
    return [e["resource"] for e in bundle["entry"] if e["resource"]["resourceType"] == kind]


def sections(bundle):
    return {s["title"]: s for s in resources(bundle, "Composition")[0].get("section", [])}


@pytest.mark.parametrize(
    "records", [[], [WHOLE], [record()], [HOUSE], [WHOLE, HOUSE, record("enrolment"), record(review=True)]]
)
def test_every_document_is_valid_fhir(records):
    bundle = document(SUBJECT, records, FACTS, story=[SAID])
    assert problems(bundle) == []
    assert bundle["entry"][0]["resource"]["resourceType"] == "Composition"


@pytest.mark.parametrize("key", sorted(clinical_types()))
def test_each_clinical_type_becomes_a_valid_resource_that_reads_back_with_the_same_words(key):
    example = clinical_types()[key]["example"]
    shared = SharedRecord(key, "health", "Title", "Example Hospital", None, (), example)
    bundle = document(SUBJECT, [shared], FACTS)
    assert problems(bundle) == []
    found = [r for r in read_bundle(bundle).records if r.type_key == key]
    assert len(found) == 1
    main = next(iter(example))
    assert found[0].body[main] == example[main]
    if "status" in example:
        assert found[0].body["status"] == example["status"]


@pytest.mark.parametrize("path", ALL, ids=lambda p: p.stem)
def test_whatever_was_read_can_be_shared_whole(path):
    shared = [
        SharedRecord(r.type_key, "health", r.title, "Example Hospital", r.recorded_on, (), r.body)
        for r in read_bundle(load(path)).records
    ]
    assert problems(document(SUBJECT, shared, FACTS)) == []


def test_the_three_sections_a_summary_needs_are_there_and_silence_is_not_called_none():
    found = sections(document(SUBJECT, [WHOLE], FACTS))
    codes = {s["code"]["coding"][0]["code"]: s for s in found.values() if "coding" in s["code"]}
    assert {"48765-2", "10160-0", "11450-4"} <= set(codes)
    assert codes["48765-2"]["entry"]
    assert codes["10160-0"]["emptyReason"]["coding"][0]["code"] == "withheld"
    assert "does not mean" in codes["10160-0"]["text"]["div"]
    reasons = json.dumps([s.get("emptyReason") for s in found.values()])
    assert not {"nilknown", "notasked"} & set(re.findall(r"[a-z]+", reasons))


def test_what_a_person_takes_along_for_themselves_was_chosen_and_agreed_to_by_nobody():
    bundle = document(SUBJECT, [WHOLE], replace(FACTS, chosen=False))
    assert problems(bundle) == []
    assert not resources(bundle, "Consent") and "What the person agreed to" not in sections(bundle)
    reason = sections(bundle)["Medicines"]["emptyReason"]["coding"][0]["code"]
    assert reason == "unavailable"
    nothing = document(SUBJECT, [], replace(FACTS, chosen=False))
    assert "section" not in nothing["entry"][0]["resource"]


def test_a_share_without_health_facts_is_no_patient_summary():
    bundle = document(SUBJECT, [HOUSE], FACTS)
    assert resources(bundle, "Composition")[0]["type"]["coding"][0]["code"] == "51855-5"
    assert "Housing: Example Medical Centre" in sections(bundle)
    assert "Allergies and bad reactions" not in sections(bundle)


def test_a_statement_stands_beside_the_value_in_a_section_of_its_own_and_in_the_coded_resource():
    bundle = document(SUBJECT, [WHOLE], FACTS)
    found = sections(bundle)
    allergies = found["Allergies and bad reactions"]["text"]["div"]
    value = allergies.index("Penicillin &amp; more")
    assert (
        allergies.index('Statement of correction, 2026-07-01: </b><span lang="sm" xml:lang="sm">E lē sa')
        > value
    )
    assert "I am &lt;not&gt; allergic." in found["Statements of correction"]["text"]["div"]
    notes = resources(bundle, "AllergyIntolerance")[0]["note"]
    assert "I am <not> allergic." in notes[0]["text"]


def test_a_record_shared_in_part_is_words_only_and_its_section_says_where_they_stand():
    bundle = document(SUBJECT, [record()], FACTS)
    assert not resources(bundle, "AllergyIntolerance")
    section = sections(bundle)["Allergies and bad reactions"]
    assert section["emptyReason"]["coding"][0]["code"] == "withheld"
    assert "It stands under: Health: Example Medical Centre." in section["text"]["div"]
    assert "Penicillin" in sections(bundle)["Health: Example Medical Centre"]["text"]["div"]
    back = [r for r in read_bundle(bundle).records if r.title == "Health: Example Medical Centre"]
    assert "Penicillin & more" in back[0].body["summary"]


def test_a_section_is_empty_or_has_entries_never_both_and_always_has_words():
    for section in sections(
        document(SUBJECT, [WHOLE, HOUSE, record()], FACTS, [SAID], copy=b"%PDF")
    ).values():
        assert section["text"]["div"] and "section" not in section
        assert not ("entry" in section and "emptyReason" in section)


@pytest.mark.parametrize(
    ("key", "changes", "code"),
    [
        ("condition", {"status": "active"}, "11450-4"),
        ("condition", {"status": "ruled-out"}, "11450-4"),
        ("condition", {"status": "past"}, "11348-0"),
        ("test_result", {"kind": "lab"}, "30954-2"),
        ("test_result", {"kind": "body"}, "8716-3"),
        ("test_result", {"kind": "life"}, "29762-2"),
        ("report", {}, "30954-2"),
        ("encounter", {}, "46240-8"),
    ],
)
def test_each_record_stands_in_the_one_section_that_summaries_have_for_it(key, changes, code):
    body = {**clinical_types()[key]["example"], **changes}
    bundle = document(SUBJECT, [SharedRecord(key, "health", "T", "A", None, (), body)], FACTS)
    filled = [s["code"]["coding"][0]["code"] for s in sections(bundle).values() if "entry" in s]
    assert filled == [code, CONSENT]


def test_a_note_is_not_called_a_statement_of_correction():
    note = SharedStatement("I was tired.", "en", date(2026, 7, 2), note=True)
    line = SharedLine("Mood", "Low", "en-NZ", (note,))
    shared = SharedRecord("x", "welfare", "T", "A", None, (line,), statements=(note,))
    bundle = document(SUBJECT, [shared], FACTS)
    assert "Statements of correction" not in sections(bundle)
    assert sections(bundle)["Welfare: A"]["text"]["div"].count("Note by the person, 2026-07-02") == 2


def test_what_goes_with_a_claim_stands_under_it_and_what_was_left_out_is_named():
    line = SharedLine("What was said", "He pays", "en-NZ", below=("Someone said this.", "Was it checked: No"))
    shared = SharedRecord("x", "welfare", "T", "A", None, (line,), left_out=("Who said it",))
    told = sections(document(SUBJECT, [shared], FACTS))["Welfare: A"]["text"]["div"]
    assert told.index("He pays") < told.index("Someone said this.") < told.index("Was it checked: No")
    assert "Left out, because it may be about another person: Who said it." in told


def test_the_copy_to_read_is_in_the_document_and_leads_back_to_it():
    bundle = document(SUBJECT, [HOUSE], FACTS, copy=b"%PDF-made")
    assert problems(bundle) == []
    copy = resources(bundle, "DocumentReference")[0]
    file = copy["content"][0]["attachment"]
    assert (file["contentType"], base64.b64decode(file["data"])) == ("application/pdf", b"%PDF-made")
    assert copy["context"]["related"][0]["reference"] == bundle["entry"][0]["fullUrl"]
    assert not [r for r in read_bundle(bundle).records if r.title == "Patient Note"]


def test_everything_can_be_reached_from_the_composition_or_points_at_it():
    """A document may hold nothing else (FHIR R4, documents)."""
    bundle = document(SUBJECT, [WHOLE, HOUSE, record()], FACTS, [SAID], copy=b"%PDF")
    by_url = {e["fullUrl"]: e["resource"] for e in bundle["entry"]}
    waiting, reached = [bundle["entry"][0]["fullUrl"]], set()
    while waiting:
        here = waiting.pop()
        if here not in reached:
            reached.add(here)
            waiting += re.findall(r'"reference": "(urn:[^"]+)"', json.dumps(by_url[here]))
    assert reached <= set(by_url)
    assert {by_url[url]["resourceType"] for url in set(by_url) - reached} <= {"Provenance"}


def test_a_value_under_review_says_so():
    bundle = document(SUBJECT, [record(review=True, body=WHOLE.body_if_whole)], FACTS)
    assert "being looked at" in sections(bundle)["Allergies and bad reactions"]["text"]["div"]
    assert "being looked at" in json.dumps(resources(bundle, "AllergyIntolerance")[0]["note"])


def test_each_agency_is_named_as_the_source_of_what_it_holds():
    bundle = document(SUBJECT, [WHOLE, HOUSE], FACTS)
    by_url = {e["fullUrl"]: e["resource"] for e in bundle["entry"]}
    for provenance in resources(bundle, "Provenance"):
        assert by_url[provenance["agent"][0]["who"]["reference"]]["name"] == "Example Medical Centre"
        assert all(t["reference"] in by_url for t in provenance["target"])
        assert provenance["occurredDateTime"] == "2024-08-01"
    targets = [p["target"][0] for p in resources(bundle, "Provenance")]
    assert [by_url[t["reference"]]["resourceType"] for t in targets] == ["AllergyIntolerance", "Composition"]
    part = targets[1]["extension"][0]["valueUri"]
    assert part == sections(bundle)["Housing: Example Medical Centre"]["id"]


def test_every_narrative_is_wellformed_and_keeps_the_language_of_each_text():
    bundle = document(SUBJECT, [WHOLE, HOUSE], FACTS, story=[SAID])
    narratives = [s["text"]["div"] for s in sections(bundle).values() if "text" in s]
    narratives += [e["resource"]["text"]["div"] for e in bundle["entry"]]
    for narrative in narratives:
        parsed = ET.fromstring(narrative)  # noqa: S314 - our own text, checked for form
        assert parsed.tag == "{http://www.w3.org/1999/xhtml}div"
    assert any('lang="sm"' in narrative for narrative in narratives)


def test_the_same_share_gives_the_same_bundle_and_another_seed_other_ids():
    assert document(SUBJECT, [WHOLE], FACTS) == document(SUBJECT, [WHOLE], FACTS)
    other = DocumentFacts("Shared by Sina", FACTS.made_at, "share-2", "The portal")
    first = {e["fullUrl"] for e in document(SUBJECT, [WHOLE], FACTS)["entry"]}
    assert not first & {e["fullUrl"] for e in document(SUBJECT, [WHOLE], other)["entry"]}


def test_a_document_that_says_something_else_is_another_document():
    first, second = document(SUBJECT, [WHOLE], FACTS), document(SUBJECT, [WHOLE, HOUSE], FACTS)
    assert first["identifier"] != second["identifier"]
    assert [e["fullUrl"] for e in first["entry"][:2]] == [e["fullUrl"] for e in second["entry"][:2]]


def test_the_patient_carries_a_name_and_no_identifier():
    patient = resources(document(SUBJECT, [WHOLE], FACTS), "Patient")[0]
    assert set(patient) == {"resourceType", "id", "text", "name", "_birthDate"}
    assert patient["_birthDate"]["extension"][0]["valueCode"] == "masked"


def test_the_recipient_and_the_end_are_in_the_consent():
    whole = resources(document(SUBJECT, [WHOLE], FACTS), "Consent")[0]
    consent = whole["provision"]
    assert "principle 11(1)(c)" in whole["policyRule"]["text"]
    assert "What it is for: A warm home" in whole["text"]["div"]
    assert consent["actor"][0]["reference"]["display"] == "Dr <Ana> & team"
    assert consent["period"] == {"start": "2026-08-01T02:03:04+00:00", "end": "2026-08-08T00:00:00+00:00"}


def test_control_characters_do_not_reach_the_document():
    line = SharedLine("Note\u0000", "bad\ud800\u0007text", "en-NZ")
    shared = SharedRecord("x", "welfare", "T\u0001", "A\u0002", None, (line,))
    text = json.dumps(document(SUBJECT, [shared], FACTS), ensure_ascii=False)
    text.encode("utf-8")
    assert "badtext" in text


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        DocumentFacts("t", datetime(2026, 8, 1), "s", "p")
