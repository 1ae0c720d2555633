"""A letter links the right person, one letter once, and nothing is learned from a wrong try."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal.agencies import service, tasks
from portal.agencies.models import Link, LinkCode
from portal.base.ledger import Leaf
from portal.base.outbox import OutboxRow
from portal.base.problems import Invalid
from portal.identity import passwords
from tests.agencies import factory

BORN = date(1992, 5, 4)


def letter(store, name="FAASILI, Sina", born=BORN, client_ref="HA-88213", now=factory.NOW):
    work = store.work(now=now)
    agency = factory.agency(work)
    return agency, work.do(service.issue_link_code, agency.id, client_ref, name, born)


def test_the_number_and_code_of_a_letter_link_the_person(store):
    agency, code = letter(store)
    sina = factory.person(store)
    assert (
        sina.do(service.link_by_code, agency.slug, "ha 88213", f"{code[:4]} {code[4:].lower()}") == "linked"
    )
    person_id = sina.actor.person_id
    assert service.links_of(sina, person_id)[agency.id].state == "active"
    assert service.person_of_client(sina, agency.id, "HA-88213") == person_id
    assert service.client_ref_of(sina, person_id, agency.id) == "HA-88213"


def test_a_link_asks_for_the_waiting_records_and_leaves_a_leaf(store):
    agency, code = letter(store)
    sina = factory.person(store)
    sina.do(service.link_by_code, agency.slug, "HA-88213", code)
    job = sina.session.scalars(select(OutboxRow).where(OutboxRow.job == "ingest.release")).one()
    assert job.about == {"person_id": str(sina.actor.person_id), "agency_id": str(agency.id)}
    assert sina.session.scalars(select(Leaf).where(Leaf.entity == "agencies_link")).one().change == "insert"


def test_neither_number_nor_code_is_readable_in_the_store(store):
    agency, code = letter(store)
    sina = factory.person(store)
    sina.do(service.link_by_code, agency.slug, "HA-88213", code)
    letter(store, client_ref="HA-99999")
    kept = [*sina.session.execute(select(Link.__table__)), *sina.session.execute(select(LinkCode.__table__))]
    assert "88213" not in repr(kept) and "99999" not in repr(kept) and code not in repr(kept)


@pytest.mark.parametrize("wrong", ["agency", "number", "code", "another agency"])
def test_each_failure_gives_the_same_answer_after_one_check_of_a_code(sqlite_store, wrong, monkeypatch):
    agency, code = letter(sqlite_store)
    factory.agency(sqlite_store.work(), "example-school")
    sina = factory.person(sqlite_store)
    checks = []
    real = passwords.matches
    monkeypatch.setattr(passwords, "matches", lambda *given: checks.append(given) or real(*given))
    slug = {"agency": "no-such-agency", "another agency": "example-school"}.get(wrong, agency.slug)
    number = "HA-00000" if wrong == "number" else "HA-88213"
    assert sina.do(service.link_by_code, slug, number, "WRONGONE" if wrong == "code" else code) is None
    assert len(checks) == 1
    assert service.links_of(sina, sina.actor.person_id) == {}


def test_who_has_the_number_and_the_code_is_told_that_the_letter_is_too_old(store):
    agency, code = letter(store)
    late = factory.person(store, now=factory.NOW + timedelta(days=21))
    assert late.do(service.link_by_code, agency.slug, "HA-88213", "WRONGONE") is None
    assert late.do(service.link_by_code, agency.slug, "HA-88213", code) == "expired"
    assert service.links_of(late, late.actor.person_id) == {}


def test_five_wrong_tries_use_a_code_up(store):
    agency, code = letter(store)
    sina = factory.person(store)
    for _ in range(5):
        assert sina.do(service.link_by_code, agency.slug, "HA-88213", "AAAAAAAA") is None
    assert sina.do(service.link_by_code, agency.slug, "HA-88213", code) is None


def test_a_code_works_once(store):
    agency, code = letter(store)
    factory.person(store).do(service.link_by_code, agency.slug, "HA-88213", code)
    other = factory.person(store)
    assert other.do(service.link_by_code, agency.slug, "HA-88213", code) == "used"


def test_a_new_letter_replaces_the_last_one(store):
    agency, old = letter(store)
    _, new = letter(store)
    sina = factory.person(store)
    assert sina.do(service.link_by_code, agency.slug, "HA-88213", old) is None
    assert sina.do(service.link_by_code, agency.slug, "HA-88213", new) == "linked"


@pytest.mark.parametrize(("name", "born"), [("Tame Tūroa", BORN), ("Sina Faʻasili", date(1992, 4, 5))])
def test_a_letter_for_somebody_else_links_nothing_and_is_held_for_staff(store, name, born):
    agency, code = letter(store, name, born)
    sina = factory.person(store)
    assert sina.do(service.link_by_code, agency.slug, "HA-88213", code) == "held"
    assert service.links_of(sina, sina.actor.person_id) == {}
    (held,) = tasks.worklist(factory.staff(store, agency.id)).rows
    assert (held.kind, held.person_id) == ("link_held", 0)
    # What the letter said is the agency's own; of who tried there is nothing.
    letter_says = {"name": name, "birth_date": born.isoformat()}
    assert held.summary == {"reason": "letter_differs", "client_ref": "HA-88213", **letter_says}


def test_a_second_claim_of_a_client_freezes_both(store):
    agency, code = letter(store)
    first, second = factory.person(store), factory.person(store)
    first.do(service.link_by_code, agency.slug, "HA-88213", code)
    _, again = letter(store)
    assert second.do(service.link_by_code, agency.slug, "HA-88213", again) == "held"
    now = store.work()
    assert [service.links_of(now, w.actor.person_id)[agency.id].state for w in (first, second)] == [
        "frozen"
    ] * 2
    assert service.person_of_client(now, agency.id, "HA-88213") is None


def test_two_people_have_different_ids_at_an_agency_and_one_person_has_two_at_two(store):
    work = store.work()
    for number, slug in enumerate(("example-housing", "example-school")):
        agency = factory.agency(work, slug)
        for name in ("Sina", "Tame"):
            person_id = factory.person(store, f"{name} {number}").actor.person_id
            work.do(service.link, person_id, agency.id, f"{name}-1")
    ids = set(store.work().session.scalars(select(Link.pairwise_id)))
    assert len(ids) == 4


def test_a_person_who_is_linked_already_is_told_so(store):
    agency, code = letter(store)
    sina = factory.person(store)
    sina.do(service.link_by_code, agency.slug, "HA-88213", code)
    with pytest.raises(Invalid, match="already linked"):
        sina.do(service.link_by_code, agency.slug, "HA-88213", code)


def test_linking_the_same_client_twice_changes_nothing(store):
    work = store.work()
    agency, sina = factory.agency(work), factory.person(store).actor.person_id
    assert [work.do(service.link, sina, agency.id, "HA-1") for _ in range(2)] == ["active", "active"]
    assert len(store.work().session.scalars(select(Link)).all()) == 1


def test_a_client_number_is_compared_as_written_for_feeds(store):
    work = store.work()
    agency, sina = factory.agency(work), factory.person(store).actor.person_id
    work.do(service.link, sina, agency.id, " HA-1-23 ")
    assert service.person_of_client(work, agency.id, "HA-1-23") == sina
    assert service.person_of_client(work, agency.id, "HA-12-3") is None


def test_a_feed_is_noted_on_the_link(store):
    work = store.work(now=factory.NOW)
    agency, sina = factory.agency(work), factory.person(store).actor.person_id
    work.do(service.link, sina, agency.id, "HA-1")
    assert service.links_of(work, sina)[agency.id].fed_at is None
    work.do(service.note_fed, sina, agency.id)
    assert service.links_of(work, sina)[agency.id].fed_at == factory.NOW


def test_who_has_proved_an_identity_elsewhere_gets_the_strongest_link_by_letter(store):
    agency, code = letter(store)
    sina = factory.person(store)
    sina.do(service.link_by_code, agency.slug, "HA-88213", code)
    assert service.links_of(sina, sina.actor.person_id)[agency.id].strength == "letter"
    _, again = letter(store)
    factory.verify(store, sina)
    assert sina.do(service.link_by_code, agency.slug, "HA-88213", again) == "linked"
    assert service.links_of(sina, sina.actor.person_id)[agency.id].strength == "verified"
