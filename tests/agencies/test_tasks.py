"""An agency's worklist: most urgent first, only its own, with counts that always add up."""

from datetime import date, timedelta

import pytest

from portal.agencies import tasks
from portal.base import ids
from portal.base.problems import NotThere
from tests.agencies import factory

TODAY = date(2026, 9, 14)


def fill(store, agency_id, days):
    """One task for each distance from today, in days; gives their refs."""
    work, refs = store.work(now=factory.NOW), []
    for distance in days:
        refs.append(ids.random63())
        due_on = TODAY + timedelta(days=distance)
        work.do(tasks.add, agency_id, refs[-1], "correction", due_on, 5, {"initials": "S. F."})
    return refs


def test_the_list_shows_the_most_urgent_first_a_page_at_a_time(store):
    fill(store, 1, [9, -2, 0, 3, -1])
    work = factory.staff(store, 1)
    first = tasks.worklist(work, most=3)
    second = tasks.worklist(work, most=3, after=first.next)
    assert [(row.due_on - TODAY).days for row in (*first.rows, *second.rows)] == [-2, -1, 0, 3, 9]
    assert second.next is None
    assert first.rows[0].summary == {"initials": "S. F."}


def test_tasks_of_one_day_are_not_lost_between_pages(store):
    refs = fill(store, 1, [1] * 7)
    work, seen, after = factory.staff(store, 1), [], None
    while True:
        page = tasks.worklist(work, most=2, after=after)
        seen += [row.ref for row in page.rows]
        after = page.next
        if after is None:
            break
    assert sorted(seen) == sorted(refs)


@pytest.mark.parametrize("after", ["", "x", "2026-99-99.aaaaaaaaaaaaa", "2026-09-14.zzz", "2026-09-14"])
def test_a_broken_place_in_the_list_starts_at_the_top(sqlite_store, after):
    fill(sqlite_store, 1, [1])
    assert len(tasks.worklist(factory.staff(sqlite_store, 1), after=after).rows) == 1


def test_another_agency_sees_nothing_of_it(store):
    (ref,) = fill(store, 1, [0])
    other = factory.staff(store, 2)
    assert tasks.worklist(other).rows == []
    assert tasks.counts(other, TODAY).open == 0
    for attempt in (lambda: tasks.find(other, ref), lambda: other.do(tasks.change, ref)):
        with pytest.raises(NotThere):
            attempt()


def test_a_person_has_no_worklist(sqlite_store):
    with pytest.raises(NotThere):
        tasks.worklist(factory.person(sqlite_store))


def test_filters_and_their_counts_agree(store):
    refs = fill(store, 1, [-3, -1, 0, 6, 7, 40])
    work = factory.staff(store, 1, account_id=9)
    work.do(lambda w: tasks.change(w, refs[0], state="looking", owner_id=9))
    work.do(lambda w: tasks.change(w, refs[1], state="looking", owner_id=8))
    found = tasks.counts(work, TODAY)
    for name in ("late", "week", "later"):
        assert len(tasks.worklist(work, due={name}).rows) == getattr(found, name) == 2
    for name, wanted in (("mine", 1), ("nobody", 4), ("others", 1)):
        assert len(tasks.worklist(work, owner={name}).rows) == getattr(found, name) == wanted
    assert len(tasks.worklist(work, due={"late"}, owner={"mine", "nobody"}).rows) == 1


def test_a_closed_task_is_gone_from_list_and_counts_but_can_be_asked_for(store):
    first, second = fill(store, 1, [0, 1])
    work = factory.staff(store, 1)
    work.do(tasks.close, 1, first)
    assert [row.ref for row in tasks.worklist(work).rows] == [second]
    assert tasks.counts(work, TODAY).open == 1
    assert [row.ref for row in tasks.worklist(work, states={"closed"}).rows] == [first]
    assert tasks.find(work, first).state == "closed"
