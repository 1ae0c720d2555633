"""Files as they are sent: their bytes as text or JSON, or one sentence on why they cannot be read."""

import json
from pathlib import Path
from typing import Any

MOST_BYTES = 20 * 1024 * 1024


class Unreadable(Exception):
    """A file that cannot be taken; `sentence` says why, in words for whoever sent it."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def content(path: Path) -> bytes:
    """Give a file's bytes. Raises Unreadable when it is empty, too large, or cannot be opened."""
    try:
        with path.open("rb") as opened:
            data = opened.read(MOST_BYTES + 1)
    except OSError:
        raise Unreadable("The file cannot be opened. Check that it is there and may be read.") from None
    if len(data) > MOST_BYTES:
        raise Unreadable("The file is larger than 20 MB. Send it in parts.")
    if not data.strip():
        raise Unreadable("The file is empty.")
    return data


def read_json(data: bytes) -> Any:
    """Read JSON strictly: UTF-8, whole, and with real numbers only. Raises Unreadable."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable("The file is not text in UTF-8, so it is not JSON.") from None
    try:
        return json.loads(text, parse_constant=_no_number)
    except json.JSONDecodeError as fault:
        if fault.pos >= len(text.rstrip()) or fault.msg.startswith("Unterminated"):
            raise Unreadable("The file breaks off before its end. Send it again whole.") from None
        raise Unreadable(f"The file is not JSON: line {fault.lineno} cannot be read.") from None
    except RecursionError:
        raise Unreadable("The file is nested too deep to be read.") from None
    except ValueError:
        raise Unreadable("The file is not JSON: it holds a number that cannot be stored.") from None


def _no_number(_name: str) -> Any:
    raise ValueError
