"""FHIR files: whose they are, and what they bring, ready to be taken."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from portal.agencies import service as agencies
from portal.agencies.rules import AgencyFacts
from portal.base.work import Work
from portal.fhir import conformance
from portal.fhir.found import FoundRecord, NotABundle, PatientFacts, Reading
from portal.fhir.reading import read_bundle
from portal.ingest.service.files import Unreadable, content, read_json
from portal.ingest.service.incoming import Incoming, Outcome, Who, unwritable
from portal.ingest.service.taking import take

HEALTH_NUMBER = "https://standards.digital.health.nz/ns/nhi-id"
# Numbers that others gave the person: tax and social security, driver licences, passports (principle 13).
_OTHERS = ("us-ssn", "2.16.840.1.113883.4.3.", "passport", "ird", "driver")
NO_CLIENT = "The file names no client number. Say whose it is with --person."
TWO_CLIENTS = "The numbers in the file lead to two linked people. Say whose it is with --person."
_MOST = 200


@dataclass(frozen=True, slots=True)
class Document:
    """A FHIR file as it was read."""

    reading: Reading
    patient_id: str
    warnings: tuple[str, ...]


def read_document(path: Path) -> Document:
    """Read a FHIR bundle. Raises Unreadable with a sentence that the sender could act on."""
    parsed = read_json(content(path))
    try:
        reading = read_bundle(parsed)
    except NotABundle as fault:
        raise Unreadable(fault.sentence) from None
    except RecursionError:
        raise Unreadable("The file is nested too deep to be read.") from None
    return Document(reading, _patient_id(parsed), (*reading.warnings, *_departures(parsed)))


def take_document(work: Work, agency: AgencyFacts, document: Document, client_ref: str | None) -> Outcome:
    """Take a FHIR file about one client, named by `client_ref` or else by the file. Raises Unreadable."""
    patient = document.reading.patient
    ref = client_ref or _client_ref(work, agency, patient, document.patient_id)
    who = Who(tuple(_writable(name) for name in patient.names), patient.birth_date) if patient else None
    incoming = [_incoming(one) for one in document.reading.records]
    outcome = take(work, agency.id, ref, incoming, who, nothing_held=not incoming)
    for sentence in document.warnings:
        outcome.warn(sentence)
    return outcome


def _incoming(one: FoundRecord) -> Incoming:
    # The sender's own words on who wrote the summary, and the codes that came with its words.
    why: dict[str, Any] = {"source": {"sentence": one.source_text}} if one.source_text else {}
    why |= {"codes": one.codes} if one.codes else {}
    return Incoming(one.type_key, one.source_id, one.body, one.recorded_on, why or None)


def _client_ref(work: Work, agency: AgencyFacts, patient: PatientFacts | None, patient_id: str) -> str:
    """Find the agency's own client number among a file's: one that is linked, else the first that may be used."""
    own = [number for system, number in (patient.identifiers if patient else ()) if _may_use(agency, system)]
    own = [
        number for number in [*own, patient_id] if number and len(number) <= _MOST and not unwritable(number)
    ]
    if not own:
        raise Unreadable(NO_CLIENT)
    linked = {number: agencies.person_of_client(work, agency.id, number) for number in own}
    people = {person_id for person_id in linked.values() if person_id is not None}
    if len(people) > 1:
        raise Unreadable(TWO_CLIENTS)
    return next((number for number, person_id in linked.items() if person_id is not None), own[0])


def _may_use(agency: AgencyFacts, system: str) -> bool:
    if system == HEALTH_NUMBER:
        # Health agencies may all use the national health number (Health Information Privacy Code rule 13).
        return bool(agency.facts.get("hipc"))
    return not any(word in system.casefold() for word in _OTHERS)


def _patient_id(parsed: Any) -> str:
    for entry in parsed["entry"]:
        resource = entry.get("resource") if isinstance(entry, dict) else None
        if isinstance(resource, dict) and resource.get("resourceType") == "Patient":
            found = resource.get("id")
            return found if isinstance(found, str) else ""
    return ""


def _departures(parsed: Any) -> tuple[str, ...]:
    found = len(conformance.problems(parsed))
    if not found:
        return ()
    ways = "1 way" if found == 1 else f"{found} ways"
    return (f"The file departs from FHIR R4 in {ways}. What could be read was read.",)


def _writable(name: str) -> str:
    return name.encode(errors="replace").decode()
