"""From a clinic's file through a share to another agency's file: the same values, on the real ways in and out."""

import base64
import json
from collections import Counter

import pyotp
import pytest
from jwcrypto import jwe, jwk

from portal.agencies import queries as catalogue
from portal.base import ids
from portal.base.clock import utc_now
from portal.bundles import queries, rules, service
from portal.fhir.conformance import problems
from portal.fhir.reading import read_bundle
from portal.identity import service as identity
from portal.identity.permissions import ANYBODY
from portal.ingest.service.documents import read_document, take_document
from portal.records import queries as records
from portal.records.models import Record
from tests.bundles.factory import PASSCODE, PASSWORD, Person
from tests.bundles.serving import opened as client_opens
from tests.bundles.serving import serving
from tests.fhir.samples import ALL, OWN, load
from tests.ingest import factory

FROM, TO = "example-medical-centre", "example-injury-cover"
# A birth date is not in a share, so the second agency compares the name alone.
SOURCE_OF_SUMMARY = "came_from"


@pytest.fixture
def passed_on(sqlite_store, tmp_path):
    """What a file says before and after it went through a share, in the given store."""

    def _passed_on(path, store=sqlite_store):
        person = linked(store, read_bundle(load(path)).patient)
        before = taken(person, FROM, path)
        share = shared_whole(person)
        bundle = opened(person, share)
        assert problems(bundle) == []
        second = tmp_path / "second.json"
        second.write_text(json.dumps(bundle), encoding="utf-8")
        return before, taken(person, TO, second), bundle

    return _passed_on


def linked(store, patient):
    """A person of that name and birth date with an account, linked to two agencies that take clinical files."""
    person = Person(store, 0, 0, {}, pyotp.random_base32())
    name, born = patient.names[0], patient.birth_date or factory.BORN
    agencies = [factory.demo_agency(store, slug, clinical=True) for slug in (FROM, TO)]
    person.person_id = factory.person(store, name, born)

    def _account(work):
        return identity.add_account(
            work, "sina", PASSWORD, name, person_id=person.person_id, totp_secret=person.totp
        )

    person.account_id = store.work().do(_account)
    for agency_id in agencies:
        factory.link(store, person.person_id, agency_id, "P-1")
    catalogue.forget_catalogue()
    return person


def taken(person, slug, path):
    """Take a file as an agency, and give all values that the person then has there, by type."""
    document = read_document(path)

    def _take(work):
        facts = next(one for one in catalogue.catalogue(work).agencies if one.slug == slug)
        outcome = take_document(work, facts, document, "P-1")
        assert outcome.rejected == 0, outcome.warnings
        return facts.id

    agency_id = person.store.work().do(_take)
    return Counter(values(view) for view in views(person) if view.agency.id == agency_id)


def views(person):
    work = person.store.work(person.actor)
    numbers = work.session.query(Record.id).filter(Record.person_id == person.person_id)
    return records.for_record_ids(work, person.person_id, [row.id for row in numbers])


def values(view):
    kept = {key: value for key, value in view.body.items() if key != SOURCE_OF_SUMMARY}
    return view.type.key, tuple(sorted(kept.items()))


def shared_whole(person):
    chosen = [
        {"record": view.id, "fields": [line.field.key for line in view.lines if not line.empty]}
        for view in views(person)
    ]
    facts = {"recipient": "Injury cover", "purpose": "My claim", "days": 7, "passcode": PASSCODE}
    # All of it was shared: it waits for a day, which is over now.
    then = utc_now() - rules.COOLING
    return ids.decode(person.do(service.make, chosen=chosen, now=then, **facts))


def opened(person, ref):
    """Open the sealed file of a share as a client does, with the key of its link."""
    door = person.knock("link", person.doors(ref)[0]).door
    sealed = person.look(service.sealed_for, door, "Portal", actor=ANYBODY)
    secrets = person.look(lambda work: queries.secrets_of(work, queries.share(work, ref)))
    token = jwe.JWE()
    jwe.default_max_compressed_size, kept = 32 * 1024 * 1024, jwe.default_max_compressed_size
    try:
        token.deserialize(sealed, key=jwk.JWK(kty="oct", k=secrets["key"]))
    finally:
        jwe.default_max_compressed_size = kept
    return json.loads(token.payload)


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_every_file_survives_being_imported_shared_opened_and_imported_again(passed_on, path):
    before, after, _ = passed_on(path)
    assert after == before and before


def test_it_survives_on_both_databases_with_its_codes(store, passed_on):
    summary = next(path for path in OWN if path.stem == "nz_summary")
    before, after, bundle = passed_on(summary, store)
    assert after == before
    sent = standard_codes(load(summary))
    assert sent and sent <= standard_codes(bundle)


def standard_codes(bundle):
    """The standard codes of what the conditions, allergies and vaccines of a bundle are."""
    found = set()
    for entry in bundle["entry"]:
        resource = entry["resource"]
        if resource["resourceType"] in ("Condition", "AllergyIntolerance", "Immunization"):
            concept = resource.get("code") or resource.get("vaccineCode") or {}
            found |= {(one.get("system"), one.get("code")) for one in concept.get("coding", [])}
    return {one for one in found if one[0] in ("http://snomed.info/sct", "http://hl7.org/fhir/sid/cvx")}


def test_an_independent_client_finds_what_a_patient_needs_and_the_file_to_read(sqlite_store, node):
    person = linked(sqlite_store, read_bundle(load(OWN[-1])).patient)
    taken(person, FROM, OWN[-1])
    with serving(sqlite_store) as address:
        link = person.look(service.link_of, shared_whole(person), address)
        (found,) = client_opens(node, (link, PASSCODE, None))
    (bundle,) = found["resources"]
    assert problems(bundle) == []
    kinds = {entry["resource"]["resourceType"]: entry["resource"] for entry in bundle["entry"]}
    assert {"AllergyIntolerance", "Condition", "Consent", "Provenance"} <= set(kinds)
    file = kinds["DocumentReference"]["content"][0]["attachment"]
    assert base64.b64decode(file["data"]).startswith(b"%PDF") and file["contentType"] == "application/pdf"
