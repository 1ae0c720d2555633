"""What is wrong with a whole spreadsheet: its headings, its letters, its dates, and columns it must not hold."""

import difflib
import re
import unicodedata
from dataclasses import dataclass, field

from portal.ingest.rules.cells import BadCell, Cell, day_parts, plain
from portal.ingest.rules.mapping import Mapping

# What UTF-8 looks like after it was read as something else, the replacement sign, and the word most often hurt.
_DAMAGE = re.compile(
    "\ufffd|[ÃÄÅ][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2122\u20ac?]"
    "|Ê[»¼]|â€|(?i:mäori|m[?]ori)"
)
_QUERY_IN_NAME = re.compile(r"\w\?\w")
_HEALTH_NUMBER = re.compile(r"[A-HJ-NP-Z]{3}(\d{4}|\d{2}[A-HJ-NP-Z]{2})\Z", re.IGNORECASE)
_HEALTH_HEADING = re.compile(r"\bnhi\b", re.IGNORECASE)
_FOREIGN_HEADING = re.compile(r"\b(ird|ptnr|partner) (no|num|number|id)\b|\bird\b", re.IGNORECASE)
_GLOTTALS = "\u02bb\u02bc'\u2019\u2018`"


class BadTable(ValueError):
    """A file of which nothing may be loaded; the text is one sentence for whoever sent it."""


@dataclass(slots=True)
class Table:
    """A sheet as it was sent: headings, and rows with their numbers as a spreadsheet program shows them."""

    headings: list[str]
    rows: list[tuple[int, list[Cell]]]
    notes: list[str] = field(default_factory=list)

    def cells(self, column: str) -> list[Cell]:
        """Give a column's filled cells."""
        place = self.headings.index(column)
        return [row[place] for _, row in self.rows if place < len(row) and plain(row[place])]


def heading(text: Cell) -> str:
    """Give a heading as it is compared: one line, composed letters."""
    return " ".join(unicodedata.normalize("NFC", plain(text)).split())


def check_headings(table: Table, mapping: Mapping) -> None:
    """Raise BadTable with the nearest name where a column is missing or there twice; note what is not read."""
    wanted = mapping.columns()
    missing = [column for column in wanted if column not in table.headings]
    spare = [name for name in table.headings if name and name not in wanted and name not in mapping.ignore]
    if missing:
        told = "; ".join(f"{name}{_nearest(name, spare)}" for name in missing)
        raise BadTable(f"The file lacks a column that the mapping reads: {told}.")
    twice = [column for column in wanted if table.headings.count(column) > 1]
    if twice:
        raise BadTable(f"The file has two columns called {twice[0]}. Give each its own name.")
    if spare:
        columns = "1 column is" if len(spare) == 1 else f"{len(spare)} columns are"
        table.notes.append(f"{columns} not in the mapping and not read: {', '.join(spare)}.")


def check_letters(table: Table, mapping: Mapping) -> None:
    """Raise BadTable where letters were damaged on the way: a wrong name is worse than none."""
    hurt = 0
    for column in mapping.columns():
        for cell in table.cells(column):
            text = plain(cell)
            hurt += bool(_DAMAGE.search(text) or (column in mapping.name and _QUERY_IN_NAME.search(text)))
    if hurt:
        cells = "1 cell is" if hurt == 1 else f"{hurt} cells are"
        raise BadTable(f"Letters were damaged on the way: {cells} hurt. Send the file again as UTF-8.")


def check_date_order(table: Table, mapping: Mapping) -> None:
    """Raise BadTable where some dates only make sense in the other order: no guessing by row."""
    orders = {one.columns[0]: one.date_order for one in mapping.fields if one.kind == "date"}
    for column in (mapping.birth_date, mapping.recorded_on):
        if column:
            orders.setdefault(column, mapping.date_order)
    for column, order in orders.items():
        found = [parts for cell in table.cells(column) if (parts := _parts(cell, order))]
        swapped = [parts for parts in found if parts[1] > 12 and parts[2] <= 12]
        if swapped:
            raise BadTable(
                f"{len(swapped)} of {len(found)} dates in {column} have a month over 12. "
                "The file may mix two orders. Nothing was loaded."
            )


def foreign_columns(table: Table, mapping: Mapping, may_hold_health_number: bool) -> set[str]:
    """Name columns that hold what looks like another agency's number: never stored (principle 13).

    Raises BadTable when the client number itself looks so.
    """
    foreign = set()
    for column in mapping.columns():
        health = _is_health_number(column, table.cells(column)) and not may_hold_health_number
        if health or _FOREIGN_HEADING.search(column.replace("_", " ")):
            foreign.add(column)
            table.notes.append(
                f"{column} holds what looks like another agency's number. It was not stored (principle 13)."
            )
    if mapping.client_ref in foreign:
        raise BadTable(
            f"{mapping.client_ref} looks like another agency's number. Send your own client number (principle 13)."
        )
    return foreign


def note_free_text(table: Table, mapping: Mapping, free_text: dict[str, str]) -> None:
    """Say which free text may speak of other people; `free_text` is field → column."""
    for key, column in free_text.items():
        filled = len(table.cells(column))
        if filled and key not in mapping.third_party:
            table.notes.append(
                f"{column} is free text and often names other people ({filled} of {len(table.rows)} rows). "
                "If it does, list it under third_party in the mapping."
            )


def note_glottals(table: Table, mapping: Mapping) -> None:
    """Say which marks stand for ʻ in names: kept as sent, folded when names are compared."""
    seen = {letter for name in mapping.name for cell in table.cells(name) for letter in plain(cell)}
    forms = [letter for letter in _GLOTTALS if letter in seen]
    if forms and forms != ["\u02bb"]:
        table.notes.append(f"Names are kept as sent. Marks seen for \u02bb: {' '.join(forms)}")


def _is_health_number(column: str, filled: list[Cell]) -> bool:
    alike = sum(bool(_HEALTH_NUMBER.match(plain(cell))) for cell in filled)
    return bool(_HEALTH_HEADING.search(column.replace("_", " "))) or (alike > 0 and alike * 2 >= len(filled))


def _parts(cell: Cell, order: str) -> tuple[int, int, int] | None:
    try:
        return day_parts(cell, order)
    except BadCell:
        return None


def _nearest(name: str, spare: list[str]) -> str:
    folded = {one.casefold(): one for one in spare}
    found = difflib.get_close_matches(name.casefold(), list(folded), n=1, cutoff=0.5)
    return f" (the nearest is {folded[found[0]]})" if found else ""
