"""Staff decide: all values at once, exactly one of two wins, the record changes, the person is told."""

import threading
from datetime import date, timedelta

import pytest

from portal.access_log import service as access_log
from portal.agencies import tasks
from portal.base.problems import Conflict, Invalid, NotThere
from portal.corrections import service
from portal.corrections.service import Decision
from portal.delegations import service as delegations
from portal.notices import service as notices
from tests.corrections.factory import LATER


def test_an_accepted_value_becomes_a_new_version_and_the_old_one_stays(town):
    ref = town.sent({"address": "14 Sample Street"})
    town.decide(ref, (1, "accept", "", "", "You sent a bill."))
    promised = town.shown(ref)
    assert (promised.status, promised.state, promised.waits) == ("looking", "decided_yes", True)
    assert promised.items[0].apply_by_on == date(2026, 12, 7) and town.held("address") == "12 Sample Street"
    next_day = LATER + timedelta(days=1)
    town.do(service.confirm_applied, ref, actor=town.priya, now=next_day)
    request, record = town.shown(ref), town.record()
    assert request.status == "fixed" and request.state == "closed"
    assert (request.decided_at, request.applied_at) == (LATER, next_day)
    assert record.line("address").value == "14 Sample Street" and record.line("address").review_ref is None
    assert record.versions[0].changed_by == "correction" and record.versions[0].reason == "You sent a bill."
    ((before, after),) = record.versions[0].changes
    assert (before.value, after.value) == ("12 Sample Street", "14 Sample Street")
    names = [event.name for event in request.events]
    assert names == [
        "CorrectionRequested",
        "CorrectionReviewStarted",
        "CorrectionDecided",
        "CorrectionItemApplied",
        "CorrectionApplied",
        "CorrectionTellingOthers",
        "CorrectionClosed",
    ]


def test_a_decision_is_counted_for_the_team_once_it_stands(town):
    ref = town.sent({"people": "5", "note": "Tenant was calm."})
    made = [
        Decision(1, "accept", "", "", "You sent a bill."),
        Decision(2, "decline", "", "misleading", "It is what the visitor saw."),
    ]
    town.do(service.decide, ref, town.shown(ref).version, made, actor=town.priya, now=LATER)
    assert tasks.figures(town.work(town.priya, LATER), LATER.date()) == [], "a proposal is no decision yet"
    town.do(service.approve, ref, actor=town.olga, now=LATER)
    found = tasks.figures(town.work(town.priya, LATER), LATER.date())
    assert {(one.kind, one.outcome, one.ground, one.n) for one in found} == {
        ("correction", "part", "", 1),
        ("correction", "ground", "misleading", 1),
    }


def test_part_of_a_request_can_be_fixed(town):
    ref = town.sent({"people": "5", "note": "Tenant was calm."})
    town.decide(
        ref,
        (1, "partly", "4", "fact-right", "Your lease names four."),
        (2, "decline", "", "misleading", "It is what the visitor saw."),
    )
    assert town.shown(ref).state == "statement_offered" and town.shown(ref).status == "looking"
    town.do(service.confirm_applied, ref, actor=town.priya, now=LATER)
    request = town.shown(ref)
    assert request.status == "partly_fixed" and request.state == "closed"
    assert [(item.decision, item.value, item.ground) for item in request.items] == [
        ("partly", 4, "fact-right"),
        ("decline", "Tenant was upset.", "misleading"),
    ]
    assert town.held("people") == 4 and town.held("note") == "Tenant was upset."
    assert [item.may_state for item in request.items] == [True, True]


def test_after_a_no_nothing_changes_and_a_statement_is_offered(town):
    request = town.shown(town.declined("note"))
    assert request.status == "not_fixed" and request.state == "statement_offered"
    assert request.applied_at is None and request.decided_at == LATER
    assert town.record().version_no == 1 and request.items[0].may_state


@pytest.mark.parametrize("wish", ["remove", "not_me"])
def test_a_value_that_should_not_be_there_is_taken_out(town, wish):
    ref = town.sent({"tip": f"<{wish}>"})
    town.fix(ref, (1, "accept"))
    assert town.record().line("tip") is None


def test_words_sent_along_stand_beside_the_value_whatever_is_decided(town):
    for field, made in (("note", ("accept",)), ("tip", ("decline", "", "said", "They did say this."))):
        ref = town.sent({field: "<words>"})
        town.decide(ref, (1, *made))
        assert [one.text for one in town.record().line(field).statements] == ["My own words."]
        assert town.shown(ref).items[0].statement.text == "My own words."
    assert town.held("note") == "Tenant was upset."


def test_how_it_was_checked_is_answered_in_words(town):
    ref = town.sent({"tip": "<checked>"})
    with pytest.raises(Invalid) as fault:
        town.decide(ref, (1, "accept"))
    assert fault.value.field == "reason-1"
    town.decide(ref, (1, "accept", "", "", "We asked you on 3 May. You said no."))
    assert town.held("tip") == "Lives with someone."
    assert town.shown(ref).items[0].reason == "We asked you on 3 May. You said no."


