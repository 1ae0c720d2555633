"""What every test starts from: a migrated, empty store on SQLite and PostgreSQL, and the portal over it."""

import shutil
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from sqlalchemy import text

from portal.base import db, migrations
from portal.base.attempts import Attempts
from portal.config import Settings, from_environment
from portal.identity.permissions import SYSTEM
from portal.web.core import Core

pytest_plugins = ["tests.compiled", "tests.parts", "tests.site"]


@dataclass(frozen=True)
class Store:
    """An empty, migrated database of one test's own, with the process-wide parts over it."""

    core: Core
    kind: str
    opened: list = field(default_factory=list)

    @property
    def settings(self) -> Settings:
        """The settings of this test's portal."""
        return self.core.settings

    def work(self, actor=SYSTEM, now=None):
        """Open a unit of work for an actor at a moment (aware UTC); closed at the end of the test."""
        work = self.core.work(actor, now)
        self.opened.append(work.session)
        return work


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory) -> Path:
    """A migrated SQLite file, copied for each test."""
    path = tmp_path_factory.mktemp("template") / "portal.db"
    engine = db.make_engine(f"sqlite:///{path}")
    migrations.upgrade(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("pragma wal_checkpoint(truncate)")
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres_server) -> str:
    """A migrated PostgreSQL database, emptied for each test."""
    url = postgres_server.new_database("store")
    engine = db.make_engine(url)
    migrations.upgrade(engine)
    engine.dispose()
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request, tmp_path):
    """Run the test once on SQLite and once on PostgreSQL."""
    yield from open_store(request, tmp_path, request.param)


@pytest.fixture
def sqlite_store(request, tmp_path):
    """One store on SQLite, for what does not depend on the database (pages, languages, looks)."""
    yield from open_store(request, tmp_path, "sqlite")


def open_store(request, tmp_path, kind):
    """Give a fresh store of a kind, and close it afterwards."""
    if kind == "sqlite":
        path = tmp_path / "portal.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        url = f"sqlite:///{path}"
    else:
        url = request.getfixturevalue("postgres_template")
    settings = from_environment(
        demo=True, environ={"PORTAL_INSTANCE": str(tmp_path / "instance"), "PORTAL_DATABASE_URL": url}
    )
    settings = replace(settings, base_url="http://localhost")
    engine = db.make_engine(url)
    if kind == "postgresql":
        empty(engine)
    made = Store(Core(settings, engine, db.make_sessions(engine), Attempts(engine)), kind)
    yield made
    for session in made.opened:
        session.close()
    engine.dispose()


def empty(engine) -> None:
    """Take every row out of a PostgreSQL store but the catalogue's stamp.

    Only tables that have rows are touched: truncating all of them costs more than most tests do.
    """
    names = [
        table.name for table in reversed(db.Base.metadata.sorted_tables) if table.name != "agencies_stamp"
    ]
    probe = " union all ".join(f"select '{name}' where exists (select 1 from {name})" for name in names)
    with engine.begin() as connection:
        for name in connection.execute(text(probe)).scalars().all():
            connection.execute(text(f"delete from {name}"))
        for table in db.Base.metadata.sorted_tables:
            if table.autoincrement_column is not None:
                counter = f"pg_get_serial_sequence('{table.name}', '{table.autoincrement_column.name}')"
                connection.execute(text(f"select setval({counter}, 1, false)"))


@pytest.fixture
def app(store):
    """The whole portal over this test's store (its own connections)."""
    from portal.app import create_app

    made = create_app(store.settings)
    made.testing = False
    yield made
    made.extensions["portal"].engine.dispose()


@pytest.fixture
def sqlite_app(sqlite_store):
    """The whole portal over a SQLite store, for tests of pages."""
    from portal.app import create_app

    made = create_app(sqlite_store.settings)
    yield made
    made.extensions["portal"].engine.dispose()
