"""Somebody acts for a person at one agency, as its staff checked, until a day; and an order goes before it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from portal.access_log import queries as access_log
from portal.agencies import tasks
from portal.base import ids
from portal.base.clock import NZ
from portal.base.problems import Conflict, Ended, Invalid, NotThere
from portal.delegations import queries, service
from portal.delegations.queries import authority
from portal.delegations.rules import Group, last_day
from portal.identity.permissions import Permission, allowed, refusal
from portal.notices import service as notices
from portal.records import queries as records
from tests.delegations import authority_town
from tests.delegations.authority_town import MOTHER_BORN, NOW

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)


@pytest.fixture
def town(store):
    return authority_town.town(store)


def seen(town, token, now=NOW):
    """What of the two agencies a session may read, as pairs."""
    return {(one.agency.id, one.type.key) for one in records.listed(town.as_one(token, now))}


def live(town, token, now):
    return town.actor(token, now).helping.live


def rows(town, now=NOW):
    found = tasks.worklist(town.as_pat(now))
    return [one.kind for one in found.rows if one.kind.startswith("authority")]


def told(town):
    return [one.kind for one in notices.newest(town.as_child(), 9) if one.kind != "records_linked"]


def test_a_parent_sees_what_was_ticked_at_the_agency_that_checked_and_may_only_look(town):
    token = town.acts()
    actor = town.actor(token)
    assert actor.person_id == town.child.person_id and actor.helping.by_authority
    assert seen(town, token) == {(town.school, "home")}
    assert [one.agency.id for one in records.index(town.as_one(token)).holdings] == [town.school]
    assert allowed(actor, Permission.RECORDS_LOOK)
    for shut in (Permission.CORRECTIONS_ASK, Permission.BUNDLES_SHARE, Permission.DELEGATIONS_GIVE):
        assert not allowed(actor, shut)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": "friend"}, "kind"),
        ({"name": " "}, "name"),
        ({"name": "Hana Ngata", "holder_born": authority_town.BORN}, "name"),
        ({"holder_born": None}, "holder_born"),
        ({"holder_born": date(2030, 1, 1)}, "holder_born"),
        ({"form": ""}, "form"),
        ({"saw": " "}, "saw"),
        ({"types": frozenset()}, "types"),
        ({"types": frozenset({"diary"})}, "types"),
        ({"types": frozenset({"mark"})}, "types"),
        ({"types": frozenset({"visit"})}, "own_yes"),
        ({"from_on": None}, "from_on"),
        ({"from_on": date(2026, 9, 15)}, "from_on"),
        ({"until_on": date(2026, 8, 1)}, "until_on"),
        ({"until_on": date(2026, 9, 13)}, "until_on"),
        ({"kind": "written"}, "until_on"),
        ({"kind": "written", "until_on": date(2027, 9, 15)}, "until_on"),
        ({"kind": "attorney", "until_on": date(2028, 1, 1)}, "until_on"),
        ({"client_ref": "C-1"}, "client_ref"),
        ({"client_ref": ""}, "client_ref"),
        ({"born": date(2012, 5, 5)}, "client_ref"),
        ({"born": None}, "client_ref"),
    ],
)
def test_what_cannot_be_an_authority_is_refused_beside_the_field(town, wrong, field):
    with pytest.raises(Invalid) as fault:
        town.records(**wrong)
    assert fault.value.field == field
    assert authority.authorities(town.as_pat(), 9) == [] and told(town) == []


def test_nobody_of_another_agency_finds_it_and_staff_record_nothing_about_themselves(town):
    town.records()
    ref, elsewhere = town.authority().ref, town.as_pat(agency=town.clinic)
    with pytest.raises(NotThere):
        authority.authority(elsewhere, ref)
    assert authority.authorities(elsewhere, 9) == []
    for verb, more in ((service.end_authority, "It ended."), (service.new_authority_code, None)):
        with pytest.raises(NotThere):
            elsewhere.do(verb, ref, *([more] if more else []))
    own = town.as_child()
    own.actor = type(own.actor)("account", town.child.id, town.child.person_id, town.school, "caseworker")
    with pytest.raises(Invalid):
        own.do(service.record_authority, town.draft())


def test_a_code_opens_nothing_to_anybody_but_whom_staff_saw(town):
    code = town.records()
    for other in (town.mother, town.child, town.pat):
        assert town.as_one(town.session(other)).do(service.begin_to_help, code) is None
    assert town.as_one(town.session(town.father)).do(service.begin_to_help, code) is None
    assert rows(town) == ["authority_code"]
    assert sorted(told(town)) == ["authority_made", "authority_tried"]
    again = town.as_pat().do(service.new_authority_code, town.authority().ref)
    assert town.as_one(town.session(town.father)).do(service.begin_to_help, again) == "taken"
    with pytest.raises(Ended):
        town.as_pat().do(service.new_authority_code, town.authority().ref)


def test_who_recorded_it_cannot_begin_it(town):
    work = town.as_pat(account=town.father.id)
    code = work.do(service.record_authority, town.draft())
    assert town.as_one(town.session(town.father)).do(service.begin_to_help, code) is None


def test_the_person_sees_who_may_act_who_checked_it_and_each_look_by_both_names(town):
    token = town.acts()
    town.as_one(token).do(service.note_helped_page, (("Your home", town.school),))
    one = authority.over_me(town.as_child())[0]
    assert (one.name, one.kind, one.form, one.types) == (
        "Tane Ngata",
        "parent",
        "Birth certificate",
        {"home"},
    )
    assert one.checks == [("Pat Desk", "Seen on paper, with his driver licence.", date(2026, 9, 14))]
    assert one.used_at == NOW
    look = access_log.looks(town.as_child(), town.child.person_id, 5, None)[0]
    assert (look.who, look.role, look.why) == ("Tane Ngata", "acting", "They are your parent or guardian")
    assert queries.helpers(town.as_child()) == [], "who was not chosen is not among those whom she chose"
    assert sorted(told(town)) == ["authority_began", "authority_made"]


@pytest.mark.parametrize("ending", ["staff", "person", "order"])
def test_each_end_is_the_same_to_who_acts(town, ending):
    written = {"kind": "written", "until_on": date(2027, 1, 1)}
    token = town.acts(**written)
    ref = town.authority().ref
    if ending == "staff":
        town.as_pat().do(service.end_authority, ref, "The paper was taken back.")
    elif ending == "person":
        town.as_child().do(service.stop_authority, ref)
    else:
        town.order()
    actor = town.actor(token)
    assert not actor.helping.live and actor.person_id is None
    assert {refusal(actor, one) for one in Permission} == {"You cannot see this any more. Ask the person."}
    assert town.authority().state == "ended" and town.authority().ended["why"] == ending
    with pytest.raises(Conflict):
        town.as_pat().do(service.check_again, ref, date(2027, 1, 1), "Seen.")


def test_an_end_by_staff_has_a_reason_and_only_what_was_given_in_writing_is_the_persons_to_stop(town):
    town.acts()
    ref = town.authority().ref
    with pytest.raises(Invalid):
        town.as_pat().do(service.end_authority, ref, " ")
    with pytest.raises(NotThere):
        town.as_child().do(service.stop_authority, ref)
    with pytest.raises(NotThere):
        town.as_one(town.session(town.mother)).do(service.stop_authority, ref)


def test_who_objects_makes_work_for_staff_once(town):
    town.acts()
    ref = town.authority().ref
    town.as_child().do(service.object_to, ref, "He does not live with us.", "en")
    assert rows(town) == ["authority_object"] and town.authority().objected_at == NOW
    with pytest.raises(Conflict):
        town.as_child().do(service.object_to, ref, "Again.", "en")


def test_an_authority_is_checked_again_and_stands_for_longer(town):
    token = town.acts(kind="attorney", until_on=date(2026, 12, 31))
    later = NOW + 90 * DAY
    ref = town.authority().ref
    with pytest.raises(Invalid):
        town.as_pat(later).do(service.check_again, ref, date(2028, 1, 1), "Seen.")
    town.as_pat(later).do(service.check_again, ref, date(2027, 12, 1), "The same paper, and his licence.")
    found = town.authority(later)
    assert found.last_on == date(2027, 12, 1) and [one[1] for one in found.checks][0].startswith("The same")
    token = town.again(town.father, later)
    assert live(town, token, later)


def test_staff_are_asked_to_look_again_four_weeks_before_the_end(town):
    town.acts(kind="attorney", until_on=date(2026, 12, 31))
    end = town.authority().until
    for moment, expected in ((end - 29 * DAY, []), (end - 27 * DAY, ["authority_review"])):
        work = town.store.work(now=moment)
        work.do(
            service.review_authority, {"person_id": str(town.child.person_id), "id": str(town.authority().id)}
        )
        assert rows(town, moment) == expected


@pytest.mark.parametrize(
    ("born", "sixteen"),
    [
        # Summer time ends on 4 April 2027 and begins on 26 September 2027.
        (date(2011, 4, 4), datetime(2027, 4, 3, 11, tzinfo=UTC)),
        (date(2011, 4, 5), datetime(2027, 4, 4, 12, tzinfo=UTC)),
        (date(2011, 9, 26), datetime(2027, 9, 25, 12, tzinfo=UTC)),
        (date(2011, 9, 27), datetime(2027, 9, 26, 11, tzinfo=UTC)),
        (date(2012, 2, 29), datetime(2028, 2, 28, 11, tzinfo=UTC)),
    ],
)
def test_t28_a_parent_sees_nothing_from_midnight_on_in_new_zealand_at_16(store, born, sixteen):
    town = authority_town.town(store, born)
    town.acts()
    token = town.again(town.father, sixteen - 5 * SECOND)
    assert live(town, token, sixteen - SECOND)
    assert not live(town, token, sixteen)
    assert last_day(town.authority().until) == (sixteen - SECOND).astimezone(NZ).date()
    with pytest.raises(Invalid) as fault:
        town.records(sixteen)
    assert fault.value.field == "kind"


@pytest.mark.parametrize(
    ("last_on", "over"),
    [
        (date(2027, 4, 3), datetime(2027, 4, 3, 11, tzinfo=UTC)),
        (date(2027, 4, 4), datetime(2027, 4, 4, 12, tzinfo=UTC)),
        (date(2026, 9, 26), datetime(2026, 9, 26, 12, tzinfo=UTC)),
        (date(2026, 9, 27), datetime(2026, 9, 27, 11, tzinfo=UTC)),
    ],
)
def test_an_authority_holds_through_its_last_day_in_new_zealand(town, last_on, over):
    town.acts(kind="attorney", until_on=last_on)
    token = town.again(town.father, over - 5 * SECOND)
    assert live(town, token, over - SECOND) and not live(town, token, over)


def test_the_childs_own_yes_is_needed_from_the_age_that_the_agency_says(store):
    town = authority_town.town(store, date(2013, 5, 4))
    town.acts(types=frozenset({"home", "visit"}))
    assert town.authority().last_on == date(2027, 5, 3), "until she is 14, and then she is asked"
    at_14 = datetime(2027, 5, 3, 12, tzinfo=UTC)
    with pytest.raises(Invalid) as fault:
        town.as_pat(at_14 - SECOND).do(service.check_again, town.authority().ref, date(2029, 1, 1), "")
    assert fault.value.field == "saw"
    town.as_pat(at_14 - SECOND).do(
        service.check_again, town.authority().ref, None, "She said yes, alone.", True
    )
    assert town.authority(at_14).last_on == date(2029, 5, 3) and town.authority(at_14).own_yes


def test_an_order_goes_before_every_right_at_the_agency_that_wrote_it_down(town):
    token = town.acts(types=frozenset({"home"}))
    town.order(everything=False, types=["home"])
    assert live(town, token, NOW) and seen(town, token) == set()
    assert records.index(town.as_one(token)).holdings[0].count == 0
    with pytest.raises(Invalid) as fault:
        town.records()
    assert fault.value.field == "types"
    town.order(NOW + SECOND)
    with pytest.raises(Invalid) as fault:
        town.records(NOW + SECOND)
    assert fault.value.field == "name"
    assert not live(town, token, NOW + SECOND)
    town.records(NOW + SECOND, name="Mere Kingi", holder_born=MOTHER_BORN)


def test_an_order_holds_for_a_helper_whom_the_child_chose_and_for_who_begins_later(town):
    groups = frozenset({Group(town.school, "home"), Group(town.clinic, "home")})
    code = town.as_child().do(service.add_helper, service.HelperDraft("Dad", groups, 3))
    town.order()
    token = town.session(town.father)
    assert town.as_one(token).do(service.begin_to_help, code) == "taken"
    assert seen(town, token) == {(town.clinic, "home")}, (
        "only the agency that wrote it down keeps it from him"
    )
    assert [one.agency.id for one in records.index(town.as_one(token)).holdings] == [town.clinic]
    town.order(agency=town.clinic)
    assert seen(town, token) == set()


def test_an_order_that_is_lifted_gives_nothing_back_by_itself(town):
    token = town.acts()
    ref = town.order()
    with pytest.raises(Invalid):
        town.as_pat().do(service.lift_order, ids.decode(ref), "")
    town.as_pat().do(service.lift_order, ids.decode(ref), "The court ended it.")
    assert not live(town, token, NOW)
    with pytest.raises(Conflict):
        town.as_pat().do(service.lift_order, ids.decode(ref), "Again.")
    assert town.acts(now=NOW + SECOND)
