"""The standard codes of what a record is about, kept beside its words so that a share can give them again."""

import re

from portal.fhir.codes import words
from portal.fhir.found import Draft
from portal.fhir.node import Node
from portal.fhir.references import Context
from portal.fhir.values import SHORT

_ABOUT = {
    "AllergyIntolerance": ("substance", "code"),
    "Condition": ("condition", "code"),
    "DiagnosticReport": ("report", "code"),
    "Immunization": ("vaccine", "vaccineCode"),
    "MedicationAdministration": ("medicine", "medicationCodeableConcept"),
    "MedicationRequest": ("medicine", "medicationCodeableConcept"),
    "MedicationStatement": ("medicine", "medicationCodeableConcept"),
    "Observation": ("test", "code"),
    "Procedure": ("procedure", "code"),
}
# Codes that everybody reads alike; those of one sender could hold a number of the person (principle 13).
_STANDARD = frozenset(
    {
        "http://snomed.info/sct",
        "http://loinc.org",
        "http://hl7.org/fhir/sid/cvx",
        "http://hl7.org/fhir/sid/icd-10",
        "http://hl7.org/fhir/sid/icd-10-cm",
        "http://nzmt.org.nz",
        "http://www.nlm.nih.gov/research/umls/rxnorm",
        "http://www.whocc.no/atc",
        "https://standards.digital.health.nz/ns/immunisation-code",
    }
)
_CODE = re.compile(r"[A-Za-z0-9.\-]{1,24}")
_MOST = 5


def codes_of_record(draft: Draft, node: Node, context: Context) -> dict[str, object]:
    """The codes of what a record is about: {field: {"text": its words, "coding": codes}}; empty where none came."""
    field, key = _ABOUT.get(node.code("resourceType"), ("", ""))
    if not field:
        return {}
    concept = node.obj(key)
    if not concept and key == "medicationCodeableConcept":
        concept = context.follow(node.obj("medicationReference"), node).obj("code")
    found = [made for one in concept.objs("coding") if (made := _coding(one))][:_MOST]
    if not found or words(concept) != draft.body.get(field):
        return {}
    return {field: {"text": draft.body[field], "coding": found}}


def _coding(coding: Node) -> dict[str, str] | None:
    system, code = coding.code("system"), coding.code("code")
    if system not in _STANDARD or not _CODE.fullmatch(code):
        return None
    display = coding.text("display", SHORT)
    return {"system": system, "code": code} | ({"display": display} if display else {})