@pytest.mark.parametrize(
    ("made", "field", "sentence"),
    [
        (("", "", "", ""), "decision-1", "Choose what to do: fix it, fix part of it, or do not fix it."),
        (("decline", "", "", "No."), "ground-1", "Choose a reason in law."),
        (
            ("decline", "", "opinion", "No."),
            "ground-1",
            "This reason in law cannot be used for this kind of information. Choose another.",
        ),
        (("decline", "", "fact-right", " "), "reason-1", "Write the reason in plain words."),
        (("partly", "", "fact-right", "Why."), "value-1", "Write what it will say."),
        (
            ("partly", "31/2/2026", "fact-right", "Why."),
            "value-1",
            "Write a date that exists, such as 4 5 1992.",
        ),
    ],
)
def test_an_incomplete_decision_gets_a_sentence_and_changes_nothing(town, made, field, sentence):
    ref = town.sent({"review_on": "1 2 2027"})
    with pytest.raises(Invalid) as fault:
        town.decide(ref, (1, *made))
    assert (fault.value.field, fault.value.message) == (field, sentence)
    assert town.shown(ref).state == "received" and town.held("review_on") == "2026-05-04"


def test_a_value_without_a_decision_stops_all_of_them(town):
    ref = town.sent({"address": "14 Sample Street", "people": "4"})
    with pytest.raises(Invalid) as fault:
        town.decide(ref, (1, "accept"))
    assert fault.value.field == "decision-2"
    assert town.held("address") == "12 Sample Street"


def test_when_two_staff_decide_at_once_exactly_one_wins(town):
    ref = town.sent({"address": "14 Sample Street"})
    version, start, outcomes = town.shown(ref).version, threading.Barrier(2), []
    answers = (Decision(1, "accept"), Decision(1, "decline", "", "fact-right", "The lease says 12."))

    def decide(made):
        work = town.work(town.priya, LATER)
        start.wait()
        try:
            outcomes.append(work.do(service.decide, ref, version, [made]))
        except Conflict:
            outcomes.append("conflict")
        finally:
            work.session.close()

    threads = [threading.Thread(target=decide, args=(made,)) for made in answers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    case = town.case(ref)
    assert sorted(one == "conflict" for one in outcomes) == [False, True]
    assert (case.request.state == "decided_yes") is (case.staff.proposed == "")
    names = [event.name for event in case.request.events]
    assert names.count("CorrectionDecided") + names.count("CorrectionDecisionProposed") == 1


def test_a_decision_on_a_page_from_before_somebody_took_it_is_a_conflict(town):
    ref = town.sent({"address": "14 Sample Street"})
    version = town.shown(ref).version
    town.do(service.take, ref, actor=town.priya, now=LATER)
    with pytest.raises(Conflict):
        town.decide(ref, (1, "accept"), version=version)


def test_a_request_that_was_taken_back_or_decided_is_not_decided_again(town):
    ref = town.sent({"address": "14 Sample Street"})
    town.do(service.withdraw, ref, now=LATER)
    for gone in (ref, town.declined("note")):
        with pytest.raises((Conflict, NotThere)):
            town.decide(gone, (1, "accept"))


def test_taking_a_request_says_that_they_are_looking(town):
    ref = town.sent({"address": "14 Sample Street"})
    town.do(service.take, ref, actor=town.priya, now=LATER)
    task = tasks.find(town.work(town.priya), ref)
    assert town.shown(ref).status == "looking"
    assert (task.state, task.owner_id) == ("looking", town.priya.account_id)


def test_staff_see_the_request_beside_the_record_and_the_look_is_noted(town):
    ref = town.sent({"address": "14 Sample Street"})
    work = town.work(town.priya, LATER)
    found = service.case(work, ref)
    assert found.person_name == "Sina Faʻasili" and found.record.line("people").value == 3
    assert found.request.items[0].wanted == "14 Sample Street"
    work.finish()
    look = access_log.looks(town.work(now=LATER))[0]
    assert (look.by, look.agency_id, look.who) == ("staff", town.agency_id, "Priya Nair")


def test_staff_of_another_agency_find_no_request(town):
    ref = town.sent({"address": "14 Sample Street"})
    stranger, _agency = town.other_agency()
    for verb, *args in ((service.case,), (service.take,), (service.decide, 1, [])):
        with pytest.raises(NotThere):
            town.do(verb, ref, *args, actor=stranger, now=LATER)


def test_staff_read_a_decided_case_for_30_days_and_no_longer(town):
    ref = town.declined("note")
    assert service.case(town.work(town.priya, LATER + timedelta(days=29)), ref)
    with pytest.raises(NotThere):
        service.case(town.work(town.priya, LATER + timedelta(days=30)), ref)


def test_the_decision_closes_the_task_and_tells_the_person(town):
    ref = town.declined("note")
    assert tasks.find(town.work(town.priya), ref).state == "closed"
    assert "request_decided" in [one.kind for one in notices.newest(town.work(now=LATER))]
    assert delegations.may(town.work(now=LATER), town.sina.person_id, town.agency_id, "case", ref)


def test_an_old_value_that_the_agency_sends_again_does_not_undo_the_fix(town):
    ref = town.sent({"address": "14 Sample Street"})
    town.fix(ref, (1, "accept"))
    body = {line.field.key: line.value for line in town.record().lines}
    assert town.feed({**body, "address": "12 Sample Street"}, now=LATER) == "came-back"
    assert town.held("address") == "14 Sample Street"
