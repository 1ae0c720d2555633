"""What was held back because it contradicts the linked person: shown after all, or sent back; on both databases."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from portal.agencies import service as agencies
from portal.agencies.models import Task
from portal.agencies.rules import contradicted
from portal.base.problems import Invalid, NotThere
from portal.identity.permissions import Actor
from portal.ingest import service as ingest
from portal.ingest.models import Held, Settlement
from tests.ingest import factory
from tests.ingest.factory import BORN, NOW, bodies, incoming, take

MARRIED = ingest.Who(("Sina Tūroa",), BORN)
OTHER_DAY = ingest.Who(("Sina Faʻasili",), date(1992, 4, 5))
STRANGER = ingest.Who(("Mele Vea",), date(1980, 1, 1))
WHY = "She rang, and told us of her marriage."
KNOWN = [("Sina Faʻasili", BORN)]


@pytest.fixture
def agency(store):
    return factory.housing(store)


@pytest.fixture
def sina(store, agency):
    person_id = factory.person(store)
    factory.link(store, person_id, agency)
    return person_id


@pytest.fixture
def worker(agency):
    return Actor(kind="account", account_id=51, agency_id=agency, role="caseworker")


@pytest.fixture
def colleague(worker):
    return replace(worker, account_id=52)


def do(store, verb, *args, actor):
    return store.work(actor, NOW).do(verb, *args)


def hold(store, agency, who=MARRIED):
    """Let a record be held back; gives its ref."""
    assert take(store, agency, [incoming()], who=who).kinds["held"] == 1
    work = store.work()
    return work.session.scalars(select(Held.ref).where(Held.settled_at.is_(None))).one()


def open_tasks(store, agency):
    """The kinds of work that staff have not done yet."""
    return list(
        store.work().session.scalars(
            select(Task.kind).where(Task.agency_id == agency, Task.state != "closed")
        )
    )


def steps(store):
    return list(store.work().session.scalars(select(Settlement.outcome).order_by(Settlement.id)))


@pytest.mark.parametrize(
    ("names", "born", "off"),
    [
        (("Sina Faʻasili",), BORN, ()),
        (("SINA FAASILI",), None, ()),
        (("Sina Tūroa",), BORN, ("name",)),
        (("Sina Tūroa",), None, ("name",)),
        (("Sina Faʻasili",), date(1992, 4, 5), ("birth_date",)),
        ((), date(1992, 4, 5), ("birth_date",)),
        ((), BORN, ()),
        (("Mele Vea",), date(1980, 1, 1), ("name", "birth_date")),
        (("Mele Vea", "Sina Faʻasili"), BORN, ()),
    ],
)
def test_what_contradicts_is_named(names, born, off):
    assert contradicted(names, born, KNOWN) == off


def test_a_name_from_one_pair_and_a_day_from_another_count_as_both():
    known = [*KNOWN, ("Sina Tūroa", date(1991, 1, 1))]
    assert contradicted(("Sina Tūroa",), BORN, known) == ("name", "birth_date")


def test_staff_see_what_was_sent_and_what_the_link_says_and_nothing_of_the_person(
    store, agency, sina, worker
):
    ref = hold(store, agency)
    view = ingest.held(store.work(worker, NOW), ref)
    assert (view.client_ref, view.names, view.birth_date) == ("C-1", ("Sina Tūroa",), BORN)
    assert view.contradicts == ("name",) and view.strength == "in-person" and not view.needs_two
    assert [number for _title, number, _day in view.sent] == ["H-1"]
    assert "Faʻasili" not in repr(view) and "12 Sample Street" not in repr(view)
    assert [one.ref for one in ingest.held_list(store.work(worker, NOW))] == [ref]


def test_shown_records_appear_the_person_is_told_and_the_same_name_passes_from_then_on(
    store, agency, sina, worker
):
    ref = hold(store, agency)
    assert do(store, ingest.show_held, ref, WHY, actor=worker) == "shown"
    assert bodies(store, sina) == [factory.BODY]
    assert factory.notices(store, sina).count("records_added") == 1
    assert open_tasks(store, agency) == [] and steps(store) == ["shown"]
    later = take(store, agency, [incoming("H-2")], who=MARRIED)
    assert later.kinds["new"] == 1
    with pytest.raises(NotThere):
        ingest.held(store.work(worker, NOW), ref)
    with pytest.raises(NotThere):
        do(store, ingest.send_back, ref, WHY, actor=worker)


def test_what_adds_nothing_new_tells_nobody(store, agency, sina, worker):
    take(store, agency, [incoming()])
    ref = hold(store, agency)
    before = factory.notices(store, sina)
    do(store, ingest.show_held, ref, WHY, actor=worker)
    assert factory.notices(store, sina) == before


def test_a_record_that_is_kept_silent_is_for_the_privacy_officer_and_tells_nobody(
    store, agency, sina, worker
):
    officer = replace(worker, role="privacy-officer")
    silent = incoming("H-9", silent={"ground": "53-c", "decided_by": "Privacy officer"})
    take(store, agency, [silent], who=MARRIED)
    ref = store.work().session.scalars(select(Held.ref)).one()
    with pytest.raises(Invalid):
        do(store, ingest.show_held, ref, WHY, actor=worker)
    do(store, ingest.show_held, ref, WHY, actor=officer)
    assert bodies(store, sina) == [] and "records_added" not in factory.notices(store, sina)


def test_where_name_and_day_contradict_two_people_have_to_say_so(store, agency, sina, worker, colleague):
    ref = hold(store, agency, STRANGER)
    assert ingest.held(store.work(worker, NOW), ref).needs_two
    assert do(store, ingest.show_held, ref, WHY, actor=worker) == "proposed"
    view = ingest.held(store.work(colleague, NOW), ref)
    assert (view.proposed_by, view.proposed_why) == (51, WHY) and bodies(store, sina) == []
    with pytest.raises(Invalid):
        do(store, ingest.show_held, ref, WHY, actor=worker)
    assert do(store, ingest.show_held, ref, "I rang her too.", actor=colleague) == "shown"
    assert bodies(store, sina) == [factory.BODY] and sorted(steps(store)) == ["proposed", "shown"]


def test_what_is_sent_back_is_deleted_here_and_is_looked_at_again_when_it_comes_again(
    store, agency, sina, worker
):
    ref = hold(store, agency, STRANGER)
    do(store, ingest.send_back, ref, "It is another Sina.", actor=worker)
    assert bodies(store, sina) == [] and "records_added" not in factory.notices(store, sina)
    assert open_tasks(store, agency) == [] and steps(store) == ["sent-back"]
    again = hold(store, agency, STRANGER)
    assert again != ref and open_tasks(store, agency) == ["held"]
    assert ingest.held(store.work(worker, NOW), again).sent


def test_a_different_birth_date_alone_is_one_persons_decision(store, agency, sina, worker):
    ref = hold(store, agency, OTHER_DAY)
    assert do(store, ingest.show_held, ref, "A slip of our pen.", actor=worker) == "shown"
    assert bodies(store, sina) == [factory.BODY]


@pytest.mark.parametrize("why", ["", "   ", "x" * 1001])
def test_both_answers_need_a_reason(store, agency, sina, worker, why):
    ref = hold(store, agency)
    for verb in (ingest.show_held, ingest.send_back):
        with pytest.raises(Invalid) as fault:
            do(store, verb, ref, why, actor=worker)
        assert fault.value.field == "why"
    assert steps(store) == []


def test_another_agency_a_person_and_whoever_it_is_about_find_nothing(store, agency, sina, worker):
    ref = hold(store, agency)
    other = store.work().do(agencies.put_agency, factory.agency_document("example-else", "Example Else"))
    for actor in (
        replace(worker, agency_id=other),
        Actor(kind="account", account_id=9, person_id=sina),
        replace(worker, person_id=sina),
    ):
        with pytest.raises(NotThere):
            ingest.held(store.work(actor, NOW), ref)
        with pytest.raises(NotThere):
            do(store, ingest.show_held, ref, WHY, actor=actor)


def test_once_nobody_is_linked_it_can_only_be_sent_back(store, agency, sina, worker):
    ref = hold(store, agency)
    person = Actor(kind="account", account_id=9, person_id=sina)
    do(store, agencies.disown, agency, actor=person)
    assert ingest.held(store.work(worker, NOW), ref).linked_at is None
    with pytest.raises(Invalid):
        do(store, ingest.show_held, ref, WHY, actor=worker)
    do(store, ingest.send_back, ref, WHY, actor=worker)
    assert bodies(store, sina) == []
