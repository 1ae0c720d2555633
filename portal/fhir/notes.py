"""Counts what a reading had to leave out or change, and says it in sentences without values."""

import re
from collections import Counter

MAX_LINES = 60
NO_TYPE = "this portal has no record type for {them}"
_RESOURCE_TYPE = re.compile(r"[A-Za-z]{1,40}\Z")


def safe_type(name: object) -> str:
    """The resource type for a sentence; text that cannot be a type is not repeated."""
    return name if isinstance(name, str) and _RESOURCE_TYPE.match(name) else "unnamed"


class Notes:
    """Collects what happened while reading; the same thing twice is one sentence with a count."""

    def __init__(self) -> None:
        self._left_out: Counter[tuple[str, str]] = Counter()
        self._odd: Counter[str] = Counter()
        self._said: Counter[tuple[str, str]] = Counter()
        self._seen: set[tuple[str, int]] = set()

    def left_out(self, resource_type: object, reason: str) -> None:
        """A whole resource made no record; `reason` ends the sentence after the colon."""
        self._left_out[(safe_type(resource_type), reason)] += 1

    def odd(self, path: str, owner: object) -> None:
        """A field of `owner` could not be read; `path` is of our own making, never input.

        Looking at the same field twice counts once.
        """
        if self._is_new(path, owner):
            self._odd[path] += 1

    def say(self, one: str, many: str, owner: object = None) -> None:
        """Another kind of note; `many` holds `{n}` for the count, once for each `owner`."""
        if owner is None or self._is_new(one, owner):
            self._said[(one, many)] += 1

    def _is_new(self, what: str, owner: object) -> bool:
        # The document outlives the reading, so the place in memory names the object.
        key = (what, id(owner))
        fresh = key not in self._seen
        self._seen.add(key)
        return fresh

    def sentences(self) -> tuple[str, ...]:
        """Every note as one sentence, in the order of what matters most."""
        lines = [_left_out_sentence(kind, why, n) for (kind, why), n in self._left_out.items()]
        lines += [one if n == 1 else many.format(n=n) for (one, many), n in self._said.items()]
        lines += [_odd_sentence(path, n) for path, n in self._odd.items()]
        if len(lines) > MAX_LINES:
            rest = len(lines) - MAX_LINES
            lines = [*lines[:MAX_LINES], f"{rest} more kinds of thing were left out."]
        return tuple(lines)


def _left_out_sentence(kind: str, why: str, n: int) -> str:
    noun = "resource was" if n == 1 else "resources were"
    return f"{n} {kind} {noun} left out: {why.format(them='it' if n == 1 else 'them')}."


def _odd_sentence(path: str, n: int) -> str:
    values = "1 value" if n == 1 else f"{n} values"
    return f"{values} of {path} could not be read and {'was' if n == 1 else 'were'} left out."
