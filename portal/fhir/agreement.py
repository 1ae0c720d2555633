"""What the person agreed to, in words and as a FHIR Consent (Privacy Act 2020, principle 11(1)(c))."""

from portal.fhir.entries import Entries, Json, instant
from portal.fhir.fields import TERMS
from portal.fhir.narrative import div, paragraph, plain
from portal.fhir.shared import DocumentFacts, DocumentWords

KIND = {"coding": [{"system": "http://loinc.org", "code": "59284-0"}]}


def agreed(facts: DocumentFacts, words: DocumentWords) -> list[str]:
    """What the person agreed to, in sentences: for whom, what for, and until when."""
    said = [words.consent]
    if facts.recipient:
        said.append(words.recipient.format(recipient=facts.recipient))
    if facts.purpose:
        said.append(words.purpose.format(purpose=facts.purpose))
    if facts.ends_at:
        said.append(words.until.format(day=instant(facts.ends_at)))
    return said


def consent(entries: Entries, facts: DocumentFacts, words: DocumentWords) -> Json:
    """The Consent: who agreed, for whom, from when until when, and to this very document."""
    patient = entries.to("patient")
    agreed_at = instant(facts.agreed_at or facts.made_at)
    provision: Json = {"type": "permit", "period": {"start": agreed_at}}
    if facts.ends_at:
        provision["period"]["end"] = instant(facts.ends_at)
    recipient = plain(facts.recipient or "").strip()
    if recipient:
        role = {"coding": [{"system": f"{TERMS}/v3-ParticipationType", "code": "IRCP"}]}
        provision["actor"] = [{"role": role, "reference": {"display": recipient}}]
    provision["data"] = [{"meaning": "instance", "reference": entries.to("composition")}]
    return {
        "resourceType": "Consent",
        "text": div([paragraph(text) for text in agreed(facts, words)], words.lang),
        "status": "active",
        "scope": {"coding": [{"system": f"{TERMS}/consentscope", "code": "patient-privacy"}]},
        "category": [KIND],
        "patient": patient,
        "dateTime": agreed_at,
        "performer": [patient],
        "organization": [entries.to("publisher")],
        "policyRule": {"text": plain(words.consent)},
        "provision": provision,
    }
