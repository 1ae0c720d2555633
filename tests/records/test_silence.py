"""A record that is neither confirmed nor denied: who may say so, and that nothing of the person's reads it."""

import pytest

from portal.agencies import queries as agencies
from portal.agencies import service as agency_service
from portal.base.problems import Invalid, NotThere
from portal.bundles import service as bundles
from portal.identity.permissions import SYSTEM, Actor
from portal.ingest import service as ingest
from portal.notices import service as notices
from portal.records import queries, service
from portal.records.models import Part, Record
from portal.records.queries import Reader
from tests.records import factory
from tests.records.factory import BODY, LATER, NOW, receive, record_id

GROUND = "53-c"
SAID = {"ground": GROUND, "decided_by": "Privacy officer", "decided_on": "2026-11-01"}


@pytest.fixture
def two(store):
    """A person with an open record and one that is to be kept silent, and the agency."""
    who, agency_id = factory.person(store), factory.agency(store)
    for number in ("H-1", "H-2"):
        receive(store, who, agency_id, {**BODY, "name": number}, source_id=number)
    return store, who, agency_id, record_id(store, who, agency_id, source_id="H-2")


def officer(agency_id, role="privacy-officer"):
    return Actor(kind="account", account_id=9, agency_id=agency_id, role=role)


def keep(two, actor=SYSTEM, ground=GROUND, by="Privacy officer"):
    store, who, _agency_id, number = two
    store.work(actor, LATER).do(service.keep_silent, who.person_id, number, ground, by)


def seen(two, reader=Reader.PERSON, actor=None):
    store, who, _agency_id, number = two
    work = store.work(actor or who, LATER)
    return [one.id for one in queries.for_record_ids(work, who.person_id, [number], reader)]


def test_a_silent_record_leaves_every_read_of_the_person_and_comes_back(two):
    store, who, agency_id, number = two
    keep(two, officer(agency_id))
    work = store.work(who, LATER)
    assert [one.body["name"] for one in queries.all_shareable(work)] == ["H-1"]
    assert seen(two) == seen(two, Reader.RECIPIENT) == []
    assert seen(two, Reader.STAFF, officer(agency_id, "caseworker")) == [number]
    assert len(queries.held_by(store.work(officer(agency_id)), who.person_id)[0]) == 2
    assert queries.index(work).holdings[0].count == 1
    store.work(SYSTEM, LATER).do(service.end_silence, who.person_id, number)
    assert seen(two) == [number]


def test_its_own_address_answers_as_an_address_of_nothing(two):
    store, who, _agency_id, number = two
    ref = queries.for_record_ids(store.work(who), who.person_id, [number])[0].ref
    keep(two)
    for address in (ref, 12345):
        with pytest.raises(NotThere):
            queries.show(store.work(who, LATER), address)


def test_only_a_privacy_officer_its_own_system_or_an_operator_may_say_nothing(two):
    _store, who, agency_id, _number = two
    key = Actor(kind="key", agency_id=agency_id)
    for actor in (
        who,
        officer(agency_id, "caseworker"),
        officer(agency_id + 1),
        Actor(kind="key", agency_id=1),
    ):
        with pytest.raises(NotThere):
            keep(two, actor)
    keep(two, key)
    assert seen(two) == []


def test_only_grounds_of_section_47_will_do_and_somebody_has_decided(two):
    for ground in ("53-b", "made up", ""):
        with pytest.raises(Invalid):
            keep(two, ground=ground)
    with pytest.raises(Invalid):
        keep(two, by="  ")
    assert seen(two) != []


def test_the_mark_is_in_the_ledger_once_and_sealed(two):
    store, who, agency_id, number = two
    keep(two)
    keep(two)
    session = store.work().session
    parts = session.query(Part).filter(Part.person_id == who.person_id, Part.kind == "silent").all()
    assert len(parts) == 1 and Part.__ledgered__
    assert b"Privacy officer" not in parts[0].body
    assert session.get(Record, (who.person_id, number)).state == "silent"


def test_what_arrives_silent_was_never_there_for_its_person(two):
    store, who, agency_id, _number = two
    before = agencies.links_of(store.work(who), who.person_id)[agency_id].fed_at

    def send(work, silent):
        ref = agency_service.client_ref_of(work, who.person_id, agency_id)
        sent = ingest.Incoming("visit", "V-1", BODY, silent=silent)
        return ingest.take(work, agency_id, ref, [sent])

    assert store.work(now=LATER).do(send, SAID).records == 1
    work = store.work(who, LATER)
    assert {one.type.key for one in queries.all_shareable(work)} == {"home"}
    # Neither does it show in when they last sent something, nor later, when it comes without its mark.
    store.work(now=LATER).do(send, None)
    assert agencies.links_of(store.work(who), who.person_id)[agency_id].fed_at == before
    assert {one.type.key for one in queries.all_shareable(store.work(who, LATER))} == {"home"}
    refused = store.work(now=LATER).do(send, {**SAID, "ground": "53-b"})
    assert refused.rejected == 1 and "section 47" in refused.warnings[0]


def test_no_message_no_share_and_no_file_knows_of_it(two):
    store, who, agency_id, number = two
    service_target = (who.person_id, number)
    store.work(now=LATER).do(service.correct, *service_target, {"people": 5})
    chosen = [{"record": number, "fields": ["name", "people"]}]
    given = {"recipient": "Hemi", "purpose": "help", "days": 7, "passcode": "482915"}
    store.work(who, LATER).do(lambda work: bundles.make(work, chosen=chosen, **given))
    keep(two)

    def send(work):
        ref = agency_service.client_ref_of(work, who.person_id, agency_id)
        return ingest.take(work, agency_id, ref, [ingest.Incoming("home", "H-2", {**BODY, "name": "H-2"})])

    assert store.work(now=LATER).do(send).warnings
    assert "value_came_back" not in {one.kind for one in notices.newest(store.work(who, LATER))}
    work = store.work(who, LATER)
    share = bundles.shares_of(work)[0][0]
    assert bundles.preview(work, share).records == []
    assert "H-2" not in str(bundles.fhir_document(work, share, "Portal"))
    with pytest.raises(NotThere):
        queries.show(work, store.work().session.get(Record, (who.person_id, number)).ref)
    assert NOW < LATER
