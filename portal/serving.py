"""Commands that run the portal: serve, worker, demo, and the list of routes."""

import atexit
import json
import logging
import os
import signal
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import click

from portal.config import ROOT, Misconfigured, Settings, from_environment

# How long a connection may take for its request's head, or rest between two requests.
HEADER_MILLISECONDS = 15_000
LARGEST_HEADER = 64 * 1024


@click.command(epilog="Example: portal serve --host 0.0.0.0 --port 8000 --workers 4")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--workers", default=1, show_default=True, help="Processes; on SQLite one is best.")
def serve(host: str, port: int, workers: int) -> None:
    """Serve the portal. On SQLite the worker runs inside; on PostgreSQL start `portal worker` beside it."""
    settings = from_environment()
    refuse_old_schema(settings)
    if settings.database_url.startswith("sqlite"):
        start_worker(settings)
    listen(host, port, workers)


@click.command(epilog="Example: portal worker")
def worker() -> None:
    """Do the outbox's jobs, seal the ledger, and end what is over, until stopped."""
    from portal import worker as room
    from portal.web.core import open_core

    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    signal.signal(signal.SIGINT, lambda *_: stop.set())
    settings = from_environment()
    refuse_old_schema(settings)
    room.run(open_core(settings), stop)


@click.command(epilog="Example: portal demo --port 8080 --fresh")
@click.option("--port", default=8000, show_default=True)
@click.option("--fresh", is_flag=True, help="Throw the old demonstration away first.")
@click.option("--no-serve", is_flag=True, help="Prepare only, and write demo.json.")
def demo(port: int, fresh: bool, no_serve: bool) -> None:
    """Prepare demo people in an embedded store, print their accounts, and serve on loopback."""
    from portal.demo import loader

    os.environ["PORTAL_BASE_URL"] = f"http://127.0.0.1:{port}"
    os.environ["PORTAL_DEMO"] = "1"
    settings = from_environment(demo=True)
    if fresh or loader.is_half_made(settings):
        loader.throw_away(settings)
        settings = from_environment(demo=True)
    facts = loader.prepare(settings, say=click.echo)
    click.echo(loader.greeting(facts))
    if not no_serve:
        start_worker(settings)
        listen("127.0.0.1", port, 1)


@click.command(epilog="Example: portal routes --json")
@click.option("--json", "as_json", is_flag=True, help="One JSON list.")
def routes(as_json: bool) -> None:
    """List every rule with its methods, permission and audience."""
    rows = route_list()
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for row in rows:
        click.echo(
            f"{row['rule']:<55} {','.join(row['methods']):<10} {row['permission']:<24} {row['audience']}"
        )


def route_list() -> list[dict]:
    """Give every rule of the address map with its permission (contract.md)."""
    from portal.app import create_app
    from portal.identity.permissions import audience

    app = create_app(replace(from_environment(demo=True), database_url="sqlite://"))
    rows = []
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        permission = app.view_functions[rule.endpoint].permission
        rows.append(
            {
                "rule": rule.rule,
                "methods": sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}),
                "endpoint": rule.endpoint,
                "permission": permission.value,
                "audience": audience(permission),
            }
        )
    return rows


def refuse_old_schema(settings: Settings) -> None:
    """Stop the start with a sentence unless the database is at the newest migration."""
    from portal.base import migrations
    from portal.web.core import open_core

    if not migrations.at_head(open_core(settings).engine):
        raise Misconfigured("Run `portal db upgrade` first: the database is not at the newest migration.")


def start_worker(settings: Settings) -> None:
    """Start the worker as a process of its own that ends with this one."""
    arguments = [sys.executable, "-m", "portal", "worker"]
    process = subprocess.Popen(arguments, cwd=ROOT)  # noqa: S603  (our own command)
    atexit.register(process.terminate)


def listen(host: str, port: int, workers: int, application: Path = ROOT / "wsgi.py") -> None:
    """Serve the `application` of a file with granian until stopped."""
    from granian import Granian
    from granian.constants import HTTPModes, Interfaces
    from granian.http import HTTP1Settings
    from granian.log import LogLevels

    from portal.web.overload import THREADS

    server = Granian(
        f"{application}:application",
        address=host,
        port=port,
        workers=workers,
        # Places, queue and refusals each need a thread; the places bound what really runs (web/overload.py).
        blocking_threads=THREADS,
        # Open connections, idle ones too; more wait in the listening socket's own queue.
        backlog=1024,
        backpressure=1024,
        interface=Interfaces.WSGI,
        # Not "auto": there a connection that says nothing is never closed. HTTP/2 is the proxy's.
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=HEADER_MILLISECONDS, max_buffer_size=LARGEST_HEADER),
        websockets=False,
        log_access=False,
        respawn_failed_workers=True,
        log_level=LogLevels.warning,
    )
    # It warns of many threads: that they are bounded by the places it cannot know.
    logging.getLogger("_granian").addFilter(lambda said: "Python threads" not in said.getMessage())
    server.serve()
