"""Finds words in texts as people type them: marks, glottal signs, case and punctuation make no difference."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from portal.language.rules import GLOTTALS

# Of plain letters: the signs that people type for a glottal stop go, every other sign parts words.
_PLAIN = {code: " " for code in range(128) if not chr(code).isalnum()} | dict.fromkeys(map(ord, "'`"))
_AROUND = 60


def fold(text: str) -> str:
    """Give a text as it is compared: bare small letters and numbers, with one space between words."""
    if text.isascii():
        return " ".join(text.lower().translate(_PLAIN).split())
    return " ".join("".join(_letters(text)).split())


@lru_cache(maxsize=4_096)
def folded_label(text: str) -> str:
    """Fold a text of the catalogue, of which there are few: each once in a process."""
    return fold(text)


def words_of(typed: str) -> list[str]:
    """Give the words that somebody typed, folded, each once; none where there is no letter or number."""
    return list(dict.fromkeys(fold(typed).split()))


def around(text: str, words: list[str]) -> tuple[str, str, str] | None:
    """Give what stands before the first of some folded words in a text, the word as it is written, and what follows.

    Some 60 letters on each side, cut between words. None where no word is there.
    """
    folded, places = _with_places(text)
    starts = [(at, word) for word in words if (at := folded.find(word)) >= 0]
    if not starts:
        return None
    at, word = min(starts)
    start, end = places[at], places[at + len(word) - 1] + 1
    # What belongs to its last letter and was folded away, such as a mark of its own.
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return _tail(text[:start]), text[start:end], _head(text[end:])


def _with_places(text: str) -> tuple[str, list[int]]:
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        for one in _letters(letter):
            if one != " " or (letters and letters[-1] != " "):
                letters.append(one)
                places.append(place)
    return "".join(letters), places


def _letters(text: str) -> Iterator[str]:
    """Give the folded letters of a text; a space for all that parts words."""
    bare = unicodedata.normalize("NFKD", text.translate(GLOTTALS).casefold())
    for letter in bare:
        if letter.isalnum() or unicodedata.category(letter) == "So":
            yield letter.casefold()
        elif not unicodedata.combining(letter) and unicodedata.category(letter) != "Cf":
            yield " "


def _tail(text: str) -> str:
    if len(text) <= _AROUND:
        return text
    return re.sub(r"^\S*\s+", "", text[-_AROUND:])


def _head(text: str) -> str:
    if len(text) <= _AROUND:
        return text
    return re.sub(r"\s+\S*$", "", text[:_AROUND])
