"""What becomes of what agencies send: taken, waiting, held back, unchanged; on both databases."""

from datetime import date, timedelta

import pytest

from portal.agencies import queries as catalogue
from portal.agencies import service as agencies
from portal.base.problems import NotThere
from portal.ingest import service as ingest
from portal.ingest.models import Held, Waiting
from portal.records import service as records
from tests.ingest import factory
from tests.ingest.factory import NOW, SINA, bodies, incoming, take


@pytest.fixture
def agency(store):
    return factory.housing(store)


@pytest.fixture
def sina(store, agency):
    person_id = factory.person(store)
    factory.link(store, person_id, agency)
    return person_id


def release(store, person_id, agency_id, now=NOW):
    about = {"person_id": str(person_id), "agency_id": str(agency_id)}
    store.work(now=now).do(ingest.release, about)


def test_a_linked_persons_records_are_taken_once(store, agency, sina):
    first = take(store, agency, [incoming(), incoming("H-2")])
    again = take(store, agency, [incoming(), incoming("H-2")])
    assert (first.records, first.unchanged, first.rejected) == (2, 0, 0)
    assert (again.records, again.unchanged, again.rejected) == (0, 2, 0)
    assert bodies(store, sina) == [factory.BODY, factory.BODY]


def test_a_changed_value_makes_a_new_version(store, agency, sina):
    take(store, agency, [incoming()])
    became = take(store, agency, [incoming(body={**factory.BODY, "people": 4})])
    assert became.records == 1 and became.kinds["changed"] == 1
    assert bodies(store, sina)[0]["people"] == 4


def test_a_type_that_the_agency_does_not_have_is_said_in_a_sentence(store, agency, sina):
    became = take(store, agency, [incoming(type_key="condition")])
    assert became.rejected == 1
    assert became.warnings == ["Example Homes has no record type condition. Add it with a purpose first."]


def test_a_body_that_does_not_fit_is_left_out_and_named_without_values(store, agency, sina):
    wrong = {"people": "many secrets", "review_on": "2026-02-31"}
    became = take(store, agency, [incoming(body=wrong), incoming("H-2")])
    assert (became.records, became.rejected) == (1, 1)
    assert became.warnings == [
        "A record of type home was left out: /name is missing. /people has the wrong type. "
        "/review_on is not a real date."
    ]


def test_half_a_character_is_refused_and_stops_nothing_else(store, agency, sina):
    became = take(store, agency, [incoming(body={"name": "\ud800"}), incoming("\udfff"), incoming("H-3")])
    assert (became.records, became.rejected) == (1, 2)


@pytest.mark.parametrize(
    "who",
    [
        ingest.Who(("Mele Vea",), factory.BORN),
        ingest.Who(("Sina Faʻasili",), date(1992, 4, 5)),
        ingest.Who((), date(1992, 4, 5)),
    ],
)
def test_records_that_contradict_the_person_are_held_back_for_staff(store, agency, sina, who):
    became = take(store, agency, [incoming(), incoming("H-2")], who)
    assert (became.records, became.rejected) == (0, 2)
    assert bodies(store, sina) == []
    assert factory.tasks(store, agency) == ["held"]
    assert factory.notices(store, sina).count("value_came_back") == 0


def test_the_same_file_held_back_twice_makes_one_task(store, agency, sina):
    stranger = ingest.Who(("Mele Vea",), factory.BORN)
    for _ in range(2):
        take(store, agency, [incoming()], stranger)
    assert factory.tasks(store, agency) == ["held"] and factory.count(store, Held) == 1


@pytest.mark.parametrize(
    "who", [None, ingest.Who(), ingest.Who(("FAASILI SINA",)), ingest.Who((), factory.BORN)]
)
def test_what_does_not_contradict_is_taken(store, agency, sina, who):
    assert take(store, agency, [incoming()], who).records == 1


def test_records_wait_until_the_person_links(store, agency):
    first = take(store, agency, [incoming()])
    again = take(store, agency, [incoming()])
    newer = take(store, agency, [incoming(body={**factory.BODY, "people": 5})])
    assert (first.records, again.records, again.unchanged, newer.records) == (1, 0, 1, 1)
    assert first.warnings == again.warnings == ["waits until the person links"]
    assert factory.count(store, Waiting) == 1

    person_id = factory.person(store)
    factory.link(store, person_id, agency)
    release(store, person_id, agency)
    assert [body["people"] for body in bodies(store, person_id)] == [5]
    assert factory.count(store, Waiting) == 0


