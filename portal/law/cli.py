"""The command `due`: works out the last day for an answer from lines on standard input."""

import re
import sys
from datetime import date

import click

from portal.law.clocks import WORKING_DAYS, due_on
from portal.law.working_days import FIRST_YEAR, LAST_YEAR, CalendarEnds

_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_EXAMPLE = "correction,2026-10-21"


class BadLine(ValueError):
    """A line that cannot be understood; its text says which one and what to write."""


@click.command("due")
def due() -> None:
    """Work out when requests must be answered (working days after the Privacy Act 2020).

    Reads lines of kind,received on standard input and writes kind,received,due.
    Kinds are correction, access, transfer and statement; dates are like 2026-10-21.
    Nothing is written unless every line is right.

    \b
    Example:
        echo correction,2026-10-21 | portal due
    """
    try:
        answers = due_lines(sys.stdin.buffer.read())
    except BadLine as problem:
        click.echo(str(problem), err=True)
        sys.exit(2)
    if answers:
        click.echo("\n".join(answers))


def due_lines(raw: bytes) -> list[str]:
    """Turn the bytes of `kind,received` lines into `kind,received,due` lines.

    A byte order mark, Windows line ends, blank lines and a header are allowed. Days are Pacific/Auckland.
    Raises BadLine for the first line that cannot be understood. Privacy Act 2020 ss 7, 44, 62, 63.
    """
    try:
        lines = re.split(r"\r\n|\r|\n", raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        number = raw.count(b"\n", 0, error.start) + 1
        raise BadLine(
            f"Line {number} is not plain text: save it as UTF-8, with lines like {_EXAMPLE}."
        ) from None
    filled = [(number, line) for number, line in enumerate(lines, 1) if line.strip()]
    if filled and _cells(filled[0][1].lower()) == ["kind", "received"]:
        del filled[0]
    return [_answer(number, line) for number, line in filled]


def _answer(number: int, line: str) -> str:
    cells = _cells(line)
    if len(cells) != 2:
        raise BadLine(f"Line {number} needs a kind, a comma and a date: write it like {_EXAMPLE}.")
    kind, received = cells
    if kind not in WORKING_DAYS:
        raise BadLine(
            f"Line {number} starts with {_shown(kind)}: write one of {', '.join(WORKING_DAYS)} there."
        )
    received_on = _day(number, received)
    try:
        return f"{kind},{received},{due_on(kind, received_on).isoformat()}"
    except CalendarEnds:
        raise BadLine(
            f"Line {number} has the date {received}: "
            f"write one whose answer falls in {FIRST_YEAR} to {LAST_YEAR}, the years the law lists."
        ) from None


def _day(number: int, text: str) -> date:
    if not _ISO_DAY.fullmatch(text):
        raise BadLine(
            f"Line {number} has {_shown(text)} for a date: write year, month and day, like 2026-10-21."
        )
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadLine(
            f"Line {number} has {text}, a day that does not exist: write a day like 2026-10-21."
        ) from None


def _cells(line: str) -> list[str]:
    kind, *rest = (cell.strip().strip('"') for cell in line.split(","))
    return [kind.lower(), *rest]


def _shown(text: str) -> str:
    # Typed text goes to a terminal: only printable characters, and not a page of them.
    clean = "".join(c if c.isprintable() else "?" for c in text[:40])
    return f"“{clean}”" if clean else "nothing"
