"""Sending a request, taking it back, and putting one's own words beside what was not fixed."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text

from portal.agencies import tasks
from portal.base import ids
from portal.base.problems import Invalid, NotThere
from portal.corrections import queries, service
from portal.delegations import service as delegations
from portal.notices import service as notices
from portal.records import queries as record_queries
from tests.corrections.factory import BODY, LATER


def count(town, table):
    with town.store.core.engine.connect() as connection:
        return connection.execute(text(f"select count(*) from {table}")).scalar_one()


def sentence(fault):
    return fault.value.message % fault.value.values_


def test_a_sent_request_has_a_reference_a_due_date_and_marks_its_values(town):
    request = town.shown(town.sent({"address": "14 Sample Street", "people": "4"}))
    assert request.due_on == date(2026, 12, 21) and request.received_on == date(2026, 11, 23)
    assert request.status == "sent" and len(request.reference) == 9
    assert [(item.field.key, item.held, item.wanted) for item in request.items] == [
        ("address", "12 Sample Street", "14 Sample Street"),
        ("people", 3, 4),
    ]
    marked = [line.field.key for line in town.record().lines if line.review_ref == request.ref]
    assert marked == ["address", "people"]


@pytest.mark.parametrize(
    ("at", "due"),
    [
        (
            datetime(2026, 12, 17, 22, 0, tzinfo=UTC),
            date(2027, 2, 9),
        ),  # the Monday after Waitangi Day is out
        (datetime(2026, 12, 24, 22, 0, tzinfo=UTC), date(2027, 2, 15)),
        (datetime(2027, 1, 14, 22, 0, tzinfo=UTC), date(2027, 2, 15)),
        (datetime(2026, 11, 22, 10, 59, tzinfo=UTC), date(2026, 12, 18)),
        (datetime(2026, 11, 22, 11, 1, tzinfo=UTC), date(2026, 12, 21)),
    ],
    ids=[
        "friday before Christmas",
        "Christmas day",
        "last day of the break",
        "before midnight",
        "after midnight",
    ],
)
def test_the_due_date_passes_over_the_summer_and_counts_from_the_day_in_new_zealand(town, at, due):
    assert town.shown(town.sent({"address": "14 Sample Street"}, now=at), at).due_on == due


def test_the_agency_gets_a_task_a_right_to_look_and_the_person_a_notice(town):
    ref = town.sent({"address": "14 Sample Street"}, urgent="yes", why="The review is on Friday.")
    task = tasks.find(town.work(town.priya), ref)
    assert (task.kind, task.due_on, task.state) == ("correction", date(2026, 12, 21), "new")
    assert task.summary["labels"] == ["Home address"] and task.summary["urgent"] is True
    assert "Faʻasili" not in str(task.summary) and task.summary["initials"] == "SF"
    assert delegations.may(town.work(), town.sina.person_id, town.agency_id, "case", ref)
    assert [notice.kind for notice in notices.newest(town.work(now=LATER))] == ["request_received"]


@pytest.mark.parametrize(("by", "mails"), [("here", 0), ("email", 1)])
def test_a_mail_goes_out_only_where_it_was_asked_for(town, by, mails):
    town.do(notices.put_contact, town.sina.person_id, "email", "sina@mail.example")
    town.sent({"address": "14 Sample Street"}, by=by)
    assert count(town, "base_outbox where job = 'notices.send'") == mails


def test_sending_the_same_form_twice_gives_the_same_request(town):
    ref = town.ready({"address": "14 Sample Street"})
    first = town.do(service.submit, ref, nonce="form-1")
    assert town.do(service.submit, ref, nonce="form-1") == first
    assert town.do(service.submit, ref, nonce="form-2") == first
    assert count(town, "corrections_request") == count(town, "agencies_task") == 1
    assert count(town, "corrections_draft") == 0


def test_nothing_is_sent_while_a_step_has_no_answer(town):
    ref = town.draft("address")
    with pytest.raises(Invalid) as fault:
        town.do(service.submit, ref)
    assert sentence(fault) == "Some answers are missing. Look at each part, then send."
    assert count(town, "corrections_request") == 0


def test_nothing_is_sent_when_they_changed_the_value_meanwhile(town):
    ref = town.ready({"address": "14 Sample Street"})
    town.feed({**BODY, "address": "13 Sample Street"}, now=LATER)
    with pytest.raises(Invalid) as fault:
        town.do(service.submit, ref, now=LATER)
    assert "They changed this while you were writing." in sentence(fault)
    value = service.draft(town.work(now=LATER), ref).value(1)
    assert value.changed and value.line.value == "13 Sample Street" and value.typed == "14 Sample Street"
    assert count(town, "corrections_request") == 0


def test_answering_again_after_a_change_lets_it_be_sent(town):
    ref = town.ready({"address": "14 Sample Street"})
    town.feed({**BODY, "address": "13 Sample Street"}, now=LATER)
    town.say(ref, "address", "14 Sample Street", now=LATER)
    town.do(service.submit, ref, now=LATER)
    assert town.shown(ref).items[0].held == "13 Sample Street"


def test_a_change_of_another_value_does_not_stop_the_request(town):
    ref = town.ready({"address": "14 Sample Street"})
    town.feed({**BODY, "people": 9}, now=LATER)
    assert town.do(service.submit, ref, now=LATER) == ids.encode(ref)


def test_a_value_under_an_open_request_is_not_asked_about_twice(town):
    first = town.sent({"people": "4"})
    again = ids.decode(town.do(service.start, town.record_ref, "people", now=LATER))
    draft = service.draft(town.work(now=LATER), again)
    assert draft.values == [] and [line.review_ref for line in draft.asked] == [first]


def test_a_value_that_came_under_request_meanwhile_is_not_doubled(town):
    ref = town.ready({"address": "14 Sample Street"})

    def mark(work):
        record = record_queries.show(work, town.record_ref)
        service.requests.records.begin_review(work, town.sina.person_id, record.id, ["address"], 99)

    town.do(mark)
    with pytest.raises(Invalid) as fault:
        town.do(service.submit, ref)
    assert "You have asked to fix one of these already." in sentence(fault)
    assert count(town, "corrections_request") == 0


def test_taking_a_request_back_ends_marks_task_and_the_right_to_look(town):
    ref = town.sent({"address": "14 Sample Street"})
    assert town.do(service.withdraw, ref, now=LATER) == town.do(service.withdraw, ref, now=LATER)
    request = town.shown(ref)
    assert request.state == "withdrawn" and request.status is None
    assert town.record().line("address").review_ref is None
    assert tasks.find(town.work(town.priya), ref).state == "closed"
    assert not delegations.may(town.work(now=LATER), town.sina.person_id, town.agency_id, "case", ref)
    assert [event.name for event in request.events] == ["CorrectionRequested", "CorrectionWithdrawn"]


def test_a_decided_request_cannot_be_taken_back(town):
    with pytest.raises(Invalid):
        town.do(service.withdraw, town.declined(), now=LATER)


def test_a_statement_stands_beside_the_value_wherever_it_is_read(town):
    ref = town.declined("note")
    town.do(service.attach_statement, ref, "note", " I was calm. ", "sm", now=LATER, nonce="s-1")
    town.do(service.attach_statement, ref, "note", "I was calm.", "sm", now=LATER, nonce="s-1")
    town.do(service.attach_statement, ref, "note", "I was calm.", "sm", now=LATER, nonce="s-2")
    said = town.record().line("note").statements
    assert [(one.text, one.lang, one.request_ref) for one in said] == [("I was calm.", "sm", ref)]
    shared = record_queries.all_shareable(town.work(now=LATER))[0].line("note").statements
    assert shared == said
    request = town.shown(ref)
    assert request.state == "closed" and request.statement_due_on == date(2027, 1, 19)
    assert town.shown(ref).items[0].statement.text == "I was calm."


def test_a_statement_needs_words_and_a_value_that_was_not_fixed(town):
    ref = town.declined("note")
    with pytest.raises(Invalid) as fault:
        town.do(service.attach_statement, ref, "note", " \n ", "en", now=LATER)
    assert fault.value.field == "text"
    fixed = town.sent({"address": "14 Sample Street"})
    town.decide(fixed, (1, "accept"))
    with pytest.raises(NotThere):
        town.do(service.attach_statement, fixed, "address", "Words.", "en", now=LATER)


def test_nobody_else_finds_a_request(town):
    ref, tame = town.declined("note"), town.other_person()
    for verb, *args in ((service.show,), (service.withdraw,), (service.attach_statement, "note", "x", "en")):
        with pytest.raises(NotThere):
            town.do(verb, ref, *args, actor=tame, now=LATER)


def test_the_list_keeps_drafts_open_and_ended_requests_apart(town):
    town.sent({"address": "14 Sample Street"})
    town.declined("note")
    town.draft("people")
    found = service.requests_of(town.work(now=LATER))
    labels = [[one.field.label for one in request.items] for request in (*found.open, *found.ended)]
    assert labels == [["Home address"], ["What staff wrote"]]
    assert [[field.key for field in line.fields] for line in found.drafts] == [["people"]]


def test_a_request_without_an_answer_is_late_from_the_day_after_its_due_date(town):
    ref = town.sent({"address": "14 Sample Street"})
    on_the_day = datetime(2026, 12, 21, 5, tzinfo=UTC)
    assert town.shown(ref, on_the_day).status == "sent"
    assert town.shown(ref, datetime(2026, 12, 21, 11, 1, tzinfo=UTC)).status == "late"


def test_the_tracker_takes_the_same_reads_for_one_value_and_for_many(town, reads):
    one = town.sent({"address": "14 Sample Street"})
    many = town.sent({"people": "4", "note": "Calm.", "review_on": "1 2 2027", "name": "Sina"})
    queries.show(town.work(now=LATER), one)
    with reads() as few:
        queries.show(town.work(now=LATER), one)
    with reads() as more:
        queries.show(town.work(now=LATER), many)
    assert len(few) == len(more) <= 4
