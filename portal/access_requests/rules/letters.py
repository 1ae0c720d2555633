"""The letters of an access request: which there are, what one lacks, and what one says (law.md 3.3)."""

from collections.abc import Mapping
from typing import Any

from portal.access_requests.rules.letter_words import WORDS
from portal.access_requests.rules.letters_after import L10, L11, L12, L13, L14
from portal.access_requests.rules.letters_before import L1, L2, L3, L4
from portal.law import letters as law
from portal.law.letter_lines import EXTENSION_GROUNDS
from portal.law.letters import Paragraph

__all__ = ["EXTENSION_GROUNDS", "LETTERS", "composed", "missing"]

LETTERS = {one.code: one for one in (L1, L2, L3, L4, L10, L11, L12, L13, L14)}


def missing(kind: str, facts: Mapping[str, Any]) -> list[str]:
    """Name the required parts that a letter of this kind lacks. Raises KeyError for an unknown kind."""
    return law.missing(LETTERS[kind], WORDS, facts)


def composed(kind: str, facts: Mapping[str, Any]) -> list[tuple[str, list[Paragraph]]]:
    """Give each part of a letter with its paragraphs, in order. Raises KeyError for an unknown kind."""
    return [(part.key, law.paragraphs(part, WORDS, facts)) for part in LETTERS[kind].parts]
