"""Somebody may be pressed: nothing goes out until a worker talked with them alone, and the helper sees no change."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal.access_requests import queries as to_see
from portal.access_requests import service as access
from portal.agencies import tasks
from portal.base.ledger import Leaf
from portal.base.problems import Invalid, NotThere
from portal.casework import queries as desk
from portal.casework import service as casework
from portal.corrections import queries as to_fix
from portal.corrections import service as corrections
from portal.delegations import queries, rules, service
from portal.delegations.models import Talk
from portal.identity.permissions import SYSTEM, Actor
from portal.notices import service as notices
from tests.delegations import asking as made
from tests.delegations.factory import NOW

TALK = {"who": "Priya Nair", "on": date(2026, 9, 16), "how": "I rang her at work. She was alone in a room."}
HELD = "Nothing can go out yet"


@pytest.fixture
def asking(store):
    return made.asking(store)


@pytest.fixture
def town(asking):
    return asking.town


def careful(asking, ref):
    return corrections.case(asking.staff(), ref).staff.careful


def test_open_and_later_requests_at_the_agencies_concerned_are_held_and_no_others(asking, town):
    before = asking.mere_fixes()
    token = asking.helper((town.homes, "home"))
    elsewhere = asking.see(town.as_mere, town.clinic)[0]
    assert not careful(asking, before)
    asking.mark()
    later, hers = asking.mere_fixes(kind="mark"), asking.fix(token)
    assert all(careful(asking, ref) for ref in (before, later, hers))
    clinic = Actor("account", asking.adviser.account_id, None, town.clinic, "caseworker")
    assert not access.case(asking.staff(clinic), elsewhere.ref).careful


def test_no_decision_goes_out_until_somebody_talked_with_them_alone(asking, town):
    ref = asking.fix(asking.helper())
    asking.mark()
    with pytest.raises(Invalid, match=HELD):
        asking.yes(ref)
    asking.staff().do(lambda work: casework.note_talk(work, ref, **TALK))
    case = corrections.case(asking.staff(), ref).staff
    assert (case.careful, case.talked) == (False, True)
    asking.yes(ref)
    assert to_fix.show(town.as_mere(made.LATER), ref).decided_at == made.LATER


def test_neither_an_approved_no_nor_a_copy_goes_out(asking, town):
    ref = asking.see(town.as_mere)[0].ref
    asking.helper()
    for verb in (access.take, lambda work, ref: access.log_search(work, ref, "Notes", "Mere", "Nothing")):
        asking.staff().do(verb, ref)
    asking.mark()
    with pytest.raises(Invalid, match=HELD):
        asking.staff().do(lambda work: access.propose_decision(work, ref, "not_held", elsewhere=""))
    with pytest.raises(Invalid, match=HELD):
        asking.staff(asking.officer).do(
            lambda work: access.propose_decision(work, ref, "ncnd", ground="53-c", reason="Harm.")
        )
    asking.town.store.work(SYSTEM, NOW + timedelta(days=60)).do(access.note_overdue)
    assert to_see.show(town.as_mere(NOW + timedelta(days=60)), ref).late, "no clock of the law stops"


def test_what_is_decided_is_not_handed_over_while_it_is_held(asking, town):
    ref = asking.see(town.as_mere)[0].ref
    asking.helper()
    staff = asking.staff
    staff().do(lambda work: access.log_search(work, ref, "Notes", "Mere", "A note"))
    no = staff().do(lambda work: access.add_item(work, ref, "Note", date(2026, 5, 4), "Notes", "All well."))
    staff().do(lambda work: access.review_item(work, ref, no, "release", "", "", {}))
    staff().do(lambda work: access.propose_decision(work, ref, "granted"))
    asking.mark(made.LATER)
    sure = {"identity": True, "safe": True, "support": True}
    with pytest.raises(Invalid, match=HELD):
        staff().do(access.release, ref, sure)
    staff().do(lambda work: casework.note_talk(work, ref, **TALK))
    staff().do(access.release, ref, sure)
    assert to_see.show(town.as_mere(made.LATER), ref).released_at == made.LATER


def test_a_talk_counts_for_its_own_request_and_for_what_was_marked_before(asking, town):
    first, second = asking.mere_fixes(), asking.mere_fixes(kind="home")
    asking.helper()
    asking.mark()
    asking.staff().do(lambda work: casework.note_talk(work, first, **TALK))
    assert (careful(asking, first), careful(asking, second)) == (False, True)
    town.as_mere(made.LATER + timedelta(minutes=1)).do(service.lift, town.helper().id)
    assert not careful(asking, second)
    asking.mark(made.LATER + timedelta(minutes=2))
    assert careful(asking, first)


def test_what_is_written_of_a_talk_is_whole_sealed_and_read_by_the_agency_alone(asking, town):
    ref = asking.mere_fixes()
    asking.helper()
    asking.mark()
    for change in (
        {"who": " "},
        {"how": ""},
        {"on": None},
        {"on": date(2026, 9, 13)},
        {"on": date(2026, 10, 1)},
    ):
        with pytest.raises(Invalid):
            asking.staff().do(lambda work: casework.note_talk(work, ref, **{**TALK, **change}))  # noqa: B023
    asking.staff().do(lambda work: casework.note_talk(work, ref, **TALK))
    with pytest.raises(Invalid, match="not held any more"):
        asking.staff().do(lambda work: casework.note_talk(work, ref, **TALK))
    talk = desk.held_case(asking.staff(), ref)[2][0]
    assert (talk.who, talk.on, talk.how) == (TALK["who"], TALK["on"], TALK["how"])
    assert b"rang" not in town.store.work().session.scalars(select(Talk.words)).one()
    other = Actor("account", asking.adviser.account_id, None, town.clinic, "caseworker")
    for actor in (other, Actor("account", town.mere.id, town.mere.person_id, town.homes, "caseworker")):
        with pytest.raises(NotThere):
            desk.held_case(asking.staff(actor), ref)
        with pytest.raises(NotThere):
            asking.staff(actor).do(lambda work: casework.note_talk(work, ref, **TALK))


def test_the_desk_list_shows_it_to_all_but_the_helper(asking, town):
    ref, other = asking.mere_fixes(), asking.mere_fixes(kind="home")
    asking.helper()

    def marked(actor=None):
        work = asking.staff(actor)
        return tasks.worklist(work, marked=desk.held_rows(work)).marked

    ria = Actor("account", town.ria.id, town.ria.person_id, town.homes, "caseworker")
    assert marked() == set()
    asking.mark()
    assert marked() == {ref, other} and marked(ria) == set()
    assert tasks.worklist(asking.staff()).marked == set()


def test_only_the_person_by_themselves_lifts_it(asking, town):
    token = asking.helper()
    asking.mark()
    helper_id = town.helper().id
    for actor in (town.actor(token), asking.adviser):
        with pytest.raises(NotThere):
            town.store.work(actor, NOW).do(service.lift, helper_id)
        with pytest.raises(NotThere):
            queries.marks(town.store.work(actor, NOW))
    assert [(one.helper_id, one.name) for one in queries.marks(town.as_mere())] == [(helper_id, "moko Ria")]
    with pytest.raises(NotThere):
        town.as_mere().do(service.lift, helper_id + 1)
    town.as_mere().do(service.lift, helper_id)
    assert queries.marks(town.as_mere()) == []


def test_it_follows_what_is_chosen_later_stays_past_the_end_and_goes_along(asking, town):
    asking.helper((town.homes, "home"))
    asking.mark()
    town.as_mere().do(service.change_helper, town.helper().ref, town.draft((town.clinic, "home")))
    ref = asking.see(town.as_mere, town.clinic)[0].ref
    clinic = Actor("account", asking.adviser.account_id, None, town.clinic, "caseworker")
    assert access.case(asking.staff(clinic), ref).careful
    assert careful(asking, asking.mere_fixes()), "what was held stays held"
    town.as_mere().do(service.stop_helper, town.helper().ref)
    assert careful(asking, asking.mere_fixes(kind="home"))


def test_a_request_that_is_passed_on_is_held_there_too(asking, town):
    ref = asking.see(town.as_mere)[0].ref
    asking.helper((town.homes, "home"))
    asking.mark()
    asking.staff().do(access.transfer, ref, town.clinic, "They hold it.")
    passed = next(one for one in to_see.requests_of(town.as_mere())[0] if one.agency.id == town.clinic)
    clinic = Actor("account", asking.adviser.account_id, None, town.clinic, "caseworker")
    assert access.case(asking.staff(clinic), passed.ref).careful


def test_saying_it_twice_changes_nothing_and_nobody_is_told(asking, town):
    asking.helper()
    before = len(notices.newest(town.as_mere()))
    asking.mark()
    asking.mark()
    leaves = town.store.work().session.execute(select(Leaf.entity, Leaf.change)).all()
    assert [tuple(one) for one in leaves].count(("delegations_hold", "insert")) == 1
    assert len(notices.newest(town.as_mere())) == before


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"who": ""}, "who"),
        ({"on": None}, "on"),
        ({"on": date(2026, 9, 10)}, "on"),
        ({"how": " "}, "how"),
        ({}, None),
    ],
)
def test_what_is_said_of_a_talk(change, field):
    said = {"who": "Priya", "on": date(2026, 9, 15), "how": "By phone."} | change
    fault = rules.talk_fault(**said, since=date(2026, 9, 14), today=date(2026, 9, 16))
    assert (fault and fault[0]) == field
