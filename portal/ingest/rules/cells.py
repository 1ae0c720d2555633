"""Reads one cell of a spreadsheet as a value, or says in words why it cannot be read; never repeats the cell."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from portal.language.rules import search_key

Cell = str | date
ORDERS = {"dmy": (2, 1, 0), "mdy": (2, 0, 1), "iso": (0, 1, 2)}
YES = frozenset({"yes", "y", "true", "1"})
NO = frozenset({"no", "n", "false", "0"})
_PARTS = re.compile(r"(\d{1,4})\s*[/.\-\s]\s*(\d{1,2})\s*[/.\-\s]\s*(\d{1,4})(?:[T ]\d{2}:\d{2}.*)?\Z")
_SERIAL = re.compile(r"\d{5}(\.0+)?\Z")
_EXPONENT = re.compile(r"\d+(\.\d+)?E\+?\d+\Z", re.IGNORECASE)
_MONEY = re.compile(r"-?(\d+|\d{1,3}(,\d{3})+)(\.\d{1,2})?\Z")
_MOBILE_WITHOUT_ZERO = re.compile(r"[2-9]\d{7,9}\Z")
LOST_DIGITS = "the number lost digits in a spreadsheet. Send it again as text."


class BadCell(ValueError):
    """A cell that cannot be read; the text goes on after "Row 5, DOB: " and holds no value."""


@dataclass(frozen=True, slots=True)
class FieldMap:
    """How one field of a record type is read from columns."""

    key: str
    columns: tuple[str, ...]
    kind: str
    date_order: str = "iso"
    implied_decimals: int | None = None
    codes: dict[str, Any] = field(default_factory=dict)
    separator: str = ";"


@dataclass(slots=True)
class Read:
    """A value (None: the cell is empty or says "not known"), a note for the receipt, and whether it is a part."""

    value: Any = None
    note: str = ""
    left_out: bool = False


def read(rules: FieldMap, cells: list[Cell]) -> Read:
    """Read a field from its cells. Raises BadCell."""
    filled = [cell for cell in cells if plain(cell)]
    if not filled:
        return Read()
    if rules.kind == "list":
        return _list(rules, filled)
    if rules.kind == "text":
        return Read(" ".join(text_of(cell) for cell in filled))
    return _READERS[rules.kind](rules, filled[0])


def plain(cell: Cell) -> str:
    """Give a cell as one trimmed line."""
    return cell.isoformat() if isinstance(cell, date) else cell.strip()


def text_of(cell: Cell) -> str:
    """Give a cell as text, as it was sent. Raises BadCell where a spreadsheet has lost digits."""
    text = plain(cell)
    if _EXPONENT.match(text):
        raise BadCell(LOST_DIGITS)
    return text


def day_parts(cell: Cell, order: str) -> tuple[int, int, int] | None:
    """Give (year, month, day) as the order says, whether or not there is such a day; None if it is no date."""
    found = _PARTS.match(plain(cell))
    if found is None:
        return None
    # A year first is never meant otherwise, and a true date of a spreadsheet comes so.
    positions = ORDERS["iso"] if len(found[1]) == 4 else ORDERS[order]
    numbers = [found[1], found[2], found[3]]
    year, month, day = (numbers[position] for position in positions)
    if len(year) == 2 and int(year) + int(month) + int(day):
        raise BadCell("the year has two digits. Write all four.")
    return int(year), int(month), int(day)


def read_day(cell: Cell, order: str) -> Read:
    """Read a day; open-ended, unknown and filler dates are no value. Raises BadCell."""
    text = plain(cell)
    if not text:
        return Read()
    if _SERIAL.match(text):
        raise BadCell(
            "this is a spreadsheet day number. Format the column as a date, and send the file again."
        )
    parts = day_parts(cell, order)
    if parts is None:
        raise BadCell("this is not a date.")
    if parts == (9999, 12, 31) or not any(parts):
        return Read()
    if parts == (1900, 1, 1):
        return Read(note="1 January 1900 looks like a filler, so it was left out.")
    try:
        return Read(date(*parts))
    except ValueError:
        raise BadCell("there is no such day.") from None


def _date(rules: FieldMap, cell: Cell) -> Read:
    found = read_day(cell, rules.date_order)
    return Read(found.value.isoformat() if found.value else None, found.note)


def _money(rules: FieldMap, cell: Cell) -> Read:
    text = text_of(cell).replace("$", "").replace("NZD", "").replace(" ", "")
    minus, note = False, ""
    if text.startswith("(") and text.endswith(")"):
        text, minus = text[1:-1], True
    elif text.upper().endswith("CR"):
        text, minus = text[:-2], True
    if minus:
        note = "brackets or CR were read as a sum below zero."
    if not _MONEY.match(text):
        raise BadCell("this is not a sum of money.")
    whole, _, cents = text.replace(",", "").lstrip("-").partition(".")
    sign = "-" if minus != text.startswith("-") else ""
    if rules.implied_decimals is not None:
        if cents:
            raise BadCell("the mapping says that decimals are implied, and this sum has a point.")
        whole, cents = _without_point(whole, rules.implied_decimals)
    elif len(whole) > 1 and whole.startswith("0") and not cents:
        raise BadCell("the sum has no point. Say in the mapping how many decimals are implied.")
    return Read(f"{sign}{int(whole)}.{cents.ljust(2, '0')}", note)


def _without_point(digits: str, decimals: int) -> tuple[str, str]:
    padded = digits.rjust(decimals + 1, "0")
    return (padded[:-decimals], padded[-decimals:]) if decimals else (padded, "")


def _integer(_rules: FieldMap, cell: Cell) -> Read:
    text = text_of(cell).replace(",", "")
    if not re.fullmatch(r"-?[0-9]{1,15}", text):
        raise BadCell("this is not a whole number.")
    return Read(int(text))


def _number(_rules: FieldMap, cell: Cell) -> Read:
    text = text_of(cell).replace(",", "")
    if not re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]{1,10})?", text):
        raise BadCell("this is not a number.")
    return Read(float(text))


def _boolean(_rules: FieldMap, cell: Cell) -> Read:
    text = plain(cell).casefold()
    if text not in YES | NO:
        raise BadCell("this is neither yes nor no.")
    return Read(text in YES)


def _code(rules: FieldMap, cell: Cell) -> Read:
    said = search_key(plain(cell))
    for code, const in rules.codes.items():
        if search_key(code) == said:
            return Read(const)
    known = ", ".join(rules.codes)
    # A guess is never shown to the person: the rest of the row is taken without it.
    return Read(note=f"the code is not in the agreed list ({known}), so it was left out.", left_out=True)


def _list(rules: FieldMap, cells: list[Cell]) -> Read:
    if len(rules.columns) > 1:
        return Read([text_of(cell) for cell in cells])
    parts = [part.strip() for part in text_of(cells[0]).split(rules.separator)]
    return Read([part for part in parts if part] or None)


def _phone(_rules: FieldMap, cell: Cell) -> Read:
    text = text_of(cell)
    if _MOBILE_WITHOUT_ZERO.match(text):
        return Read(f"0{text}", "the phone number had lost its first 0 and got it back. Check it.")
    return Read(text)


_READERS: dict[str, Callable[[FieldMap, Cell], Read]] = {
    "date": _date,
    "money": _money,
    "integer": _integer,
    "number": _number,
    "boolean": _boolean,
    "code": _code,
    "phone": _phone,
}
KINDS = frozenset({"text", "list", *_READERS})
