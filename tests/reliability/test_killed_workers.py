"""Two thousand requests are sent while server processes are killed: none is lost, none is there twice."""

import itertools
import json
import os
import socket
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from portal import worker
from portal.base import ids
from portal.config import ROOT
from tests.reliability.crowd import Sender, crowd

PEOPLE, EACH = 20, 100
AT_ONCE = 8
ALL = PEOPLE * EACH
ANSWERS_A_DEATH = 12
# What one request is made of; half of it must never be there.
PARTS = {
    "corrections_request": "state = 'received'",
    "corrections_item": "no = 1",
    "corrections_event": "name = 'CorrectionRequested'",
    "records_part": "kind = 'review'",
    "delegations_grant": "kind = 'case'",
    "agencies_task": "kind = 'correction'",
    "notices_notice": "kind = 'request_received'",
}


@pytest.mark.timeout(600)
def test_what_was_acknowledged_is_there_once_and_whole(store):
    listener = socket.create_server(("127.0.0.1", 0), backlog=256)
    port = listener.getsockname()[1]
    senders = [Sender(port, token, refs) for token, refs in crowd(store, PEOPLE, EACH)]
    died = send_while_they_die(store, listener, senders)
    assert [fault for sender in senders for fault in sender.faults] == []
    acknowledged = [ref for sender in senders for ref in sender.acknowledged]
    assert len(acknowledged) == len(set(acknowledged)) == ALL
    assert died == (ALL - 1) // ANSWERS_A_DEATH
    everything_is_there_once(store, acknowledged)
    the_ledger_holds_until_a_row_is_edited(store)


def send_while_they_die(store, listener, senders) -> int:
    """Let everybody send at once; give how many server processes died meanwhile."""
    os.set_inheritable(listener.fileno(), True)
    first = senders[0]
    rehearsed = first.drafts.pop()
    own = [str(listener.fileno()), first.token, ids.encode(rehearsed)]
    call = [sys.executable, "-m", "tests.reliability.servers", *own]
    told = {"env": environment(store, listener), "pass_fds": [listener.fileno()]}
    servers = subprocess.Popen(
        call, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1, **told
    )
    answered = itertools.count(1)

    # Deaths are counted in answers, not in seconds: a slow machine sees as many as a fast one, and gets on.
    def let_one_die() -> None:
        if next(answered) % ANSWERS_A_DEATH == 0:
            servers.stdin.write("die\n")

    for sender in senders:
        sender.told = let_one_die
    try:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(Sender.sends_all, senders))
        first.acknowledged.append(rehearsed)
    finally:
        said, _ = servers.communicate()
        listener.close()
    return json.loads(said.splitlines()[-1])["died"]


def everything_is_there_once(store, acknowledged) -> None:
    with store.core.engine.connect() as connection:
        refs = Counter(connection.execute(text("select ref from corrections_request")).scalars())
        assert refs == Counter(acknowledged)
        counts = {
            table: connection.execute(text(f"select count(*) from {table} where {whole}")).scalar()
            for table, whole in PARTS.items()
        }
        assert counts == dict.fromkeys(PARTS, ALL)
        # All that happens within ten minutes is told by one message to each: at most one waits, and none is lost.
        # Whether the first has gone out by now depends on the worker, which was killed again and again.
        told = "select person_id, state from notices_delivery where kind in ('request_received', 'several')"
        messages = connection.execute(text(told)).all()
        assert len({one.person_id for one in messages}) == PEOPLE
        assert (
            max(Counter(one.person_id for one in messages if one.state == "waiting").values(), default=0) <= 1
        )
        assert connection.execute(text("select count(*) from corrections_draft")).scalar() == 0
        assert connection.execute(text("select sum(n) from agencies_task_count")).scalar() == ALL
        once = "select count(*) from (select distinct person_id, request_id from corrections_item) as one"
        assert connection.execute(text(once)).scalar() == ALL


def the_ledger_holds_until_a_row_is_edited(store) -> None:
    while worker.once(store.core):
        pass
    fine = verify(store)
    assert (fine.returncode, fine.stderr) == (0, "")
    with store.core.engine.begin() as connection:
        row = connection.execute(text("select person_id, id from corrections_request limit 1")).one()
        edit = text("update corrections_request set state = 'applied' where person_id = :p and id = :i")
        connection.execute(edit, {"p": row.person_id, "i": row.id})
    wrong = verify(store)
    assert wrong.returncode == 1
    assert "corrections_request" in wrong.stderr and str(row.id) in wrong.stderr


def verify(store):
    call = [sys.executable, "-m", "portal", "ledger", "verify"]
    return subprocess.run(call, cwd=ROOT, env=environment(store), capture_output=True, text=True, timeout=120)


def environment(store, listener=None) -> dict[str, str]:
    """The settings of this test's store, for another process."""
    port = listener.getsockname()[1] if listener else 8000
    own = {
        "PORTAL_INSTANCE": str(store.settings.instance),
        "PORTAL_DATABASE_URL": store.settings.database_url,
        "PORTAL_BASE_URL": f"http://127.0.0.1:{port}",
        "PORTAL_DEMO": "1",
    }
    return {**os.environ, **own}
