"""The unit of work: all of a change or nothing of it, once, whatever happens to the process or the disk."""

import threading

import psycopg
import pytest
from sqlalchemy import event, func, select, text
from sqlalchemy.exc import OperationalError

from portal.base.ledger import Leaf
from portal.base.outbox import OutboxRow
from portal.base.problems import Busy, Conflict, StorageFull
from portal.base.work import Nonce
from portal.identity.models import Account, Membership
from portal.identity.service import add_membership


def joins(work, account_id=1):
    """A small real change: one ledgered row and one job."""
    add_membership(work, account_id, 5, "caseworker")
    work.later("notices.mail", {"account": str(account_id)})
    return "done"


def counts(store):
    """How many rows each part of one change left."""
    with store.core.sessions() as session:
        return tuple(
            session.scalar(select(func.count()).select_from(model))
            for model in (Membership, Leaf, OutboxRow, Nonce)
        )


def test_change_leaf_job_and_nonce_are_kept_together(store):
    assert store.work().do(joins, nonce="n1") == "done"
    assert counts(store) == (1, 1, 1, 1)


def test_a_verb_that_fails_leaves_nothing(store):
    def fails(work):
        joins(work)
        work.session.flush()
        raise Conflict()

    with pytest.raises(Conflict):
        store.work().do(fails, nonce="n1")
    assert counts(store) == (0, 0, 0, 0)


def test_the_second_send_of_a_form_gets_the_first_answer_and_does_nothing(store):
    store.work().do(joins, nonce="n1")
    assert store.work().do(joins, 2, nonce="n1") == "done"
    assert counts(store) == (1, 1, 1, 1)


def test_twins_sent_at_the_same_moment_leave_one_change(store):
    answers, gate = [], threading.Barrier(6)

    def send():
        gate.wait()
        answers.append(store.work().do(joins, nonce="twin"))

    threads = [threading.Thread(target=send) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == ["done"] * 6
    assert counts(store) == (1, 1, 1, 1)


def test_two_who_change_the_same_row_from_the_same_version_cannot_both_win(store):
    def makes(work):
        row = Account(
            id=7,
            name=b"x",
            password_hash="x",
            totp_secret=b"x",
            language="en",
            made_at=work.now,
            totp_last_step=0,
        )
        work.session.add(row)

    store.work().do(makes)
    first, second = store.work(), store.work()

    def changes(work, meet):
        row = work.session.get(Account, 7)
        meet()
        row.state = "shut"

    def other_goes_first():
        with store.core.engine.begin() as connection:
            connection.execute(text("update identity_account set version = version + 1 where id = 7"))

    if store.kind == "sqlite":
        # SQLite lets one writer in at a time: the later one sees the earlier one's version.
        first.do(changes, lambda: None)
        second.do(changes, lambda: None)
    else:
        with pytest.raises(Conflict):
            first.do(changes, other_goes_first)


def test_a_full_disk_says_so_and_keeps_nothing(sqlite_store):
    def shrinks(work):
        pages = work.session.execute(text("pragma page_count")).scalar()
        work.session.execute(text(f"pragma max_page_count = {pages}"))
        for number in range(5000):
            add_membership(work, number + 1, 5, "caseworker")
        work.session.flush()

    with pytest.raises(StorageFull):
        sqlite_store.work().do(shrinks)
    assert counts(sqlite_store)[0] == 0


class DiskFull(psycopg.errors.DiskFull):
    """What PostgreSQL's driver raises for SQLSTATE 53100."""

    sqlstate = "53100"


def test_a_full_disk_of_postgresql_says_so_and_keeps_nothing(store):
    if store.kind == "sqlite":
        return
    tried = []

    @event.listens_for(store.core.engine, "before_cursor_execute")
    def full(_connection, _cursor, statement, *_rest):
        if statement.startswith("INSERT INTO identity_membership"):
            tried.append(statement)
            raise OperationalError(statement, {}, DiskFull("no space left"), hide_parameters=True)

    with pytest.raises(StorageFull):
        store.work().do(joins)
    event.remove(store.core.engine, "before_cursor_execute", full)
    assert tried
    assert counts(store) == (0, 0, 0, 0)


def test_a_database_that_stays_locked_is_busy_and_keeps_nothing(sqlite_store):
    engine = sqlite_store.core.engine
    holder = engine.connect().execution_options(portal_write=True)
    holder.execute(text("select 1"))
    work = sqlite_store.work()

    def impatient(work):
        joins(work)

    @event.listens_for(engine, "connect")
    def quick(connection, _record):
        connection.execute("pragma busy_timeout=50")

    try:
        with pytest.raises(Busy):
            work.do(impatient)
    finally:
        holder.close()
    assert counts(sqlite_store)[0] == 0


def test_what_rides_along_is_kept_with_the_change_or_by_itself(store):
    work = store.work()
    work.also(add_membership, 9, 5, "steward")
    work.finish()
    work.finish()
    assert counts(store)[0] == 1
