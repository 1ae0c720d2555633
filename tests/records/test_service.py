"""Receiving, correcting and marking records, on both databases."""

from datetime import date

import pytest

from portal.base.problems import NotThere
from portal.identity.permissions import Actor
from portal.records import service
from tests.records import factory
from tests.records.factory import BODY, LATER, change, receive, record_id, show


@pytest.fixture
def held(store):
    """A person with one record at one agency."""
    who, agency_id = factory.person(store), factory.agency(store)
    assert receive(store, who, agency_id, BODY, recorded_on=date(2026, 3, 3)) == "new"
    return store, who, agency_id


def correct(held, changes):
    store, who, agency_id = held
    change(store, service.correct, who.person_id, record_id(store, who, agency_id), changes, {})


def test_a_record_is_read_back_as_it_was_sent(held):
    view = show(*held)
    assert {line.field.key: line.value for line in view.lines} == BODY
    assert view.recorded_on == date(2026, 3, 3) and view.version_no == 1


def test_the_same_record_again_changes_nothing_whatever_the_order_of_its_fields(held):
    assert receive(*held, dict(reversed(BODY.items())), now=LATER) == "unchanged"
    assert show(*held).version_no == 1


def test_a_changed_record_gets_a_version_that_names_what_changed(held):
    assert receive(*held, {**BODY, "people": 4}, now=LATER, why={"reason": "You told them."}) == "changed"
    newest = show(*held).versions[0]
    assert [(old.field.key, old.value, new.value) for old, new in newest.changes] == [("people", 3, 4)]
    assert newest.reason == "You told them." and newest.changed_by == "agency"


def test_a_correction_is_a_version_of_its_own(held):
    correct(held, {"address": "45 New Street", "alone": None})
    view = show(*held)
    assert view.line("address").value == "45 New Street"
    assert view.line("alone") is None
    assert view.versions[0].changed_by == "correction"


def test_a_correction_to_what_is_there_already_writes_nothing(held):
    correct(held, {"address": BODY["address"]})
    assert show(*held).version_no == 1


def test_an_old_value_that_comes_back_does_not_undo_the_correction(held):
    correct(held, {"address": "45 New Street"})
    assert receive(*held, BODY, now=LATER) == "came-back"
    view = show(*held)
    assert view.line("address").value == "45 New Street"
    assert view.line("address").came_back_on is not None


def test_other_news_in_the_same_feed_is_taken(held):
    correct(held, {"address": "45 New Street"})
    assert receive(*held, {**BODY, "people": 5}, now=LATER) == "came-back"
    view = show(*held)
    assert view.line("people").value == 5
    assert view.line("address").value == "45 New Street"


def test_the_same_old_value_night_after_night_is_told_once(held):
    correct(held, {"address": "45 New Street"})
    assert receive(*held, BODY, now=LATER) == "came-back"
    assert receive(*held, BODY, now=LATER) == "unchanged"
    assert receive(*held, {**BODY, "people": 6}, now=LATER) == "changed"
    assert show(*held).line("address").value == "45 New Street"


def test_the_warning_ends_when_the_feed_has_the_right_value(held):
    correct(held, {"address": "45 New Street"})
    receive(*held, BODY, now=LATER)
    assert receive(*held, {**BODY, "address": "45 New Street"}, now=LATER) == "unchanged"
    assert show(*held).line("address").came_back_on is None


def test_a_new_value_after_a_correction_is_taken(held):
    correct(held, {"address": "45 New Street"})
    assert receive(*held, {**BODY, "address": "9 Other Road"}, now=LATER) == "changed"
    assert show(*held).line("address").value == "9 Other Road"


def test_a_statement_stands_beside_its_value_for_good(held):
    store, who, agency_id = held
    change(
        store,
        service.attach_statement,
        *(who.person_id, record_id(store, who, agency_id), "people", "Ua sese. We are five.", "sm", 7),
    )
    receive(*held, {**BODY, "people": 4}, now=LATER)
    said = show(*held).line("people").statements
    assert [(one.text, one.lang, one.on) for one in said] == [
        ("Ua sese. We are five.", "sm", date(2026, 11, 24))
    ]


