"""Writes a share as a FHIR R4 document bundle that other health software can open."""

import base64
import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from portal.fhir.agreement import KIND, agreed, consent
from portal.fhir.entries import Entries, instant
from portal.fhir.fields import TERMS, absent
from portal.fhir.narrative import div, paragraph, plain, record_markup, statement_text
from portal.fhir.resources import WITH_NOTE, resource_for
from portal.fhir.sections import (
    Placed,
    entry_section,
    health_sections,
    loinc,
    part_id,
    statement_section,
    story_section,
    topic_sections,
    topic_title,
)
from portal.fhir.shared import DocumentFacts, DocumentWords, SharedRecord, SharedStatement, SharedSubject

Json = dict[str, Any]
_SUMMARY = loinc("60591-5", "Patient summary Document")
# Put together by the person, and about no health fact.
_NOTE = loinc("51855-5", "Patient Note")
_WITHIN = "http://hl7.org/fhir/StructureDefinition/targetElement"


def document(
    subject: SharedSubject,
    records: Sequence[SharedRecord],
    facts: DocumentFacts,
    story: Sequence[SharedStatement] = (),
    words: DocumentWords | None = None,
    copy: bytes | None = None,
) -> Json:
    """The share as a FHIR R4 document bundle; the same arguments give the same bundle.

    It holds the name the person chose and the chosen lines, no other identifier of them
    (information privacy principle 13). Statements of correction stand beside their value
    and in a section of their own (principle 7). `story` is the person's own words, `copy`
    the same content as a PDF file.
    """
    words = words or DocumentWords()
    entries, parts = Entries(facts.seed), Entries(facts.seed)
    patient = entries.to("patient")
    placed = _place(records, patient, parts, words)
    composition = _composition(patient, entries, facts, words)
    health = any(record.topic == "health" for record in records)
    kind = {**(_SUMMARY if health else _NOTE), "text": words.summary if health else words.shared}
    chosen = facts.chosen
    sections = [
        *(health_sections(placed, words, entries.url, chosen=chosen) if health else []),
        *story_section(story, words, patient),
        *topic_sections(placed, words, entries.url),
        *statement_section(records, words, patient),
        *_closing(facts, words, entries, copied=bool(copy)),
    ]
    entries.add("composition", composition | {"type": kind} | ({"section": sections} if sections else {}))
    entries.add("patient", _patient(subject, words))
    entries.add("publisher", _organisation(facts.publisher, words))
    entries.items += parts.items
    _add_sources(placed, entries, facts.made_at, words)
    if chosen:
        entries.add("consent", consent(entries, facts, words))
    if copy:
        entries.add("copy", _copy(copy, kind, entries, facts, words))
    return _bundle(entries, facts, words)


def _closing(facts: DocumentFacts, words: DocumentWords, entries: Entries, *, copied: bool) -> list[Json]:
    """The sections by which the consent, and the copy to read, are reached."""
    agreement = entry_section(words.consent_title, KIND, agreed(facts, words), entries.to("consent"), words)
    about = {"text": words.copy_title}
    reading = entry_section(words.copy_title, about, [words.copy], entries.to("copy"), words)
    return [*([agreement] if facts.chosen else []), *([reading] if copied else [])]


def _composition(patient: Json, entries: Entries, facts: DocumentFacts, words: DocumentWords) -> Json:
    return {
        "resourceType": "Composition",
        "language": words.lang,
        "identifier": {"system": "urn:ietf:rfc:3986", "value": entries.url("composition")},
        "status": "final",
        "subject": patient,
        "date": instant(facts.made_at),
        "author": [patient],
        "title": plain(facts.title),
        "custodian": entries.to("publisher"),
        "text": div([paragraph(facts.title)], words.lang),
    }


