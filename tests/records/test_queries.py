"""Reading what is held: states told apart, and a number of reads that never grows."""

from datetime import UTC, datetime

import pytest

from portal.agencies import service as agencies
from portal.base import ids
from portal.records import queries, service
from tests.records import factory
from tests.records.factory import BODY, LATER, change, counted, receive, record_id

MOST_READS = 4


def reads(store, read):
    """How many statements a read needs, once the catalogue is in the process."""
    queries.index(store.work(factory.NOBODY))
    with counted(store.core.engine) as asked:
        read()
    return len(asked)


def holdings(store, who):
    return {one.agency.slug: one for one in queries.index(store.work(who, LATER)).holdings}


def linked(store, who, agency_id, fed=True):
    change(store, agencies.link, who.person_id, agency_id, f"C-{agency_id}", "in-person")
    if fed:
        change(store, agencies.note_fed, who.person_id, agency_id)


def test_the_states_of_agencies_are_told_apart(store):
    who = factory.person(store)
    ids_ = {
        slug: factory.agency(store, slug, name=slug) for slug in ("held", "none", "waiting", "away", "not")
    }
    for slug in ("held", "none", "waiting", "away"):
        linked(store, who, ids_[slug], fed=slug != "waiting")
    for slug in ("held", "away"):
        receive(store, who, ids_[slug], BODY)
    change(store, agencies.set_reachable, ids_["away"], datetime(2026, 3, 3, tzinfo=UTC))
    states = {slug: one.state for slug, one in holdings(store, who).items()}
    assert states == {
        "held": "held",
        "none": "none",
        "waiting": "waiting",
        "away": "unreachable",
        "not": "not-linked",
    }


def test_an_agencys_line_counts_records_requests_and_what_is_kept(store):
    who, agency_id = factory.person(store), factory.agency(store)
    receive(store, who, agency_id, BODY)
    receive(store, who, agency_id, BODY, source_id="H-2")
    target = (who.person_id, record_id(store, who, agency_id))
    change(store, service.begin_review, *target, ["name", "people"], 7)
    change(store, service.withhold, *target, "note", {"lines": 1, "ground": "53-b"})
    one = holdings(store, who)["example-homes"]
    assert (one.count, one.open_requests, one.kept) == (2, 2, 1)
    change(store, service.end_review, *target, 7)
    assert holdings(store, who)["example-homes"].open_requests == 0


def test_what_changed_lately_comes_first_and_leaves_safety_out(store):
    who, agency_id = factory.person(store), factory.agency(store)
    receive(store, who, agency_id, BODY, source_id="H-1")
    receive(store, who, agency_id, BODY, source_id="M-1", kind="mark", now=LATER)
    receive(store, who, agency_id, BODY, source_id="V-1", kind="visit", now=LATER)
    found = queries.index(store.work(who, LATER))
    assert [change.type.key for change in found.changes] == ["visit", "home"]
    assert found.holdings[0].count == 3


def test_an_agencys_page_groups_records_by_type_newest_first(store):
    who, agency_id = factory.person(store), factory.agency(store)
    for day in (3, 1, 2):
        receive(store, who, agency_id, BODY, source_id=f"H-{day}", recorded_on=factory.day(day))
    receive(store, who, agency_id, BODY, source_id="V-1", kind="visit")
    page = queries.of_agency(store.work(who, LATER), agency_id)
    assert [(group.type.key, len(group.records)) for group in page.groups] == [("home", 3), ("visit", 1)]
    assert [record.recorded_on.day for record in page.groups[0].records] == [3, 2, 1]


@pytest.mark.parametrize("page", ["index", "of_agency", "show", "all_shareable"])
def test_the_reads_of_a_page_do_not_grow_with_what_is_held(sqlite_store, page):
    store = sqlite_store
    one, many = factory.person(store), factory.person(store)
    first = factory.agency(store)
    fill(store, one, [first], 1)
    fill(store, many, [first, *(factory.agency(store, f"example-{n}") for n in range(39))], 100)

    def _reader(who):
        work = store.work(who, LATER)
        arguments = {
            "index": (),
            "of_agency": (first,),
            "show": (queries.all_shareable(store.work(who))[0].ref,),
            "all_shareable": (),
        }
        return reads(store, lambda: getattr(queries, page)(work, *arguments[page]))

    few = _reader(one)
    assert few == _reader(many)
    assert few <= MOST_READS


def fill(store, who, agency_ids, number):
    """Give a person records in turn at each agency, each with something beside it."""

    def _fill(work):
        for agency_id in agency_ids:
            agencies.link(work, who.person_id, agency_id, f"C-{ids.random63()}", "in-person")
        for n in range(number):
            agency_id = agency_ids[n % len(agency_ids)]
            service.receive(work, who.person_id, agency_id, "home", f"H-{n}", BODY)
            found = service.record_id_of(work, who.person_id, agency_id, "home", f"H-{n}")
            service.attach_statement(work, who.person_id, found, "people", "We are five.", "en", n)
            service.withhold(work, who.person_id, found, "note", {"lines": 1, "ground": "53-b"})

    store.work(now=LATER).do(_fill)
