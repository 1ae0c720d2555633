"""Turns a whole shared health record into the FHIR R4 resource it stands for."""

from collections.abc import Callable, Mapping
from typing import Any

from portal.fhir.narrative import plain

Json = dict[str, Any]
Body = Mapping[str, object]
_TERMS = "http://terminology.hl7.org/CodeSystem"
_MEDICINE = {
    "planned": "intended",
    "paused": "on-hold",
    "finished": "completed",
    "active": "active",
    "stopped": "stopped",
    "not-taken": "not-taken",
}
_RESULT = {
    "final": "final",
    "changed": "amended",
    "early": "preliminary",
    "waiting": "registered",
    "cancelled": "cancelled",
}
_DONE = {
    "planned": "preparation",
    "going-on": "in-progress",
    "paused": "on-hold",
    "done": "completed",
    "stopped": "stopped",
    "not-done": "not-done",
}
_PLAN = {
    "planned": "draft",
    "going-on": "active",
    "paused": "on-hold",
    "done": "completed",
    "stopped": "revoked",
}
_VISIT = {"planned": "planned", "going-on": "in-progress", "done": "finished", "cancelled": "cancelled"}
_CLASS = {"clinic": "AMB", "hospital": "IMP", "emergency": "EMER", "home": "HH", "phone": "VR"}
_CATEGORY = {
    "lab": "laboratory",
    "body": "vital-signs",
    "questions": "survey",
    "life": "social-history",
    "scan": "imaging",
    "exam": "exam",
}


def _text(body: Body, key: str) -> str | None:
    value = body.get(key)
    return plain(str(value)).strip() or None if value is not None else None


def _concept(body: Body, key: str) -> Json | None:
    text = _text(body, key)
    return {"text": text} if text else None


def _many(item: Json | None) -> list[Json] | None:
    return [item] if item else None


def _coded(system: str, code: str) -> Json:
    return {"coding": [{"system": f"{_TERMS}/{system}", "code": code}]}


def _period(body: Body) -> Json | None:
    span = {"start": _text(body, "started_on"), "end": _text(body, "ended_on")}
    return {k: v for k, v in span.items() if v} or None


def _note(body: Body) -> list[Json] | None:
    text = _text(body, "note")
    return [{"text": text}] if text else None


def _allergy(body: Body, patient: Json) -> Json:
    reaction = _concept(body, "reaction")
    return {
        "resourceType": "AllergyIntolerance",
        "clinicalStatus": _coded("allergyintolerance-clinical", "active"),
        "type": {"allergy": "allergy", "side-effect": "intolerance"}.get(str(body.get("kind"))),
        "criticality": {"mild": "low", "severe": "high"}.get(str(body.get("how_bad"))),
        "code": _concept(body, "substance"),
        "patient": patient,
        "reaction": [{"manifestation": [reaction]}] if reaction else None,
    }


def _condition(body: Body, patient: Json) -> Json:
    status = body.get("status")
    checked = "refuted" if status == "ruled-out" else None
    return {
        "resourceType": "Condition",
        "clinicalStatus": _coded("condition-clinical", "active" if status == "active" else "inactive"),
        "verificationStatus": _coded("condition-ver-status", checked) if checked else None,
        "category": [_coded("condition-category", "problem-list-item")],
        "code": _concept(body, "condition"),
        "subject": patient,
        "recordedDate": _text(body, "noted_on"),
        "note": _note(body),
    }


def _medicine(body: Body, patient: Json) -> Json:
    dose = _text(body, "how_to_take")
    return {
        "resourceType": "MedicationStatement",
        "status": _MEDICINE.get(str(body.get("status")), "unknown"),
        "medicationCodeableConcept": _concept(body, "medicine"),
        "subject": patient,
        "effectivePeriod": _period(body),
        "reasonCode": _many(_concept(body, "reason")),
        "dosage": [{"text": dose}] if dose else None,
        "note": _note(body),
    }


