"""The catalogue is taken as agencies send it, read once per process, and seen by all when it changes."""

import pytest
from sqlalchemy import event

from portal.agencies import queries, service
from portal.agencies.rules import TOPICS, Words
from portal.base.problems import Invalid, NotThere
from tests.agencies import factory


@pytest.fixture
def statements(store):
    seen = []
    event.listen(store.core.engine, "before_cursor_execute", lambda *given: seen.append(given[2]))
    return seen


def test_every_demo_agency_is_taken_in_the_order_of_topics(store):
    work = store.work()
    for path in sorted(factory.CATALOGUE.glob("*.json")):
        work.do(service.put_agency, factory.document(path.stem))
    found = queries.catalogue(work).agencies
    topics = [agency.topic for agency in found]
    assert topics == sorted(topics, key=TOPICS.index)
    assert len(found) == 14
    assert all(kind.fields for agency in found for kind in agency.types.values())


def test_putting_an_agency_again_keeps_its_id_and_changes_nothing(store):
    work = store.work()
    first = work.do(service.put_agency, factory.document("example-housing"))
    version = work.session.get(queries.Stamp, queries.STAMP).version
    assert work.do(service.put_agency, factory.document("example-housing")) == first
    assert work.session.get(queries.Stamp, queries.STAMP).version == version


def test_a_change_is_seen_and_a_dropped_type_stays_because_records_rest_on_it(store):
    work, changed = store.work(), factory.document("example-housing")
    factory.agency(work)
    changed["name"], gone = "Example Homes", changed["record_types"].pop()
    agency_id = work.do(service.put_agency, changed)
    agency = queries.catalogue(work).agency(agency_id)
    assert agency.name == "Example Homes"
    assert gone["key"] in agency.types


def test_the_catalogue_is_read_once_and_then_kept(store, statements):
    work = store.work()
    factory.agency(work)
    queries.catalogue(work)
    statements.clear()
    assert queries.catalogue(store.work()).agencies
    assert statements == []


def test_another_process_sees_a_change_after_five_seconds(store, monkeypatch):
    work = store.work()
    agency = factory.agency(work)
    kept = dict(queries._kept)
    work.do(service.set_reachable, agency.id, factory.NOW)
    # What the other process had kept before the change.
    queries._kept.update(kept)
    assert queries.catalogue(store.work()).agency(agency.id).unreachable_since is None
    monkeypatch.setattr(queries, "LOOK_AGAIN_AFTER", 0)
    assert queries.catalogue(store.work()).agency(agency.id).unreachable_since == factory.NOW


def test_a_change_that_is_taken_back_is_kept_nowhere(store):
    work = store.work()
    agency = factory.agency(work)

    def change_then_fail(w):
        service.put_agency(w, {**factory.document("example-housing"), "name": "Never"})
        assert queries.catalogue(w).agency(agency.id).name == "Never"
        raise Invalid("stop")

    with pytest.raises(Invalid):
        work.do(change_then_fail)
    assert queries.catalogue(store.work()).agency(agency.id).name == agency.name


@pytest.mark.parametrize("missing", ["slug", "name", "purposes", "record_types"])
def test_an_entry_without_what_every_page_needs_is_refused(sqlite_store, missing):
    document = factory.document("example-housing")
    del document[missing]
    with pytest.raises(Invalid):
        sqlite_store.work().do(service.put_agency, document)


def test_a_label_comes_with_its_language_and_english_is_marked(sqlite_store):
    fields = factory.agency(sqlite_store.work(), "example-medical-centre").types["enrolment"].fields
    assert fields["date_of_birth"].label_in("mi") == Words("Rā whānau", "mi")
    assert fields["date_of_birth"].label_in("fj") == Words("Date of birth", "en-NZ")
    assert fields["date_of_birth"].label_in("en") == Words("Date of birth", "en-NZ")


def test_an_agency_that_is_not_there_is_not_there(sqlite_store):
    catalogue = queries.catalogue(sqlite_store.work())
    assert catalogue.by_slug("none") is None and catalogue.type(5, "none") is None
    with pytest.raises(NotThere):
        catalogue.agency(5)
