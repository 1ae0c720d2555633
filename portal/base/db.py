"""SQLite and PostgreSQL, set up so that the same schema and the same code run on both."""

from datetime import UTC, datetime
from typing import Any, cast

from sqlalchemy import (
    CursorResult,
    DateTime,
    Engine,
    Executable,
    LargeBinary,
    MetaData,
    create_engine,
    event,
    text,
)
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker
from sqlalchemy.types import TypeDecorator

from portal.base.problems import Busy, StorageFull

WRITE = "portal_write"
# A write that gives up at once where another one is under way.
AT_ONCE = "portal_at_once"
LOCK_SECONDS = 15
# Two for each of the fourteen requests that a process serves at once (web/overload.py): its own, and a counter's.
POOL = {"pool_size": 5, "max_overflow": 23}
# What SQLite must be set to, and what it must answer (security.md R06).
PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}


class Base(DeclarativeBase):
    """The declarative base of all rooms; constraint names are fixed so that migrations can name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Moment(TypeDecorator):
    """An aware UTC datetime; refuses a naive one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect) -> datetime | None:
        """Store in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect) -> datetime | None:
        """Give back aware UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Sealed(TypeDecorator):
    """Bytes that only the keyring can read. Every column with a person's words or values has this type."""

    impl = LargeBinary
    cache_ok = True


def make_engine(url: str) -> Engine:
    """Open a database for the portal.

    `url` is an SQLAlchemy address (`sqlite:///…` or `postgresql+psycopg://…`). Bound values never reach error
    texts or logs (`hide_parameters`).
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        engine = create_engine(
            parsed, hide_parameters=True, connect_args={"timeout": LOCK_SECONDS}, **_pool(parsed)
        )
        _set_up_sqlite(engine)
        return engine
    options = "-c lock_timeout=5000 -c statement_timeout=15000 -c idle_in_transaction_session_timeout=60000"
    return create_engine(
        parsed, hide_parameters=True, pool_pre_ping=True, **POOL, connect_args={"options": options}
    )


def _pool(url: URL) -> dict[str, Any]:
    # A store in memory lives in one connection.
    return POOL if url.database else {}


def make_sessions(engine: Engine) -> sessionmaker[Session]:
    """Give the factory of sessions for an engine; rows stay readable after the one commit."""
    return sessionmaker(engine, expire_on_commit=False, autoflush=True)


def rows_changed(session: Session, statement: Executable) -> int:
    """Carry out an UPDATE or DELETE, and give how many rows it met."""
    return cast(CursorResult[Any], session.execute(statement)).rowcount


def takes_writes(engine: Engine, statement: Executable) -> bool:
    """Say whether the store takes a write, by carrying out a small one.

    Waits for nobody: where another writer is at work, the store does take writes.
    Raises the database's fault when it cannot be reached or its disk is full.
    """
    try:
        with engine.connect().execution_options(**{WRITE: True, AT_ONCE: True}) as connection:
            if engine.dialect.name != "sqlite":
                connection.execute(text("set local lock_timeout = '200ms'"))
            connection.execute(statement)
            connection.commit()
    except DBAPIError as fault:
        if fault.connection_invalidated or not isinstance(as_problem(fault), Busy):
            raise
    return True


def check_store(engine: Engine) -> None:
    """Raise RuntimeError with a clear sentence unless the database runs with the settings that the portal needs."""
    with engine.connect() as connection:
        if engine.dialect.name != "sqlite":
            number = connection.execute(text("show server_version_num")).scalar_one()
            if int(number) < 150000:
                raise RuntimeError("PostgreSQL 15 or newer is needed.")
            return
        in_memory = not engine.url.database
        for name, wanted in PRAGMAS.items():
            found = connection.execute(text(f"pragma {name}")).scalar()
            # A store in memory (the list of routes asks for one) keeps no journal.
            if found != wanted and not (in_memory and name == "journal_mode"):
                raise RuntimeError(f"SQLite answers {found!r} for {name}, and must answer {wanted!r}.")


def _set_up_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def _settings(connection, _record) -> None:
        # The driver must not begin transactions by itself: a deferred BEGIN loses the race for the write lock.
        connection.isolation_level = None
        for name, value in PRAGMAS.items():
            connection.execute(f"pragma {name}={value}")

    @event.listens_for(engine, "begin")
    def _begin(connection) -> None:
        options = connection.get_execution_options()
        if not options.get(AT_ONCE):
            connection.exec_driver_sql("begin immediate" if options.get(WRITE) else "begin")
            return
        raw = connection.connection.driver_connection
        raw.execute("pragma busy_timeout=0")
        try:
            connection.exec_driver_sql("begin immediate")
        finally:
            raw.execute(f"pragma busy_timeout={LOCK_SECONDS * 1000}")


def _state(fault: DBAPIError) -> str:
    return getattr(fault.orig, "sqlstate", None) or str(fault.orig)


def worth_retrying(fault: DBAPIError) -> bool:
    """Say whether the database asks to try the whole transaction again."""
    return fault.connection_invalidated is False and _state(fault) in ("40001", "40P01")


def broke_uniqueness(fault: DBAPIError) -> bool:
    """Say whether a row was there already; any other broken constraint is a fault of ours."""
    return _state(fault) == "23505" or "UNIQUE constraint" in _state(fault)


def as_problem(fault: DBAPIError) -> Exception:
    """Give the Problem behind a database fault (full disk, too busy), or the fault itself."""
    state = _state(fault)
    if state == "53100" or "database or disk is full" in state:
        return StorageFull()
    if state in ("40001", "40P01", "55P03", "57014") or "locked" in state or fault.connection_invalidated:
        return Busy()
    return fault
