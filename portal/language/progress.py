"""Counts how far each language is, without calling anything more than it is."""

from dataclasses import dataclass
from pathlib import Path

from portal.language.catalogue import ROOT, is_servable, po_path
from portal.language.catalogue_files import extract, read
from portal.language.rules import ENGLISH, LANGUAGES, Language


@dataclass(frozen=True, slots=True)
class Progress:
    """One language's figures; `draft` is everything translated that no second speaker has reviewed."""

    language: str
    strings: int
    translated: int
    draft: int
    reviewed: int
    essential_reviewed: int
    state: str


def progress(root: Path = ROOT) -> list[Progress]:
    """Return the figures of every language in the table, in its order, counted against the sources."""
    wanted = {(message.context, _first(message.id)) for message in extract(root) if message.id}
    return [_progress(language, wanted, root) for language in LANGUAGES.values()]


def _progress(language: Language, wanted: set[tuple[str | None, str]], root: Path) -> Progress:
    if language.tag == ENGLISH:
        count = len(wanted)
        return Progress(language.tag, count, count, 0, count, count, "live")
    translated = 0
    if po_path(language.tag, root).exists():
        messages = [m for m in read(language.tag, root) if m.id and is_servable(m)]
        translated = sum(1 for m in messages if (m.context, _first(m.id)) in wanted)
    # No named speaker has reviewed anything yet, so every translation is a draft.
    return Progress(
        language.tag, len(wanted), translated, translated, 0, 0, state(language, translated, len(wanted))
    )


def state(language: Language, translated: int, strings: int) -> str:
    """Return `preview` for a complete draft; else `hidden` where it must be complete, or `partial`."""
    if translated >= strings:
        return "preview"
    return "hidden" if language.complete else "partial"


def _first(msgid: str | tuple[str, ...] | list[str]) -> str:
    return msgid if isinstance(msgid, str) else msgid[0]
