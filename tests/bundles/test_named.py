"""Sharing with a provider by its name: its workers open it, with a reason, while all that it rests on stands."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, text

from portal.access_log import service as access_log
from portal.agencies import queries as catalogue
from portal.agencies import service as agencies
from portal.base import ids
from portal.base.problems import Ended, Invalid, NotThere
from portal.bundles import queries, rules, service
from portal.bundles.models import Address
from portal.delegations.models import Grant
from portal.identity import service as identity
from portal.identity.permissions import ANYBODY, Actor
from portal.notices import service as notices
from portal.records import queries as records
from tests.bundles.factory import a_person, agency

CLINIC, BUDGET = "example-medical-centre", "example-budget-service"
WHY, BROWSER = "Help with the move", "b" * 43


@pytest.fixture
def sina(store):
    return a_person(store)


@pytest.fixture
def clinic(sina):
    return provider(sina, CLINIC)


@pytest.fixture
def ana(sina, clinic):
    return worker(sina, clinic)


def provider(person, slug, **changes):
    """Put an organisation into the catalogue, and give its id."""
    number = person.do(agencies.put_agency, agency(slug) | changes)
    catalogue.forget_catalogue()
    return number


def worker(person, agency_id, role="frontline", name="Ana Example"):
    """Make somebody with a role in an organisation, wearing its hat."""
    account_id = person.do(identity.add_account, f"{role}-{ids.random63()}", "a long password", name)
    person.do(identity.add_membership, account_id, agency_id, role)
    return Actor(kind="account", account_id=account_id, agency_id=agency_id, role=role)


def name_it(person, agency_id, now=None, days=7, once=False, fields=("address",)):
    """Share the address of the tenancy with an organisation by its name."""
    return ids.decode(
        person.do(
            service.make,
            chosen=[{"record": person.records["tenancy"], "fields": list(fields)}],
            recipient="The clinic",
            purpose="Help with a warm home",
            days=days,
            passcode="",
            once=once,
            wishes=rules.Wishes(agency_id),
            now=now,
        )
    )


def open_it(person, actor, ref, browser=BROWSER, now=None):
    return person.do(service.open_named, ref, WHY, browser, actor=actor, now=now)


def listed(person, actor, now=None):
    return [one.ref for one in person.look(service.shares_with_us, actor=actor, now=now)[0]]


def read(person, actor, ref, browser=BROWSER, now=None):
    return person.look(service.read, browser, ref, actor=actor, now=now)


def test_a_worker_finds_it_opens_it_with_a_reason_and_reads_what_was_chosen(sina, ana, clinic):
    ref = name_it(sina, clinic)
    found = sina.look(service.shares_with_us, actor=ana)[0]
    assert [(one.name, one.purpose, one.last_at) for one in found] == [
        ("Sina Tavita", "Help with a warm home", None)
    ]
    assert open_it(sina, ana, ref) == ids.encode(ref)
    share, seen = read(sina, ana, ref)
    assert {key for _, key in seen.keys} == {"address"}
    assert share.provider == clinic
    assert sina.look(service.shares_with_us, actor=ana)[0][0].last_at is not None


def test_the_right_is_a_row_of_the_grants_and_nothing_leads_to_it_from_outside(sina, clinic):
    ref = name_it(sina, clinic)
    work = sina.store.work()
    rows = work.session.scalars(select(Grant).where(Grant.person_id == sina.person_id)).all()
    assert [(one.kind, one.agency_id, one.about, one.ended_at) for one in rows] == [
        ("share", clinic, ref, None)
    ]
    assert work.session.scalars(select(Address)).all() == []
    passcode = work.session.execute(text("select passcode_hash from bundles_share")).scalar_one()
    work.session.close()
    assert passcode == ""
    assert sina.look(service.show_share, ref).code == ""
    with pytest.raises(NotThere):
        sina.look(service.link_of, ref, "http://localhost")
    with pytest.raises(NotThere):
        sina.look(service.code_of, ref)


def test_the_opening_stands_under_the_workers_own_name_and_is_told(sina, ana, clinic):
    ref = name_it(sina, clinic)
    open_it(sina, ana, ref)
    opened = sina.look(service.show_share, ref).opened
    assert [(one.name, one.why, one.signed_in, one.how) for one in opened] == [
        ("Ana Example", WHY, True, "name")
    ]
    looks = sina.look(access_log.looks)
    assert [(one.by, one.what, one.who) for one in looks] == [("provider", "share", "Ana Example")]
    assert "share_opened" in [one.kind for one in sina.look(notices.newest, 10)]


def test_nobody_else_sees_that_it_is_there(sina, ana, clinic):
    budget = provider(sina, BUDGET)
    ref = name_it(sina, clinic)
    open_it(sina, ana, ref)
    others = [
        worker(sina, budget, name="Hemi Ross"),
        worker(sina, clinic, role="administrator", name="Moana"),
        sina.actor,
        ANYBODY,
    ]
    for actor in others:
        with pytest.raises(NotThere):
            open_it(sina, actor, ref)
        with pytest.raises(NotThere):
            read(sina, actor, ref)
    assert listed(sina, others[0]) == []
    for actor in others[1:]:
        with pytest.raises(NotThere):
            listed(sina, actor)


def test_a_colleague_opens_it_for_themself_and_not_through_anothers_browser(sina, ana, clinic):
    ref = name_it(sina, clinic)
    open_it(sina, ana, ref)
    colleague = worker(sina, clinic, name="Tui Example")
    with pytest.raises(NotThere):
        read(sina, colleague, ref, browser="c" * 43)
    open_it(sina, colleague, ref, browser="c" * 43)
    assert read(sina, colleague, ref, browser="c" * 43)


def stops(person, ref, agency_id):
    person.do(service.stop, ref)


def closes_account(person, ref, agency_id):
    work = person.store.work()
    work.do(lambda inner: inner.session.execute(text("update identity_account set state = 'closed'")))
    work.session.close()


def leaves_the_catalogue(person, ref, agency_id):
    provider(person, CLINIC, takes_shares=False)


def loses_its_grant(person, ref, agency_id):
    work = person.store.work()
    work.do(lambda inner: inner.session.execute(text("delete from delegations_grant")))
    work.session.close()


def pauses_everything(person, ref, agency_id):
    person.do(service.pause)


@pytest.mark.parametrize(
    "end", [stops, closes_account, leaves_the_catalogue, loses_its_grant, pauses_everything]
)
def test_it_ends_with_whatever_it_rests_on_at_the_next_use(sina, ana, clinic, end):
    ref = name_it(sina, clinic)
    open_it(sina, ana, ref)
    end(sina, ref, clinic)
    assert listed(sina, ana) == []
    with pytest.raises(Ended):
        read(sina, ana, ref)
    with pytest.raises(NotThere):
        open_it(sina, ana, ref)


def test_it_ends_by_itself_when_its_time_is_over(sina, ana, clinic):
    ref = name_it(sina, clinic, days=1)
    late = datetime.now(UTC) + timedelta(days=1, minutes=1)
    assert listed(sina, ana, now=late) == []
    with pytest.raises(NotThere):
        open_it(sina, ana, ref, now=late)


def test_stopping_ends_the_grant(sina, clinic):
    ref = name_it(sina, clinic)
    sina.do(service.stop, ref)
    work = sina.store.work()
    ended = work.session.scalars(select(Grant.ended_at).where(Grant.about == ref)).all()
    work.session.close()
    assert len(ended) == 1 and ended[0] is not None


def test_one_that_opens_once_is_gone_for_everybody_but_who_opened_it(sina, ana, clinic):
    ref = name_it(sina, clinic, once=True)
    open_it(sina, ana, ref)
    assert read(sina, ana, ref)
    colleague = worker(sina, clinic, name="Tui Example")
    assert listed(sina, colleague) == []
    with pytest.raises(NotThere):
        open_it(sina, colleague, ref, browser="c" * 43)


@pytest.mark.parametrize("slug", ["example-housing", None])
def test_only_a_provider_can_be_named(sina, slug):
    number = provider(sina, slug) if slug else ids.random63()
    with pytest.raises(Invalid):
        name_it(sina, number)


def test_a_provider_that_left_while_the_person_chose_takes_nothing(sina, clinic):
    found = sina.look(lambda work: service.providers(work)[0])
    assert clinic in [one.id for one in found]
    ref = ids.decode(sina.do(service.start, [record_ref(sina)]))
    sina.do(service.keep_who, ref, "", "Help", 7, False, rules.Wishes(clinic))
    provider(sina, CLINIC, takes_shares=False)
    with pytest.raises(Invalid):
        sina.do(service.share, ref)


def record_ref(person):
    view = person.look(
        lambda work: records.for_record_ids(work, person.person_id, [person.records["tenancy"]])[0]
    )
    return ids.encode(view.ref)


def test_what_should_not_be_asked_again_is_named_from_what_is_in_the_share(sina, clinic):
    ref = ids.decode(sina.do(service.start, [record_ref(sina)]))
    draft = sina.look(lambda work: service.askable(work, queries.draft(work, ref)))
    key = draft[0][0]
    sina.do(service.keep_who, ref, "", "Help", 7, False, rules.Wishes(clinic, (key, "made.up")))
    sina.do(service.share, ref)
    named = sina.look(lambda work: service.quiet_titles(work, service.show_share(work, ref).facts))
    assert [one.text for one in named] == ["Tenancy"]


def test_the_list_comes_a_part_at_a_time(sina, ana, clinic):
    for _ in range(31):
        name_it(sina, clinic)
    first, last = sina.look(service.shares_with_us, actor=ana)
    rest, none = sina.look(service.shares_with_us, last, actor=ana)
    assert (len(first), len(rest), none) == (30, 1, None)
    assert not {one.ref for one in first} & {one.ref for one in rest}


def test_those_whose_share_ends_first_stand_first_and_what_ended_is_gone(sina, ana, clinic):
    week, day, month = (name_it(sina, clinic, days=days) for days in (7, 1, 30))
    first = [one.ref for one in sina.look(service.ending_first, 2, actor=ana)]
    assert first == [day, week]
    later = datetime.now(UTC) + timedelta(days=8)
    assert [one.ref for one in sina.look(service.ending_first, 5, actor=ana, now=later)] == [month]
    budget = worker(sina, provider(sina, BUDGET), name="Hemi Ross")
    assert sina.look(service.ending_first, 5, actor=budget) == []
    with pytest.raises(NotThere):
        sina.look(service.ending_first, 5)
