"""A request by phone, on paper or in person: written down by staff, with the same clock, letters and rights."""

from dataclasses import replace
from datetime import date

import pytest

from portal.access_requests import queries, service
from portal.access_requests.service import Heard
from portal.base import ids
from portal.base.problems import Invalid, NotThere
from portal.notices import service as notices
from tests.corrections.factory import BORN, LATER

TODAY = date(2026, 11, 30)
ANSWERS = {
    "scope": "topic", "since": None, "until": None, "topic": "My rent letters", "names": "", "births": "",
    "form": "paper", "language": "sm", "urgent": "yes", "why": "Court on Friday.", "hand_on": "no",
}  # fmt: skip
CALL = Heard("C-sina", BORN, date(2026, 11, 26), "phone", ANSWERS)


def written(room, actor=None, **changes):
    """Write a request down; gives its ref."""
    return ids.decode(room.do(service.write_down, replace(CALL, **changes), actor=actor))


def test_the_clock_runs_from_the_day_of_the_call_and_the_person_gets_the_letter_and_a_message(room):
    view = room.shown(written(room))
    assert (view.received_on, view.due_on) == (date(2026, 11, 26), date(2026, 12, 24))
    assert view.words["taken"] == "phone" and view.words["topic"] == "My rent letters"
    assert view.language == "sm" and [letter.kind for letter in view.letters] == ["L1"]
    told = notices.newest(room.town.work(now=LATER))[0]
    assert (told.kind, told.agency_id) == ("access_received", room.town.agency_id)
    assert queries.requests_of(room.town.work(now=LATER))[0][0].ref == view.ref


def test_staff_work_on_it_as_on_any_other_and_the_history_says_who_wrote_it_down(room):
    ref = written(room)
    case = room.case(ref)
    first, second = case.events[:2]
    assert (first.name, first.by) == ("AccessRequested", "staff")
    assert (second.name, second.account_id) == ("AccessWrittenDown", room.town.priya.account_id)
    assert case.transfer_by_on == date(2026, 12, 10) and case.task.due_on == date(2026, 12, 24)
    room.do(service.log_search, ref, "Case notes", "Sina", "")
    room.do(service.propose_decision, ref, "not_held", elsewhere="")
    assert room.shown(ref).status == "not_held"


def test_its_person_can_take_it_back(room):
    ref = written(room)
    room.do(service.withdraw, ref, actor=room.town.sina)
    assert room.shown(ref).status == "taken_back"


def test_what_reached_the_agency_long_ago_is_late_at_once(room):
    ref = written(room, received_on=date(2026, 9, 1))
    assert room.shown(ref).late and room.tick(LATER) == 1


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
        ({"answers": ANSWERS | {"topic": " "}}, "topic"),
        ({"answers": ANSWERS | {"why": ""}}, "why"),
        ({"answers": ANSWERS | {"scope": "dates"}}, "since"),
        ({"answers": ANSWERS | {"scope": ""}}, "scope"),
    ],
)
def test_what_cannot_be_meant_gets_a_sentence_beside_its_box_and_makes_nothing(room, changes, box):
    with pytest.raises(Invalid) as fault:
        written(room, **changes)
    assert fault.value.field == box and queries.requests_of(room.town.work(now=LATER))[0] == []


def test_a_wrong_number_a_wrong_birth_date_another_agency_and_ones_own_file_answer_alike(room):
    stranger, _agency = room.town.other_agency()
    own = replace(room.town.priya, person_id=room.town.sina.person_id)
    said = set()
    for actor, changes in (
        (None, {"client_ref": "C-nobody"}),
        (None, {"born": date(1991, 5, 4)}),
        (stranger, {}),
        (own, {}),
    ):
        with pytest.raises(Invalid) as fault:
            written(room, actor=actor, **changes)
        said.add((fault.value.message, fault.value.field))
    assert len(said) == 1


def test_only_staff_of_an_agency_write_requests_down(room):
    with pytest.raises(NotThere):
        written(room, actor=room.town.sina)
