"""A request to fix by phone, on paper or in person: written down by staff, with the same clock, letters and rights."""

from dataclasses import replace
from datetime import date

import pytest

from portal.access_log import queries as looks
from portal.base import ids
from portal.base.problems import Invalid, NotThere
from portal.corrections import service
from portal.corrections.service import Chosen, Heard
from portal.notices import service as notices
from tests.corrections import factory
from tests.corrections.factory import BORN, LATER

REPLY = {"by": "here", "language": "sm", "urgent": "yes", "why": "Court on Friday.", "hand_on": "no"}
TO_14 = [Chosen("address", "replace", "14 Sample Street")]


@pytest.fixture
def town(store):
    """The town, on both databases."""
    return factory.town(store)


def call(town, **changes):
    """A call about the home record."""
    heard = Heard(
        "C-sina", BORN, date(2026, 11, 26), "phone", town.record_ref, TO_14, "It moved with the hill.", REPLY
    )
    return replace(heard, **changes)


def written(town, actor=None, **changes):
    """Write a request down; gives its ref."""
    return ids.decode(
        town.do(service.write_down, call(town, **changes), actor=actor or town.priya, now=LATER)
    )


def test_the_clock_runs_from_the_day_of_the_call_and_the_person_gets_the_letter_and_a_message(town):
    view = town.shown(written(town))
    assert (view.received_on, view.due_on) == (date(2026, 11, 26), date(2026, 12, 24))
    assert view.taken == "phone" and view.reason == "It moved with the hill." and view.language == "sm"
    assert [letter.kind for letter in view.letters] == ["L1"]
    assert view.transfer_by_on == date(2026, 12, 10)
    told = notices.newest(town.work(now=LATER))[0]
    assert (told.kind, told.agency_id) == ("request_received", town.agency_id)
    assert service.requests_of(town.work(now=LATER)).open[0].ref == view.ref


def test_the_values_stand_under_review_and_staff_work_on_it_as_on_any_other(town):
    ref = written(town)
    assert town.record().line("address").review_ref == ref
    case = town.case(ref)
    assert [(one.name, one.by) for one in case.request.events[:2]] == [
        ("CorrectionRequested", "staff"),
        ("CorrectionWrittenDown", "staff"),
    ]
    assert case.task.due_on == date(2026, 12, 24) and case.task.summary["urgent"]
    town.fix(ref, (1, "accept"))
    assert town.held("address") == "14 Sample Street" and town.shown(ref).status == "fixed"


def test_its_person_has_every_right_taking_it_back_and_their_own_words_among_them(town):
    ref = written(town)
    town.do(service.withdraw, ref, now=LATER)
    assert town.shown(ref).state == "withdrawn"
    other = written(town, chosen=[Chosen("note", "remove", "")])
    town.decide(other, (1, "decline", "", "misleading", "The visitor wrote what they saw."))
    town.do(service.attach_statement, other, "note", "I was calm.", "en", now=LATER)
    assert town.shown(other).items[0].statement.text == "I was calm."


def test_what_reached_the_agency_long_ago_is_late_at_once(town):
    assert town.shown(written(town, received_on=date(2026, 9, 1))).late


@pytest.mark.parametrize(
    ("changes", "box"),
    [
        ({"client_ref": "C-nobody"}, "client_ref"),
        ({"client_ref": ""}, "client_ref"),
        ({"born": date(1992, 4, 5)}, "client_ref"),
        ({"born": None}, "client_ref"),
        ({"received_on": None}, "received_on"),
        ({"received_on": date(2026, 12, 1)}, "received_on"),
        ({"received_on": date(2016, 11, 26)}, "received_on"),
        ({"how": "pigeon"}, "how"),
        ({"record_ref": 7}, "fields"),
        ({"chosen": []}, "fields"),
        ({"chosen": [Chosen("shoe_size", "replace", "9")]}, "fields"),
        ({"chosen": [Chosen("address", "", "")]}, "wish_1"),
        ({"chosen": [Chosen("address", "replace", " ")]}, "value_1"),
        ({"chosen": [*TO_14, Chosen("people", "replace", "many")]}, "value_2"),
        ({"reply": REPLY | {"why": ""}}, "why"),
        ({"reason": "x" * 5_001}, "reason"),
    ],
)
def test_what_cannot_be_meant_gets_a_sentence_beside_its_box_and_makes_nothing(town, changes, box):
    with pytest.raises(Invalid) as fault:
        written(town, **changes)
    assert fault.value.field == box and service.requests_of(town.work(now=LATER)).open == []


def test_a_wrong_number_a_wrong_birth_date_another_agency_and_ones_own_file_answer_alike(town):
    stranger, _agency = town.other_agency()
    own = replace(town.priya, person_id=town.sina.person_id)
    said = set()
    for actor, changes in (
        (None, {"client_ref": "C-nobody"}),
        (None, {"born": date(1991, 5, 4)}),
        (stranger, {}),
        (own, {}),
    ):
        with pytest.raises(Invalid) as fault:
            written(town, actor=actor, **changes)
        said.add((fault.value.message, fault.value.field))
    assert len(said) == 1


def test_a_value_that_is_asked_about_already_is_not_asked_about_twice(town):
    town.sent({"address": "13 Sample Street"})
    with pytest.raises(Invalid) as fault:
        written(town)
    assert fault.value.field == "fields"


def test_only_staff_of_an_agency_write_requests_down(town):
    with pytest.raises(NotThere):
        written(town, actor=town.sina)


def test_staff_see_which_records_there_are_and_nothing_of_what_stands_in_them_and_the_look_is_noted(town):
    work = town.work(town.priya, LATER)
    found = service.of_client(work, "C-sina", BORN, date(2026, 11, 26), "phone")
    assert [(one.ref, one.type.key) for one in found] == [(town.record_ref, "home")]
    assert not hasattr(found[0], "body")
    work.finish()
    seen = looks.index(town.work(now=LATER)) if hasattr(looks, "index") else None
    assert seen is None or "write down" in str(seen)
