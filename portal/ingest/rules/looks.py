"""How an agency writes down the looks in its own system: one row each, checked without ever repeating a value."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

MUST = ("id", "client_ref", "at", "role", "why")
MAY = ("what", "name", "code")
LONGEST = {
    "id": 200,
    "client_ref": 200,
    "at": 40,
    "role": 120,
    "why": 500,
    "what": 200,
    "name": 200,
    "code": 2,
}
CODES = ("", "FV")
_EARLIEST = datetime(2020, 1, 2, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class LookRow:
    """One look as it was sent; `at` is aware UTC, `code` FV or empty."""

    id: str
    client_ref: str
    at: datetime
    role: str
    why: str
    what: str
    name: str
    code: str


class BadRow(ValueError):
    """A row that cannot be taken; the text says why in one sentence, and repeats no value."""


def read(row: dict[str, Any], now: datetime) -> LookRow:
    """Read one row by its columns; `now` (aware UTC) is the latest a look can have been. Raises BadRow."""
    spare = sorted(set(row) - {*MUST, *MAY})
    if spare:
        raise BadRow("It has a column that looks do not have. See the list of columns.")
    cells = {name: _cell(name, row.get(name)) for name in (*MUST, *MAY)}
    for name in MUST:
        if not cells[name]:
            raise BadRow(f"{name} is missing.")
    if cells["code"] not in CODES:
        raise BadRow("code has to be FV, or left out.")
    at = _moment(cells.pop("at"), now)
    return LookRow(at=at, **cells)


def _cell(name: str, value: Any) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise BadRow(f"{name} has to be text.")
    text = value.strip()
    if len(text) > LONGEST[name]:
        raise BadRow(f"{name} is longer than {LONGEST[name]} characters.")
    if not text.isprintable() or "\ufffd" in text:
        raise BadRow(f"{name} holds a character that cannot be stored.")
    return text


def _moment(text: str, now: datetime) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise BadRow("at has to be a moment such as 2026-11-20T09:30:00+13:00.") from None
    if at.tzinfo is None:
        raise BadRow("at has no time zone. Write it as 2026-11-20T09:30:00+13:00.")
    try:
        at = at.astimezone(UTC)
    except OverflowError:
        raise BadRow("at has to be a moment such as 2026-11-20T09:30:00+13:00.") from None
    if at > now:
        raise BadRow("at is in the future.")
    if at < _EARLIEST:
        raise BadRow("at is before 2020.")
    return at
