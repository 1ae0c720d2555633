"""After the answer: the record is changed, words are kept beside it, others are told, and the request is closed."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from portal import worker
from portal.agencies import service as agencies
from portal.agencies import tasks
from portal.base import ids
from portal.base.problems import Conflict, Invalid, NotThere
from portal.bundles import service as bundles
from portal.corrections import service
from portal.identity.permissions import ANYBODY, SYSTEM
from portal.notices import service as notices
from portal.records import service as records
from tests.corrections.factory import BODY, LATER, NOW
from tests.records.factory import agency_document

SOON = LATER + timedelta(days=1)
LATE = datetime(2026, 12, 8, 1, 0, tzinfo=UTC)  # the day after five working days
PASSCODE = "482 915"


@pytest.fixture
def accepted(town):
    """A request that was accepted, and that the record does not say yet."""
    ref = town.sent({"address": "14 Sample Street"})
    town.decide(ref, (1, "accept"))
    return ref


def staff(town, verb, *args, actor=None, now=SOON):
    return town.do(verb, *args, actor=actor or town.priya, now=now)


def given_to(town, *names):
    """Note that the agency gave the record to others."""
    record = town.record(now=NOW)

    def note(work):
        for name in names:
            details = {"on": "2026-05-01", "to": name, "why": "to work out rent", "law": "An Act"}
            records.note_disclosure(work, town.sina.person_id, record.id, details)

    town.do(note)


def shared(town, *fields, opened_by=ANYBODY, recipient="Ana"):
    """Share lines of the record, and let somebody open them; gives the share's ref."""
    chosen = [{"record": town.record(now=NOW).id, "fields": list(fields)}]
    given = {"recipient": recipient, "purpose": "to help", "days": 90, "passcode": PASSCODE}
    number = ids.own(town.do(lambda work: bundles.make(work, chosen=chosen, **given)))
    code = ids.fold_code(bundles.code_of(town.work(), number))
    tried = bundles.knock(town.work(opened_by), "code", code, PASSCODE)
    town.do(bundles.admit, tried, bundles.Visit("code", "Ana at the clinic"), actor=opened_by)
    return number


def do_jobs(town):
    """Let the worker do what a feed left for it."""
    with time_machine.travel(SOON + timedelta(minutes=1), tick=False):
        worker.once(town.store.core)


def events(town, ref, now=LATE):
    return [one.name for one in town.shown(ref, now).events]


def listed(town, actor, now=LATE):
    return [row.kind for row in tasks.worklist(town.work(actor, now)).rows]


def test_what_was_accepted_stands_on_the_list_until_staff_say_it_is_done(town, accepted):
    (row,) = service.to_apply(town.work(town.priya, LATER))
    assert (row.ref, row.no, row.held, row.value) == (accepted, 1, "12 Sample Street", "14 Sample Street")
    assert row.apply_by_on == date(2026, 12, 7) and town.held("address") == "12 Sample Street"
    assert service.to_apply(town.work(town.other_agency()[0])) == []
    staff(town, service.confirm_applied, accepted, [1], "Changed in our system.")
    assert town.held("address", SOON) == "14 Sample Street" and service.to_apply(town.work(town.priya)) == []
    assert town.shown(accepted, SOON).status == "fixed"
    with pytest.raises(Conflict):
        staff(town, service.confirm_applied, accepted)


def test_values_are_put_into_the_record_one_by_one(town):
    ref = town.sent({"address": "14 Sample Street", "people": "4"})
    town.decide(ref, (1, "accept"), (2, "accept"))
    staff(town, service.confirm_applied, ref, [2])
    request = town.shown(ref, SOON)
    assert (request.state, request.status) == ("decided_yes", "looking")
    assert [item.waits for item in request.items] == [True, False] and town.held("people", SOON) == 4
    staff(town, service.confirm_applied, ref, [1])
    assert town.shown(ref, SOON).state == "closed"


def test_staff_are_reminded_once_of_what_is_not_in_the_record_in_time(town, accepted):
    assert town.do(service.remind_to_apply, actor=SYSTEM, now=LATE - timedelta(days=1)) == 0
    assert town.do(service.remind_to_apply, actor=SYSTEM, now=LATE) == 1
    assert town.do(service.remind_to_apply, actor=SYSTEM, now=LATE) == 0
    assert listed(town, town.priya) == ["correction_apply"]
    assert service.case(town.work(town.priya, LATE + timedelta(days=90)), accepted)
    staff(town, service.confirm_applied, accepted, now=LATE)
    assert listed(town, town.priya) == []
    with pytest.raises(NotThere):
        service.case(town.work(town.priya, LATE + timedelta(days=31)), accepted)


