"""Help ends: the person is told two weeks before, and goes on by a deliberate act of their own, or lets it end."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.base.outbox import OutboxRow
from portal.base.problems import Conflict, Invalid, NotThere
from portal.delegations import rules, service
from portal.identity.permissions import SYSTEM
from portal.notices import rules as words
from portal.notices import service as notices
from tests.delegations import factory
from tests.delegations.factory import NOW

END = rules.end_after(NOW.date(), 3)
BEFORE = END - rules.SOON


@pytest.fixture
def town(store):
    return factory.town(store)


def rings(town, now):
    """Do what is due by now, as the worker process does; gives how often the person was told."""
    rows = town.store.work(now=now).session.scalars(
        select(OutboxRow).where(OutboxRow.job == service.ENDS_SOON, OutboxRow.due_at <= now)
    )
    for row in list(rows):
        town.store.work(SYSTEM, now).do(service.tell_ends, row.about)
    return [one.kind for one in notices.newest(town.as_mere(now))].count("helper_ends")


def test_the_person_is_told_two_weeks_before_and_the_helper_is_not(town):
    town.helping()
    assert rings(town, BEFORE - timedelta(minutes=1)) == 0
    assert rings(town, BEFORE) == 1
    notice = notices.newest(town.as_mere(BEFORE))[0]
    assert (notice.kind, notice.about) == ("helper_ends", town.helper().ref)
    assert words.purpose_of("helper_ends") == "safety"
    ria = notices.newest(town.store.work(town.actor(town.session(town.ria, BEFORE), BEFORE), BEFORE))
    assert "helper_ends" not in [one.kind for one in ria]


def test_nothing_goes_on_by_itself(town):
    town.helping()
    rings(town, BEFORE)
    assert town.helper(END).state == "expired"


def test_going_on_counts_from_today_a_year_at_most_and_is_told_of_anew(town):
    town.helping()
    ref, on = town.helper().ref, BEFORE + timedelta(days=1)
    town.as_mere(on).do(service.go_on, ref, 12)
    later = town.helper(on)
    assert later.last_on == rules.months_after(rules.last_day(on + timedelta(days=1)), 12)
    assert later.groups and later.state == "live"
    assert rings(town, BEFORE + timedelta(days=2)) == 0, "of the end that was put off nothing is said"
    assert rings(town, END + timedelta(days=345)) == 1


@pytest.mark.parametrize("months", [0, 2, 13, 24])
def test_no_other_time_than_those_offered(town, months):
    town.helping()
    with pytest.raises(Invalid, match="Choose for how long"):
        town.as_mere().do(service.go_on, town.helper().ref, months)


def test_what_is_over_or_somebody_elses_does_not_go_on(town):
    token = town.helping()
    ref = town.helper().ref
    with pytest.raises(NotThere):
        town.as_one(token).do(service.go_on, ref, 3)
    with pytest.raises(NotThere):
        town.store.work(town.actor(town.session(town.ria))).do(service.go_on, ref, 3)
    with pytest.raises(Conflict):
        town.as_mere(END).do(service.go_on, ref, 3)
    town.as_mere().do(service.stop_helper, ref)
    with pytest.raises(Conflict):
        town.as_mere().do(service.go_on, ref, 3)
    assert rings(town, BEFORE) == 0


def test_a_helper_who_never_began_is_no_news(town):
    town.code()
    town.as_mere().do(service.change_helper, town.helper().ref, town.draft(months=6))
    assert rings(town, END + timedelta(days=100)) == 0
