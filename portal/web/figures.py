"""Tables of figures that name nobody: as a page shows them, and as a file for a table program."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import make_response
from werkzeug.wrappers import Response

from portal.language.rules import N_
from portal.web.text import say

# A table program would carry out what begins so.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
# L10n: team figures, in place of a number that is too small to show
FEW = N_("Too few to show")
# L10n: team figures, head of a column: numbers of answers
ANSWERS = N_("Answers")
# L10n: team figures, heads of columns: of 100 answers so many came in time; the middle one took so many days
IN_TIME, MIDDLE = N_("In time, of 100"), N_("Working days, the middle one")


@dataclass(frozen=True)
class Row:
    """A line of a table: its words, the language they are in where it is another one, numbers (None: too few)."""

    label: Any
    cells: list[int | None]
    lang: str | None = None
    href: str | None = None
    # What stands in the chart, where the words are too long for it.
    short: str | None = None
    held: bool = False


@dataclass(frozen=True)
class Figures:
    """A table with its chart, which shows the first column of numbers. Title, note and heads are msgids."""

    key: str
    title: str
    heads: tuple[str, ...]
    rows: list[Row]
    note: str | None = None

    @property
    def most(self) -> int:
        """The longest bar."""
        return max((row.cells[0] or 0 for row in self.rows), default=0)


def as_file(tables: Iterable[Figures]) -> Response:
    """Give the numbers of tables as a file of comma-separated values."""
    out = io.StringIO()
    # Figures programs then read it as UTF-8.
    out.write("\ufeff")
    lines = csv.writer(out)
    for table in tables:
        lines.writerow(plain(say(text)) for text in (table.title, *table.heads[1:]))
        for row in table.rows:
            lines.writerow([plain(row.label), *(plain(say(FEW)) if n is None else n for n in row.cells)])
        lines.writerow([])
    response = make_response(out.getvalue())
    response.headers["Content-Type"] = "text/csv; charset=utf-8"
    response.headers["Content-Disposition"] = "attachment; filename=figures.csv"
    return response


def plain(text: Any) -> str:
    """Give words of a cell as text that no table program carries out."""
    words = text.striptags() if hasattr(text, "striptags") else str(text)
    return f"'{words}" if words.startswith(FORMULA) else words
