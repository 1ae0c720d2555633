"""Files of comma-separated values for spreadsheets, in which no cell is taken for a formula."""

import csv
import io
from collections.abc import Iterable

from flask import make_response
from werkzeug.wrappers import Response

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""Beginnings that a spreadsheet would take for a formula."""


def csv_file(name: str, heads: Iterable[str], rows: Iterable[Iterable[str]]) -> Response:
    """Give rows as a file to keep, under a name that says nothing of a person."""
    out = io.StringIO()
    # Spreadsheets then read it as UTF-8.
    out.write("\ufeff")
    lines = csv.writer(out)
    lines.writerow(heads)
    for row in rows:
        lines.writerow([_plain(text) for text in row])
    response = make_response(out.getvalue())
    response.headers["Content-Type"] = "text/csv; charset=utf-8"
    response.headers["Content-Disposition"] = f"attachment; filename={name}"
    return response


def _plain(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text
