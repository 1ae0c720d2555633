"""The tamper-evident ledger: a salted leaf with each change, sealed later into a signed Merkle checkpoint.

RFC 6962 hashing. A leaf holds the digest of the row as stored, so that a row edited, deleted or slipped in by
hand is named by `portal ledger verify`, offline and without any key but the public one.
"""

import hashlib
import json
import secrets
from datetime import date, datetime
from typing import Any
from typing import cast as cast_type

from sqlalchemy import (
    BigInteger,
    Integer,
    LargeBinary,
    String,
    Table,
    cast,
    event,
    func,
    insert,
    inspect,
    literal,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.base.db import Base, Moment


class Leaf(Base):
    """One change of one row. `position` is its place in the tree, set by the sealer."""

    __tablename__ = "base_ledger_leaf"
    seq: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    # On PostgreSQL the transaction's id: the sealer takes only rows below every transaction still open.
    txid: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[datetime] = mapped_column(Moment)
    entity: Mapped[str] = mapped_column(String(64))
    row_key: Mapped[str] = mapped_column(String(80))
    change: Mapped[str] = mapped_column(String(8))
    row_digest: Mapped[bytes] = mapped_column(LargeBinary)
    salt: Mapped[bytes] = mapped_column(LargeBinary)
    hash: Mapped[bytes] = mapped_column(LargeBinary)
    position: Mapped[int | None] = mapped_column(BigInteger, unique=True)


class Checkpoint(Base):
    """A signed statement of how many leaves there are and what the tree's root is."""

    __tablename__ = "base_ledger_checkpoint"
    size: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    root: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[datetime] = mapped_column(Moment)
    signature: Mapped[bytes] = mapped_column(LargeBinary)


LEAVES = cast_type(Table, Leaf.__table__)


def row_digest(table_name: str, values: dict[str, Any]) -> bytes:
    """Give the SHA-256 of a row as stored: column names in order, moments in UTC, bytes in hex."""
    plain = {name: _plain(values[name]) for name in sorted(values)}
    return hashlib.sha256(json.dumps([table_name, plain], separators=(",", ":")).encode()).digest()


def leaf_hash(salt: bytes, at: datetime, entity: str, row_key: str, change: str, digest: bytes) -> bytes:
    """Give the RFC 6962 leaf hash of an event; the salt keeps content unguessable after an erasure."""
    body = json.dumps([_plain(at), entity, row_key, change, digest.hex()], separators=(",", ":"))
    return hashlib.sha256(b"\x00" + salt + body.encode()).digest()


def ledgered_columns(mapper) -> list:
    """Give the columns of a model that the ledger covers; counters named in `__ledger_skip__` are left out."""
    skip: frozenset[str] = getattr(mapper.class_, "__ledger_skip__", frozenset())
    return [column for column in mapper.local_table.columns if column.name not in skip]


def digest_of(mapper, values: dict[str, Any]) -> bytes:
    """Give the digest of a ledgered row. Columns of a later release count once they hold something.

    So rows that were entered before such a column was there still are as their leaf says.
    """
    later: frozenset[str] = getattr(mapper.class_, "__ledger_later__", frozenset())
    kept = {name: value for name, value in values.items() if value is not None or name not in later}
    return row_digest(mapper.local_table.name, kept)


def row_key(mapper, values: dict[str, Any]) -> str:
    """Give the primary key of a row as text."""
    return "/".join(str(values[column.name]) for column in mapper.local_table.primary_key.columns)


def keep_ledger(session: Session, now: datetime) -> None:
    """From here on add a leaf, in this session's own transaction, for each flushed row of a ledgered model."""
    session.info["ledger_now"] = now


@event.listens_for(Session, "after_flush")
def _leaves_for_flush(session: Session, _context) -> None:
    now = session.info.get("ledger_now")
    leaves = []
    for change, rows in (("insert", session.new), ("update", session.dirty), ("delete", session.deleted)):
        for row in rows:
            if getattr(type(row), "__ledgered__", False):
                if now is None:
                    raise RuntimeError("a ledgered row was changed outside a unit of work")
                leaves.append(_leaf(row, change, now))
    if leaves:
        on_postgres = session.get_bind().dialect.name == "postgresql"
        txid = cast(cast(func.pg_current_xact_id(), String), BigInteger) if on_postgres else literal(0)
        session.execute(insert(LEAVES).values(txid=txid), leaves)


def _leaf(row: Any, change: str, now: datetime) -> dict[str, Any]:
    mapper = inspect(row).mapper
    values = {
        column.name: getattr(row, mapper.get_property_by_column(column).key)
        for column in ledgered_columns(mapper)
    }
    key = row_key(mapper, values)
    digest = digest_of(mapper, values)
    salt = secrets.token_bytes(16)
    return {
        "at": now,
        "entity": mapper.local_table.name,
        "row_key": key,
        "change": change,
        "row_digest": digest,
        "salt": salt,
        "hash": leaf_hash(salt, now, mapper.local_table.name, key, change, digest),
    }


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    return value
