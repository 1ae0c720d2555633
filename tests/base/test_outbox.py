"""Jobs are done once, come back after a failure, and are parked and never lost after five."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from portal import worker
from portal.base import outbox
from portal.base.outbox import OutboxRow

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)


def rows(store):
    """The outbox as it stands."""
    with store.core.sessions() as session:
        return list(session.scalars(select(OutboxRow)))


def test_two_workers_never_hold_the_same_job(store):
    store.work(now=NOW).do(lambda work: work.later("notices.mail", {"n": "1"}))
    first = store.work(now=NOW).do(lambda work: [row.id for row in outbox.lease(work.session, work.now)])
    second = store.work(now=NOW).do(lambda work: [row.id for row in outbox.lease(work.session, work.now)])
    assert (len(first), len(second)) == (1, 0)


def test_a_job_whose_worker_died_is_taken_again_after_its_lease(store):
    store.work(now=NOW).do(lambda work: work.later("notices.mail", {"n": "1"}))
    store.work(now=NOW).do(lambda work: len(outbox.lease(work.session, work.now)))
    later = NOW + outbox.LEASE + timedelta(seconds=1)
    assert store.work(now=later).do(lambda work: len(outbox.lease(work.session, work.now))) == 1


def test_a_job_that_keeps_failing_is_parked_where_operators_see_it(store, monkeypatch):
    def breaks(_work, _settings, _about):
        raise RuntimeError

    monkeypatch.setitem(worker.JOBS, "breaks", breaks)
    store.work(now=NOW).do(lambda work: work.later("breaks", {}))
    for attempt in range(outbox.MOST_TRIES + 2):
        now = NOW + timedelta(hours=attempt)
        leased = store.work(now=now).do(
            lambda work: [(row.id, row.lease, row.job) for row in outbox.lease(work.session, work.now)]
        )
        for row_id, token, job in leased:
            worker.carry_out(store.core, row_id, token, job)
            store.work(now=now).do(lambda work: None)
    (row,) = rows(store)
    assert row.tries <= outbox.MOST_TRIES
    assert row.state in ("open", "parked")
