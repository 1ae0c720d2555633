"""What a letter must say (law.md 3.3): each kind as data, what it still lacks, and its paragraphs as msgids.

Shared by the rooms that write letters. A letter that lacks a part which the law asks for cannot be written.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from portal.language.rules import placeholders


@dataclass(frozen=True)
class Line:
    """One sentence of a part, or someone's own words.

    msgid: the sentence; its places are facts. days: those facts that are days ("2026-11-23"). word: a fact that
    names one of the letter's words (a msgid chosen by its key). said: a fact that is somebody's own words, in the
    language of the fact "<said>_lang", and maybe in others by the fact "<said>_in" (language to text). only: facts
    that must be given for the line to stand; absent: facts that must not be.
    """

    msgid: str = ""
    days: tuple[str, ...] = ()
    word: str = ""
    said: str = ""
    only: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """One thing that a letter of its kind must say: its key, its lines, and the facts it cannot do without.

    each: a fact that is a list, for every entry of which the lines stand once; entries: what each of them must hold.
    """

    key: str
    lines: tuple[Line, ...]
    needs: tuple[str, ...] = ()
    each: str = ""
    entries: tuple[str, ...] = ()


@dataclass(frozen=True)
class Letter:
    """A kind of letter: its code, its title (a msgid), its parts in order, and the section it rests on."""

    code: str
    title: str
    section: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of a written letter: a msgid with values and days, or own words with their language.

    said_in: the same own words in further languages, by a language's URL word. head: it stands above those that
    follow it.
    """

    msgid: str = ""
    values: Mapping[str, Any] | None = None
    days: Mapping[str, date] | None = None
    said: str = ""
    lang: str = ""
    said_in: Mapping[str, str] | None = None
    head: bool = False


@dataclass(frozen=True, slots=True)
class KeptLetter:
    """A letter as a room keeps it: `kind` such as L1, `at` an aware UTC moment, `language` the one it is written in."""

    no: int
    kind: str
    at: datetime
    language: str
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class LetterLine:
    """A letter on a list: its number in the address, its kind such as L1, when it was written.

    `facts` are there only where the page of the list says itself what the letter says.
    """

    no: int
    kind: str
    at: datetime
    facts: Mapping[str, Any] = field(default_factory=dict)


def missing(letter: Letter, words: Mapping[str, Mapping[str, str]], facts: Mapping[str, Any]) -> list[str]:
    """Name the required parts that these facts cannot fill, in order; empty when the letter may be written.

    words: for each fact that a `Line.word` names, the msgids by key.
    """
    return [part.key for part in letter.parts if _lacks(part, words, facts)]


def paragraphs(
    part: Part, words: Mapping[str, Mapping[str, str]], facts: Mapping[str, Any]
) -> list[Paragraph]:
    """Give the paragraphs of one part, in order."""
    entries = facts.get(part.each) or [] if part.each else [{}]
    return [
        made for entry in entries for line in part.lines for made in _of_line(line, words, {**facts, **entry})
    ]


def as_kept(fact: Any) -> Any:
    """Give facts as a letter keeps them: days as text, lists and their entries as copies."""
    if isinstance(fact, dict):
        return {name: as_kept(one) for name, one in fact.items()}
    if isinstance(fact, list | tuple):
        return [as_kept(one) for one in fact]
    return fact.isoformat() if isinstance(fact, date) else fact


def _lacks(part: Part, words: Mapping[str, Mapping[str, str]], facts: Mapping[str, Any]) -> bool:
    if not all(_given(facts.get(name)) for name in part.needs):
        return True
    entries = facts[part.each] if part.each else []
    if not all(_given(entry.get(name)) for entry in entries for name in part.entries):
        return True
    # A choice that is not one of the letter's words says nothing.
    chosen = {line.word for line in part.lines if line.word}
    said = [{**facts, **entry} for entry in entries or [{}]]
    if any(str(each.get(word)) not in words[word] for each in said for word in chosen):
        return True
    return not paragraphs(part, words, facts)


def _given(fact: Any) -> bool:
    return bool(fact.strip()) if isinstance(fact, str) else bool(fact)


def _of_line(
    line: Line, words: Mapping[str, Mapping[str, str]], known: Mapping[str, Any]
) -> Iterator[Paragraph]:
    stands = all(_given(known.get(name)) for name in line.only)
    if not stands or any(_given(known.get(name)) for name in line.absent):
        return
    if line.said:
        if _given(known.get(line.said)):
            lang, others = known.get(f"{line.said}_lang") or "en", known.get(f"{line.said}_in")
            yield Paragraph(said=known[line.said].strip(), lang=lang, said_in=others or None)
    elif line.word:
        msgid = words[line.word].get(str(known.get(line.word)))
        if msgid:
            yield Paragraph(msgid, _places(msgid, known))
    else:
        days = {name: date.fromisoformat(known[name]) for name in line.days}
        yield Paragraph(line.msgid, _places(line.msgid, known), days)


def _places(msgid: str, known: Mapping[str, Any]) -> dict[str, Any]:
    return {name: known.get(name, "") for name in sorted(placeholders(msgid))}
