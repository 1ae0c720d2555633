"""What differs between two texts, word by word, so that a reader sees at a glance what a change would do."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

MOST = 2_000
"""Words and spaces of both texts together up to which they are compared; longer ones count as all changed."""

_WORD = re.compile(r"\s+|[^\s,;:()“”\"]+|[,;:()“”\"]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words: `changed` says that the other text does not have it here."""

    text: str
    changed: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """Two texts cut into pieces. Those that stay the same stand in both, in the same order."""

    old: tuple[Piece, ...]
    new: tuple[Piece, ...]


def difference(old: str, new: str) -> Difference:
    """Cut two texts into the words that stay and those that change; case and marks above letters count.

    Joined again, the pieces of each side are the text that was given. Where hardly anything stays, all of both
    counts as changed: a mark on every second word would hide what it should show.
    """
    before, after = _WORD.findall(old), _WORD.findall(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if len(before) + len(after) > MOST or _alike(matcher, before, after) < 0.3:
        same = old == new
        return Difference(_one(old, not same), _one(new, not same))
    left: list[Piece] = []
    right: list[Piece] = []
    for what, a, b, c, d in matcher.get_opcodes():
        _add(left, "".join(before[a:b]), what != "equal")
        _add(right, "".join(after[c:d]), what != "equal")
    return Difference(tuple(left), tuple(right))


def _alike(matcher: SequenceMatcher, before: list[str], after: list[str]) -> float:
    """Give the part of the words, spaces left out, that stand in both texts."""
    words = sum(not one.isspace() for one in (*before, *after))
    kept = sum(
        2 * sum(not one.isspace() for one in before[block.a : block.a + block.size])
        for block in matcher.get_matching_blocks()
    )
    return kept / words if words else 1.0


def _one(text: str, changed: bool) -> tuple[Piece, ...]:
    return (Piece(text, changed),) if text else ()


def _add(pieces: list[Piece], text: str, changed: bool) -> None:
    if not text:
        return
    if pieces and text.isspace() and changed:
        # A space alone is nothing that a reader could see as changed.
        pieces[-1] = Piece(pieces[-1].text + text, pieces[-1].changed)
    elif pieces and pieces[-1].changed == changed:
        pieces[-1] = Piece(pieces[-1].text + text, changed)
    else:
        pieces.append(Piece(text, changed))
