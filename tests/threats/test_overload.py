"""A full house: the rest is refused quickly, and whoever signs in or leaves is served all the same (T30)."""

import http.client
import os
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor, as_completed

import pytest

from portal.base import db, migrations
from portal.config import ROOT
from portal.web import overload
from portal.web.health import Probe
from portal.web.overload import FROM_ONE_ADDRESS, MAY_WAIT, PLACES, RECEIVING, lane

READERS = PLACES["ordinary"] + MAY_WAIT["ordinary"] + 10


class Server:
    """A server process of the portal, with a door that keeps readers of one page inside."""

    def __init__(self, folder):
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port = probe.getsockname()[1]
        self.gate = folder / "gate"
        instance = folder / "instance"
        engine = db.make_engine(f"sqlite:///{instance / 'portal.db'}")
        instance.mkdir()
        migrations.upgrade(engine)
        engine.dispose()
        own = {
            "PORTAL_INSTANCE": str(instance),
            "PORTAL_BASE_URL": f"http://127.0.0.1:{self.port}",
            "PORTAL_EXIT_URL": f"http://127.0.0.1:{self.port}/",
            "CROWDED_GATE": str(self.gate),
        }
        command = [sys.executable, "-m", "tests.threats.crowded", str(self.port)]
        self.process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **own})

    def ask(self, method, path, body=None):
        """Give (status, Retry-After, text) of one request on a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            headers = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.headers.get("Retry-After"), answer.read().decode()
        finally:
            connection.close()

    def sends_slowly(self, path):
        """Begin to send a form, and stop in the middle of it."""
        opened = socket.create_connection(("127.0.0.1", self.port), timeout=60)
        opened.sendall(f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\ncode=".encode())
        return opened

    def is_up(self):
        try:
            return self.ask("GET", "/health/live")[0] == 200
        except OSError:
            return False


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    made = Server(tmp_path_factory.mktemp("crowded"))
    try:
        until(made.is_up)
        yield made
    finally:
        made.gate.touch()
        made.process.terminate()
        made.process.wait(20)


def until(true):
    """Wait for something that comes about by itself; fails after a long while."""
    for _ in range(600):
        if true():
            return
        time.sleep(0.1)
    raise AssertionError("it never came about")


def test_t30_a_full_house_refuses_the_rest_and_lets_people_sign_in_and_leave(server):
    with ThreadPoolExecutor(READERS) as crowd:
        readers = [crowd.submit(server.ask, "GET", "/en/guide") for _ in range(READERS)]
        try:
            first = as_completed(readers)
            refused = [next(first).result() for _ in range(READERS - PLACES["ordinary"])]
            for status, retry_after, text in refused:
                assert (status, retry_after) == (503, str(overload.RETRY_AFTER))
                assert "<h1>" in text and 'lang="en-NZ"' in text
            assert server.ask("GET", "/mi/")[0] == 503
            assert 'lang="mi' in server.ask("GET", "/mi/")[2]
            assert server.ask("GET", "/en/sign-in")[0] == 200
            assert server.ask("POST", "/en/sign-in", "username=x&password=y")[0] == 400
            assert server.ask("GET", "/en/leave")[0] in (200, 303)
            assert server.ask("GET", "/health/live")[0] == 200
        finally:
            server.gate.touch()
        assert [one.result()[0] for one in first] == [200] * PLACES["ordinary"]
    server.gate.unlink()
    assert server.ask("GET", "/en/")[0] == 200


def test_t30_slow_senders_hold_up_no_reader_and_only_their_own_address(server):
    slow = [server.sends_slowly("/en/open") for _ in range(FROM_ONE_ADDRESS)]

    def no_place_is_left():
        if server.ask("POST", "/en/open", "code=x")[0] == 503:
            return True
        # While this asked it had a place itself, so that one of the slow ones may have been sent away.
        slow.append(server.sends_slowly("/en/open"))
        return False

    try:
        until(no_place_is_left)
        assert server.ask("GET", "/en/open")[0] == 200
        assert server.ask("POST", "/en/sign-in", "username=x&password=y")[0] == 400
        assert server.ask("POST", "/en/leave", "x=y")[0] != 503
    finally:
        for one in slow:
            one.close()
    until(lambda: server.ask("POST", "/en/open", "code=x")[0] == 400)


def test_t30_the_head_of_a_request_has_a_largest_size(server):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    connection.request("GET", "/en/", headers={"X-Long": "a" * 200_000})
    try:
        status = connection.getresponse().status
    except (ConnectionError, http.client.HTTPException):
        status = 431
    connection.close()
    assert status == 431
    assert server.ask("GET", "/en/")[0] == 200


def test_t30_each_kind_of_address_has_its_places():
    assert {lane(path) for path in ("/en/leave", "/mi/leave", "/health/ready")} == {"leaving"}
    assert {lane(path) for path in ("/en/sign-in", "/sm/sign-in/code", "/en/join/abc")} == {"entering"}
    assert {lane(path) for path in ("/", "/en/records", "/leave", "/en/leaves")} == {"ordinary"}
    assert overload.THREADS > sum(PLACES.values()) + sum(MAY_WAIT.values()) + sum(RECEIVING.values())
    assert sum(db.POOL.values()) >= 2 * sum(PLACES.values())


def test_t30_asking_often_whether_it_is_ready_asks_the_store_once(store):
    seen = []
    engine = store.core.engine
    probe, ask = Probe(), db.takes_writes
    try:
        db.takes_writes = lambda *given: seen.append(1) or ask(*given)
        assert all(probe.ready(engine) for _ in range(50))
    finally:
        db.takes_writes = ask
    assert 1 <= len(seen) < 50


def test_t30_a_store_in_which_somebody_writes_is_ready(store):
    work = store.work()
    work.session.connection(execution_options={db.WRITE: True})
    try:
        assert Probe().ready(store.core.engine)
    finally:
        work.session.rollback()
