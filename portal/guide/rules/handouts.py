"""Reads a handout: a brochure, checklist, fact sheet or blank letter that is written as a file, one per language.

The files are a small, strict part of Markdown, so that nothing in them can be read as markup of a page, and so that
a translation can be held beside its English part by part: "## " is a heading, "- " a point, "1. " a step, "- [ ] "
something to tick, "> " something to notice, "___" a line to write on; anything else is a paragraph.
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from itertools import groupby

from portal.language.rules import ENGLISH, N_

FORMATS = {
    # L10n: Guide, papers to print, heading of a list: what a worker goes through with a client.
    "checklist": N_("Checklists for workers"),
    # L10n: Guide, papers to print, heading of a list: small folded papers to give away.
    "brochure": N_("Brochures to give away"),
    # L10n: Guide, papers to print, heading of a list: one page for each part of life, such as health.
    "sheet": N_("Fact sheets"),
    # L10n: Guide, papers to print, heading of a list: letters with empty lines.
    "letter": N_("Letters to fill in by hand"),
}
PAPER = {"checklist": "a4", "brochure": "a5", "sheet": "a4", "letter": "a4"}
AUDIENCES = {"worker", "person"}
_FACTS = {
    True: ("title", "about", "audience", "format", "order"),
    False: ("title", "about", "source"),
}
_MARKS = (
    ("heading", re.compile(r"## (.+)\Z")),
    ("ticks", re.compile(r"- \[ \] (.+)\Z")),
    ("list", re.compile(r"- (.+)\Z")),
    ("steps", re.compile(r"\d{1,2}\. (.+)\Z")),
    ("note", re.compile(r"> (.+)\Z")),
    ("fill", re.compile(r"([^_]+) ((?:___)+)\Z")),
)
_HTML = re.compile(r"<[a-zA-Z/!]|&(?:#\d+|#x[0-9a-f]+|[a-zA-Z]+);", re.I)
_MARKUP = re.compile(r"[*`\[\]|]|\A\s*#|_{2}")


class HandoutFault(ValueError):
    """A file that cannot be read; its text is one sentence that says what to do."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its kind (`text`, or a name of _MARKS) and its texts; `lines` is how many lines to write on."""

    kind: str
    texts: tuple[str, ...]
    lines: int = 0


@dataclass(frozen=True, slots=True)
class Handout:
    """A handout in one language. `source` is the fingerprint of the English that a translation was made from."""

    slug: str
    tag: str
    title: str
    about: str
    parts: tuple[Part, ...]
    source: str = ""
    audience: str = ""
    format: str = ""
    order: int = 0

    @property
    def fingerprint(self) -> str:
        """Give what changes with every word of it."""
        said = repr((self.title, self.about, [(one.kind, one.texts, one.lines) for one in self.parts]))
        return hashlib.sha256(said.encode()).hexdigest()[:12]

    @property
    def texts(self) -> list[str]:
        """Give every text of it in order."""
        return [self.title, self.about, *(text for part in self.parts for text in part.texts)]

    @property
    def sections(self) -> list[tuple[Part, ...]]:
        """Give its parts by section: a heading begins one."""
        number, numbered = 0, []
        for part in self.parts:
            number += part.kind == "heading"
            numbered.append((number, part))
        return [tuple(part for _, part in each) for _, each in groupby(numbered, key=lambda one: one[0])]


def read(slug: str, tag: str, text: str) -> Handout:
    """Read a file's text. Raises HandoutFault."""
    head, body = _split(text)
    english = tag == ENGLISH
    facts = _facts(head, _FACTS[english])
    parts = tuple(_parts(body)) if body.strip() else ()
    if not parts:
        raise HandoutFault("there is no text below the facts.")
    given = {name: facts.get(name, "") for name in ("title", "about", "source", "audience", "format")}
    if english:
        if given["audience"] not in AUDIENCES or given["format"] not in FORMATS:
            raise HandoutFault("the audience or the format is none that is known.")
        if not facts["order"].isdigit():
            raise HandoutFault('"order" is a number.')
    made = Handout(slug, tag, parts=parts, order=int(facts.get("order", 0)), **given)
    for one in made.texts:
        _plain(one)
    return made


def differences(english: Handout, own: Handout) -> list[str]:
    """Say what a translation lacks beside its English, each as a sentence."""
    found = []
    if own.source != english.fingerprint:
        found.append("is older than its English: bring it up to date, then write its source anew.")
    if len(own.parts) != len(english.parts):
        found.append(f"has {len(own.parts)} parts, and its English has {len(english.parts)}.")
    for number, (one, other) in enumerate(zip(english.parts, own.parts, strict=False), 1):
        if (one.kind, len(one.texts), one.lines) != (other.kind, len(other.texts), other.lines):
            found.append(f"part {number} is not of the same kind and length as in its English.")
    return found


def _split(text: str) -> tuple[list[str], str]:
    if unicodedata.normalize("NFC", text) != text:
        raise HandoutFault("it is not NFC.")
    found = re.match(r"---\n(.*?)\n---\n(.*)\Z", text, re.S)
    if not found:
        raise HandoutFault('it does not begin with facts between two lines of "---".')
    return found[1].split("\n"), found[2]


def _facts(lines: list[str], wanted: tuple[str, ...]) -> dict[str, str]:
    facts = {name.strip(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    if set(facts) != set(wanted) or not all(facts.values()):
        raise HandoutFault(f"its facts are to be these: {', '.join(wanted)}.")
    return facts


def _parts(body: str):
    for block in re.split(r"\n\s*\n", body.strip("\n")):
        lines = [line for line in block.split("\n") if line.strip()]
        # A line that begins with two spaces goes on with the one above it.
        joined = re.sub(r"\n {2,}", " ", "\n".join(lines)).split("\n")
        for kind, each in groupby(map(_part, joined), key=lambda one: one.kind):
            yield from _together(kind, list(each))


def _part(line: str) -> Part:
    for kind, mark in _MARKS:
        found = mark.match(line)
        if found:
            return Part(kind, (found[1].strip(),), len(found[2]) // 3 if kind == "fill" else 0)
    return Part("text", (line.strip(),))


def _together(kind: str, parts: list[Part]) -> list[Part]:
    if kind in ("list", "steps", "ticks", "note"):
        return [Part(kind, tuple(part.texts[0] for part in parts))]
    if kind == "text":
        return [Part(kind, (" ".join(part.texts[0] for part in parts),))]
    return parts


def _plain(text: str) -> None:
    if _HTML.search(text):
        raise HandoutFault("it holds HTML.")
    if _MARKUP.search(text):
        raise HandoutFault(f'"{text[:40]}" holds a mark that is not read here.')
