"""A request from asking to handing over, through the services: who acts, what is told, what never is."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import event, text

from portal.access_requests import queries, service
from portal.agencies import tasks
from portal.base import ids
from portal.base.problems import Conflict, Invalid, NotThere
from portal.notices import service as notices
from tests.access_requests.factory import ABOUT, NOTE, REPLY, SECRET_PASSAGE, SURE
from tests.corrections.factory import LATER

AFTER_TEN = datetime(2026, 12, 8, 1, 0, tzinfo=UTC)
AFTER_TWENTY = datetime(2026, 12, 22, 1, 0, tzinfo=UTC)


def count(room, table):
    with room.town.store.core.engine.connect() as connection:
        return connection.execute(text(f"select count(*) from {table}")).scalar_one()


def sentence(fault):
    return fault.value.message


def kinds(room, ref):
    return [letter.kind for letter in room.shown(ref).letters]


def told(room):
    return [notice.kind for notice in notices.newest(room.town.work(now=AFTER_TWENTY))]


def test_one_request_goes_to_each_agency_with_its_clocks_its_letter_and_its_task(room):
    _staff, other = room.town.other_agency()
    refs = room.sent(room.town.agency_id, other)
    first, second = (room.shown(ref) for ref in refs)
    assert {first.agency.id, second.agency.id} == {room.town.agency_id, other}
    assert (first.received_on, first.due_on) == (date(2026, 11, 23), date(2026, 12, 21))
    assert first.reference != second.reference and first.status == "sent" and first.acts == "agency"
    assert kinds(room, refs[0]) == ["L1"] and told(room).count("access_received") == 2
    task = tasks.find(room.town.work(room.town.priya), first.ref if first.agency.id != other else second.ref)
    assert (task.kind, task.due_on, task.summary["initials"]) == ("access", date(2026, 12, 21), "SF")
    assert "Faʻasili" not in str(task.summary) and count(room, "access_requests_draft") == 0


def test_sending_twice_sends_once(room):
    batch = room.draft()
    first = room.do(service.submit, batch, actor=room.town.sina)
    assert room.do(service.submit, batch, actor=room.town.sina) == first
    assert count(room, "access_requests_request") == 1


def test_nothing_is_sent_while_a_step_has_no_answer(room):
    ref = ids.decode(room.do(service.start, [room.town.agency_id], actor=room.town.sina))
    with pytest.raises(Invalid):
        room.do(service.submit, ref, actor=room.town.sina)


@pytest.mark.parametrize(
    ("since", "until", "box"),
    [
        (date(2027, 1, 1), None, "since"),
        (date(2024, 5, 3), date(2024, 5, 2), "until"),
        (None, None, "since"),
    ],
    ids=["ahead", "crossing", "none"],
)
def test_dates_that_cannot_be_meant_get_one_sentence(room, since, until, box):
    ref = room.draft()
    about = ABOUT | {"scope": "dates", "since": since, "until": until}
    with pytest.raises(Invalid) as fault:
        room.do(service.keep, ref, "about", about, actor=room.town.sina)
    assert fault.value.field == box


def test_a_draft_is_kept_for_thirty_days(room):
    room.draft()
    assert room.do(service.expire_drafts, now=datetime(2026, 12, 20, tzinfo=UTC)) == 0
    assert room.do(service.expire_drafts, now=datetime(2026, 12, 24, tzinfo=UTC)) == 1


def test_what_is_handed_over_holds_one_item_whole_one_without_its_passage_and_one_not_at_all(room):
    ref = room.released()
    view = room.shown(ref)
    assert view.status == "ready" and view.ended
    redacted, refused, whole = view.items
    assert redacted.parts == [
        ["text", "We went there in May. "],
        ["gone", "53-b"],
        ["text", " All was well."],
    ]
    assert (refused.title, refused.ground, refused.parts) == ("Call note", "53-b", [])
    assert whole.parts == [["text", "Your rent goes up in June."]] and whole.ground is None
    assert kinds(room, ref) == ["L1", "L10", "L11", "L14"]
    assert SECRET_PASSAGE not in repr(view) and NOTE not in repr(view)


def test_before_it_is_handed_over_the_person_sees_the_answer_and_no_text(room):
    view = room.shown(room.decided())
    assert view.status == "granted_in_part" and view.acts == "agency"
    assert [item.parts for item in view.items] == [[], [], []]


def test_nothing_of_the_items_is_seen_before_the_decision(room):
    assert room.shown(room.reviewed()).items == []


def test_who_proposed_a_no_cannot_approve_it_whatever_their_role(room):
    ref = room.reviewed()
    room.do(service.propose_decision, ref, "granted_in_part", actor=room.officer)
    with pytest.raises(Invalid):
        room.do(service.approve, ref, actor=room.officer)
    with pytest.raises(Invalid):
        room.do(service.approve, ref)
    assert room.shown(ref).open


def test_a_decision_sent_back_can_be_changed_and_proposed_again(room):
    ref = room.reviewed()
    room.do(service.propose_decision, ref, "granted_in_part")
    with pytest.raises(Invalid):
        room.review(ref, 1, "release")
    room.do(service.send_back, ref, "Look at the call note again.", actor=room.officer)
    room.review(ref, 2, "refuse")
    room.do(service.propose_decision, ref, "granted_in_part")
    room.do(service.approve, ref, actor=room.officer)
    assert room.shown(ref).state == "granted_in_part"


@pytest.mark.parametrize(
    ("outcomes", "answer"),
    [
        (("release", "release"), "granted"),
        (("refuse", "refuse"), "refused"),
        (("redact", "release"), "granted_in_part"),
    ],
)
def test_the_answer_is_what_the_items_add_up_to(room, outcomes, answer):
    ref = room.reviewed(outcomes)
    for wrong in {"granted", "refused", "granted_in_part", "not_held"} - {answer}:
        with pytest.raises(Invalid):
            room.do(service.propose_decision, ref, wrong, elsewhere="")
    room.do(service.propose_decision, ref, answer)
    assert room.shown(ref).open == (answer != "granted")


def test_nothing_found_needs_a_search_and_a_thought_of_who_else_may_hold_it(room):
    ref = room.searched()
    with pytest.raises(Invalid):
        room.do(service.propose_decision, ref, "not_held")
    room.do(service.propose_decision, ref, "not_held", elsewhere="Example Health")
    assert room.shown(ref).status == "not_held" and kinds(room, ref) == ["L1", "L12"]


def test_more_time_needs_the_law_a_second_person_and_the_twenty_days(room):
    ref = room.reviewed()
    ask = ("b", date(2027, 2, 1), "We have to ask the school.")
    room.do(service.propose_extension, ref, *ask)
    room.do(service.approve, ref, actor=room.officer)
    view = room.shown(ref)
    assert (view.due_on, view.extended_to_on, kinds(room, ref)) == (ask[1], ask[1], ["L1", "L4"])
    assert tasks.find(room.town.work(room.town.priya), ref).due_on == ask[1]
    with pytest.raises(Conflict):
        room.do(service.propose_extension, ref, *ask)
    late = room.reviewed()
    with pytest.raises(Invalid):
        room.do(service.propose_extension, late, *ask, now=AFTER_TWENTY)


def test_passing_on_tells_the_person_and_begins_a_new_clock_there(room):
    staff, other = room.town.other_agency()
    ref = room.one()
    room.do(service.transfer, ref, other, "They hold the notes.")
    assert room.shown(ref).status == "passed_on" and kinds(room, ref) == ["L1", "L3"]
    there = next(one for one in queries.requests_of(room.town.work(now=LATER))[0] if one.agency.id == other)
    assert (there.received_on, there.due_on) == (date(2026, 11, 30), date(2027, 1, 19))
    assert there.words["origin"] == "Example Homes"
    assert queries.case(room.town.work(staff, LATER), there.ref, "access").request.ref == there.ref
    with pytest.raises(NotThere):
        room.do(service.transfer, ref, other, "Again.")


def test_after_ten_working_days_or_against_the_persons_wish_nothing_is_passed_on(room):
    _staff, other = room.town.other_agency()
    with pytest.raises(Invalid):
        room.do(service.transfer, room.one(), other, "Late.", now=AFTER_TEN)
    kept_here = room.one(reply=REPLY | {"hand_on": "no"})
    with pytest.raises(Invalid):
        room.do(service.transfer, kept_here, other, "They hold it.")


def test_asking_who_it_is_does_not_stop_the_clock(room):
    ref = room.one()
    room.do(service.check_identity, ref, "A letter with your name on it.")
    view = room.shown(ref)
    assert (view.status, view.acts, view.due_on) == ("question", "person", date(2026, 12, 21))
    room.do(service.confirm_identity, ref, "She came in with a letter.")
    assert room.shown(ref).status == "sent"


@pytest.mark.parametrize("missing", sorted(SURE))
def test_nothing_is_handed_over_until_staff_are_sure_of_all_three(room, missing):
    ref = room.decided()
    with pytest.raises(Invalid):
        room.do(service.release, ref, SURE | {missing: False})
    assert room.shown(ref).released_at is None


def test_a_late_request_is_told_once_to_the_person_and_the_privacy_officer(room):
    ref = room.one()
    assert room.tick(datetime(2026, 12, 21, 9, 0, tzinfo=UTC)) == 0
    assert room.tick(AFTER_TWENTY) == 1 and room.tick(AFTER_TWENTY) == 0
    view = room.shown(ref, AFTER_TWENTY)
    assert view.late and view.status == "late" and told(room).count("access_late") == 1
    rows = tasks.worklist(room.town.work(room.officer, AFTER_TWENTY)).rows
    assert [row.kind for row in rows].count("access_late") == 1
    assert "access_late" not in [
        row.kind for row in tasks.worklist(room.town.work(room.town.priya, AFTER_TWENTY)).rows
    ]


def test_a_request_taken_back_ends_the_agencys_right_to_look(room):
    ref = room.one()
    room.do(service.withdraw, ref, actor=room.town.sina)
    assert room.do(service.withdraw, ref, actor=room.town.sina) == ids.encode(ref)
    with pytest.raises(NotThere):
        room.case(ref)


def test_staff_of_another_agency_and_the_person_as_staff_find_nothing(room):
    ref = room.one()
    stranger, _agency = room.town.other_agency()
    herself = replace(room.town.priya, person_id=room.town.sina.person_id)
    for actor in (stranger, herself):
        with pytest.raises(NotThere):
            service.case(room.town.work(actor, LATER), ref)
        with pytest.raises(NotThere):
            room.do(service.take, ref, actor=actor)


def test_a_request_is_three_reads_for_its_person_and_four_for_staff(room):
    ref = room.released()
    for read, most in ((lambda: room.shown(ref), 3), (lambda: room.case(ref), 4)):
        seen = statements(room, read)
        assert len(seen) <= most, seen


def test_a_held_request_is_read_by_the_same_statements_as_one_that_waits(room):
    held, plain = room.one(), room.one()
    room.do(service.hold_for_safety, held, "Ring the school nurse.")
    first, second = (statements(room, lambda ref=ref: room.shown(ref)) for ref in (held, plain))
    assert first == second and repr(room.shown(held).events[0].name) == repr(room.shown(plain).events[0].name)
    assert len(room.shown(held).events) == len(room.shown(plain).events) == 1


def statements(room, read):
    seen, engine = [], room.town.store.core.engine

    def _see(_connection, _cursor, statement, *_rest):
        if statement != "begin":
            seen.append(statement)

    room.shown(room.one())
    event.listen(engine, "before_cursor_execute", _see)
    try:
        read()
    finally:
        event.remove(engine, "before_cursor_execute", _see)
    return seen
