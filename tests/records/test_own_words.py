"""What a person puts beside a record: a note, a change of their own, and "this is still right"."""

from datetime import UTC, date, datetime, timedelta

import pytest

from portal.agencies import tasks
from portal.base.problems import Conflict, Invalid, NotThere
from portal.identity.permissions import Actor
from portal.notices import service as notices
from portal.records import queries, service
from portal.records.queries import Reader
from portal.records.rules import MOST_NOTE
from tests.records import factory
from tests.records.factory import BODY, FIELDS, LATER, agency_document, change, receive, record_id, show

YEAR_LATER = datetime(2027, 12, 1, 2, 0, tzinfo=UTC)
OPEN = {"x-self-edit": True}


@pytest.fixture
def held(store):
    """One record of one person; its address and the number of people may be changed by them."""
    who = factory.person(store)
    document = agency_document()
    fields = {
        **FIELDS,
        "address": {**FIELDS["address"], **OPEN, "maxLength": 60},
        "alone": {**FIELDS["alone"], **OPEN},
        "phone": factory.field("Phone"),
    }
    for kind in document["record_types"]:
        kind["schema"] = {"type": "object", "properties": fields, "required": ["name"]}
    agency_id = store.work().do(factory.agencies.put_agency, document)
    assert receive(store, who, agency_id, BODY) == "new"
    return store, who, agency_id


def ref_of(held):
    store, who, agency_id = held
    found = queries.for_record_ids(store.work(), who.person_id, [record_id(store, who, agency_id)])
    return found[0].ref


def do(held, verb, *args, now=LATER):
    store, who, _ = held
    return store.work(who, now).do(verb, *args)


def desk(held):
    return Actor(kind="account", agency_id=held[2], role="caseworker")


def staff_line(held, key):
    store, who, agency_id = held
    work = store.work(desk(held), LATER)
    return queries.for_record_ids(work, who.person_id, [record_id(store, who, agency_id)], Reader.STAFF)[
        0
    ].line(key)


def test_a_note_is_private_until_its_writer_shows_it(held):
    ref = ref_of(held)
    do(held, service.write_note, ref, "people", "Ua fa i matou nei.", "sm", False)
    do(held, service.write_note, ref, "", "All of this is old.", "en", True)
    view = show(*held)
    assert (view.line("people").note.text, view.line("people").note.lang) == ("Ua fa i matou nei.", "sm")
    assert view.note.shown and not view.line("people").note.shown
    assert staff_line(held, "people").note is None
    do(held, service.write_note, ref, "people", "We are four.", "en", True)
    assert staff_line(held, "people").note.text == "We are four."


def earlier(store, who, ref):
    work = store.work(who)
    return queries.earlier_notes(work, queries.show(work, ref), "people")


def test_a_changed_note_keeps_what_it_said_and_a_removed_one_leaves_no_words(held):
    store, ref = held[0], ref_of(held)
    for text in ("One.", "Two.", "Three."):
        do(held, service.write_note, ref, "people", text, "en", False)
    assert [one["text"] for one in earlier(store, held[1], ref)] == [
        "Two.",
        "One.",
    ]
    do(held, service.remove_note, ref, "people")
    assert show(*held).line("people").note is None
    assert earlier(store, held[1], ref) == []
    with pytest.raises(NotThere):
        do(held, service.remove_note, ref, "people")


def test_a_note_has_words_and_no_more_than_fit_beside_a_field_that_is_there(held):
    ref = ref_of(held)
    for text, fault in (("  ", "Write"), ("x" * (MOST_NOTE + 1), "characters")):
        with pytest.raises(Invalid, match=fault):
            do(held, service.write_note, ref, "people", text, "en", False)
    with pytest.raises(NotThere):
        do(held, service.write_note, ref, "no such field", "Hello.", "en", False)
    stranger = factory.person(held[0])
    with pytest.raises(NotThere):
        held[0].work(stranger, LATER).do(service.write_note, ref, "people", "Mine?", "en", False)


def test_a_change_of_ones_own_stands_at_once_and_goes_to_the_agency(held):
    store, who, agency_id = held
    do(held, service.edit_value, ref_of(held), "address", "1 New Road", 1)
    view = show(*held)
    line = view.line("address")
    assert view.body["address"] == "1 New Road" and view.versions[0].changed_by == "person"
    assert line.edited_on == line.right_on == date(2026, 11, 24) and line.edit_due_on == date(2026, 12, 1)
    row = tasks.worklist(store.work(desk(held), LATER)).rows
    assert [(one.kind, one.due_on, one.summary["labels"]) for one in row] == [
        ("self_edit", date(2026, 12, 1), ["Home address"])
    ]

    def told():
        return [one.kind for one in notices.newest(store.work(who, LATER))].count("detail_changed")

    assert told() == 1
    do(held, service.edit_value, ref_of(held), "alone", "no", 2)
    assert told() == 1


