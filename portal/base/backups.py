"""Backups as one compressed file of rows: the same for SQLite and PostgreSQL, so it is also the way to move."""

import base64
import gzip
import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import BigInteger, Date, Engine, Integer, LargeBinary, func, insert, select, text

from portal.base import migrations
from portal.base.db import WRITE, Base, Moment, Sealed

BATCH = 500


class CannotRestore(Exception):
    """The backup cannot be loaded; the text says why and what to do."""


def write(engine: Engine, path: Path) -> int:
    """Write all rows of one moment to a new file, and give how many."""
    count = 0
    with engine.connect() as connection, gzip.open(path, "xt", encoding="utf-8") as file:
        if engine.dialect.name == "postgresql":
            connection.execute(text("set transaction isolation level repeatable read"))
        file.write(json.dumps({"portal-backup": 1}) + "\n")
        for table in Base.metadata.sorted_tables:
            for row in connection.execute(select(table)).mappings():
                file.write(json.dumps([table.name, {name: _plain(row[name]) for name in row}]) + "\n")
                count += 1
        file.write(json.dumps({"rows": count}) + "\n")
    return count


def read(engine: Engine, path: Path) -> int:
    """Load a backup into an empty database at the newest migration, all or nothing; give the number of rows."""
    if not migrations.at_head(engine):
        raise CannotRestore("Run `portal db upgrade` first: the database is not at the newest migration.")
    tables = {table.name: table for table in Base.metadata.sorted_tables}
    with engine.connect().execution_options(**{WRITE: True}) as connection:
        for table in tables.values():
            if table.name != "agencies_stamp" and connection.scalar(select(func.count()).select_from(table)):
                raise CannotRestore("The database is not empty. Restore into a new one.")
        connection.execute(tables["agencies_stamp"].delete())
        count = 0
        for name, rows in _batches(path):
            connection.execute(insert(tables[name]), [_typed(tables[name], row) for row in rows])
            count += len(rows)
        if engine.dialect.name == "postgresql":
            highest = "(select coalesce(max(seq), 1) from base_ledger_leaf)"
            connection.execute(text(f"select setval('base_ledger_leaf_seq_seq', {highest})"))
        connection.commit()
    return count


def _batches(path: Path):
    name, count, ended = None, 0, False
    rows: list[dict[str, Any]] = []
    try:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            if json.loads(file.readline()) != {"portal-backup": 1}:
                raise CannotRestore("This is not a backup of the portal.")
            for line in file:
                entry = json.loads(line)
                if isinstance(entry, dict):
                    ended = entry == {"rows": count}
                    break
                if rows and (entry[0] != name or len(rows) == BATCH):
                    yield name, rows
                    rows = []
                name, count = entry[0], count + 1
                rows.append(entry[1])
    except (OSError, EOFError, ValueError) as fault:
        raise CannotRestore("The backup file is damaged. Use another one.") from fault
    if not ended:
        raise CannotRestore("The backup file was cut off. Use another one.")
    if rows:
        yield name, rows


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    return value


def _typed(table, row: dict[str, Any]) -> dict[str, Any]:
    typed = {}
    for name, value in row.items():
        kind = table.columns[name].type
        if value is None or isinstance(kind, Integer | BigInteger):
            typed[name] = value
        elif isinstance(kind, Moment):
            typed[name] = datetime.fromisoformat(value)
        elif isinstance(kind, Date):
            typed[name] = date.fromisoformat(value)
        elif isinstance(kind, LargeBinary | Sealed):
            typed[name] = base64.b64decode(value)
        else:
            typed[name] = value
    return typed
