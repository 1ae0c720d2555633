"""Turns the rows of a spreadsheet into what each client's records say, and holds back rows that cannot be read."""

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from portal.ingest.rules.cells import BadCell, Cell, plain, read, read_day, text_of
from portal.ingest.rules.mapping import Mapping
from portal.ingest.rules.tables import Table

_NOTE_IN_NAME = re.compile(r"\b(do not use|test|deceased|dummy|duplicate|delete)\b", re.IGNORECASE)
_TOTAL = re.compile(r"\s*(sub)?-?\s*totals?\b|\s*sum\b", re.IGNORECASE)
ONLY_ONE = "only"
"""The source id where a client has one record of a type."""


@dataclass(slots=True, eq=False)
class Row:
    """One row as it was read: row `number` as a spreadsheet shows it."""

    number: int
    client_ref: str
    source_id: str
    name: str
    birth_date: date | None
    recorded_on: date | None
    body: dict[str, Any]
    in_part: bool


@dataclass(slots=True)
class Sheet:
    """Every row that may be loaded, how many were held back, and sentences with row numbers."""

    rows: list[Row] = field(default_factory=list)
    read: int = 0
    held_back: int = 0
    notes: list[str] = field(default_factory=list)


def read_rows(
    table: Table, mapping: Mapping, foreign: set[str], unfit: Callable[[dict[str, Any]], str]
) -> Sheet:
    """Read every row. `unfit` says in words what is wrong with a body, or nothing."""
    sheet = Sheet()
    reader = _RowReader(table.headings, mapping, foreign)
    for number, cells in table.rows:
        if _is_total(cells):
            sheet.notes.append(f"Row {number} looks like a total and was left out.")
            continue
        sheet.read += 1
        try:
            row = reader.row(number, cells)
            wrong = unfit(row.body)
            if wrong:
                raise BadCell(wrong)
        except BadCell as fault:
            _hold_back(sheet, [number], str(fault))
        else:
            sheet.rows.append(row)
            sheet.notes += reader.notes
    _hold_two_birth_dates(sheet)
    _hold_two_bodies(sheet)
    return sheet


class _RowReader:
    def __init__(self, headings: list[str], mapping: Mapping, foreign: set[str]):
        self._places = {name: place for place, name in enumerate(headings) if name}
        self._width, self._mapping, self._foreign = len(headings), mapping, foreign
        self.notes: list[str] = []

    def row(self, number: int, cells: list[Cell]) -> Row:
        """Read one row. Raises BadCell with the column's name."""
        self.notes = []
        filled = (
            len(cells) if any(plain(cell) for cell in cells[self._width :]) else min(len(cells), self._width)
        )
        if filled != self._width:
            raise BadCell(f"it has {filled} cells, and there are {self._width} headings.")
        rules = self._mapping
        client_ref = self._named(rules.client_ref, partial(text_of, self._cell(cells, rules.client_ref)))
        if not client_ref:
            raise BadCell(f"{rules.client_ref} is empty, so nobody is named.")
        body, in_part = self._body(number, cells)
        return Row(
            number=number,
            client_ref=client_ref,
            source_id=self._source_id(cells),
            name=self._name(cells),
            birth_date=self._day(number, cells, rules.birth_date),
            recorded_on=self._day(number, cells, rules.recorded_on),
            body=body,
            in_part=in_part,
        )

    def _body(self, number: int, cells: list[Cell]) -> tuple[dict[str, Any], bool]:
        body, in_part = {}, False
        for one in self._mapping.fields:
            columns = [column for column in one.columns if column not in self._foreign]
            if not columns:
                continue
            found = self._named(columns[0], partial(read, one, [self._cell(cells, c) for c in columns]))
            if found.value is not None:
                body[one.key] = found.value
            if found.note:
                self.notes.append(f"Row {number}, {columns[0]}: {found.note}")
            in_part |= found.left_out
        return body, in_part

    def _source_id(self, cells: list[Cell]) -> str:
        parts = [
            self._named(column, partial(text_of, self._cell(cells, column)))
            for column in self._mapping.source_id
        ]
        return "/".join(parts) if any(parts) else ONLY_ONE

    def _name(self, cells: list[Cell]) -> str:
        name = " ".join(filter(None, (plain(self._cell(cells, column)) for column in self._mapping.name)))
        if _NOTE_IN_NAME.search(name):
            raise BadCell(f"{self._mapping.name[0]} holds a note, not a name.")
        return name

    def _day(self, number: int, cells: list[Cell], column: str | None) -> date | None:
        if column is None:
            return None
        reading = partial(read_day, self._cell(cells, column), self._mapping.date_order)
        found = self._named(column, reading)
        note = f"Row {number}, {column}: {found.note}"
        if found.note and note not in self.notes:
            self.notes.append(note)
        return found.value

    def _cell(self, cells: list[Cell], column: str) -> Cell:
        return cells[self._places[column]]

    @staticmethod
    def _named(column: str, reading: Callable[[], Any]) -> Any:
        try:
            return reading()
        except BadCell as fault:
            raise BadCell(f"{column}: {fault}") from None


def _is_total(cells: list[Cell]) -> bool:
    first = next((plain(cell) for cell in cells if plain(cell)), "")
    return bool(_TOTAL.match(first)) and sum(bool(plain(cell)) for cell in cells) * 2 <= len(cells)


def _hold_back(sheet: Sheet, numbers: list[int], why: str) -> None:
    sheet.held_back += len(numbers)
    if len(numbers) == 1:
        sheet.notes.append(f"Row {numbers[0]} was held back: {why}")
    else:
        last = f"{', '.join(map(str, numbers[:-1]))} and {numbers[-1]}"
        sheet.notes.append(f"Rows {last} {why}")


def _hold_two_birth_dates(sheet: Sheet) -> None:
    """Hold back all rows of a client with two birth dates: staff choose, not the machine."""
    clients: dict[str, list[Row]] = defaultdict(list)
    for row in sheet.rows:
        clients[row.client_ref].append(row)
    for rows in clients.values():
        if len({row.birth_date for row in rows if row.birth_date}) > 1:
            _drop(sheet, rows, "look like one person with two birth dates. None of them was loaded.")


def _hold_two_bodies(sheet: Sheet) -> None:
    """Hold back rows that say different things about one record; a row that repeats another counts once."""
    repeats: set[Row] = set()
    sources: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in sheet.rows:
        sources[row.client_ref, row.source_id].append(row)
    for rows in sources.values():
        if any(row.body != rows[0].body for row in rows[1:]):
            _drop(sheet, rows, "are one record with different values. None of them was loaded.")
            continue
        for row in rows[1:]:
            sheet.notes.append(f"Row {row.number} repeats row {rows[0].number} and was read once.")
            repeats.add(row)
    sheet.rows = [row for row in sheet.rows if row not in repeats]


def _drop(sheet: Sheet, rows: list[Row], why: str) -> None:
    dropped = set(rows)
    sheet.rows = [row for row in sheet.rows if row not in dropped]
    _hold_back(sheet, [row.number for row in rows], why)