def test_a_statement_outlives_the_value_it_is_about(held):
    store, who, agency_id = held
    change(
        store,
        service.attach_statement,
        *(who.person_id, record_id(store, who, agency_id), "alone", "Not true.", "en", 7),
    )
    correct(held, {"alone": None})
    assert show(*held).line("alone").statements


def test_a_review_marks_its_values_until_it_ends(held):
    store, who, agency_id = held
    target = (who.person_id, record_id(store, who, agency_id))
    change(store, service.begin_review, *target, ["address", "people"], 77)
    change(store, service.begin_review, *target, ["people"], 88)
    assert show(*held).line("address").review_ref == 77
    change(store, service.end_review, *target, 77)
    assert show(*held).line("address").review_ref is None
    assert show(*held).line("people").review_ref == 88


def test_what_is_kept_is_told_without_what_is_on_the_agencys_file(held):
    store, who, agency_id = held
    details = {"lines": 2, "ground": "53-b", "plain": "About someone else.", "decided_by": "Privacy officer"}
    details |= {"decided_on": "2026-03-04", "told": True, "on_file": "secret balancing note"}
    change(store, service.withhold, who.person_id, record_id(store, who, agency_id), "note", details)
    kept = show(*held).line("note").withheld[0]
    assert (kept.lines, kept.law.section) == (2, "Privacy Act 2020, section 53(b)")
    assert "secret" not in repr(show(*held))


def test_of_what_may_be_neither_confirmed_nor_denied_there_is_no_trace(held):
    store, who, agency_id = held
    before = repr(show(*held)), repr(service.queries.index(store.work(who, LATER)))
    change(
        store,
        service.withhold,
        *(
            who.person_id,
            record_id(store, who, agency_id),
            "note",
            {"lines": 2, "ground": "53-c", "told": False},
        ),
    )
    assert (repr(show(*held)), repr(service.queries.index(store.work(who, LATER)))) == before


def test_past_recipients_are_those_whom_the_record_was_shared_with(held):
    store, who, agency_id = held
    target = (who.person_id, record_id(store, who, agency_id))
    told = {"on": "2026-04-01", "to": "Example Repairs", "why": "to visit", "law": "tenancy"}
    change(store, service.note_disclosure, *target, told)
    assert service.past_recipients(store.work(), *target) == [told]
    assert show(*held).disclosures[0].to == "Example Repairs"


def test_another_persons_record_is_not_there(held):
    store, who, agency_id = held
    stranger = factory.person(store)
    view = show(*held)
    for asked in (stranger, Actor()):
        with pytest.raises(NotThere):
            service.queries.show(store.work(asked, LATER), view.ref)
    with pytest.raises(NotThere):
        change(store, service.correct, stranger.person_id, view.id, {"people": 9}, {})
    assert service.queries.for_record_ids(store.work(), stranger.person_id, [view.id]) == []


def test_two_agencies_with_the_same_record_number_hold_two_records(held):
    store, who, _first = held
    second = factory.agency(store, "example-other", name="Example Other")
    assert receive(store, who, second, BODY) == "new"
    assert len(service.queries.all_shareable(store.work(who))) == 2


def test_many_records_in_one_moment_each_get_an_id(store):
    who, agency_id = factory.person(store), factory.agency(store)
    receive(store, who, agency_id, BODY, source_id="H-0")

    def _many(work):
        given = [work.new_id() for _number in range(60_000)]
        assert given == sorted(set(given))
        for number in range(20):
            service.receive(work, who.person_id, agency_id, "home", f"H-{number}", BODY)

    store.work(now=LATER).do(_many)
    assert len(service.queries.all_shareable(store.work(who))) == 20


def test_a_correction_keeps_where_the_record_came_from(held):
    source = {"from": "self", "on": "2018-07-02", "sentence": "You filled in a form."}
    receive(*held, {**BODY, "people": 4}, now=LATER, why={"source": source, "third_party": ["note"]})
    correct(held, {"people": 5})
    view = show(*held)
    assert view.why["source"] == source and view.why["third_party"] == ["note"]
    assert view.source_on == date(2018, 7, 2)
