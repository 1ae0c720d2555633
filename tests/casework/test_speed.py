"""Ten thousand open rows: the deepest page costs what the first one does, and no page reads what it does not show."""

import json
import re
from datetime import date, timedelta

import pytest
from sqlalchemy import event, insert, text

from portal.agencies import tasks
from portal.agencies.models import Task, TaskCount
from portal.base import ids
from portal.base.crypto import SYSTEM_OWNER, Place
from tests.corrections import factory as corrections
from tests.corrections.factory import NOW
from tests.records.factory import counted

ROWS, MOST = 10_000, 25
FIRST_DAY = date(2026, 11, 1)


@pytest.fixture
def full(store):
    """A town whose agency has ten thousand open rows, in the order of chance in which requests come in."""
    town = corrections.town(store)

    def _fill(work):
        rows, counts = [], {}
        for number in range(ROWS):
            ref, due_on = ids.random63(), FIRST_DAY + timedelta(days=number * 7919 % 90)
            place = Place("agencies_task", "summary", ref, SYSTEM_OWNER, town.agency_id)
            summary = {
                "reference": f"FIX-{number:05}",
                "initials": "SF",
                "labels": ["Home address"],
                "language": "sm",
            }
            same = {
                "agency_id": town.agency_id,
                "kind": "correction",
                "state": "new",
                "owner_id": number % 20,
            }
            same |= {"due_on": due_on, "language": "sm"}
            rows.append(
                same
                | {"ref": ref, "person_id": 0, "summary": work.keys.seal_json(place, summary), "version": 1}
            )
            counts[due_on, number % 20] = same | {"n": counts.get((due_on, number % 20), {"n": 0})["n"] + 1}
        work.session.execute(insert(Task), rows)
        work.session.execute(insert(TaskCount), list(counts.values()))

    town.store.work(now=NOW).do(_fill)
    with store.core.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("analyze" if store.kind == "sqlite" else "vacuum analyze agencies_task"))
    return town


def explained(town, **asked):
    """The page, and what the database says of how it finds its rows."""
    engine, found = town.store.core.engine, []

    def _see(connection, _cursor, statement, values, *_rest):
        if "FROM agencies_task " in statement and "LIMIT" in statement and "EXPLAIN" not in statement:
            found.append((statement, values))

    event.listen(engine, "before_cursor_execute", _see)
    try:
        page = tasks.worklist(town.work(town.priya), **asked)
    finally:
        event.remove(engine, "before_cursor_execute", _see)
    ((statement, values),) = found
    how = "EXPLAIN QUERY PLAN" if town.store.kind == "sqlite" else "EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON)"
    with engine.connect() as connection:
        return page, connection.exec_driver_sql(f"{how} {statement}", values).fetchall()


def deepest(town):
    """The key before the last whole page."""
    work, after = town.work(town.priya), None
    seen, pages = [], 0
    while True:
        page = tasks.worklist(work, after=after, most=500)
        seen += [(row.due_on, row.ref) for row in page.rows]
        pages += 1
        after = page.next
        if after is None:
            break
    assert len(seen) == len(set(seen)) == ROWS and seen == sorted(seen) and pages == 20
    day, ref = seen[-MOST - 1]
    return f"{day}.{ids.encode(ref)}"


def buffers(plan):
    found = plan[0][0]
    top = (json.loads(found) if isinstance(found, str) else found)[0]["Plan"]
    return top["Shared Hit Blocks"] + top["Shared Read Blocks"]


def test_the_deepest_page_reads_no_more_than_the_first(full):
    key = deepest(full)
    first, plan_of_first = explained(full)
    last, plan_of_last = explained(full, after=key)
    assert len(first.rows) == len(last.rows) == MOST and last.next is None
    if full.store.kind == "sqlite":
        for plan in (plan_of_first, plan_of_last):
            (line,) = [row[-1] for row in plan]
            assert line.startswith("SEARCH agencies_task USING INDEX ix_agencies_task_open"), line
        # It begins behind the key, not at the top.
        assert "(due_on,ref)>(?,?)" in plan_of_last[0][-1]
        return
    # Each row that is shown is read once, with one more that tells of the next page, and the way to the first.
    middle, plan_of_middle = explained(full, after=f"{FIRST_DAY + timedelta(days=45)}.{ids.encode(1)}")
    first_cost, middle_cost, last_cost = map(buffers, (plan_of_first, plan_of_middle, plan_of_last))
    assert len(middle.rows) == MOST
    assert max(first_cost, middle_cost, last_cost) <= 30, (first_cost, middle_cost, last_cost)
    assert max(middle_cost, last_cost) / first_cost <= 1.10, (first_cost, middle_cost, last_cost)


@pytest.mark.parametrize("asked", [{"owner": {"nobody"}}, {"due": {"late"}, "owner": {"nobody"}}])
def test_a_filter_passes_rows_over_without_reading_them(full, asked):
    _page, plan = explained(full, **asked)
    if full.store.kind == "sqlite":
        assert all(
            re.match("SEARCH agencies_task USING INDEX ix_agencies_task_open", row[-1]) for row in plan
        )
    else:
        # One row in twenty fits: 26 of them, and the leaves of the index in between.
        assert buffers(plan) <= 50


def test_a_page_asks_the_same_few_statements_whatever_its_depth_and_filters(full):
    key, work = deepest(full), full.work(full.priya)
    costs = set()
    for asked in (
        {},
        {"after": key},
        {"due": {"late"}},
        {"kinds": {"fix"}, "owner": {"mine"}, "languages": {"sm"}},
    ):
        with counted(full.store.core.engine) as statements:
            tasks.worklist(work, **asked)
            tasks.counts(work, FIRST_DAY)
        costs.add(len([one for one in statements if one.startswith("SELECT") and "base_data_key" not in one]))
    assert costs == {2}


def test_counts_of_ten_thousand_rows_are_exact(full):
    counts = tasks.counts(full.work(full.priya), FIRST_DAY)
    assert counts.open == ROWS and counts.nobody == ROWS // 20
    assert counts.fit(tasks.Wanted(owner={"nobody"}, languages={"sm"}, kinds={"fix"})) == ROWS // 20
