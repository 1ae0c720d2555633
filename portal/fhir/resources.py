"""Turns a whole shared health record into the FHIR R4 resource it stands for."""

from collections.abc import Callable, Mapping
from typing import Any

from portal.fhir import activities, clinical
from portal.fhir.fields import Fields, Json

_MAKERS: dict[str, tuple[Callable[[Fields, Json], Json], str]] = {
    "allergy": (clinical.allergy, "substance"),
    "care_plan": (activities.care_plan, "plan"),
    "condition": (clinical.condition, "condition"),
    "encounter": (activities.encounter, "visit"),
    "immunisation": (clinical.immunisation, "vaccine"),
    "medicine": (clinical.medicine, "medicine"),
    "procedure": (activities.procedure, "procedure"),
    "report": (activities.report, "report"),
    "test_result": (activities.test_result, "test"),
}
"""What makes the resource of a type, and the field without which there is none."""
WITH_NOTE = frozenset(_MAKERS) - {"report", "encounter"}


def resource_for(
    type_key: str, body: Mapping[str, object], patient: Json, codes: Mapping[str, Any] | None = None
) -> Json | None:
    """The resource for a whole record of a clinical type; None if there is none for it.

    `patient` is the Reference to the Patient of the document, `codes` what came with the values when they were
    read from FHIR. Fields without a place in the resource stay in its narrative.
    """
    maker, main = _MAKERS.get(type_key, (None, ""))
    fields = Fields(body, codes or {})
    if maker is None or not fields.text(main):
        return None
    return {key: value for key, value in maker(fields, patient).items() if value is not None}
