"""Takes the looks that an agency notes in its own system: JSON Lines or CSV, each look once."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from portal.access_log import service as access_log
from portal.agencies import service as agencies
from portal.base.work import Work
from portal.ingest.rules.cells import plain
from portal.ingest.rules.looks import BadRow, LookRow, read
from portal.ingest.service.files import Unreadable, content
from portal.ingest.service.incoming import Outcome
from portal.ingest.service.sheets import open_table


@dataclass(slots=True)
class LookFile:
    """What a file holds: the rows that can be taken, how many there were, and a sentence for each other row."""

    rows: list[LookRow] = field(default_factory=list)
    read: int = 0
    faults: list[str] = field(default_factory=list)


def read_looks(path: Path, now: datetime) -> LookFile:
    """Read a file of looks; `now` is aware UTC. Raises Unreadable where it is neither JSON Lines nor CSV."""
    data = content(path)
    found = LookFile()
    lines = _json_lines(data) if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") else _sheet(data)
    for number, row in lines:
        found.read += 1
        try:
            if row is None:
                raise BadRow("It is not one JSON object in UTF-8.")
            found.rows.append(read(row, now))
        except BadRow as fault:
            found.faults.append(f"Row {number}: {fault}")
    if not found.read:
        raise Unreadable("The file holds no row.")
    return found


def take_looks(work: Work, agency_id: int, sent: LookFile) -> tuple[Outcome, dict[str, int]]:
    """Take the looks of a file, and give what became of it: numbers only, so that no client is told apart.

    A look that was taken before is left as it is. One at a client whom nobody has linked is not kept: the agency
    sends its looks again once there is a link, and nothing doubles. Privacy Act 2020 principles 5 and 11.
    """
    outcome = Outcome(rejected=len(sent.faults))
    for sentence in sent.faults:
        outcome.warn(sentence)
    of_client: dict[str, list[LookRow]] = {}
    for row in sent.rows:
        of_client.setdefault(row.client_ref, []).append(row)
    not_linked = 0
    for client_ref, rows in of_client.items():
        person_id = agencies.person_of_client(work, agency_id, client_ref)
        if person_id is None:
            not_linked += len(rows)
            continue
        taken = access_log.receive(work, person_id, agency_id, [_look(row) for row in rows])
        outcome.records += taken
        outcome.unchanged += len(rows) - taken
    return outcome, {"read": sent.read, "not_linked": not_linked}


def _look(row: LookRow) -> access_log.SentLook:
    return access_log.SentLook(
        id=row.id, at=row.at, role=row.role, why=row.why, what=row.what, name=row.name, code=row.code
    )


def _json_lines(data: bytes) -> Iterator[tuple[int, dict[str, Any] | None]]:
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line.decode("utf-8"))
        except (ValueError, RecursionError):
            row = None
        yield number, row if isinstance(row, dict) else None


def _sheet(data: bytes) -> Iterator[tuple[int, dict[str, Any] | None]]:
    table = open_table(data, None)
    if "client_ref" not in table.headings:
        raise Unreadable("The file is neither JSON Lines nor a table with a column client_ref.")
    for number, cells in table.rows:
        row = dict(zip(table.headings, (plain(cell) for cell in cells), strict=False))
        # A column without a heading is not part of the table.
        yield number, {name: cell for name, cell in row.items() if name}
