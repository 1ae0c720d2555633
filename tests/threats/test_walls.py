"""Walls between people, agencies and workers: what a member of staff may see, and what happens in an emergency."""

from dataclasses import replace
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import func, select

from portal.access_log import service as access_log
from portal.agencies import tasks
from portal.base import ids
from portal.base.ledger import Leaf
from portal.base.problems import Conflict, Invalid, NotThere, TooMany
from portal.corrections import service as corrections
from portal.delegations import service as delegations
from portal.delegations.models import UrgentLook
from portal.notices import service as notices
from portal.records import queries as records
from tests.app.addresses import OF_AGENCIES, OF_PERSONS, parts_of
from tests.app.visitors import rules
from tests.corrections import factory
from tests.corrections.factory import NOW

CLIENT = "C-sina"
REASON = "She rang and the line went dead. We need to know who lives with her."
HOUR = timedelta(hours=1)


@pytest.fixture
def town(store):
    return factory.town(store)


@pytest.fixture
def officer(town):
    """The agency's privacy officer."""
    account_id, _ = factory._account(town.store, "ofa", "Ofa Tau")
    return replace(town.priya, account_id=account_id, role="privacy-officer")


def opened(town, now=NOW, actor=None, client=CLIENT):
    """Open the person's file as an adviser, and give its ref."""
    done = town.do(delegations.open_urgently, client, REASON, actor=actor or town.priya, now=now)
    return ids.decode(done)


def kinds(town, now=NOW):
    return [one.kind for one in notices.newest(town.work(now=now))]


def test_t01_every_address_with_an_id_is_tried_with_anothers(sqlite_app):
    """The matrix of tests/app tries each of these as everybody: own, another's, nobody's, broken."""
    owned = {
        rule.rule
        for rule in rules(sqlite_app)
        if any(kind in OF_PERSONS | OF_AGENCIES for _, _, kind in parts_of(rule))
    }
    loose = {rule.rule for rule in rules(sqlite_app) if "<ref:" in rule.rule} - owned
    assert len(owned) > 25
    # An agency's id, and that of a use, is known to everybody; what stands there is one's own link or choice.
    known = {"/<tag:l>/records/agency/<ref:ref>", "/<tag:l>/choices/<ref:ref>"}
    assert loose == known | {
        f"/<tag:l>/agencies/{rest}"
        for rest in (
            *("<ref:ref>/hide", "<ref:ref>/not-me", "hidden/<ref:ref>"),
            *("link/<ref:ref>", "link/<ref:ref>/check", "link/<ref:ref>/linked"),
        )
    }


def test_t02_another_agencys_staff_reach_neither_case_nor_file(town):
    ref, file = town.sent({"address": "14 Sample Street"}), opened(town)
    tavita, _ = town.other_agency()
    for act in (corrections.case, delegations.see, delegations.look):
        for role in ("caseworker", "privacy-officer"):
            with pytest.raises(NotThere):
                act(town.work(replace(tavita, role=role)), ref if act is corrections.case else file)
    with pytest.raises(Invalid) as unknown:
        opened(town, actor=tavita)
    with pytest.raises(Invalid) as nobody:
        opened(town, actor=tavita, client="no such client")
    assert unknown.value.message == nobody.value.message


def test_t12_without_a_case_there_is_no_file(town):
    with pytest.raises(NotThere):
        delegations.see(town.work(town.priya), ids.random63())
    assert not delegations.may(town.work(town.priya), town.sina.person_id, town.agency_id, "urgent", 1)


def test_t12_opening_a_file_is_told_logged_ledgered_and_put_before_a_second_person(town, officer):
    ref = opened(town)
    assert kinds(town) == ["urgent_look"]
    (look,) = access_log.looks(town.work())
    assert (look.by, look.agency_id, look.what) == ("staff", town.agency_id, "record")
    assert look.who == "Priya Nair" and look.why and REASON not in look.why
    work = town.work(officer)
    entities = set(work.session.scalars(select(Leaf.entity)))
    assert {"delegations_urgent_look", "delegations_grant", "access_log_look"} <= entities
    task = tasks.find(work, ref)
    assert (task.kind, task.state) == ("urgent_review", "new")
    shown = delegations.look(work, ref)
    assert (shown.worker, shown.reason, shown.state) == ("Priya Nair", REASON, "open")


def test_t12_the_worker_sees_the_own_agencys_records_and_each_view_is_a_look(town):
    ref = opened(town)
    work = town.work(town.priya, NOW + timedelta(minutes=5))
    found = delegations.see(work, ref)
    held, _ = records.held_by(work, found.person_id)
    work.finish()
    assert [view.agency.id for view in held] == [town.agency_id]
    assert held[0].body["address"] == "12 Sample Street"
    assert len(access_log.looks(town.work())) == 2


