"""Takes files that people send: photos, pictures and PDF files, each drawn anew, so that only pictures are kept.

What a file is, its own first bytes say; its name and what the browser claims of it are never asked. A program of
its own reads it (redrawing.py), and its answer is not believed either: only a JPEG with no place for anything but
its points is taken (security.md T24). The same way as the PDF files that the portal draws (pdf.py).
"""

import json
import re
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LARGEST = 12 * 1024 * 1024
"""Bytes of a file as it is sent."""
MOST_PAGES = 20
LONGEST_SIDE = 2000
LARGEST_PICTURE = 600_000
LARGEST_ALL = 6_000_000
"""Bytes of all pictures of one file."""
SECONDS = 30
LIMITS = {
    "pages": MOST_PAGES,
    "side": LONGEST_SIDE,
    "bytes": LARGEST_PICTURE,
    "all_bytes": LARGEST_ALL,
    # A phone's camera makes up to 50 million points; more is a trap, or a plan of a house.
    "points": 60_000_000,
    # Measured: 60 million points with transparency, the worst that is taken, need 700.
    "megabytes": 1024,
    "seconds": 20,
}
CODES = frozenset(
    {"empty", "big", "unknown", "phone", "document", "damaged", "points", "pages", "locked", "heavy"}
)
_PHONE = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis")
_LONGEST_BRANDS = 256
_BEGINS = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"%PDF-", "pdf"),
)
# Archives, among them the documents of word processors; and the older kind of those.
_DOCUMENTS = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf")


class CannotTake(Exception):
    """A file cannot be taken; `code` is one of CODES."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, repr=False)
class Picture:
    """A picture that was drawn anew: a JPEG, in points."""

    width: int
    height: int
    body: bytes


@dataclass(frozen=True, repr=False)
class Redrawn:
    """A file as it is kept: `kind` is picture or pdf, with one picture for each page."""

    kind: str
    pages: list[Picture]

    @property
    def size(self) -> int:
        """Bytes of all its pictures."""
        return sum(len(page.body) for page in self.pages)


def kind_of(data: bytes) -> str:
    """Say what a file is by its first bytes: jpeg, png, gif, webp or pdf. Raises CannotTake for all else."""
    if not data:
        raise CannotTake("empty")
    if len(data) > LARGEST:
        raise CannotTake("big")
    for begins, kind in _BEGINS:
        if data.startswith(begins):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if _is_of_a_phone(data):
        raise CannotTake("phone")
    if data.startswith(_DOCUMENTS):
        raise CannotTake("document")
    raise CannotTake("unknown")


def _is_of_a_phone(data: bytes) -> bool:
    """Say whether a file is a photo as newer phones keep them (HEIC, AVIF).

    Its first box names one brand, and after four bytes those that can read it too: some makers put their own first.
    """
    if data[4:8] != b"ftyp":
        return False
    end = min(int.from_bytes(data[:4], "big"), _LONGEST_BRANDS)
    brands = [data[8:12], *(data[at : at + 4] for at in range(16, end - 3, 4))]
    return any(brand in _PHONE for brand in brands)


def redraw(data: bytes) -> Redrawn:
    """Draw a file anew. Takes up to SECONDS, and nothing of the store is needed for it. Raises CannotTake."""
    kind = kind_of(data)
    head, _, rest = _ask(kind, data).partition(b"\n")
    try:
        said = json.loads(head)
    except ValueError:
        # It was stopped: too much memory, too long, or worse.
        raise CannotTake("heavy") from None
    if "refused" in said:
        code = said["refused"]
        raise CannotTake(code if code in CODES else "damaged")
    pages = []
    for width, height, size in said["pages"]:
        body, rest = rest[:size], rest[size:]
        if not is_bare(body) or len(body) > LARGEST_PICTURE:
            raise CannotTake("damaged")
        pages.append(Picture(width, height, body))
    if rest or not 1 <= len(pages) <= MOST_PAGES:
        raise CannotTake("damaged")
    return Redrawn("pdf" if kind == "pdf" else "picture", pages)


def is_bare(body: bytes) -> bool:
    """Say whether bytes are one JPEG that has its points, what is needed to read them, and nothing else.

    No camera's notes (EXIF, GPS), no XMP, no profile, no comment, no small preview, nothing behind its end.
    """
    if not body.startswith(b"\xff\xd8"):
        return False
    at, marker = 2, 0
    while marker != 0xDA:
        if at + 4 > len(body) or body[at] != 0xFF:
            return False
        marker, length = body[at + 1], int.from_bytes(body[at + 2 : at + 4], "big")
        # JFIF without a preview; tables; the frame; how often a mark to find one's way comes; the points.
        if marker == 0xE0 and (length != 16 or body[at + 4 : at + 9] != b"JFIF\0"):
            return False
        if marker not in (0xE0, 0xDB, 0xC0, 0xC1, 0xC2, 0xC4, 0xDD, 0xDA):
            return False
        at += 2 + length
    end = re.compile(rb"\xff[^\x00\xd0-\xd7]").search(body, at)
    return end is not None and end[0] == b"\xff\xd9" and end.end() == len(body)


def _ask(kind: str, data: bytes) -> bytes:
    """Let the program draw, and give what it answers; nothing where it had to be stopped."""
    call = [sys.executable, "-B", "-m", "portal.base.redrawing", kind, json.dumps(LIMITS)]
    with subprocess.Popen(  # noqa: S603  (our own interpreter and module)
        call,
        cwd=ROOT,
        # None of the portal's settings: a key that is not there cannot be given away.
        env={},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        assert process.stdin and process.stdout
        alarm = threading.Timer(SECONDS, process.kill)
        alarm.start()
        try:
            # It reads all before it answers anything, so neither waits for the other.
            process.stdin.write(data)
            process.stdin.close()
            # No more is taken than an honest answer can hold, whatever became of the program.
            return process.stdout.read(LARGEST_ALL + 4096)
        except BrokenPipeError:
            return b""
        finally:
            alarm.cancel()
            process.kill()