def test_a_feed_that_brings_the_accepted_value_confirms_it_by_itself(town, accepted):
    assert town.feed({**BODY, "address": "14 Sample Street", "people": 5}, now=SOON) == "changed"
    do_jobs(town)
    request = town.shown(accepted, SOON)
    assert (request.state, request.status) == ("closed", "fixed")
    assert request.items[0].applied_by == "system" and town.held("people", SOON) == 5
    changed = [version.changed_by for version in town.record(SOON).versions]
    assert changed == ["agency", "correction", "agency"]
    assert town.feed({**BODY, "people": 5}, now=LATE) == "came-back"
    assert town.held("address", LATE) == "14 Sample Street"


def test_a_feed_without_a_value_that_is_to_go_confirms_that_too(town):
    ref = town.sent({"tip": "<remove>"})
    town.decide(ref, (1, "accept"))
    town.feed({key: value for key, value in BODY.items() if key != "tip"}, now=SOON)
    do_jobs(town)
    assert town.shown(ref, SOON).status == "fixed" and town.record(SOON).line("tip") is None


def test_a_feed_with_the_old_value_confirms_nothing(town, accepted):
    assert town.feed({**BODY, "people": 5}, now=SOON) == "changed"
    do_jobs(town)
    assert town.shown(accepted, SOON).waits


def test_everyone_who_got_the_old_value_is_told_or_it_is_said_why_not(town, accepted):
    given_to(town, "Example Fines Office", "A court", "Example Fines Office")
    staff(town, service.confirm_applied, accepted)
    request = town.shown(accepted, SOON)
    assert request.state == "notifying" and [one.to for one in request.recipients] == [
        "Example Fines Office",
        "A court",
    ]
    assert town.kinds(accepted, SOON) == ["L1", "L5", "L8", "L8"]
    assert "L8" not in [one.kind for one in request.letters] and "correction_tell" in listed(town, town.priya)
    with pytest.raises(Invalid):
        staff(town, service.tell_recipient, accepted, 1, "pigeon")
    with pytest.raises(Invalid):
        staff(town, service.tell_recipient, accepted, 1, "here")
    staff(town, service.tell_recipient, accepted, 1, "phone")
    with pytest.raises(Conflict):
        staff(town, service.tell_recipient, accepted, 1, "phone")
    with pytest.raises(Invalid):
        staff(town, service.not_practicable, accepted, 2, " ")
    staff(town, service.not_practicable, accepted, 2, "The court has closed the case.")
    done = town.shown(accepted, LATE)
    assert done.state == "closed" and "correction_tell" not in listed(town, town.priya)
    assert [(one.state, one.how, one.reason) for one in done.recipients] == [
        ("told", "phone", ""),
        ("not_told", "", "The court has closed the case."),
    ]
    last = service.letter(town.work(now=LATE), accepted, done.letters[-1].no)[1]
    assert last.kind == "L9" and last.facts["recipients"] == [
        {"to": "Example Fines Office"},
        {"to": "A court", "reason": "The court has closed the case."},
    ]


def test_an_agency_on_the_portal_can_be_told_here_and_learns_no_more_than_it_must(town, accepted):
    other, _agency_id = town.other_agency()
    given_to(town, "Example Holder")
    staff(town, service.confirm_applied, accepted)
    staff(town, service.tell_recipient, accepted, 1, "here")
    (row,) = tasks.worklist(town.work(other, SOON)).rows
    task, parts = service.told_to(town.work(other, SOON), row.ref)
    assert (task.kind, task.person_id) == ("correction_told", 0)
    said = " ".join(f"{one.msgid} {one.values}" for _, some in parts for one in some)
    assert "14 Sample Street" in said and "Sina Faʻasili" in said and "12 Sample Street" not in said
    with pytest.raises(NotThere):
        service.told_to(town.work(town.priya, SOON), row.ref)


def test_whoever_reads_it_in_a_live_share_is_told_by_that_and_staff_learn_nothing_of_it(town, accepted):
    shared(town, "address", recipient="Ana at the refuge")
    shared(town, "people", recipient="Somebody else")
    staff(town, service.confirm_applied, accepted)
    request = town.shown(accepted, SOON)
    assert [(one.kind, one.state, one.how, one.to) for one in request.recipients] == [
        ("share", "told", "share", "Ana at the refuge")
    ]
    assert request.state == "closed"
    case = town.case(accepted, SOON)
    assert case.request.recipients == []
    for one in case.request.letters:
        (kept,) = [
            two
            for two in service.letters_of(town.work(town.olga, SOON), town.sina.person_id, request.id)
            if two.no == one.no
        ]
        assert "refuge" not in repr(kept.facts)


