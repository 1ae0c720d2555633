"""Writes a share as a FHIR R4 document bundle that other health software can open."""

import uuid
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from portal.fhir.narrative import div, paragraph, plain, record_markup, statement_text
from portal.fhir.resources import WITH_NOTE, resource_for
from portal.fhir.sections import Placed, health_sections, statement_section, story_section, topic_sections
from portal.fhir.shared import DocumentFacts, DocumentWords, SharedRecord, SharedStatement, SharedSubject

Json = dict[str, Any]
_NAMESPACE = uuid.UUID("7c0f3f52-6a0e-5d0b-9d2c-2f1f6a3f9a51")
_TERMS = "http://terminology.hl7.org/CodeSystem"
_SUMMARY = {"system": "http://loinc.org", "code": "60591-5", "display": "Patient summary Document"}


class _Entries:
    """The entries of the bundle, each with a full URL that follows from the seed."""

    def __init__(self, seed: str) -> None:
        self._seed = seed
        self.items: list[Json] = []

    def url(self, name: str) -> str:
        """The full URL of the entry of that name."""
        return f"urn:uuid:{uuid.uuid5(_NAMESPACE, f'{self._seed}/{name}')}"

    def add(self, name: str, resource: Json) -> Json:
        """Adds the resource and returns the Reference to it."""
        url = self.url(name)
        self.items.append({"fullUrl": url, "resource": {**resource, "id": url.removeprefix("urn:uuid:")}})
        return {"reference": url}


def document(
    subject: SharedSubject,
    records: Sequence[SharedRecord],
    facts: DocumentFacts,
    story: Sequence[SharedStatement] = (),
    words: DocumentWords | None = None,
) -> Json:
    """The share as a FHIR R4 document bundle; the same arguments give the same bundle.

    It holds the name the person chose and the chosen lines, no other identifier of them
    (information privacy principle 13). Statements of correction stand beside their value
    and in a section of their own (principle 7). `story` is the person's own words.
    """
    words = words or DocumentWords()
    entries, parts = _Entries(facts.seed), _Entries(facts.seed)
    patient = {"reference": entries.url("patient")}
    placed = _place(records, patient, parts, words)
    composition = _composition(patient, {"reference": entries.url("publisher")}, facts, words)
    health = any(record.topic == "health" for record in records)
    if health:
        composition["type"] = {"coding": [_SUMMARY]}
    sections = health_sections(placed, words) if health else []
    extra = [story_section(story, words), *topic_sections(placed, words), statement_section(records, words)]
    sections += [section for section in extra if section]
    if sections:
        composition["section"] = sections
    entries.add("composition", composition)
    entries.add("patient", _patient(subject, words))
    entries.add("publisher", _organisation(facts.publisher, words))
    entries.items += parts.items
    _add_provenance(placed, entries, facts.made_at, words)
    entries.add("consent", _consent(patient, facts, words))
    return _bundle(entries, facts, words)


def _composition(patient: Json, publisher: Json, facts: DocumentFacts, words: DocumentWords) -> Json:
    return {
        "resourceType": "Composition",
        "language": words.lang,
        "status": "final",
        "type": {"text": plain(facts.title)},
        "subject": patient,
        "date": _instant(facts.made_at),
        "author": [patient],
        "title": plain(facts.title),
        "custodian": publisher,
        "text": div([paragraph(facts.title)], words.lang),
    }


def _bundle(entries: _Entries, facts: DocumentFacts, words: DocumentWords) -> Json:
    return {
        "resourceType": "Bundle",
        "language": words.lang,
        "identifier": {"system": "urn:ietf:rfc:3986", "value": entries.url("bundle")},
        "type": "document",
        "timestamp": _instant(facts.made_at),
        "entry": entries.items,
    }


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).replace(microsecond=0).isoformat()


def _patient(subject: SharedSubject, words: DocumentWords) -> Json:
    name = plain(subject.display_name).strip() or "-"
    return {"resourceType": "Patient", "text": div([paragraph(name)], words.lang), "name": [{"text": name}]}


