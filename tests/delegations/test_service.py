"""A right to see holds for one organisation and one thing, until it ends."""

from datetime import timedelta

from sqlalchemy import select

from portal.base.ledger import Leaf
from portal.delegations import service
from tests.agencies import factory


def test_a_grant_holds_for_its_organisation_and_its_thing_only(store):
    work = store.work()
    work.do(service.grant, 1, 10, "case", 100)
    assert service.may(work, 1, 10, "case", 100)
    for other in ((2, 10, "case", 100), (1, 11, "case", 100), (1, 10, "share", 100), (1, 10, "case", 101)):
        assert not service.may(work, *other)


def test_an_ended_grant_is_worth_nothing_and_both_changes_leave_a_leaf(store):
    work = store.work()
    work.do(service.grant, 1, 10, "share", 100)
    work.do(service.grant, 1, 10, "share", 101)
    work.do(service.end, 1, "share", 100)
    assert not service.may(work, 1, 10, "share", 100)
    assert service.may(work, 1, 10, "share", 101)
    changes = work.session.scalars(select(Leaf.change).where(Leaf.entity == "delegations_grant")).all()
    assert sorted(changes) == ["insert", "insert", "update"]


def test_a_grant_ends_by_itself(store):
    until = factory.NOW + timedelta(days=7)
    store.work(now=factory.NOW).do(service.grant, 1, 10, "share", 100, until)
    assert service.may(store.work(now=until - timedelta(seconds=1)), 1, 10, "share", 100)
    assert not service.may(store.work(now=until), 1, 10, "share", 100)
