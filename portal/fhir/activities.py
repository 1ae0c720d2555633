"""Writes tests, procedures, reports, care plans and visits as the FHIR R4 resources they stand for."""

from portal.fhir.fields import TERMS, Fields, Json, absent, coded, dated

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


def test_result(fields: Fields, patient: Json) -> Json:
    """An Observation, its result in words as the record has it."""
    category, usual = _CATEGORY.get(fields.is_("kind")), fields.text("usual")
    return {
        "resourceType": "Observation",
        "status": _RESULT.get(fields.is_("status"), "unknown"),
        "category": [coded("observation-category", category)] if category else None,
        "code": fields.concept("test"),
        "subject": patient,
        **dated("effective", fields.on("taken_on")),
        "performer": fields.all_named("done_by") or [absent()],
        "valueString": fields.text("result"),
        "interpretation": fields.concepts("compared"),
        "note": fields.notes(),
        "referenceRange": [{"text": usual}] if usual else None,
    }


test_result.__test__ = False  # type: ignore[attr-defined]  # not a test, whatever the name says


def procedure(fields: Fields, patient: Json) -> Json:
    """A Procedure."""
    when, rough, by = fields.on("done_on"), fields.text("about_when"), fields.named("done_by")
    return {
        "resourceType": "Procedure",
        "status": _DONE.get(fields.is_("status"), "unknown"),
        "code": fields.concept("procedure"),
        "subject": patient,
        **({"performedString": rough} if rough and not when else dated("performed", when)),
        "performer": [{"actor": by}] if by else None,
        "location": fields.named("place"),
        "reasonCode": fields.concepts("reason"),
        "bodySite": fields.concepts("body_part"),
        "outcome": fields.concept("outcome"),
        "note": fields.notes(),
    }


def report(fields: Fields, patient: Json) -> Json:
    """A DiagnosticReport, its results in words, and the names of files that stayed with the agency."""
    files = fields.text("files")
    return {
        "resourceType": "DiagnosticReport",
        "status": _RESULT.get(fields.is_("status"), "unknown"),
        "category": fields.concepts("kind"),
        "code": fields.concept("report"),
        "subject": patient,
        "effectiveDateTime": fields.on("made_on"),
        "performer": fields.all_named("made_by"),
        "result": [{"display": line} for line in fields.lines("results")] or None,
        "conclusion": fields.text("summary"),
        "presentedForm": [{"title": files}] if files else None,
    }


def care_plan(fields: Fields, patient: Json) -> Json:
    """A CarePlan: its goals by name, its steps in words."""
    steps = [{"detail": {"status": "unknown", "description": line}} for line in fields.lines("steps")]
    return {
        "resourceType": "CarePlan",
        "status": _PLAN.get(fields.is_("status"), "unknown"),
        "intent": "plan",
        "title": fields.text("plan"),
        "subject": patient,
        "period": fields.period(),
        "author": fields.named("made_by"),
        "addresses": fields.all_named("reason"),
        "goal": [{"display": line} for line in fields.lines("goals")] or None,
        "activity": steps or None,
        "note": fields.notes(),
    }


def encounter(fields: Fields, patient: Json) -> Json:
    """An Encounter."""
    kind, by, place = _CLASS.get(fields.is_("kind")), fields.named("seen_by"), fields.named("place")
    return {
        "resourceType": "Encounter",
        "status": _VISIT.get(fields.is_("status"), "unknown"),
        "class": {"system": f"{TERMS}/v3-ActCode", "code": kind} if kind else absent(),
        "type": fields.concepts("visit"),
        "subject": patient,
        "participant": [{"individual": by}] if by else None,
        "period": fields.period(),
        "reasonCode": fields.concepts("reason"),
        "location": [{"location": place}] if place else None,
    }