def _organisation(name: str, words: DocumentWords) -> Json:
    shown = plain(name).strip() or "-"
    return {"resourceType": "Organization", "text": div([paragraph(shown)], words.lang), "name": shown}


def _place(
    records: Sequence[SharedRecord], patient: Json, entries: _Entries, words: DocumentWords
) -> list[Placed]:
    """Each record with the Reference to its resource, if it has one."""
    placed: list[Placed] = []
    for number, record in enumerate(records):
        made = None
        if record.body_if_whole is not None and record.topic == "health":
            made = resource_for(record.type_key, record.body_if_whole, patient)
        if made is None:
            placed.append((record, None))
            continue
        made["text"] = div([record_markup(record, words)], words.lang)
        notes = [*made.get("note", []), *_notes(record, words)]
        if notes and record.type_key in WITH_NOTE:
            made["note"] = notes
        placed.append((record, entries.add(f"record/{number}", made)))
    return placed


def _notes(record: SharedRecord, words: DocumentWords) -> list[Json]:
    """What the person says about the record, for readers that show no narrative."""
    texts = []
    for line in record.lines:
        if line.under_review:
            texts.append(f"{line.label}: {words.under_review}")
        if line.statement:
            texts.append(f"{line.label}: {statement_text(line.statement, words)}")
    texts += [statement_text(s, words) for s in record.statements]
    return [{"text": plain(text)} for text in texts]


def _add_provenance(
    placed: Sequence[Placed], entries: _Entries, made_at: datetime, words: DocumentWords
) -> None:
    """One Organization for each agency, and one Provenance for each agency and day."""
    whole = {"reference": entries.url("composition")}
    groups: dict[tuple[str, date | None], list[Json]] = {}
    for record, reference in placed:
        targets = groups.setdefault((record.agency_name, record.recorded_on), [])
        target = reference or whole
        if target not in targets:
            targets.append(target)
    known: dict[str, Json] = {}
    for agency in dict.fromkeys(name for name, _ in groups):
        known[agency] = entries.add(f"agency/{agency}", _organisation(agency, words))
    for number, ((agency, on), targets) in enumerate(groups.items()):
        entries.add(f"provenance/{number}", _provenance(targets, known[agency], agency, on, made_at, words))


def _provenance(
    targets: list[Json], who: Json, agency: str, on: date | None, made_at: datetime, words: DocumentWords
) -> Json:
    author = {"system": f"{_TERMS}/provenance-participant-type", "code": "author"}
    made: Json = {
        "resourceType": "Provenance",
        "text": div([paragraph(words.held_by.format(agency=agency))], words.lang),
        "target": targets,
        "recorded": _instant(made_at),
        "agent": [{"type": {"coding": [author]}, "who": who}],
    }
    if on:
        made["occurredDateTime"] = on.isoformat()
    return made


def _consent(patient: Json, facts: DocumentFacts, words: DocumentWords) -> Json:
    provision: Json = {"type": "permit", "period": {"start": _instant(facts.made_at)}}
    if facts.ends_at:
        provision["period"]["end"] = _instant(facts.ends_at)
    recipient = plain(facts.recipient or "").strip()
    if recipient:
        role = {"coding": [{"system": f"{_TERMS}/v3-ParticipationType", "code": "IRCP"}]}
        provision["actor"] = [{"role": role, "reference": {"display": recipient}}]
    return {
        "resourceType": "Consent",
        "text": div([paragraph(words.consent)], words.lang),
        "status": "active",
        "scope": {"coding": [{"system": f"{_TERMS}/consentscope", "code": "patient-privacy"}]},
        "category": [{"coding": [{"system": "http://loinc.org", "code": "59284-0"}]}],
        "patient": patient,
        "dateTime": _instant(facts.made_at),
        "policyRule": {"text": plain(words.consent)},
        "provision": provision,
    }
