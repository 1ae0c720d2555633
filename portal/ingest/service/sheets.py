"""Opens spreadsheets: CSV in UTF-8 (or what the mapping says) and XLSX, as one table of cells."""

import csv
import io
import zipfile
from datetime import date, datetime
from typing import Any

from portal.ingest.rules.cells import Cell, plain
from portal.ingest.rules.mapping import Mapping
from portal.ingest.rules.tables import Table, heading
from portal.ingest.service.files import Unreadable

MOST_UNPACKED = 200 * 1024 * 1024
LONGEST_CELL = 100_000
_DELIMITERS = ",;|\t"
NO_SHEET = "This is no spreadsheet that can be read. Save it as CSV in UTF-8, or as XLSX."


def open_table(data: bytes, mapping: Mapping | None) -> Table:
    """Read a file's bytes as a table. Raises Unreadable with one sentence."""
    if data.startswith(b"PK\x03\x04"):
        return _xlsx(data, mapping.sheet if mapping else None)
    if b"\0" in data:
        raise Unreadable(NO_SHEET)
    text = _text(data, mapping.encoding if mapping else None)
    return _csv(text, mapping.delimiter if mapping else None)


def _text(data: bytes, encoding: str | None) -> str:
    if encoding == "windows-1252":
        try:
            return data.decode("windows-1252")
        except UnicodeDecodeError:
            raise Unreadable(
                "The mapping says Windows-1252, and the file is not. Send it as UTF-8."
            ) from None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable(
            "The file is not UTF-8 (it may be Windows-1252). Send it again as UTF-8, or say so in the mapping."
        ) from None


def _csv(text: str, delimiter: str | None) -> Table:
    csv.field_size_limit(LONGEST_CELL)
    first = next((line for line in text.splitlines() if line.strip()), "")
    sign = delimiter or max(_DELIMITERS, key=first.count)
    rows: list[tuple[int, list[Cell]]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
    try:
        for number, cells in enumerate(reader, 1):
            rows.append((number, list(cells)))
    except csv.Error:
        raise Unreadable(
            f"The file cannot be read from row {len(rows) + 1} on: a quote is not closed, or a cell is too long."
        ) from None
    return _table(rows, [])


def _xlsx(data: bytes, wanted: str | None) -> Table:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
                raise Unreadable("The spreadsheet is too large once unpacked. Send it in parts.")
        return _sheet(data, wanted)
    except Unreadable:
        raise
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:
        # A library in another language: its faults are of its own kinds, some of them no Exception.
        raise Unreadable(NO_SHEET) from None


def _sheet(data: bytes, wanted: str | None) -> Table:
    from python_calamine import CalamineWorkbook

    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        names = list(book.sheet_names)
        name = wanted or (names[0] if names else "")
        if name not in names:
            raise Unreadable(
                f"The spreadsheet has no sheet called {name}. It has {', '.join(names) or 'none'}."
            )
        sheet = book.get_sheet_by_name(name)
        start = sheet.start[0] if sheet.start else 0
        rows = [(start + i, [_cell(cell) for cell in row]) for i, row in enumerate(sheet.to_python(), 1)]
        notes = [f"The sheet {other} was not read." for other in names if other != name]
        if sheet.merged_cell_ranges:
            notes.append("The sheet has merged cells: only the first cell of each was read.")
    return _table(rows, notes)


def _cell(value: Any) -> Cell:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.12g}"
    return str(value)


def _table(rows: list[tuple[int, list[Cell]]], notes: list[str]) -> Table:
    filled = [(number, cells) for number, cells in rows if any(plain(cell) for cell in cells)]
    if len(filled) < 2:
        raise Unreadable("The file has no rows under its headings.")
    headings = [heading(cell) for cell in filled[0][1]]
    while headings and not headings[-1]:
        headings.pop()
    return Table(headings, filled[1:], notes)
