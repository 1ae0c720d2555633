"""A client died: two staff say so, and what acts in their name stops; records stay; a mistake is undone by two."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from portal.agencies import tasks
from portal.base import ids
from portal.base.problems import Conflict, Invalid, NotThere
from portal.bundles import service as bundles
from portal.casework import queries, service
from portal.delegations import queries as helpers
from portal.delegations import service as delegations
from portal.delegations.rules import Group
from portal.identity import service as identity
from portal.identity.queries import reader_of
from portal.notices import service as notices
from portal.records import queries as records
from tests.delegations import authority_town
from tests.delegations.authority_town import MOTHER_BORN, NOW
from tests.identity import factory

SAW = "Death certificate, seen on paper."
SECOND = timedelta(seconds=1)


@pytest.fixture
def town(store):
    return authority_town.town(store)


def draft(town, **more):
    return replace(service.DeathDraft(town.number, town.born, date(2026, 9, 10), SAW), **more)


def written(town, now=NOW) -> int:
    return ids.decode(town.as_pat(now).do(service.record_death, draft(town)))


def colleague(town, now=NOW):
    """A unit of work of a second worker at the same desk."""
    known = getattr(town, "jo", None)
    if known is None:
        known = town.jo = factory.account(town.store, "jo", "Jo Desk", person=False)
    return town.as_pat(now, account=known.id)


def died(town, now=NOW) -> int:
    ref = written(town, now)
    colleague(town, now).do(service.second, ref, True, "I rang the registry.")
    return ref


def kinds(work):
    return sorted(one.kind for one in tasks.worklist(work).rows)


def rights(town):
    """The child's session, a share, a helper who has begun, and a parent's authority; the tokens of the three."""
    own = town.session(town.child)
    record = records.all_shareable(town.as_child())[0]
    chosen = [{"record": record.id, "fields": ["name"]}]
    given = {"chosen": chosen, "recipient": "A clinic", "purpose": "A visit", "days": 7, "passcode": "482915"}
    share = ids.decode(town.as_child().do(lambda work: bundles.make(work, **given)))
    code = town.as_child().do(
        delegations.add_helper,
        delegations.HelperDraft("Mum", frozenset({Group(town.clinic, "home")}), 3),
    )
    helper = town.session(town.mother)
    town.as_one(helper).do(delegations.begin_to_help, code)
    return own, share, helper, town.acts()


def test_one_person_alone_stops_nothing_and_cannot_agree_to_their_own_word(town):
    own, *_ = rights(town)
    ref = written(town)
    assert town.actor(own) is not None and queries.death(town.as_pat(), ref).state == "asked"
    with pytest.raises(Invalid):
        town.as_pat().do(service.second, ref, True, "I am sure.")
    assert kinds(town.as_pat()) == ["death_agree"]
    with pytest.raises(Invalid):
        town.as_pat().do(service.record_death, draft(town))
    colleague(town).do(service.second, ref, False, "The registry knows nothing of it.")
    assert queries.death(town.as_pat(), ref).state == "refused" and town.actor(own) is not None
    assert kinds(town.as_pat()) == []


def test_two_stop_sign_in_shares_helpers_and_authorities_and_the_records_stay(town):
    own, share, helper, parent = rights(town)
    held = len(records.all_shareable(town.as_child()))
    ref = died(town)
    assert town.actor(own) is None
    right = identity.check_password(town.store.work(), "hana", factory.PASSWORD)
    assert right.right and town.store.work().do(identity.begin_sign_in, right) is None
    for token in (helper, parent):
        assert not town.actor(token).helping.live
    assert bundles.show_share(town.as_child(), share).facts.state == "ended"
    found = queries.death(town.as_pat(), ref)
    assert (found.state, found.stopped) == ("dead", {"shares": 1, "helpers": 2})
    assert [by for by, _ in found.said] == ["Pat Desk", "Jo Desk"]
    assert len(records.all_shareable(town.as_child())) == held
    assert identity.has_died(town.store.work(), town.child.person_id)
    with pytest.raises(Conflict):
        colleague(town).do(service.second, ref, True, "Again.")


def test_agencies_with_open_work_about_the_client_are_asked_to_look(town):
    clinic = town.as_pat(agency=town.clinic)
    clinic.do(
        lambda work: tasks.add(
            work, town.clinic, 77, "correction", date(2026, 10, 1), town.child.person_id, {}
        )
    )
    died(town)
    assert kinds(town.as_pat(agency=town.clinic)) == ["correction", "death_open"]
    assert kinds(town.as_pat()) == []


def test_no_message_goes_out_to_somebody_who_died(town):
    assert reader_of(town.store.work(), town.child.person_id) is not None
    died(town)
    assert reader_of(town.store.work(), town.child.person_id) is None


def test_an_executor_acts_after_a_death_and_not_before_and_nobody_else_does(town):
    executor = {
        "kind": "executor",
        "name": "Mere Kingi",
        "holder_born": MOTHER_BORN,
        "until_on": date(2027, 6, 1),
    }
    with pytest.raises(Invalid) as fault:
        town.records(**executor)
    assert fault.value.field == "kind"
    died(town)
    with pytest.raises(Invalid) as fault:
        town.records()
    assert fault.value.field == "kind"
    token = town.acts(town.mother, **executor)
    assert {(one.agency.id, one.type.key) for one in records.listed(town.as_one(token))} == {
        (town.school, "home")
    }
    assert helpers.helped(town.as_one(town.session(town.mother)))[0].name == "Hana Ngata"


def test_a_mistake_is_undone_by_two_and_what_was_stopped_does_not_come_back(town):
    own, share, helper, parent = rights(town)
    ref = died(town)
    executor = {
        "kind": "executor",
        "name": "Mere Kingi",
        "holder_born": MOTHER_BORN,
        "until_on": date(2027, 6, 1),
    }
    acting = town.acts(town.mother, **executor)
    with pytest.raises(Invalid):
        town.as_pat().do(service.say_mistake, ref, " ")
    town.as_pat().do(service.say_mistake, ref, "She stands here.")
    with pytest.raises(Invalid):
        town.as_pat().do(service.second, ref, True, "I am sure.")
    assert identity.has_died(town.store.work(), town.child.person_id)
    colleague(town).do(service.second, ref, True, "I see her too.")
    assert queries.death(town.as_pat(), ref).state == "undone"
    assert town.actor(town.session(town.child)).person_id == town.child.person_id
    for token in (helper, parent, acting):
        assert not town.actor(token).helping.live
    assert bundles.show_share(town.as_child(), share).facts.state == "ended"
    assert helpers.helpers(town.as_child())[0].state == "closed"
    assert "death_undone" in [one.kind for one in notices.newest(town.as_child(), 9)]
    assert town.actor(own) is None, "a session that was ended stays so"
    assert written(town, NOW + SECOND) != ref


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"client_ref": "C-1"}, "client_ref"),
        ({"born": date(2000, 1, 1)}, "client_ref"),
        ({"died_on": None}, "died_on"),
        ({"died_on": date(2026, 9, 15)}, "died_on"),
        ({"died_on": date(2001, 1, 1)}, "died_on"),
        ({"saw": " "}, "saw"),
    ],
)
def test_what_cannot_be_a_death_is_refused_beside_the_field(town, wrong, field):
    with pytest.raises(Invalid) as fault:
        town.as_pat().do(service.record_death, draft(town, **wrong))
    assert fault.value.field == field


def test_another_agency_finds_nothing_of_it(town):
    ref = written(town)
    elsewhere = town.as_pat(agency=town.clinic)
    with pytest.raises(NotThere):
        queries.death(elsewhere, ref)
    with pytest.raises(NotThere):
        elsewhere.do(service.second, ref, True, "Yes.")
