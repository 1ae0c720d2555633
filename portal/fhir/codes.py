"""Coded values, quantities and whole answers as words: never a bare code where words were sent."""

import re

from portal.fhir.node import Node, fit
from portal.fhir.values import LONG, SHORT

# SNOMED CT ends its full names with the branch of its tree; it tells a reader nothing.
_BRANCH = re.compile(
    r"\s*\((?:disorder|finding|procedure|situation|substance|event|observable entity|"
    r"regime/therapy|qualifier value|product|physical object|morphologic abnormality|"
    r"medicinal product|clinical drug|record artifact|person|body structure)\)\Z"
)
# IPS "absent or unknown" codes often come without words.
ABSENT_SYSTEM = "absent-unknown-uv-ips"
_ABSENT_WORDS = {
    "no-known-allergies": "No known allergies",
    "no-known-medication-allergies": "No known allergies to medicines",
    "no-known-environmental-allergies": "No known allergies to things around you",
    "no-known-food-allergies": "No known allergies to food",
    "no-known-medications": "No known medicines",
    "no-known-problems": "No known health conditions",
    "no-known-procedures": "No known procedures",
    "no-known-immunizations": "No known vaccines",
    "no-known-devices": "No known devices",
}
_UNITS = {
    "mm[Hg]": "mmHg",
    "Cel": "°C",
    "[degF]": "°F",
    "10*3/uL": "×10³/µL",
    "10*6/uL": "×10⁶/µL",
    "10*9/L": "×10⁹/L",
    "10*12/L": "×10¹²/L",
    "kg/m2": "kg/m²",
    "mL/min/{1.73_m2}": "mL/min/1.73 m²",
    "{nominal}": "",
}
_BRACES = re.compile(r"\{[^}]*\}")
SYSTOLIC, DIASTOLIC = "8480-6", "8462-4"


def words(concept: Node) -> str | None:
    """A CodeableConcept in words: its text, else the first display, else "Not named (code X)"."""
    text = concept.text("text")
    codings = concept.objs("coding")
    if not text:
        chosen = sorted(codings, key=lambda c: c.data.get("userSelected") is not True)
        text = next((t for c in chosen if (t := coding_words(c))), None)
    if not text:
        if no_information(concept):
            return None
        code = next((c.text("code") for c in codings if c.has("code")), None)
        if not code:
            return None
        concept.notes.say(
            "1 code came without words and is shown as a code.",
            "{n} codes came without words and are shown as codes.",
            concept.data,
        )
        return fit(f"Not named (code {code})", SHORT, concept.notes)
    return _BRANCH.sub("", text) or text


def coding_words(coding: Node) -> str | None:
    """One Coding in words, without its code."""
    if ABSENT_SYSTEM in coding.code("system") and coding.code("code") in _ABSENT_WORDS:
        return _ABSENT_WORDS[coding.code("code")]
    text = coding.text("display")
    return _BRANCH.sub("", text) if text else None


def codes_of(concept: Node) -> frozenset[str]:
    """The codes of a CodeableConcept, to decide by."""
    return frozenset(c.code("code") for c in concept.objs("coding")) - {""}


def no_information(concept: Node) -> bool:
    """Whether the concept says only that nothing is known (IPS "no-…-info")."""
    return any(
        ABSENT_SYSTEM in c.code("system") and c.code("code").endswith("-info") for c in concept.objs("coding")
    )


def joined(concepts: list[Node], limit: int = SHORT) -> str | None:
    """Several concepts as one text, each once, in their order."""
    texts = list(dict.fromkeys(t for c in concepts if (t := words(c))))
    return fit("; ".join(texts), limit, concepts[0].notes) if concepts else None


def unit_words(quantity: Node) -> str:
    """The unit as people write it."""
    unit = quantity.text("unit", 60) or quantity.text("code", 60) or ""
    known = _UNITS.get(unit)
    return _BRACES.sub("", unit).strip() if known is None else known


def quantity_words(quantity: Node) -> str | None:
    """A Quantity such as "5.1 mmol/L" or "< 3 mg/L"."""
    number = quantity.number("value")
    if number is None:
        return None
    mark = {"<": "< ", "<=": "≤ ", ">": "> ", ">=": "≥ "}.get(quantity.code("comparator"), "")
    unit = unit_words(quantity)
    return f"{mark}{number}{'' if unit == '%' or not unit else ' '}{unit}"


def range_words(span: Node) -> str | None:
    """A Range or a reference range in words."""
    low, high = quantity_words(span.obj("low")), quantity_words(span.obj("high"))
    if low and high:
        return f"{low} to {high}"
    if low:
        return f"{low} or more"
    return f"{high} or less" if high else None


def _ratio_words(ratio: Node) -> str | None:
    top, bottom = quantity_words(ratio.obj("numerator")), quantity_words(ratio.obj("denominator"))
    return f"{top} : {bottom}" if top and bottom else top


def _simple_words(node: Node) -> str | None:
    value = node.data.get("valueBoolean")
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if node.has("valueInteger"):
        return node.number("valueInteger")
    if node.has("valueString"):
        return node.text("valueString", LONG)
    if node.has("valueTime"):
        return node.text("valueTime")
    return node.when("valueDateTime").words()


def value_words(node: Node) -> str | None:
    """The value[x] of an Observation or of one of its components, in words."""
    if node.has("valueQuantity"):
        return quantity_words(node.obj("valueQuantity"))
    if node.has("valueCodeableConcept"):
        return words(node.obj("valueCodeableConcept"))
    if node.has("valueRange"):
        return range_words(node.obj("valueRange"))
    if node.has("valueRatio"):
        return _ratio_words(node.obj("valueRatio"))
    if node.has("valuePeriod"):
        return period_words(node.obj("valuePeriod"))
    if node.has("valueSampledData"):
        return "A recorded trace, not copied here"
    return _simple_words(node)


def period_words(period: Node) -> str | None:
    """A Period in words, no more exact than it was sent."""
    start, end = period.when("start").words(), period.when("end").words()
    if start and end and start != end:
        return f"{start} to {end}"
    return start or (f"until {end}" if end else None)


def component_words(observation: Node) -> str | None:
    """The parts of a panel as one text; blood pressure the way people say it."""
    parts: dict[str, Node] = {}
    texts = []
    for part in observation.objs("component"):
        for code in codes_of(part.obj("code")):
            parts.setdefault(code, part)
        name, value = words(part.obj("code")), value_words(part)
        if value is None:
            value = words(part.obj("dataAbsentReason"))
        if value:
            texts.append(f"{name}: {value}" if name else value)
    if SYSTOLIC in parts and DIASTOLIC in parts and len(texts) == 2:
        upper, lower = parts[SYSTOLIC].obj("valueQuantity"), parts[DIASTOLIC].obj("valueQuantity")
        high, low = upper.number("value"), lower.number("value")
        if high and low:
            return f"{high}/{low} {unit_words(upper) or 'mmHg'}"
    return "; ".join(texts) or None
