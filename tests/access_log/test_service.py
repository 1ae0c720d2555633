"""Who has looked: others' looks, newest first, readable by the person alone."""

from datetime import timedelta

from sqlalchemy import select

from portal.access_log import service
from portal.access_log.models import Look
from portal.base.ledger import Leaf
from tests.agencies import factory

WHY = "To answer your request."
DETAILS = {
    "who": "Priya Nair",
    "role": "caseworker",
    "why": WHY,
    "reference": "7KQ2-MX4D",
    "records": ["Address"],
}


def test_a_look_says_who_what_why_and_under_which_reference(store):
    sina = factory.person(store)
    factory.staff(store, 10).do(service.note, sina.actor.person_id, "staff", 10, "request", DETAILS)
    (look,) = service.looks(sina)
    assert (look.by, look.agency_id, look.what, look.at) == ("staff", 10, "request", factory.NOW)
    assert (look.who, look.role, look.why, look.reference) == ("Priya Nair", "caseworker", WHY, "7KQ2-MX4D")
    assert look.records == ["Address"]


def test_a_persons_own_visit_is_not_a_look(store):
    sina = factory.person(store)
    sina.do(service.note, sina.actor.person_id, "staff", 0, "record", DETAILS)
    assert service.looks(store.work(sina.actor)) == []


def test_each_person_sees_their_own_looks_only(store):
    sina, tame = factory.person(store), factory.person(store, "Tame Tūroa")
    factory.staff(store, 10).do(service.note, sina.actor.person_id, "staff", 10, "request", DETAILS)
    assert service.looks(tame) == []


def test_looks_come_newest_first_and_in_pages(store):
    sina = factory.person(store)
    for day in range(5):
        staff = factory.staff(store, 10, now=factory.NOW + timedelta(days=day))
        staff.do(
            service.note, sina.actor.person_id, "staff", 10, "request", {**DETAILS, "who": f"Priya {day}"}
        )
    first = service.looks(sina, most=3)
    second = service.looks(sina, most=3, before=first[-1].id)
    assert [look.who[-1] for look in (*first, *second)] == ["4", "3", "2", "1", "0"]


def test_a_look_is_sealed_and_leaves_a_leaf(store):
    sina = factory.person(store)
    factory.staff(store, 10).do(service.note, sina.actor.person_id, "staff", 10, "request", DETAILS)
    row = sina.session.execute(select(Look.__table__)).one()
    assert b"Priya" not in bytes(row.details) and b"7KQ2" not in bytes(row.details)
    assert sina.session.scalars(select(Leaf.change).where(Leaf.entity == "access_log_look")).all() == [
        "insert"
    ]
