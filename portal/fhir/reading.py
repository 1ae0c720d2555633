"""Reads a FHIR R4 bundle into records, telling in sentences what was left out."""

import hashlib
import json
import re
from collections.abc import Callable

from portal.fhir.care import care_plan, encounter, procedure
from portal.fhir.codings import codes_of_record
from portal.fhir.found import Draft, FoundRecord, NotABundle, Reading
from portal.fhir.medicines import immunisation, medicine
from portal.fhir.node import Node
from portal.fhir.notes import NO_TYPE, Notes
from portal.fhir.patient import patient_facts
from portal.fhir.problems import allergy, condition
from portal.fhir.references import Context, Index, Resource
from portal.fhir.results import diagnostic_report, document_reference, test_result
from portal.fhir.summary import sole_organisation, source_words, wordy_parts, written_on
from portal.fhir.values import When

MAPPERS: dict[str, Callable[[Node, Context], Draft | None]] = {
    "AllergyIntolerance": allergy,
    "CarePlan": care_plan,
    "Condition": condition,
    "DiagnosticReport": diagnostic_report,
    "DocumentReference": document_reference,
    "Encounter": encounter,
    "Immunization": immunisation,
    "MedicationAdministration": medicine,
    "MedicationRequest": medicine,
    "MedicationStatement": medicine,
    "Observation": test_result,
    "Procedure": procedure,
}
# These say who, where or with what; their words appear inside the records that point to them.
CONTEXT_TYPES = frozenset(
    {
        "Composition",
        "Location",
        "Medication",
        "OperationOutcome",
        "Organization",
        "Patient",
        "Practitioner",
        "PractitionerRole",
        "Provenance",
    }
)
BUNDLE_TYPES = frozenset({"batch", "collection", "document", "searchset", "transaction"})
_ID = re.compile(r"[A-Za-z0-9.\-]{1,64}\Z")
_UUID = re.compile(r"urn:uuid:([0-9a-fA-F-]{36})\Z")

Entry = tuple[str, Resource]


def read_bundle(document: object) -> Reading:
    """The records of one person in a FHIR R4 bundle, and sentences on what was left out.

    `document` is parsed JSON: a document, collection, transaction, batch or searchset
    bundle. Never raises for odd content inside; raises `NotABundle` with a sentence the
    sender could act on if there is no bundle, or not exactly one patient, in it. Dates
    are days as written by the sender. Identifiers stay out of every record
    (information privacy principle 13).
    """
    notes = Notes()
    bundle = _bundle(document, notes)
    entries = _entries(bundle)
    patient = _only_patient(entries)
    context = _context(bundle, entries, patient, notes)
    records = _unique([*_records(entries, context), *_parts(entries, context)], notes)
    facts = patient_facts(Node(patient, "Patient", notes))
    return Reading(patient=facts, records=records, warnings=notes.sentences())


def _bundle(document: object, notes: Notes) -> Node:
    if not isinstance(document, dict):
        raise NotABundle("This is not a FHIR bundle: the file has to hold one JSON object.")
    bundle = Node(document, "Bundle", notes)
    if bundle.data.get("resourceType") != "Bundle":
        raise NotABundle('This is not a FHIR bundle: "resourceType" has to be "Bundle".')
    if bundle.code("type") not in BUNDLE_TYPES:
        raise NotABundle(
            "This portal reads bundles of type document, collection, transaction, batch or searchset. "
            "Send one of these."
        )
    if not isinstance(bundle.data.get("entry"), list) or not bundle.data["entry"]:
        raise NotABundle('This bundle is empty: it has no list called "entry".')
    return bundle


def _entries(bundle: Node) -> list[Entry]:
    found: list[Entry] = []
    items = bundle.data["entry"]
    for item in items if isinstance(items, list) else []:
        resource = item.get("resource") if isinstance(item, dict) else None
        if isinstance(resource, dict):
            url = item.get("fullUrl")
            found.append((url if isinstance(url, str) else "", resource))
        else:
            bundle.notes.say(
                "1 entry held no resource and was left out.",
                "{n} entries held no resource and were left out.",
            )
    return found


