"""Reads who a bundle says it is about, to check it against the linked person."""

from portal.fhir.found import PatientFacts
from portal.fhir.node import Node, fit
from portal.fhir.references import human_name
from portal.fhir.values import SHORT, clean

_PARTIAL_BIRTH = "The birth date is not a full date, so it could not be compared."


def patient_facts(patient: Node) -> PatientFacts:
    """The facts of a Patient resource; names in the order sent, old names included."""
    born = patient.when("birthDate")
    if born.roughly:
        patient.notes.say(_PARTIAL_BIRTH, _PARTIAL_BIRTH)
    return PatientFacts(
        names=_names(patient),
        birth_date=born.on,
        gender=patient.text("gender"),
        address=next((t for a in patient.objs("address") if (t := _address(a))), None),
        phone=_phone(patient),
        identifiers=_identifiers(patient),
    )


def _names(patient: Node) -> tuple[str, ...]:
    if isinstance(patient.data.get("name"), str):
        return tuple(t for t in [patient.text("name")] if t)
    bare = []
    for name in patient.objs("name"):
        # Titles are no part of a name to compare.
        parts = " ".join([*name.texts("given"), name.text("family") or ""]).strip()
        text = fit(parts, SHORT, patient.notes) if parts and name.has("family") else human_name(name)
        if text:
            bare.append(text)
    return tuple(dict.fromkeys(bare))


def _address(address: Node) -> str | None:
    parts = [*address.texts("line"), *(address.text(k) or "" for k in ("city", "postalCode", "country"))]
    return address.text("text") or fit(", ".join(p for p in parts if p), SHORT, address.notes)


def _phone(patient: Node) -> str | None:
    for system in ("phone", "sms"):
        for contact in patient.objs("telecom"):
            if contact.code("system") == system and (value := contact.text("value")):
                return value
    return None


def _identifiers(patient: Node) -> tuple[tuple[str, str], ...]:
    found = []
    for identifier in patient.objs("identifier"):
        value = clean(identifier.code("value"), SHORT)[0]
        if value:
            found.append((clean(identifier.code("system"), SHORT)[0], value))
    return tuple(dict.fromkeys(found))
