"""Medicines and vaccines, from what was prescribed, told, given or turned down."""

from portal.fhir.codes import ABSENT_SYSTEM, codes_of, no_information, quantity_words, words
from portal.fhir.drafting import (
    IN_ERROR,
    NAMELESS,
    NO_INFORMATION,
    annotations,
    body,
    first,
    paragraphs,
    point,
)
from portal.fhir.found import Draft
from portal.fhir.node import Node, fit
from portal.fhir.references import Context
from portal.fhir.values import LONG, SHORT, When

_STATUS = {
    "active": "active",
    "in-progress": "active",
    "intended": "planned",
    "draft": "planned",
    "on-hold": "paused",
    "completed": "finished",
    "stopped": "stopped",
    "cancelled": "stopped",
    "not-taken": "not-taken",
    "not-done": "not-taken",
}
_KIND = {
    "MedicationRequest": "prescribed",
    "MedicationStatement": "told",
    "MedicationAdministration": "given",
}
_GIVEN = frozenset({"MedicationAdministration"})
_DOSES = {"MedicationRequest": "dosageInstruction", "MedicationAdministration": "dosage"}
_UNITS = {"s": "second", "min": "minute", "h": "hour", "d": "day", "wk": "week", "mo": "month", "a": "year"}
_NO_DAY = "the day of the vaccine is not a full date"


def medicine(node: Node, context: Context) -> Draft | None:
    """A MedicationRequest, MedicationStatement or MedicationAdministration as a `medicine` record."""
    kind = node.code("resourceType")
    name, concept = _medicine_name(node, context)
    reason = None if name else NAMELESS
    if node.code("status") == "entered-in-error":
        reason = IN_ERROR
    elif no_information(concept):
        reason = NO_INFORMATION
    if reason or name is None:
        context.notes.left_out(kind, reason or NAMELESS)
        return None
    began = _began(node)
    period = node.obj("effectivePeriod")
    written = first(node.when("authoredOn"), node.when("dateAsserted"), began)
    who = node.obj("requester") or node.obj("informationSource")
    givers = [p.obj("actor") for p in node.objs("performer")] if kind in _GIVEN else []
    facts = body(
        medicine=name,
        how_to_take=paragraphs(node, [_dose(d) for d in node.objs(_DOSES.get(kind, "dosage"))]),
        status=_STATUS.get(node.code("status"), "unknown"),
        kind=_KIND[kind],
        started_on=began.on,
        about_when=began.roughly,
        ended_on=period.when("end").on,
        reason=context.reason_of(node),
        ordered_by=context.name_of(who, node) or context.names_of(givers, node),
        note=paragraphs(node, annotations(node)),
    )
    return Draft("medicine", name, facts, written.on or context.written_on)


def _medicine_name(node: Node, context: Context) -> tuple[str | None, Node]:
    concept = node.obj("medicationCodeableConcept")
    if not concept:
        reference = node.obj("medicationReference")
        target = context.follow(reference, node)
        concept = target.obj("code")
        name = words(concept) or reference.text("display")
        strengths = "; ".join(
            t for i in target.objs("ingredient") if (t := words(i.obj("itemCodeableConcept")))
        )
        return name or fit(strengths, SHORT, node.notes), concept
    return words(concept), concept


def _began(node: Node) -> When:
    return first(point(node, "effective"), node.when("authoredOn"))


def _dose(dose: Node) -> str | None:
    text = dose.text("text", LONG) or dose.text("patientInstruction", LONG)
    if text:
        return text
    amounts = [dose.obj("dose"), *(rate.obj("doseQuantity") for rate in dose.objs("doseAndRate"))]
    amount = next((t for a in amounts if (t := quantity_words(a))), None)
    parts = [amount, _timing(dose.obj("timing")), words(dose.obj("route"))]
    if dose.data.get("asNeededBoolean") is True:
        parts.append("when needed")
    return ", ".join(p for p in parts if p) or None


def _timing(timing: Node) -> str | None:
    told = words(timing.obj("code"))
    repeat = timing.obj("repeat")
    times, every = repeat.number("frequency"), repeat.number("period")
    unit = _UNITS.get(repeat.code("periodUnit"))
    if told or not (times and every and unit):
        return told
    often = {"1": "once", "2": "twice"}.get(times, f"{times} times")
    return f"{often} a {unit}" if every == "1" else f"{often} every {every} {unit}s"


def immunisation(node: Node, context: Context) -> Draft | None:
    """An Immunization as an `immunisation` record, in the vaccine register's own shape.

    That type needs the full day; a vaccine with a partial date is left out with a warning,
    because any day would be made up.
    """
    concept = node.obj("vaccineCode")
    name, on = words(concept), node.when("occurrenceDateTime").on
    absent = any(ABSENT_SYSTEM in c.code("system") for c in concept.objs("coding"))
    reason = None if name else NAMELESS
    if node.code("status") == "entered-in-error":
        reason = IN_ERROR
    elif absent or on is None:
        reason = "the only thing in it is that none are known" if absent else _NO_DAY
    if reason or name is None or on is None:
        context.notes.left_out("Immunization", reason or NAMELESS)
        return None
    facts = body(
        vaccine=name,
        outcome=_outcome(node),
        on=on,
        dose=_dose_number(node),
        batch=node.text("lotNumber"),
        place=_place(node, context),
    )
    return Draft("immunisation", name, facts, node.when("recorded").on or on)


def _outcome(node: Node) -> str:
    if node.code("status") != "not-done":
        return "given"
    refused = codes_of(node.obj("statusReason")) & {"PATOBJ", "RELIG", "PHILISOP"}
    return "declined" if refused else "not-given"


def _dose_number(node: Node) -> int | None:
    for protocol in node.objs("protocolApplied"):
        text = protocol.number("doseNumberPositiveInt")
        if text and text.isdigit() and 1 <= int(text) <= 10:
            return int(text)
    return None


def _place(node: Node, context: Context) -> str | None:
    return context.name_of(node.obj("location"), node) or context.names_of(
        [p.obj("actor") for p in node.objs("performer")], node
    )