def test_t12_a_colleague_cannot_use_the_file_that_a_worker_opened(town):
    ref = opened(town)
    mere = replace(town.priya, account_id=factory._account(town.store, "mere", "Mere")[0])
    with pytest.raises(NotThere):
        delegations.see(town.work(mere), ref)


def test_t12_nobody_opens_a_file_about_themselves(town):
    herself = replace(town.sina, agency_id=town.agency_id, role="caseworker")
    with pytest.raises(Invalid):
        opened(town, actor=herself)
    assert town.work().session.scalar(select(func.count()).select_from(UrgentLook)) == 0


@pytest.mark.parametrize("reason", ["", "urgent", "            .            .           "])
def test_t12_a_file_is_opened_for_a_reason_in_words(town, reason):
    with pytest.raises(Invalid) as refused:
        town.do(delegations.open_urgently, CLIENT, reason, actor=town.priya)
    assert refused.value.field == "reason"
    assert kinds(town) == []


def test_t13_a_file_is_shut_after_sixty_minutes(town):
    ref = opened(town)
    assert delegations.see(town.work(town.priya, NOW + timedelta(minutes=59)), ref)
    with pytest.raises(NotThere):
        delegations.see(town.work(town.priya, NOW + timedelta(minutes=60)), ref)


def test_t13_the_fourth_in_a_day_is_refused_and_a_day_later_there_is_another(town):
    for hours in range(3):
        opened(town, NOW + hours * HOUR)
    with pytest.raises(TooMany) as refused:
        opened(town, NOW + 3 * HOUR)
    assert refused.value.retry_after == 21 * 3600
    assert kinds(town) == ["urgent_look"] * 3
    assert opened(town, NOW + 24 * HOUR)


def test_t13_of_six_at_once_three_are_opened(town):
    start, results = Barrier(6), []

    def press():
        start.wait()
        try:
            results.append(opened(town))
        except TooMany:
            results.append(None)

    threads = [Thread(target=press) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 6 and len([one for one in results if one]) == 3


def test_t13_a_second_person_looks_at_it_once_and_never_the_worker_or_the_person(town, officer):
    ref = opened(town)
    same_worker = replace(town.priya, role="privacy-officer")
    the_person = replace(officer, person_id=town.sina.person_id)
    for actor in (same_worker, the_person):
        with pytest.raises(NotThere):
            town.do(delegations.look_again, ref, "fine", "All good.", actor=actor)
    town.do(delegations.look_again, ref, "fine", "She was in danger.", actor=officer)
    with pytest.raises(Conflict):
        town.do(delegations.look_again, ref, "wrong", "On second thoughts.", actor=officer)
    assert tasks.find(town.work(officer), ref).state == "closed"
    assert delegations.look(town.work(officer), ref).note == "She was in danger."
    assert "urgent_wrong" not in kinds(town)


def test_t13_a_look_that_was_wrong_is_told_to_the_person(town, officer):
    ref = opened(town)
    later = NOW + 2 * HOUR
    town.do(delegations.look_again, ref, "wrong", "It was a neighbour.", actor=officer, now=later)
    assert kinds(town) == ["urgent_wrong", "urgent_look"]


def test_t13_the_report_lists_the_last_seven_days_of_the_own_agency(town, officer):
    old, new = opened(town), opened(town, NOW + timedelta(days=6))
    listed = delegations.last_days(town.work(officer, NOW + timedelta(days=6, hours=1)))
    assert [look.ref for look in listed] == [new, old]
    listed = delegations.last_days(town.work(officer, NOW + timedelta(days=8)))
    assert [look.ref for look in listed] == [new]
    tavita, _ = town.other_agency()
    assert delegations.last_days(town.work(replace(tavita, role="privacy-officer"))) == []


def test_t13_alarms_stand_on_the_privacy_officers_list_and_not_on_the_desks(town, officer):
    opened(town)
    town.do(delegations.alarm, actor=town.priya)
    for actor, seen in ((town.priya, 0), (officer, 2)):
        work = town.work(actor)
        assert len(tasks.worklist(work).rows) == seen
        assert tasks.counts(work, NOW.date()).open == seen


def test_t27_a_right_that_ended_or_is_about_something_else_opens_nothing(town):
    ref = town.sent({"address": "14 Sample Street"})
    other = opened(town)
    assert corrections.case(town.work(town.priya), ref)
    with pytest.raises(NotThere):
        corrections.case(town.work(town.priya), other)
    with pytest.raises(NotThere):
        delegations.see(town.work(town.priya), ref)
    town.do(delegations.end, town.sina.person_id, "case", ref)
    town.do(delegations.end, town.sina.person_id, "urgent", other)
    with pytest.raises(NotThere):
        corrections.case(town.work(town.priya), ref)
    with pytest.raises(NotThere):
        delegations.see(town.work(town.priya), other)
