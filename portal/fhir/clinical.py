"""Writes allergies, conditions, medicines and vaccines as the FHIR R4 resources they stand for."""

from portal.fhir.fields import Fields, Json, absent, coded, dated
from portal.fhir.problems import IN_THE_PAST

_TOLD = {
    "planned": "intended",
    "paused": "on-hold",
    "finished": "completed",
    "active": "active",
    "stopped": "stopped",
    "not-taken": "not-taken",
}
_ORDERED = {
    "planned": "draft",
    "paused": "on-hold",
    "finished": "completed",
    "active": "active",
    "stopped": "stopped",
}
_GIVEN = {
    "active": "in-progress",
    "paused": "on-hold",
    "finished": "completed",
    "stopped": "stopped",
    "not-taken": "not-done",
}


def allergy(fields: Fields, patient: Json) -> Json:
    """An AllergyIntolerance: still there, unless its words say that it is in the past."""
    said = [part for part in (fields.text("reaction") or "").split("; ") if part]
    past = IN_THE_PAST in said
    how = {"mild": "low", "severe": "high"}.get(fields.is_("how_bad"))
    return {
        "resourceType": "AllergyIntolerance",
        "clinicalStatus": coded("allergyintolerance-clinical", "inactive" if past else "active"),
        "type": {"allergy": "allergy", "side-effect": "intolerance"}.get(fields.is_("kind")),
        "criticality": how,
        "code": fields.concept("substance"),
        "patient": patient,
        "reaction": _reaction("; ".join(part for part in said if part != IN_THE_PAST), fields),
    }


def _reaction(said: str, fields: Fields) -> list[Json] | None:
    severity = {"mild": "mild", "severe": "severe"}.get(fields.is_("how_bad"))
    if not said and not severity:
        return None
    made: Json = {"manifestation": [{"text": said} if said else absent()]}
    return [made | ({"severity": severity} if severity else {})]


def condition(fields: Fields, patient: Json) -> Json:
    """A Condition of the problem list."""
    ruled_out = fields.is_("status") == "ruled-out"
    status = "active" if fields.is_("status") == "active" else "inactive"
    return {
        "resourceType": "Condition",
        "clinicalStatus": coded("condition-clinical", status),
        "verificationStatus": coded("condition-ver-status", "refuted") if ruled_out else None,
        "category": [coded("condition-category", "problem-list-item")],
        "code": fields.concept("condition"),
        "subject": patient,
        "recordedDate": fields.text("noted_on"),
        "recorder": fields.named("noted_by"),
        "note": fields.notes(),
    }


def medicine(fields: Fields, patient: Json) -> Json:
    """A medicine that was ordered, given or told of. An order has no end, and cannot be "not taken"."""
    kind, status = fields.is_("kind"), fields.is_("status")
    made = {
        "medicationCodeableConcept": fields.concept("medicine"),
        "subject": patient,
        "reasonCode": fields.concepts("reason"),
        "note": fields.notes(),
    }
    dose = fields.text("how_to_take")
    if kind == "prescribed" and status != "not-taken" and not fields.text("ended_on"):
        return {
            "resourceType": "MedicationRequest",
            "status": _ORDERED.get(status, "unknown"),
            "intent": "order",
            **made,
            "authoredOn": fields.on("started_on"),
            "requester": fields.named("ordered_by"),
            "dosageInstruction": [{"text": dose}] if dose else None,
        }
    if kind == "given" and status != "planned":
        by = fields.named("ordered_by")
        return {
            "resourceType": "MedicationAdministration",
            "status": _GIVEN.get(status, "unknown"),
            **made,
            **_while(fields),
            "performer": [{"actor": by}] if by else None,
            # It needs an amount beside the words; the record has only words.
            "dosage": {"text": dose, "dose": absent()} if dose else None,
        }
    return {
        "resourceType": "MedicationStatement",
        "status": _TOLD.get(status, "unknown"),
        **made,
        **_while(fields),
        "informationSource": fields.named("ordered_by"),
        "dosage": [{"text": dose}] if dose else None,
    }


def _while(fields: Fields) -> Json:
    period = fields.period()
    return {"effectivePeriod": period} if period else dated("effective", None)


def immunisation(fields: Fields, patient: Json) -> Json:
    """An Immunization, also one that was not given."""
    dose = fields.body.get("dose")
    declined = fields.is_("outcome") == "declined"
    return {
        "resourceType": "Immunization",
        "status": "completed" if fields.is_("outcome") == "given" else "not-done",
        "statusReason": coded("v3-ActReason", "PATOBJ") if declined else None,
        "vaccineCode": fields.concept("vaccine"),
        "patient": patient,
        **dated("occurrence", fields.text("on")),
        "location": fields.named("place"),
        "lotNumber": fields.text("batch"),
        "protocolApplied": [{"doseNumberPositiveInt": dose}] if isinstance(dose, int) else None,
    }