@pytest.mark.parametrize(
    ("kind", "ana"), [("both", ("told", "here", False)), ("provider", ("not_told", "", True))]
)
def test_an_organisation_with_a_desk_finds_it_on_its_list_also_when_the_share_is_over(
    town, accepted, kind, ana
):
    document = agency_document("example-provider", name="Example Provider") | {"kind": kind}
    provider_id = town.do(agencies.put_agency, document)
    hemi = replace(town.priya, agency_id=provider_id, role="frontline")
    number = shared(town, "address", opened_by=hemi)
    lost = shared(town, "address", recipient="A cousin")
    for one in (number, lost):
        town.do(bundles.stop, one)
    staff(town, service.confirm_applied, accepted)
    request = town.shown(accepted, SOON)
    assert {(one.to, one.state, one.how, bool(one.reason)) for one in request.recipients} == {
        ("Ana", *ana),
        ("A cousin", "not_told", "", True),
    }
    assert request.state == "closed"
    assert listed(town, hemi) == (["correction_told"] if kind == "both" else [])


def test_a_statement_after_a_no_tells_those_who_got_the_value_what_it_says(town):
    given_to(town, "A court")
    ref = town.declined("note")
    town.do(service.attach_statement, ref, "note", "I was calm.", "en", now=SOON)
    request = town.shown(ref, SOON)
    assert request.state == "notifying" and request.recipients[0].what == [
        {"label": "What staff wrote", "text": "I was calm.", "text_lang": "en"}
    ]
    assert request.statement_due_on == date(2027, 1, 20)
    assert [one.kind for one in request.letters] == ["L1", "L6", "L7"]
    staff(town, service.tell_recipient, ref, 1, "letter")
    assert town.shown(ref, SOON).state == "closed"


def test_words_may_come_years_later(town):
    ref = town.declined("note")
    years_later = LATER + timedelta(days=900)
    town.do(service.attach_statement, ref, "note", "I was calm.", "en", now=years_later)
    again = years_later + timedelta(days=1)
    town.do(service.attach_statement, ref, "note", "I was calm all day.", "en", now=again)
    assert [one.text for one in town.record(again).line("note").statements] == [
        "I was calm.",
        "I was calm all day.",
    ]
    assert town.shown(ref, again).state == "closed"
    assert events(town, ref, again).count("StatementReceived") == 2


def test_of_a_partly_fixed_request_the_words_may_come_before_the_fix(town):
    ref = town.sent({"people": "5", "note": "Tenant was calm."})
    town.decide(ref, (1, "accept"), (2, "decline", "", "opinion", "She wrote it."))
    assert town.shown(ref).state == "statement_offered"
    town.do(service.attach_statement, ref, "note", "I was calm.", "en", now=SOON)
    request = town.shown(ref, SOON)
    assert (request.state, request.waits, request.status) == ("notifying", True, "looking")
    staff(town, service.confirm_applied, ref, now=LATE)
    assert (town.shown(ref, LATE).state, town.shown(ref, LATE).status) == ("closed", "partly_fixed")


def test_two_people_with_a_reason_may_take_words_away_and_others_may_be_given(town):
    ref = town.declined("note")
    town.do(service.attach_statement, ref, "note", "My neighbour Ben did it.", "en", now=SOON)
    with pytest.raises(Invalid):
        staff(town, service.propose_taking_off, ref, 1, " ")
    staff(town, service.propose_taking_off, ref, 1, "It names a neighbour.")
    for nobody in (town.priya,):
        with pytest.raises(Invalid):
            staff(town, service.approve, ref, actor=nobody)
    assert town.record(SOON).line("note").statements
    staff(town, service.approve, ref, actor=town.olga)
    request = town.shown(ref, SOON)
    assert town.record(SOON).line("note").statements == [] and request.items[0].off == "It names a neighbour."
    assert request.letters[-1].kind == "L6S" and "StatementTakenOff" in events(town, ref)
    town.do(service.attach_statement, ref, "note", "A neighbour did it.", "en", now=LATE)
    assert [one.text for one in town.record(LATE).line("note").statements] == ["A neighbour did it."]
    assert town.shown(ref, LATE).items[0].off == ""


def test_an_officer_may_let_the_words_stand(town):
    ref = town.declined("note")
    town.do(service.attach_statement, ref, "note", "I was calm.", "en", now=SOON)
    staff(town, service.propose_taking_off, ref, 1, "We do not like it.", actor=town.olga)
    with pytest.raises(Invalid):
        staff(town, service.approve, ref, actor=town.olga)
    staff(town, service.send_back, ref, "That is no reason.", actor=town.olga)
    assert town.record(SOON).line("note").statements and town.case(ref, SOON).staff.proposed == ""


def test_the_person_hears_of_each_step(town, accepted):
    given_to(town, "A court")
    staff(town, service.confirm_applied, accepted)
    staff(town, service.tell_recipient, accepted, 1, "letter")
    told = [notice.kind for notice in notices.newest(town.work(now=LATE))]
    assert sorted(told) == ["request_decided", "request_fixed", "request_letter", "request_received"]
