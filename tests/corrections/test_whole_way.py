"""A request on its way to an answer, through the services: who asks, who answers, by when, and by how many people."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from portal.agencies import service as agencies
from portal.agencies import tasks
from portal.base import ids
from portal.base.problems import Conflict, Invalid, NotThere
from portal.corrections import queries, service
from portal.identity.permissions import SYSTEM
from portal.notices import service as notices
from tests.corrections.factory import LATER, NOW

TEN = datetime(2026, 12, 7, 1, 0, tzinfo=UTC)  # the tenth working day in New Zealand
AFTER_TEN = TEN + timedelta(days=1)
TWENTY = datetime(2026, 12, 21, 1, 0, tzinfo=UTC)
AFTER_TWENTY = TWENTY + timedelta(days=1)
NO = (1, "decline", "", "fact-right", "Your lease says so.")


@pytest.fixture
def ref(town):
    return town.sent({"address": "14 Sample Street"})


def staff(town, verb, *args, actor=None, now=LATER):
    return town.do(verb, *args, actor=actor or town.priya, now=now)


def told(town, now=AFTER_TWENTY):
    return [notice.kind for notice in notices.newest(town.work(now=now))]


def listed(town, actor, now=LATER):
    return [row.kind for row in tasks.worklist(town.work(actor, now)).rows]


def test_a_request_has_its_two_clocks_and_its_first_letter(town, ref):
    request = town.shown(ref)
    assert (request.transfer_by_on, request.due_on) == (date(2026, 12, 7), date(2026, 12, 21))
    assert town.kinds(ref) == ["L1"] and request.reply["hand_on"] == "yes"


def test_asking_who_it_is_stops_no_clock_and_shows_as_a_question(town, ref):
    with pytest.raises(Invalid):
        staff(town, service.check_identity, ref, " ")
    staff(town, service.check_identity, ref, "A letter with your name on it.")
    request = town.shown(ref)
    assert (request.state, request.status, request.due_on) == ("id_check", "question", date(2026, 12, 21))
    assert town.kinds(ref) == ["L1", "L2"] and "request_letter" in told(town)
    staff(town, service.confirm_identity, ref, "She came in with her bank card.")
    case = town.case(ref)
    assert case.request.state == "in_review" and case.task.owner_id == town.priya.account_id
    assert case.staff.kept["identity"]["how"] == "She came in with her bank card."
    assert "bank card" not in repr(town.shown(ref))


@pytest.mark.parametrize(
    ("text", "declined", "state"), [("At my sister's.", False, "answered"), ("", True, "declined")]
)
def test_a_question_is_answered_or_not_as_the_person_likes(town, ref, text, declined, state):
    staff(town, service.take, ref)
    staff(town, service.ask_person, ref, "Where were you in May?")
    assert town.shown(ref).status == "question" and town.shown(ref).question.asked == "Where were you in May?"
    with pytest.raises(Invalid):
        staff(town, service.ask_person, ref, "And in June?")
    town.do(lambda work: service.answer_question(work, ref, text, "sm", declined=declined), now=LATER)
    request = town.shown(ref)
    assert (request.status, request.question, request.due_on) == ("looking", None, date(2026, 12, 21))
    (question,) = request.questions
    assert (question.state, question.answer) == (state, text)
    with pytest.raises(Conflict):
        town.do(service.answer_question, ref, "Again.", now=LATER)


def test_an_empty_answer_asks_again_and_a_decision_ends_the_question(town, ref):
    staff(town, service.ask_person, ref, "Where were you in May?")
    with pytest.raises(Invalid):
        town.do(service.answer_question, ref, " ", now=LATER)
    town.decide(ref, (1, "accept"))
    assert town.shown(ref).questions[0].state == "over" and not town.shown(ref).asked
    with pytest.raises(Conflict):
        town.do(service.answer_question, ref, "In May I moved.", now=LATER)


def test_a_request_is_passed_on_whole_and_the_receiver_counts_anew(town, ref):
    other, agency_id = town.other_agency()
    there = staff(town, service.transfer, ref, agency_id, "They keep the register.", now=TEN)
    here, moved = town.shown(ref, TEN), queries.show(town.work(now=TEN), there)
    assert (here.state, here.status) == ("transferred", None)
    assert (moved.state, moved.received_on, moved.transfer_by_on) == (
        "received",
        TEN.date(),
        date(2026, 12, 21),
    )
    assert moved.due_on == date(2027, 1, 26) and moved.origin == "Example Homes"
    assert moved.items[0].field.label == "Home address" and moved.items[0].wanted == "14 Sample Street"
    assert town.record().line("address").review_ref is None
    letter = service.letter(town.work(now=TEN), ref, 2)[1]
    assert (letter.kind, letter.facts["to"], letter.facts["why"]) == (
        "L3",
        "Example Holder",
        "They keep the register.",
    )
    assert letter.facts["new_due_on"] == "2027-01-26"
    reader = replace(other, account_id=town.priya.account_id)
    assert service.case(town.work(reader, TEN), there).record is None
    with pytest.raises(NotThere):
        service.case(town.work(town.priya, TEN), ref)


def test_a_part_is_passed_on_and_the_rest_is_answered_here(town):
    ref = town.sent({"address": "14 Sample Street", "people": "4"})
    other, agency_id = town.other_agency()
    there = staff(town, service.transfer, ref, agency_id, "They count.", [2])
    moved = queries.show(town.work(now=LATER), there)
    assert [item.field.key for item in moved.items] == ["people"]
    marks = {line.field.key: line.review_ref for line in town.record().lines}
    assert marks["address"] == ref and marks["people"] is None
    town.fix(ref, (1, "accept"))
    request = town.shown(ref)
    assert (request.state, request.items[1].moved_to.name) == ("closed", "Example Holder")
    assert request.items[1].decision is None and request.status == "fixed"


def test_what_the_receiver_holds_itself_is_what_it_is_asked_about(town, ref):
    other, agency_id = town.other_agency()

    def feed(work):
        agencies.link(work, town.sina.person_id, agency_id, "C-there", "in-person")
        body = {"name": "Sina", "address": "9 Other Road"}
        return service.requests.records.receive(work, town.sina.person_id, agency_id, "home", "X-1", body)

    town.do(feed)
    there = staff(town, service.transfer, ref, agency_id, "They keep the register.")
    item = queries.show(town.work(now=LATER), there).items[0]
    assert item.held == "9 Other Road"
    version = queries.show(town.work(now=LATER), there).version
    staff(town, service.decide, there, version, [service.Decision(1, "accept")], actor=other)
    staff(town, service.confirm_applied, there, actor=other)
    assert town.held("address") == "12 Sample Street"
    record = service.requests.queries.show(town.work(now=LATER), there)
    assert record.status == "fixed" and record.record_id


@pytest.mark.parametrize(
    ("reply", "now", "why", "sentence"),
    [
        ({}, AFTER_TEN, "They hold it.", "The 10 working days for passing it on are over."),
        ({"hand_on": "no"}, LATER, "They hold it.", "The person does not want it passed on."),
        ({}, LATER, " ", "Write why it is closer to their work."),
    ],
)
def test_what_must_not_be_passed_on_is_not(town, reply, now, why, sentence):
    _other, agency_id = town.other_agency()
    ref = town.sent({"address": "14 Sample Street", "people": "4"}, **reply)
    for nos in (None, [1]):
        with pytest.raises(Invalid) as fault:
            staff(town, service.transfer, ref, agency_id, why, nos, now=now)
        assert fault.value.message.startswith(sentence)
    assert town.shown(ref, now).state == "received"


def test_nothing_is_passed_on_once_work_has_begun_or_to_whom_the_person_hides(town, ref):
    _other, agency_id = town.other_agency()
    town.do(agencies.link, town.sina.person_id, agency_id, "C-2", "in-person")
    town.do(agencies.hide, agency_id)
    with pytest.raises(Invalid):
        staff(town, service.transfer, ref, agency_id, "They hold it.")
    staff(town, service.take, ref)
    _third, third_id = town.other_agency("example-third")
    with pytest.raises(Invalid) as fault:
        staff(town, service.transfer, ref, third_id, "They hold it.")
    assert fault.value.message.startswith("You have begun to look at it.")


def test_more_time_needs_a_second_person_a_reason_of_the_law_and_a_day_in_time(town, ref):
    staff(town, service.take, ref)
    later = date(2027, 2, 1)
    for bad in (
        ("x", later, "Why."),
        ("b", date(2026, 12, 21), "Why."),
        ("b", None, "Why."),
        ("b", later, " "),
    ):
        with pytest.raises(Invalid):
            staff(town, service.propose_extension, ref, *bad)
    staff(town, service.propose_extension, ref, "b", later, "We have to ask the school.", now=TWENTY)
    assert town.shown(ref).due_on == date(2026, 12, 21)
    for nobody in (town.priya,):
        with pytest.raises(Invalid):
            staff(town, service.approve, ref, actor=nobody, now=TWENTY)
    staff(town, service.approve, ref, actor=town.olga, now=TWENTY)
    request = town.shown(ref, TWENTY)
    assert (request.state, request.due_on, request.extended_to_on) == ("extended", later, later)
    assert town.kinds(ref, TWENTY) == ["L1", "L4"] and not town.shown(ref, AFTER_TWENTY).late
    with pytest.raises(Conflict):
        staff(town, service.propose_extension, ref, "c", date(2027, 3, 1), "Still hard.", now=TWENTY)


def test_more_time_proposed_in_time_is_not_given_too_late(town, ref):
    staff(town, service.take, ref)
    staff(town, service.propose_extension, ref, "c", date(2027, 2, 1), "It is hard.", now=TWENTY)
    with pytest.raises(Invalid) as fault:
        staff(town, service.approve, ref, actor=town.olga, now=AFTER_TWENTY)
    assert fault.value.message == "The due date is over. The law allows no more time."


def test_a_no_stands_only_once_somebody_else_agreed_to_it(town, ref):
    town.propose(ref, NO)
    request, case = town.shown(ref), town.case(ref)
    assert (
        request.state == "in_review" and request.items[0].decision is None and request.items[0].reason == ""
    )
    assert (case.staff.proposed, case.task.state) == ("decided_no", "waiting")
    assert "CorrectionDecisionProposed" not in [one.name for one in request.events]
    with pytest.raises(Invalid):
        staff(town, service.approve, ref)
    with pytest.raises(Invalid):
        staff(town, service.decide, ref, request.version, [service.Decision(1, "accept")])
    staff(town, service.approve, ref, actor=town.olga)
    assert town.shown(ref).state == "statement_offered" and town.kinds(ref) == ["L1", "L6"]


def test_an_officer_does_not_agree_to_their_own_no(town, ref):
    town.propose(ref, NO, actor=town.olga)
    with pytest.raises(Invalid) as fault:
        staff(town, service.approve, ref, actor=town.olga)
    assert fault.value.message == "A second person has to look at this. You proposed it yourself."


def test_a_proposal_that_is_sent_back_can_be_decided_otherwise(town, ref):
    town.propose(ref, NO)
    for actor, why in ((town.priya, "No."), (town.olga, " ")):
        with pytest.raises(Invalid):
            staff(town, service.send_back, ref, why, actor=actor)
    staff(town, service.send_back, ref, "Ask the power company first.", actor=town.olga)
    case = town.case(ref)
    assert case.staff.proposed == "" and case.staff.kept["sent_back"]["why"] == "Ask the power company first."
    town.decide(ref, (1, "accept"))
    assert town.shown(ref).state == "decided_yes"
    with pytest.raises(Conflict):
        staff(town, service.send_back, ref, "Too late.", actor=town.olga)


def test_what_is_decided_on_a_request_that_has_gone_is_a_conflict(town, ref):
    version = town.shown(ref).version
    town.do(service.withdraw, ref, now=LATER)
    with pytest.raises(Conflict):
        staff(town, service.decide, ref, version, [service.Decision(*NO)])
    assert service.gone(town.work(town.priya), ref) == "withdrawn"
    assert town.shown(ref).letters[-1].kind == "L9"
    with pytest.raises(NotThere):
        service.gone(town.work(town.other_agency()[0]), ref)


def test_a_request_is_noted_as_late_once_and_the_officer_hears_of_it(town, ref):
    assert town.do(service.note_overdue, actor=SYSTEM, now=TWENTY) == 0
    assert town.do(service.note_overdue, actor=SYSTEM, now=AFTER_TWENTY) == 1
    assert town.do(service.note_overdue, actor=SYSTEM, now=AFTER_TWENTY) == 0
    request = town.shown(ref, AFTER_TWENTY)
    assert (request.status, request.overdue_at) == ("late", AFTER_TWENTY)
    assert told(town).count("request_late") == 1
    assert listed(town, town.olga).count("correction_late") == 1
    assert "correction_late" not in listed(town, town.priya)


def test_a_complaint_may_come_at_any_time_and_moves_nothing(town, ref):
    town.do(service.complain, ref, now=LATER)
    closed = town.sent({"people": "4"})
    town.fix(closed, (1, "accept"))
    town.do(service.complain, closed, now=LATER)
    for one, state in ((ref, "received"), (closed, "closed")):
        assert town.shown(one).state == state
        assert town.shown(one).happened_at("CorrectionComplaint") == LATER
    with pytest.raises(NotThere):
        town.do(service.complain, ref, actor=town.other_person())


def test_what_one_draft_says_along_is_kept_to_stand_beside_a_no(town):
    ref = town.ready({"address": "14 Sample Street"})
    answer = {
        "field": "address",
        "wish": "replace",
        "value": "14 Sample Street",
        "words": "",
        "beside": "It is 14.",
    }
    town.keep(ref, "value", answer)
    town.do(service.submit, ref)
    town.decide(ref, NO)
    request = town.shown(ref)
    assert request.state == "closed" and request.items[0].statement.text == "It is 14."
    assert town.record().line("address").statements[0].text == "It is 14."
    assert "StatementOffered" not in [one.name for one in request.events]
    assert ids.encode(ref)


def test_nobody_else_reads_a_letter(town, ref):
    assert service.letter(town.work(now=NOW), ref, 1)[1].kind == "L1"
    assert service.letter(town.work(now=NOW), ref, 9)[1] is None
    with pytest.raises(NotThere):
        service.letter(town.work(town.other_person()), ref, 1)