def test_an_old_feed_does_not_undo_a_change_and_a_new_one_ends_the_wait(held):
    store, who, agency_id = held
    do(held, service.edit_value, ref_of(held), "address", "1 New Road", 1)
    assert receive(store, who, agency_id, BODY, now=LATER) == "unchanged"
    assert receive(store, who, agency_id, {**BODY, "people": 9}, now=LATER) == "changed"
    line = show(*held).line("address")
    assert (line.value, line.came_back_on) == ("1 New Road", None) and show(*held).body["people"] == 9
    new = {**BODY, "people": 9, "address": "1 New Road"}
    assert receive(store, who, agency_id, new, now=LATER) == "unchanged"
    assert show(*held).line("address").edited_on is None
    assert tasks.worklist(store.work(desk(held), LATER)).rows == []
    assert receive(store, who, agency_id, {**BODY, "people": 9}, now=LATER) == "came-back"
    assert show(*held).body["address"] == "1 New Road"


def test_staff_see_the_change_and_end_the_wait_and_nobody_elses_staff_do(held):
    store, who, agency_id = held
    do(held, service.edit_value, ref_of(held), "address", "1 New Road", 1)
    ref = tasks.worklist(store.work(desk(held), LATER)).rows[0].ref
    found = service.edit_case(store.work(desk(held), LATER), ref)
    assert (found.line.value, found.person_name) == ("1 New Road", "Sina Faʻasili")
    with pytest.raises(NotThere):
        service.edit_case(store.work(Actor(kind="account", agency_id=agency_id + 1, role="caseworker")), ref)
    store.work(desk(held), LATER).do(service.finish_edit, ref)
    assert show(*held).line("address").edited_on is None
    with pytest.raises(NotThere):
        service.edit_case(store.work(desk(held), LATER), ref)


def test_only_what_the_agency_opens_may_be_changed_and_only_to_what_fits(held):
    ref = ref_of(held)
    for field in ("name", "people", "nothing"):
        with pytest.raises(NotThere):
            do(held, service.edit_value, ref, field, "x", 1)
    for typed in ("", BODY["address"], "x" * 61):
        with pytest.raises(Invalid):
            do(held, service.edit_value, ref, "address", typed, 1)
    with pytest.raises(Conflict):
        do(held, service.edit_value, ref, "address", "1 New Road", 7)
    store, who, agency_id = held
    change(store, service.begin_review, who.person_id, record_id(store, who, agency_id), ["address"], 7)
    with pytest.raises(NotThere):
        do(held, service.edit_value, ref, "address", "1 New Road", 1)


def test_once_a_year_a_person_is_asked_what_is_still_right(held):
    store, who, agency_id = held
    receive(store, who, agency_id, {**BODY, "phone": "021 000 0001"}, now=LATER)

    def asked(now):
        return [line.field.key for one in queries.to_check(store.work(who, now))[0] for line in one.lines]

    assert asked(LATER) == []
    assert asked(YEAR_LATER) == ["address", "alone", "phone"]
    do(held, service.say_right, ref_of(held), "address", now=YEAR_LATER)
    assert asked(YEAR_LATER) == ["alone", "phone"]
    for field in ("alone", "phone"):
        do(held, service.say_right, ref_of(held), field, now=YEAR_LATER)
    assert asked(YEAR_LATER) == [] and asked(YEAR_LATER + timedelta(days=366)) == [
        "address",
        "alone",
        "phone",
    ]
    assert show(held[0], held[1], held[2], now=YEAR_LATER).line("phone").right_on == date(2027, 12, 1)
    with pytest.raises(NotThere):
        do(held, service.say_right, ref_of(held), "people", now=YEAR_LATER)


def test_nothing_about_safety_or_hard_to_read_is_on_the_list_to_check(held):
    store, who, agency_id = held
    for kind in ("visit", "mark"):
        receive(store, who, agency_id, BODY, kind=kind)
    assert {one.record.type.key for one in queries.to_check(store.work(who, YEAR_LATER))[0]} == {"home"}