def _immunisation(body: Body, patient: Json) -> Json:
    given, dose = body.get("outcome") == "given", body.get("dose")
    declined = body.get("outcome") == "declined"
    return {
        "resourceType": "Immunization",
        "status": "completed" if given else "not-done",
        "statusReason": _coded("v3-ActReason", "PATOBJ") if declined else None,
        "vaccineCode": _concept(body, "vaccine"),
        "patient": patient,
        "occurrenceDateTime": _text(body, "on"),
        "lotNumber": _text(body, "batch"),
        "protocolApplied": [{"doseNumberPositiveInt": dose}] if isinstance(dose, int) else None,
    }


def _test_result(body: Body, patient: Json) -> Json:
    category, usual = _CATEGORY.get(str(body.get("kind"))), _text(body, "usual")
    return {
        "resourceType": "Observation",
        "status": _RESULT.get(str(body.get("status")), "unknown"),
        "category": [_coded("observation-category", category)] if category else None,
        "code": _concept(body, "test"),
        "subject": patient,
        "effectiveDateTime": _text(body, "taken_on"),
        "valueString": _text(body, "result"),
        "interpretation": _many(_concept(body, "compared")),
        "note": _note(body),
        "referenceRange": [{"text": usual}] if usual else None,
    }


def _procedure(body: Body, patient: Json) -> Json:
    return {
        "resourceType": "Procedure",
        "status": _DONE.get(str(body.get("status")), "unknown"),
        "code": _concept(body, "procedure"),
        "subject": patient,
        "performedDateTime": _text(body, "done_on"),
        "performedString": None if body.get("done_on") else _text(body, "about_when"),
        "reasonCode": _many(_concept(body, "reason")),
        "bodySite": _many(_concept(body, "body_part")),
        "outcome": _concept(body, "outcome"),
        "note": _note(body),
    }


def _report(body: Body, patient: Json) -> Json:
    said = [t for t in (_text(body, "summary"), _text(body, "results")) if t]
    return {
        "resourceType": "DiagnosticReport",
        "status": _RESULT.get(str(body.get("status")), "unknown"),
        "category": _many(_concept(body, "kind")),
        "code": _concept(body, "report"),
        "subject": patient,
        "effectiveDateTime": _text(body, "made_on"),
        "conclusion": "\n".join(said) or None,
    }


def _care_plan(body: Body, patient: Json) -> Json:
    steps = (_text(body, "steps") or "").splitlines()
    return {
        "resourceType": "CarePlan",
        "status": _PLAN.get(str(body.get("status")), "unknown"),
        "intent": "plan",
        "title": _text(body, "plan"),
        "description": _text(body, "goals"),
        "subject": patient,
        "period": _period(body),
        "activity": [{"detail": {"status": "unknown", "description": s}} for s in steps if s.strip()] or None,
        "note": _note(body),
    }


def _encounter(body: Body, patient: Json) -> Json:
    code = _CLASS.get(str(body.get("kind")), "AMB")
    return {
        "resourceType": "Encounter",
        "status": _VISIT.get(str(body.get("status")), "unknown"),
        "class": {"system": f"{_TERMS}/v3-ActCode", "code": code},
        "type": _many(_concept(body, "visit")),
        "subject": patient,
        "period": _period(body),
        "reasonCode": _many(_concept(body, "reason")),
    }


_MAKERS: dict[str, Callable[[Body, Json], Json]] = {
    "allergy": _allergy,
    "care_plan": _care_plan,
    "condition": _condition,
    "encounter": _encounter,
    "immunisation": _immunisation,
    "medicine": _medicine,
    "procedure": _procedure,
    "report": _report,
    "test_result": _test_result,
}
_MAIN = {
    "allergy": "substance",
    "care_plan": "plan",
    "condition": "condition",
    "encounter": "visit",
    "immunisation": "vaccine",
    "medicine": "medicine",
    "procedure": "procedure",
    "report": "report",
    "test_result": "test",
}
WITH_NOTE = frozenset(_MAKERS) - {"report", "encounter"}


def resource_for(type_key: str, body: Body, patient: Json) -> Json | None:
    """The resource for a whole record of a clinical type; None if there is none for it.

    `patient` is the Reference to the Patient of the document. Fields without a place in
    the resource stay in its narrative.
    """
    maker = _MAKERS.get(type_key)
    if maker is None or not _text(body, _MAIN[type_key]):
        return None
    return {key: value for key, value in maker(body, patient).items() if value is not None}
