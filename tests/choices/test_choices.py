"""A choice has an effect: a no leaves the person out, a yes takes them in, and the law is told as the law."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from portal.agencies import queries as catalogue
from portal.agencies import service as agencies
from portal.agencies import tasks
from portal.agencies.models import Link
from portal.base import ids
from portal.base.ledger import Leaf
from portal.base.problems import Invalid, NotThere
from portal.choices import queries, rules, service
from portal.choices.models import Choice
from portal.identity import service as identity
from portal.identity.permissions import Actor
from portal.notices import service as notices
from tests.records.factory import LATER, agency_document, person

SLUG = "example-homes"
PURPOSES = {
    "research": {"choice": "some", "default": "no"},
    "plan": {"choice": "some"},
    "care": {"choice": "limited"},
    "check": {"choice": "none"},
}


@pytest.fixture
def homes(store):
    document = agency_document(SLUG)
    first = document["purposes"][0]
    document["purposes"] = [{**first, "key": key, **more} for key, more in PURPOSES.items()]
    agency_id = store.work().do(agencies.put_agency, document)
    catalogue.forget_catalogue()
    return agency_id


@pytest.fixture
def sina(store, homes):
    who = person(store)
    store.work().do(agencies.link, who.person_id, homes, "C-1", "in-person")
    return who


@pytest.fixture
def choose(store, homes, sina):
    def choose(key, answer, minutes=0, who=sina):
        moment = LATER + timedelta(minutes=minutes)
        made = store.work(who, moment).do(service.choose, rules.ref_of(homes, key), answer)
        return ids.decode(made)

    return choose


@pytest.fixture
def allows(store, homes, sina):
    return lambda key: service.allows(store.work(), sina.person_id, homes, key)


def feed(store, key):
    return service.feed(store.work(), SLUG, key)


def own_id(store, who, agency_id):
    return ids.encode(store.work().session.get(Link, (who.person_id, agency_id)).pairwise_id)


def change_link(store, who, agency_id, **values):
    def verb(work):
        for name, value in values.items():
            setattr(work.session.get(Link, (who.person_id, agency_id)), name, value)

    store.work().do(verb)


def worklist(store, homes):
    desk = Actor(kind="account", account_id=9, agency_id=homes, role="caseworker")
    rows = tasks.worklist(store.work(desk, LATER)).rows
    return [(one.summary["answer"], one.summary["client_ref"]) for one in rows if one.kind == "choice"]


def test_before_any_choice_only_what_waits_for_a_yes_is_off(store, sina, allows):
    assert {key: allows(key) for key in PURPOSES} == {
        "research": False, "plan": True, "care": True, "check": True,
    }  # fmt: skip
    standing = {one.key: one.standing for one in queries.uses(store.work(sina))}
    assert standing == {"research": "off", "plan": "on", "care": "on", "check": "law"}


@pytest.mark.parametrize("key", ["research", "plan", "care"])
def test_a_no_leaves_out_and_a_yes_takes_in(store, homes, sina, choose, allows, key):
    me = own_id(store, sina, homes)
    choose(key, "yes")
    assert allows(key) and feed(store, key) == [me]
    choose(key, "no", 1)
    assert not allows(key) and feed(store, key) == []
    choose(key, "yes", 2)
    assert allows(key) and feed(store, key) == [me]


def test_a_no_of_one_person_leaves_nobody_else_out(store, homes, sina, choose):
    other = person(store)
    store.work().do(agencies.link, other.person_id, homes, "C-2", "letter")
    choose("plan", "no")
    assert feed(store, "plan") == [own_id(store, other, homes)]


@pytest.mark.parametrize(
    "values", [{"state": "frozen"}, {"state": "disowned"}, {"state": "ended"}, {"hidden_at": LATER}]
)
def test_a_link_that_is_in_doubt_ended_or_hidden_is_in_no_feed(store, homes, sina, choose, allows, values):
    choose("research", "yes")
    change_link(store, sina, homes, **values)
    assert feed(store, "research") == [] and feed(store, "check") == [] and not allows("research")
    assert queries.uses(store.work(sina)) == []
    with pytest.raises(NotThere):
        choose("research", "no", 1)


def test_whoever_is_not_linked_has_no_uses_and_cannot_choose(store, homes, sina, choose):
    stranger = person(store)
    assert queries.uses(store.work(stranger)) == []
    assert not service.allows(store.work(), stranger.person_id, homes, "plan")
    with pytest.raises(NotThere):
        choose("plan", "no", who=stranger)


def test_where_the_law_decides_nothing_can_be_chosen(choose, allows):
    for answer in rules.ANSWERS:
        with pytest.raises(NotThere):
            choose("check", answer)
    assert allows("check")


@pytest.mark.parametrize("answer", ["", "maybe", "YES"])
def test_any_other_answer_is_told(choose, answer):
    with pytest.raises(Invalid):
        choose("plan", answer)


def test_a_receipt_keeps_what_the_page_said_and_when_it_ended(store, sina, choose):
    ref = choose("plan", "no")
    assert choose("plan", "no", 1) == ref
    given = queries.receipt(store.work(sina), ref)
    assert (given.answer, given.at, given.ended_at) == ("no", LATER, None)
    assert given.shown["title"] == "A home for you" and given.shown["agency"] == "Example Homes"
    choose("plan", "yes", 2)
    assert queries.receipt(store.work(sina), ref).ended_at == LATER + timedelta(minutes=2)
    found = queries.use(store.work(sina), rules.ref_of(given.agency_id, "plan"))
    assert [one.answer for one in queries.history(store.work(sina), found)] == ["yes", "no"]


def test_a_receipt_is_nobody_elses_and_hides_with_its_agency(store, homes, sina, choose):
    ref = choose("plan", "no")
    with pytest.raises(NotThere):
        queries.receipt(store.work(person(store)), ref)
    change_link(store, sina, homes, hidden_at=LATER)
    with pytest.raises(NotThere):
        queries.receipt(store.work(sina), ref)


def test_the_agency_is_asked_to_stop_and_no_more_once_that_was_taken_back(store, homes, choose):
    choose("plan", "no")
    assert worklist(store, homes) == [("no", "C-1")]
    choose("plan", "yes", 1)
    assert worklist(store, homes) == []


def test_the_agency_may_go_on_once_it_had_stopped(store, homes, choose):
    ref = choose("plan", "no")
    store.work().do(tasks.close, homes, ref)
    choose("plan", "yes", 1)
    assert worklist(store, homes) == [("yes", "C-1")]


def test_a_no_to_what_was_off_asks_nothing_of_the_agency(store, homes, choose):
    choose("research", "no")
    assert worklist(store, homes) == []


def test_each_choice_is_in_the_ledger_and_told_to_the_person(store, sina, choose):
    choose("plan", "no")
    choose("plan", "yes", 1)
    work = store.work(sina)
    leaves = work.session.scalar(
        select(func.count()).select_from(Leaf).where(Leaf.entity == Choice.__tablename__)
    )
    assert leaves == 3, "two choices, and the end of the first"
    assert [one.kind for one in notices.newest(work) if one.kind == "choice_made"] == ["choice_made"] * 2


def test_a_feed_names_nobody_and_gives_two_agencies_two_ids(store, homes, sina):
    second = store.work().do(agencies.put_agency, agency_document("example-clinic", "Example Clinic"))
    store.work().do(agencies.link, sina.person_id, second, "C-9", "in-person")
    one, other = feed(store, "check"), service.feed(store.work(), "example-clinic", "care")
    name = identity.person_facts(store.work(), sina.person_id).full_name
    assert len(one) == len(other) == 1 and one != other
    assert ids.decode(one[0]) != sina.person_id and name not in str(one)


@pytest.mark.parametrize(("slug", "key"), [("no-such", "plan"), (SLUG, "no-such")])
def test_an_unknown_agency_or_purpose_has_no_feed(store, homes, slug, key):
    with pytest.raises(NotThere):
        service.feed(store.work(), slug, key)