def _only_patient(entries: list[Entry]) -> Resource:
    patients = [(url, r) for url, r in entries if r.get("resourceType") == "Patient"]
    if not patients:
        raise NotABundle("This bundle names no patient. Send it again with one Patient resource in it.")
    if len({_identity(url, r) for url, r in patients}) > 1:
        raise NotABundle("This bundle is about more than one patient. Send one bundle for each person.")
    return patients[0][1]


def _identity(url: str, resource: Resource) -> object:
    rid = resource.get("id")
    return rid if isinstance(rid, str) else url or id(resource)


def _context(bundle: Node, entries: list[Entry], patient: Resource, notes: Notes) -> Context:
    index = Index(entries)
    context = Context(index, patient, "", None, notes)
    found = next((r for _, r in entries if r.get("resourceType") == "Composition"), None)
    composition = Node(found, "Composition", notes)
    day: When = written_on(composition, bundle)
    kind = "Organization"
    organisations = [Node(r, kind, notes) for _, r in entries if r.get("resourceType") == kind]
    source = source_words(composition, context) if found else sole_organisation(organisations)
    return Context(index, patient, source, day.on, notes)


def _records(entries: list[Entry], context: Context) -> list[FoundRecord]:
    found = []
    for url, resource in entries:
        kind = resource.get("resourceType")
        mapper = MAPPERS.get(kind) if isinstance(kind, str) else None
        if mapper is None:
            if kind not in CONTEXT_TYPES if isinstance(kind, str) else True:
                context.notes.left_out(kind, NO_TYPE)
            continue
        node = Node(resource, str(kind), context.notes)
        if not context.is_about_patient(node):
            context.notes.left_out(kind, "about someone other than the patient of this bundle")
        elif draft := mapper(node, context):
            codes = codes_of_record(draft, node, context)
            found.append(_record(draft, source_id(url, resource), context, codes))
    return found


def _parts(entries: list[Entry], context: Context) -> list[FoundRecord]:
    found = []
    for _, resource in entries:
        if resource.get("resourceType") == "Composition":
            node = Node(resource, "Composition", context.notes)
            for title, draft in wordy_parts(node, context):
                # Named by its heading: each summary gets a new id, its parts stay the same ones.
                found.append(_record(draft, f"Section/{_digest(title)}", context))
    return found


def _record(draft: Draft, sid: str, context: Context, codes: dict[str, object] | None = None) -> FoundRecord:
    on, source = draft.recorded_on, context.source
    return FoundRecord(draft.type_key, sid, draft.title, draft.body, on, source, codes or {})


def source_id(full_url: str, resource: Resource) -> str:
    """A stable id: type and id, else a digest of the identifier, full URL or content.

    An identifier is only ever kept as a digest, since it may be a number of the person.
    """
    kind, rid = resource.get("resourceType"), resource.get("id")
    if isinstance(rid, str) and _ID.match(rid):
        return f"{kind}/{rid}"
    uuid = _UUID.match(full_url)
    if uuid:
        return f"{kind}/{uuid.group(1).lower()}"
    identifier = resource.get("identifier")
    return f"{kind}/{_digest(identifier or full_url or resource)}"


def _digest(thing: object) -> str:
    try:
        text = json.dumps(thing, sort_keys=True, ensure_ascii=True)
    except (RecursionError, ValueError):
        # Nested too deep to write out; only such files come here, and they name nothing better.
        text = "nested"
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def _unique(records: list[FoundRecord], notes: Notes) -> tuple[FoundRecord, ...]:
    kept: dict[str, FoundRecord] = {}
    for record in records:
        if record.source_id not in kept:
            kept[record.source_id] = record
        elif kept[record.source_id] != record:
            notes.say(
                "1 entry has the same id as an earlier one and was left out.",
                "{n} entries have the same id as an earlier one and were left out.",
            )
    return tuple(kept.values())
