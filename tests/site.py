"""Pytest plugin: lends tests the whole demonstration, served on loopback, and a browser that reaches nothing else."""

import fcntl
import http.server
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from portal.config import Settings, from_environment
from portal.web.core import Core

# Debian's browser, as root, without a word to anybody.
BROWSER_ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-quic",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-domain-reliability", "--disable-default-apps", "--no-default-browser-check",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]  # fmt: skip


@dataclass
class Elsewhere:
    """The neutral page to which "Leave quickly" leads; it writes down where visitors say they came from."""

    url: str
    referrers: list[str | None] = field(default_factory=list)


@dataclass(frozen=True)
class Site:
    """A demonstration of a test's own: served at `url`, with its worker, its application and its demo.json."""

    url: str
    app: Flask
    facts: dict[str, Any]
    elsewhere: Elsewhere

    @property
    def core(self) -> Core:
        """What the server's process shares."""
        return self.app.extensions["portal"]


@pytest.fixture(scope="session")
def prepared_demo(request) -> Path:
    """The instance folder of a demonstration, made once for the whole run; copy it, never write to it."""
    root = request.config.portal_parts_folder / "demo"
    root.mkdir(exist_ok=True)
    instance = root / "instance"
    with (root / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (root / "ready").exists():
            shutil.rmtree(instance, ignore_errors=True)
            _prepare(instance)
            (root / "ready").touch()
    return instance


@pytest.fixture(scope="session")
def demo_site(prepared_demo, tmp_path_factory) -> Iterator[Site]:
    """A demonstration for tests that only look."""
    with serve(prepared_demo, tmp_path_factory.mktemp("site")) as site:
        yield site


@pytest.fixture
def fresh_site(prepared_demo, tmp_path) -> Iterator[Site]:
    """A demonstration for one test that changes things."""
    with serve(prepared_demo, tmp_path) as site:
        yield site


@pytest.fixture(scope="session")
def browser(chromium):
    """One browser for this process; open a context of it for each visitor."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=BROWSER_ARGUMENTS)
        yield opened
        opened.close()


@contextmanager
def serve(prepared: Path, folder: Path) -> Iterator[Site]:
    """Copy a prepared demonstration into a folder, and serve it with its worker until the block ends."""
    from portal import worker
    from portal.app import create_app
    from portal.demo import loader
    from portal.web.core import open_core

    instance = folder / "instance"
    shutil.copytree(prepared, instance)
    listener = socket.create_server(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    with _elsewhere() as elsewhere:
        settings = settings_of(instance, url, elsewhere.url)
        app = create_app(settings)
        server = make_server("127.0.0.1", 0, app, threaded=True, fd=listener.fileno(), request_handler=_Quiet)
        stop, core = threading.Event(), open_core(settings)
        threads = [
            threading.Thread(target=server.serve_forever, daemon=True),
            threading.Thread(target=worker.run, args=(core, stop), daemon=True),
        ]
        for thread in threads:
            thread.start()
        try:
            yield Site(url, app, loader.prepare(settings), elsewhere)
        finally:
            stop.set()
            server.shutdown()
            for thread in threads:
                thread.join(10)
            server.server_close()
            listener.close()
            core.engine.dispose()
            app.extensions["portal"].engine.dispose()


def settings_of(instance: Path, url: str, exit_url: str = "") -> Settings:
    """Give the settings of a demonstration in a folder, reached at `url`."""
    return from_environment(
        demo=True,
        environ={
            "PORTAL_INSTANCE": str(instance),
            "PORTAL_BASE_URL": url,
            "PORTAL_EXIT_URL": exit_url or url,
            # Tests read the same few people's pages thousands of times; the budget has tests of its own.
            "PORTAL_READS_PER_HOUR": "100000",
        },
    )


def _prepare(instance: Path) -> None:
    from portal.base import db
    from portal.demo import loader

    settings = settings_of(instance, "http://127.0.0.1")
    loader.prepare(settings)
    engine = db.make_engine(settings.database_url)
    with engine.connect() as connection:
        # All of it into the one file, so that copying the folder copies the whole store.
        connection.exec_driver_sql("pragma wal_checkpoint(truncate)")
    engine.dispose()


class _Quiet(WSGIRequestHandler):
    """Serves without a line per request; keeps connections, as a real server does."""

    protocol_version = "HTTP/1.1"

    def log(self, type: str, message: str, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def _elsewhere() -> Iterator[Elsewhere]:
    class Page(http.server.BaseHTTPRequestHandler):
        """One page that says nothing about where one was."""

        def do_GET(self) -> None:
            if self.path == "/":
                elsewhere.referrers.append(self.headers.get("Referer"))
            body = b"<!doctype html><title>Weather</title><h1>Weather</h1>"
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
    elsewhere = Elsewhere(f"http://127.0.0.1:{server.server_port}/")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield elsewhere
    finally:
        server.shutdown()
        thread.join(10)
        server.server_close()