def test_what_waits_is_sealed(store, agency):
    take(store, agency, [incoming()])
    row = store.work().session.query(Waiting).one()
    assert b"Sample" not in row.body and b"Sina" not in row.body


def test_what_waited_for_somebody_else_is_held_back_after_linking(store, agency):
    take(store, agency, [incoming()], ingest.Who(("Mele Vea",), factory.BORN))
    person_id = factory.person(store)
    factory.link(store, person_id, agency)
    release(store, person_id, agency)
    assert bodies(store, person_id) == [] and factory.tasks(store, agency) == ["held"]
    assert factory.count(store, Waiting) == 0


def test_nothing_is_released_while_the_link_is_frozen(store, agency):
    take(store, agency, [incoming()])
    first, second = factory.person(store), factory.person(store, "Mele Vea")
    factory.link(store, first, agency)
    factory.link(store, second, agency)
    for person_id in (first, second):
        release(store, person_id, agency)
    assert bodies(store, first) == bodies(store, second) == []
    assert factory.count(store, Waiting) == 1


def test_a_release_after_the_link_is_gone_does_nothing(store, agency):
    release(store, factory.person(store), agency)


def test_what_waited_for_90_days_is_deleted(store, agency):
    take(store, agency, [incoming()])
    take(store, agency, [incoming("H-2")], now=NOW + timedelta(days=2))
    store.work(now=NOW + timedelta(days=91)).do(ingest.expire)
    assert factory.count(store, Waiting) == 1


def test_a_fixed_value_that_comes_back_does_not_overwrite(store, agency, sina):
    take(store, agency, [incoming()])
    record_id = records.record_id_of(store.work(), sina, agency, "home", "H-1")
    store.work(now=NOW).do(records.correct, sina, record_id, {"people": 4})
    became = take(store, agency, [incoming()])
    again = take(store, agency, [incoming()])
    assert bodies(store, sina)[0]["people"] == 4
    assert became.kinds["came-back"] == 1 and again.kinds["unchanged"] == 1
    assert factory.tasks(store, agency) == ["came_back"]
    assert factory.notices(store, sina).count("value_came_back") == 1


def test_kept_parts_and_disclosures_are_noted_once(store, agency, sina):
    kept = {
        "field": "tip",
        "lines": 1,
        "ground": "53-c",
        "plain": "The caller is kept from you.",
        "decided_by": "Privacy officer",
        "decided_on": "2026-11-01",
    }
    given = {"on": "2026-11-02", "to": "repair firms", "why": "to visit", "law": "tenancy"}
    sent = incoming(withheld=[kept], disclosures=[given, given])
    first, again = take(store, agency, [sent]), take(store, agency, [sent])
    more = take(store, agency, [incoming(withheld=[{**kept, "lines": 2}], disclosures=[given])])
    assert (first.records, again.unchanged, more.records) == (1, 1, 1)
    (view,) = factory.held(store, sina)
    assert len(view.disclosures) == 1
    assert sorted(part.lines for part in view.withheld) == [1, 2]


def test_nothing_held_is_noted_as_news_of_the_agency(store, agency, sina):
    became = take(store, agency, [], SINA, nothing_held=True, now=NOW + timedelta(hours=1))
    assert became.records == 0
    assert agencies.links_of(store.work(), sina)[agency].fed_at == NOW + timedelta(hours=1)


def test_an_older_file_leaves_what_is_newer(store, agency, sina):
    take(store, agency, [incoming(recorded_on=date(2026, 6, 1))])
    older = incoming(body={**factory.BODY, "people": 9}, recorded_on=date(2026, 5, 3))
    became = take(store, agency, [older], keep_newer=True)
    assert became.rejected == 1 and "older than what is held" in became.warnings[0]
    assert bodies(store, sina)[0]["people"] == 3


def test_another_agencys_client_of_the_same_number_is_not_this_client(store, agency, sina):
    other = factory.demo_agency(store, "example-housing")
    assert take(store, other, [], client_ref="C-1").linked is False
    with pytest.raises(NotThere):
        records.record_id_of(store.work(), sina, other, "home", "H-1")
    assert catalogue.catalogue(store.work()).agency(other).types.get("home") is None
