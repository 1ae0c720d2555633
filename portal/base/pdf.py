"""Draws documents as tagged PDF files (PDF/UA) with typst; text comes as data and is never read as markup.

A program of its own draws each one: a huge document can then be stopped, and leaves no memory behind. The same
data gives the same bytes: typst's own fonts are used, and others only for letters that those do not have.
"""

import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any, cast

from portal.base.problems import Busy

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "templates" / "_print"
# Measured: this much text makes about 8 MB, takes 10 seconds and 500 MB while it is drawn.
MOST_LETTERS = 1_000_000
SECONDS = 60
# How many are drawn at once by a process that answers people, and how long the next one waits for its turn.
_slots = threading.BoundedSemaphore(max(1, (os.cpu_count() or 2) - 1))
_WAIT_SECONDS = 5
# Typst's own words for a letter that no font has; PDF/UA forbids a box in its place.
_NO_LETTER = "could not be displayed"

Run = str | list[str]
"""A text in the document's language, or [text, language tag]."""
Block = list[Any]
"""One part of a document: its kind first (templates/_print/document.typ lists them)."""


class CannotDraw(Exception):
    """The document could not be drawn; never holds a word of it."""


class TooMuch(CannotDraw):
    """There is more text than one readable file may hold, or drawing it took too long."""


def render(template: str, data: dict[str, Any], *, lang: str, title: str) -> bytes:
    """Draw a document, and give the PDF file's bytes.

    `template` names a file of templates/_print without its ending; `data` is JSON, for `document` a list of
    `blocks`; `lang` is the language tag of the whole (such as `sm` or `en-NZ`), `title` plain text. Lines may be
    parted with a line end. Raises TooMuch, CannotDraw for any other fault, and Busy when too many wait.
    """
    given = json.dumps({**data, "lang": lang, "title": title}, ensure_ascii=False)
    if len(given) > MOST_LETTERS:
        raise TooMuch("more text than one file may hold")
    if not _slots.acquire(timeout=_WAIT_SECONDS):
        raise Busy()
    try:
        # What it says goes by standard input: the list of programs shows arguments to everybody.
        done = subprocess.run(  # noqa: S603  (our own interpreter and module)
            [sys.executable, "-m", "portal.base.pdf", template],
            cwd=ROOT,
            input=given.encode(),
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as fault:
        raise TooMuch("drawing took too long") from fault
    finally:
        _slots.release()
    if done.returncode or not done.stdout.startswith(b"%PDF"):
        raise CannotDraw("the document could not be drawn")
    return done.stdout


def draw(template: str, given: str) -> bytes:
    """Draw in this process; `given` is the data as JSON text. Raises typst's own fault."""
    # Slow to import, and needed by one process only.
    import typst

    path = TEMPLATES / f"{template}.typ"
    fixed: dict[str, Any] = {"format": "pdf", "root": str(TEMPLATES), "sys_inputs": {"data": given}}
    # Letters that typst's own fonts lack come from the machine's. What nothing has stands as a box: the text
    # under it is still there to hear and copy, but the file is tagged only, and no longer PDF/UA.
    ways: tuple[dict[str, Any], ...] = (
        {"ignore_system_fonts": True, "pdf_standards": ["ua-1"]},
        {"pdf_standards": ["ua-1"]},
        {},
    )
    for number, way in enumerate(ways, 1):
        try:
            return cast(bytes, typst.compile(str(path), **fixed, **way))
        except typst.TypstError as fault:
            if number == len(ways) or _NO_LETTER not in str(fault):
                raise
    raise CannotDraw("no way was tried")


def main() -> None:
    """Draw what stands on standard input by the template that the call names, and write it to standard output."""
    try:
        drawn = draw(sys.argv[1], sys.stdin.buffer.read().decode())
    except Exception:
        # Its words would hold the person's.
        sys.exit(1)
    sys.stdout.buffer.write(drawn)


if __name__ == "__main__":
    main()
