"""A helper sees what was ticked and no more, until when the person said, and nothing afterwards."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from portal.access_log import queries as access_log
from portal.base.ledger import Leaf
from portal.base.problems import Conflict, Invalid, NotThere
from portal.delegations import queries, rules, service
from portal.delegations.models import Helped, Helper, HelperCode
from portal.delegations.rules import Group
from portal.identity import service as accounts
from portal.identity.models import Account
from portal.identity.permissions import ANYBODY, Permission, allowed, refusal
from portal.notices import service as notices
from portal.records import queries as records
from tests.delegations import factory
from tests.delegations.factory import NOW

DAY = timedelta(days=1)


@pytest.fixture
def town(store):
    return factory.town(store)


def seen(town, token, now=NOW):
    """What of the two agencies a session may read, as pairs."""
    return {(one.agency.id, one.type.key) for one in records.listed(town.as_one(token, now))}


def test_a_helper_acts_for_the_person_and_sees_the_ticked_groups_only(town):
    token = town.helping((town.homes, "home"), (town.clinic, "visit"))
    actor = town.actor(token)
    assert actor.person_id == town.mere.person_id and actor.account_id == town.ria.id
    assert seen(town, token) == {(town.homes, "home"), (town.clinic, "visit")}


def test_counts_pages_search_time_and_sectors_obey_what_was_ticked(town):
    work = town.as_one(town.helping((town.homes, "home")))
    found = records.index(work)
    assert [(one.agency.id, one.count, one.kept, one.open_requests) for one in found.holdings] == [
        (town.homes, 1, 0, 0)
    ]
    page = records.of_agency(work, town.homes)
    assert page.holding.count == 1 and [group.type.key for group in page.groups] == ["home"]
    with pytest.raises(NotThere):
        records.of_agency(work, town.clinic)
    line = records.timeline(work, records.Wanted())
    assert [one.type.key for _, events in line.months for one in events] == ["home"]
    assert [one.id for one in line.agencies] == [town.homes]
    sectors = records.sectors(work)
    assert {one.topic: len(one.linked) for one in sectors if one.linked} == {"housing": 1}
    english = records.search(work, ["mere"], _english(), safety=True)
    assert [hit.record.type.key for hit in english.hits] == ["home"]
    assert records.search(work, ["visit"], _english(), safety=True).count == 0


def test_a_record_that_was_not_ticked_is_not_there_and_neither_is_its_agency(town):
    own = {(one.agency.id, one.type.key): one.ref for one in records.listed(town.as_mere())}
    work = town.as_one(town.helping((town.homes, "home")))
    assert records.show(work, own[town.homes, "home"]).type.key == "home"
    for other in ((town.homes, "visit"), (town.homes, "mark"), (town.clinic, "home")):
        with pytest.raises(NotThere):
            records.show(work, own[other])


def test_whatever_a_helper_reads_as_is_narrowed_to_what_was_ticked(town):
    work = town.as_one(town.helping((town.homes, "home")))
    for reader in (records.Reader.PERSON, records.Reader.RECIPIENT):
        assert [
            one.type.key for one in records.for_record_ids(work, town.mere.person_id, _all(town), reader)
        ] == ["home"]
    with pytest.raises(NotThere):
        records.held_by(work, town.mere.person_id)


def test_a_hidden_agency_is_hidden_from_a_helper_too(town):
    from portal.agencies import service as agencies

    token = town.helping((town.homes, "home"), (town.clinic, "home"))
    town.as_mere().do(agencies.hide, town.clinic)
    assert seen(town, token) == {(town.homes, "home")}
    assert [one.agency.id for one in records.index(town.as_one(token)).holdings] == [town.homes]


def test_a_tick_at_a_whole_agency_stands_for_all_of_it_but_safety(town):
    token = town.helping((town.clinic, "home"), whole=(town.homes,))
    assert seen(town, token) == {(town.homes, "home"), (town.homes, "visit"), (town.clinic, "home")}
    assert (town.homes, "mark") in seen(town, town.helping((town.homes, "mark")))


def test_only_what_is_linked_can_be_ticked_and_something_must_be(town):
    for groups, whole in (([(1, "home")], ()), ([(town.homes, "none")], ()), ([(town.homes, "x")], (1,))):
        with pytest.raises(Invalid) as fault:
            town.code(*groups, whole=whole)
        assert fault.value.field == "groups"
    for more, field in (({"name": " "}, "name"), ({"months": 24}, "months")):
        with pytest.raises(Invalid) as fault:
            town.code(**more)
        assert fault.value.field == field


def test_a_helper_may_do_nothing_but_look(town):
    actor = town.actor(town.helping())
    looks = {Permission.RECORDS_LOOK, Permission.DELEGATIONS_BACK, Permission.IDENTITY_STEP_UP}
    anybody = {one for one in Permission if allowed(ANYBODY, one)}
    assert {one for one in Permission if allowed(actor, one)} == looks | anybody


@pytest.mark.parametrize("ending", ["stopped", "unsafe", "expired", "account shut", "grant ended"])
def test_every_end_is_the_same_to_the_helper(town, ending):
    token, now = town.helping(), NOW
    if ending in ("stopped", "unsafe"):
        town.as_mere().do(service.stop_helper, town.helper().ref, ending == "unsafe")
    elif ending == "expired":
        now = rules.end_after(date(2026, 9, 14), 3)
        token = _moved(town, token, now)
    elif ending == "account shut":
        change = update(Account).where(Account.id == town.mere.id).values(state="closed")
        town.store.work().do(lambda work: work.session.execute(change) and None)
    else:
        town.store.work().do(service.end, town.mere.person_id, "helper", town.helper().id)
    actor = town.actor(token, now)
    assert actor.person_id is None and actor.helping is not None and not actor.helping.live
    assert not allowed(actor, Permission.RECORDS_LOOK) and not allowed(actor, Permission.IDENTITY_ACCOUNT)
    assert {refusal(actor, one) for one in Permission} == {"You cannot see this any more. Ask the person."}
    work = town.store.work(actor, now)
    with pytest.raises(NotThere):
        records.index(work)
    work.do(service.own_pages)
    assert town.actor(token, now).person_id == town.ria.person_id
    assert queries.helped(town.as_one(token, now)) == []


def test_a_helper_whose_time_is_over_is_back_on_own_pages_with_one_button(town):
    token = town.helping()
    town.as_one(token).do(service.own_pages)
    actor = town.actor(token)
    assert actor.helping is None and actor.person_id == town.ria.person_id
    one = queries.helped(town.as_one(token))[0]
    assert one.name == "Mere Ngata" and one.last_on == date(2026, 12, 14)
    town.as_one(token).do(service.help_again, one.ref)
    assert town.actor(token).person_id == town.mere.person_id
    with pytest.raises(NotThere):
        town.as_one(token).do(service.help_again, one.ref)


def test_a_worker_who_helps_privately_wears_no_hat_meanwhile_and_has_it_again_afterwards(town, store):
    worker = _worker(town, store)
    token, code = town.session(worker), town.code()
    town.as_one(token).do(accounts.wear, town.homes)
    assert town.as_one(token).do(service.begin_to_help, code) == "taken"
    assert (town.actor(token).agency_id, town.actor(token).role) == (None, None)
    town.as_one(token).do(service.own_pages)
    assert town.actor(token).agency_id == town.homes


def test_putting_on_a_hat_ends_helping(town, store):
    worker = _worker(town, store)
    token = town.session(worker)
    town.as_one(token).do(service.begin_to_help, town.code())
    town.as_one(token).do(accounts.wear, town.homes)
    assert town.actor(token).helping is None and town.actor(token).agency_id == town.homes


def test_a_code_works_once_and_every_failure_is_alike(town):
    token, code = town.session(town.ria), town.code()
    own = town.session(town.mere)
    assert town.as_one(own).do(service.begin_to_help, code) is None
    assert town.as_one(token).do(service.begin_to_help, "ABCDEFGH") is None
    late = NOW + rules.CODE_LIFE
    assert town.as_one(town.session(town.ria, late), late).do(service.begin_to_help, code) is None
    spaced = f" {code[:4].lower()} {code[4:]}"
    assert town.as_one(token).do(service.begin_to_help, spaced) == "taken"
    other = town.session(town.ria)
    assert town.as_one(other).do(service.begin_to_help, code) is None
    stopped = town.code(now=NOW + timedelta(seconds=1))
    town.as_mere().do(service.stop_helper, town.helper().ref)
    assert town.as_one(other).do(service.begin_to_help, stopped) is None


def test_a_new_code_makes_the_one_before_worth_nothing(town):
    first = town.code()
    second = town.as_mere().do(service.new_helper_code, town.helper().ref)
    token = town.session(town.ria)
    assert town.as_one(token).do(service.begin_to_help, first) is None
    assert town.as_one(token).do(service.begin_to_help, second) == "taken"
    assert town.store.work().session.scalars(select(HelperCode)).all() == []


def test_what_is_ticked_and_until_when_can_be_changed_at_once(town):
    token = town.helping((town.homes, "home"))
    later = NOW + 10 * DAY
    draft = town.draft((town.clinic, "home"), name="Ria", months=12)
    town.as_mere(later).do(service.change_helper, town.helper().ref, draft)
    fresh = _moved(town, token, later)
    assert seen(town, fresh, later) == {(town.clinic, "home")}
    assert town.helper(later).last_on == date(2027, 9, 24)
    town.as_mere(later).do(service.stop_helper, town.helper(later).ref)
    with pytest.raises(Conflict):
        town.as_mere(later).do(service.change_helper, town.helper(later).ref, draft)


def test_another_persons_helper_is_not_there(town):
    town.helping()
    ref = town.helper().ref
    stranger = town.as_one(town.session(town.ria))
    for verb, *more in (
        (service.stop_helper,),
        (service.new_helper_code,),
        (service.change_helper, town.draft()),
    ):
        with pytest.raises(NotThere):
            stranger.do(verb, ref, *more)


def test_who_helps_cannot_let_others_help(town):
    work = town.as_one(town.helping())
    with pytest.raises(NotThere):
        queries.helpers(work)
    with pytest.raises(NotThere):
        work.do(service.add_helper, town.draft())
    with pytest.raises(NotThere):
        work.do(service.begin_to_help, "ABCDEFGH")


def test_the_person_is_told_and_reads_each_page_by_both_names(town):
    token = town.helping()
    assert _told(town) == ["helper_began"]
    town.as_one(token).do(service.note_helped_page, (("Your home", town.homes),))
    look = access_log.looks(town.as_mere(), town.mere.person_id, 5, None)[0]
    assert (look.who, look.role, look.by) == ("Ria Ngata (moko Ria)", "helper", "helper")
    assert look.named({town.homes}) == ["Your home"] and look.named({town.clinic}) == []
    assert town.helper().used_at == NOW


def test_all_of_it_is_in_the_ledger_and_only_the_name_is_sealed_text(town):
    town.helping()
    town.as_mere().do(service.stop_helper, town.helper().ref)
    leaves = town.store.work().session.execute(select(Leaf.entity, Leaf.change)).all()
    for leaf in (
        ("delegations_helper", "insert"),
        ("delegations_helper", "update"),
        ("delegations_scope", "insert"),
        ("delegations_grant", "insert"),
        ("delegations_grant", "update"),
    ):
        assert leaf in [tuple(one) for one in leaves]
    row = town.store.work().session.scalars(select(Helper)).one()
    assert b"Ria" not in row.name and (row.state, row.unsafe) == ("ended", False)


def test_what_makes_the_person_feel_unsafe_stands_on_their_own_pages_only(town):
    token = town.helping()
    town.as_mere().do(service.stop_helper, town.helper().ref, True)
    assert town.helper().state == "unsafe"
    assert _told(town) == ["helper_began"]
    assert town.actor(token).helping == type(town.actor(token).helping)()


def test_nobody_has_more_helpers_at_once_than_twelve(town):
    for _ in range(rules.MOST_HELPERS):
        town.code()
    with pytest.raises(Invalid):
        town.code()
    town.as_mere().do(service.stop_helper, town.helper().ref)
    town.code()


@pytest.mark.parametrize(
    ("today", "months", "over"),
    [
        # Standard time, then daylight saving (from 27 September 2026), and back (on 4 April 2027).
        (date(2026, 8, 26), 1, datetime(2026, 9, 26, 12, tzinfo=UTC)),
        (date(2026, 8, 27), 1, datetime(2026, 9, 27, 11, tzinfo=UTC)),
        (date(2026, 9, 14), 3, datetime(2026, 12, 14, 11, tzinfo=UTC)),
        (date(2027, 1, 3), 3, datetime(2027, 4, 3, 11, tzinfo=UTC)),
        (date(2027, 1, 4), 3, datetime(2027, 4, 4, 12, tzinfo=UTC)),
        (date(2026, 11, 30), 3, datetime(2027, 2, 28, 11, tzinfo=UTC)),
        (date(2027, 2, 28), 12, datetime(2028, 2, 28, 11, tzinfo=UTC)),
        (date(2028, 2, 29), 12, datetime(2029, 2, 28, 11, tzinfo=UTC)),
        (date(2026, 12, 31), 6, datetime(2027, 6, 30, 12, tzinfo=UTC)),
    ],
)
def test_help_ends_with_the_last_day_in_new_zealand(today, months, over):
    assert rules.end_after(today, months) == over
    assert rules.last_day(over) == rules.months_after(today, months)


def _told(town):
    """What Mere was told, without that her agencies were linked."""
    return [one.kind for one in notices.newest(town.as_mere(), 9) if one.kind != "records_linked"]


def _english():
    from portal.language.service import translator

    return translator("en")


def _all(town):
    return [one.id for one in records.listed(town.as_mere())]


def _moved(town, token, now):
    """Another session that acts as this one does, open at a later moment: the first one would have timed out."""
    later = town.session(town.ria, now)
    ref = town.store.work().session.scalars(select(Helped.ref)).first()
    one = town.store.work(now=now).session.scalars(select(Helped).where(Helped.ref == ref)).one()
    grant = queries.grants_of(town.store.work(), one.person_id, one.helper_id)[0]
    town.as_one(later, now).do(accounts.act_for, one.person_id, grant.id)
    return later


def _worker(town, store):
    from tests.identity import factory as identity

    worker = identity.account(store, "hemi", "Hemi", person=False)
    store.work(now=NOW).do(accounts.add_membership, worker.id, town.homes, "frontline")
    return worker


def test_a_group_is_what_the_ticks_say():
    assert Group(1, "home") == Group(1, "home") < Group(2, "home")
