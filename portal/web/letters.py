"""What the template of a letter needs: its parts as sentences to fill, and the languages that stand side by side."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from portal.language import service as language
from portal.language.rules import ENGLISH
from portal.language.translation import Translator
from portal.law.letters import Letter, Paragraph


@dataclass(frozen=True)
class Shown:
    """One paragraph as a template fills it: a msgid with its places and days, or somebody's own words; or a heading."""

    msgid: str
    places: dict[str, str]
    days: dict[str, date]
    said: str
    lang: str
    said_in: Mapping[str, str]
    head: bool = False

    def said_for(self, tag: str) -> tuple[str, str]:
        """Give own words with their language for the side in a language: in that one where they are written in it."""
        return (self.said_in[tag], tag) if tag in self.said_in else (self.said, self.lang)


def letter_facts(kind: Letter, parts: list[tuple[str, list[Paragraph]]], tag: str) -> dict[str, Any]:
    """Give what shows a letter of a kind that was written in the language `tag`, with English beside it."""
    return {
        "kind": kind,
        "parts": [(key, [_shown(one) for one in paragraphs]) for key, paragraphs in parts],
        "sides": _sides(tag),
    }


def _sides(tag: str) -> list[Translator]:
    return [language.translator(one) for one in dict.fromkeys((tag, ENGLISH))]


def _shown(one: Paragraph) -> Shown:
    days = dict(one.days or {})
    places = {name: str(value) for name, value in (one.values or {}).items() if name not in days}
    return Shown(one.msgid, places, days, one.said, one.lang, one.said_in or {}, one.head)
