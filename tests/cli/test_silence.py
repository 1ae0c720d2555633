"""Neither confirming nor denying a record from the command line, over a store without the demonstration."""

import pytest

from portal.identity.permissions import Actor
from portal.records import queries
from portal.records.queries import Reader
from tests.cli.commands import portal
from tests.records import factory

pytestmark = pytest.mark.xdist_group("commands")
SAID = ("--ground", "53-c", "--by", "Privacy officer")


@pytest.fixture
def held(sqlite_store):
    """The store, a person of whom an agency holds one record, and the agency."""
    who, agency_id = factory.person(sqlite_store), factory.agency(sqlite_store)
    factory.receive(sqlite_store, who, agency_id, factory.BODY)
    return sqlite_store, who, agency_id


def run(held, verb, *more, source_id="H-1"):
    store, who, _agency_id = held
    words = ("records", verb, "example-homes", f"C-{who.person_id}", "home", source_id, *more)
    settings = store.settings
    return portal(settings.instance, *words, DATABASE_URL=settings.database_url, DEMO=1)


def seen(held, reader=Reader.PERSON):
    store, who, agency_id = held
    number = factory.record_id(store, who, agency_id)
    staff = Actor(kind="account", account_id=9, agency_id=agency_id, role="caseworker")
    work = store.work(who if reader is Reader.PERSON else staff, factory.LATER)
    return bool(queries.for_record_ids(work, who.person_id, [number], reader))


def test_a_record_leaves_all_that_its_person_reads_and_comes_back(held):
    assert seen(held)
    for _ in range(2):
        done = run(held, "silent", *SAID)
        assert (done.status, done.out, done.err) == (0, "The person sees no trace of this record now.\n", "")
    assert not seen(held) and seen(held, Reader.STAFF)
    back = run(held, "show")
    assert (back.status, back.out, back.err) == (0, "The person can see this record.\n", "")
    assert seen(held)


def test_a_ground_that_section_47_does_not_name_and_a_record_that_is_not_there_change_nothing(held):
    refused = run(held, "silent", "--ground", "s24", "--by", "Privacy officer")
    assert (refused.status, refused.out) == (1, "") and "does not allow" in refused.err
    nothing = run(held, "silent", *SAID, source_id="H-9")
    assert (nothing.status, nothing.out) == (1, "") and "no such agency" in nothing.err
    assert seen(held)