def _bundle(entries: Entries, facts: DocumentFacts, words: DocumentWords) -> Json:
    return {
        "resourceType": "Bundle",
        "language": words.lang,
        "identifier": {"system": "urn:ietf:rfc:3986", "value": entries.url(f"bundle/{_digest(entries)}")},
        "type": "document",
        "timestamp": instant(facts.made_at),
        "entry": entries.items,
    }


def _digest(entries: Entries) -> str:
    """What tells a document from another of the same share: an identifier is never used for two."""
    text = json.dumps(entries.items, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _patient(subject: SharedSubject, words: DocumentWords) -> Json:
    name = plain(subject.display_name).strip() or "-"
    return {
        "resourceType": "Patient",
        "text": div([paragraph(name)], words.lang),
        "name": [{"text": name}],
        # Summaries need it; who the person is, is for them to say.
        "_birthDate": absent("masked"),
    }


def _organisation(name: str, words: DocumentWords) -> Json:
    shown = plain(name).strip() or "-"
    return {"resourceType": "Organization", "text": div([paragraph(shown)], words.lang), "name": shown}


def _place(
    records: Sequence[SharedRecord], patient: Json, entries: Entries, words: DocumentWords
) -> list[Placed]:
    """Each record with the Reference to its resource, if it has one."""
    placed: list[Placed] = []
    for number, record in enumerate(records):
        made = None
        if record.body_if_whole is not None and record.topic == "health":
            made = resource_for(record.type_key, record.body_if_whole, patient, record.codes)
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
        texts += [f"{line.label}: {statement_text(one, words)}" for one in line.said]
    texts += [statement_text(s, words) for s in record.statements]
    return [{"text": plain(text)} for text in texts]


def _add_sources(placed: Sequence[Placed], entries: Entries, made_at: datetime, words: DocumentWords) -> None:
    """One Organization for each agency, and a Provenance for each record: who holds it, and of what day.

    A record that is no resource is named by the section it stands in, once for each day.
    """
    agencies = dict.fromkeys(record.agency_name for record, _ in placed)
    for agency in agencies:
        entries.add(f"agency/{agency}", _organisation(agency, words))
    done = set()
    for number, (record, reference) in enumerate(placed):
        target, on = reference, record.recorded_on or record.copied_on
        if target is None:
            part = part_id(topic_title(record, words))
            if (part, on) in done:
                continue
            done.add((part, on))
            within = {"url": _WITHIN, "valueUri": part}
            target = {**entries.to("composition"), "extension": [within]}
        entries.add(f"provenance/{number}", _provenance(target, record, entries, made_at, words))


def _provenance(
    target: Json, record: SharedRecord, entries: Entries, made_at: datetime, words: DocumentWords
) -> Json:
    author = {"system": f"{TERMS}/provenance-participant-type", "code": "author"}
    on = record.recorded_on or record.copied_on
    agency = record.agency_name
    made: Json = {
        "resourceType": "Provenance",
        "text": div([paragraph(words.held_by.format(agency=agency))], words.lang),
        "target": [target],
        "recorded": instant(made_at),
        "agent": [{"type": {"coding": [author]}, "who": entries.to(f"agency/{agency}")}],
    }
    if on:
        made["occurredDateTime"] = on.isoformat()
    return made


def _copy(copy: bytes, kind: Json, entries: Entries, facts: DocumentFacts, words: DocumentWords) -> Json:
    """The PDF file, as what other software calls a document of the same kind."""
    return {
        "resourceType": "DocumentReference",
        "text": div([paragraph(words.copy)], words.lang),
        "status": "current",
        "type": kind,
        "subject": entries.to("patient"),
        "date": instant(facts.made_at),
        "author": [entries.to("patient")],
        "custodian": entries.to("publisher"),
        "description": plain(words.copy),
        "content": [
            {
                "attachment": {
                    "contentType": "application/pdf",
                    "language": words.lang,
                    "title": plain(facts.title),
                    "size": len(copy),
                    "data": base64.b64encode(copy).decode(),
                }
            }
        ],
        "context": {"related": [entries.to("composition")]},
    }
