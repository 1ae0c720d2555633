"""A tolerant way into FHIR JSON: every look at a field survives any form and counts odd ones."""

from collections.abc import Mapping

from portal.fhir.notes import Notes
from portal.fhir.values import SHORT, When, clean, number_words, parse_when

MAX_ITEMS = 500
_ROUNDED = "Long numbers were rounded."


class Node:
    """One JSON object of a resource, with its path for notes; a missing object is an empty node."""

    __slots__ = ("data", "notes", "path")

    def __init__(self, data: object, path: str, notes: Notes) -> None:
        self.data: Mapping[str, object] = data if isinstance(data, dict) else {}
        self.path = path
        self.notes = notes

    def __bool__(self) -> bool:
        return bool(self.data)

    def has(self, key: str) -> bool:
        """Whether the field is there at all."""
        return self.data.get(key) is not None

    def odd(self, key: str) -> None:
        """Counts the field as unreadable."""
        self.notes.odd(f"{self.path}.{key}", self.data)

    def obj(self, key: str) -> "Node":
        """The object in a field; the first one where a list was sent."""
        value = self.data.get(key)
        if isinstance(value, list):
            found = self.objs(key)
            return found[0] if found else Node({}, f"{self.path}.{key}", self.notes)
        if value is not None and not isinstance(value, dict):
            self.odd(key)
        return Node(value, f"{self.path}.{key}", self.notes)

    def objs(self, key: str) -> list["Node"]:
        """The objects in a list field; a single object counts as a list of one."""
        found = []
        for item in self._items(key):
            if isinstance(item, dict):
                found.append(Node(item, f"{self.path}.{key}", self.notes))
            else:
                self.odd(key)
        return found

    def texts(self, key: str, limit: int = SHORT) -> list[str]:
        """The texts in a list field, cleaned."""
        found = []
        for item in self._items(key):
            text = self._clean(item, key, limit)
            if text:
                found.append(text)
        return found

    def text(self, key: str, limit: int = SHORT) -> str | None:
        """The text in a field, cleaned and cut to `limit`; None where there is none."""
        value = self.data.get(key)
        return None if value is None else self._clean(value, key, limit)

    def code(self, key: str) -> str:
        """A code to decide by, never to show; empty where there is none."""
        value = self.data.get(key)
        if value is None:
            return ""
        if not isinstance(value, str):
            self.odd(key)
            return ""
        return value.strip()[:300]

    def when(self, key: str) -> When:
        """The date in a field; an empty one where it is missing or no such day exists."""
        value = self.data.get(key)
        if value is None:
            return When()
        found = parse_when(value) if isinstance(value, str) else None
        if found is None:
            self.odd(key)
        return found or When()

    def number(self, key: str) -> str | None:
        """The number in a field as plain digits."""
        value = self.data.get(key)
        if value is None:
            return None
        found = number_words(value)
        if found is None:
            self.odd(key)
            return None
        if found[1]:
            self.notes.say(_ROUNDED, _ROUNDED)
        return found[0]

    def _items(self, key: str) -> list[object]:
        value = self.data.get(key)
        if value is None:
            return []
        items = value if isinstance(value, list) else [value]
        if len(items) > MAX_ITEMS:
            self.notes.say("1 very long list was cut.", "{n} very long lists were cut.")
        return items[:MAX_ITEMS]

    def _clean(self, value: object, key: str, limit: int) -> str | None:
        if not isinstance(value, str):
            self.odd(key)
            return None
        text, cut = clean(value, limit)
        if cut:
            shortened(self.notes, value)
        return text or None


def shortened(notes: Notes, text: str) -> None:
    """Notes that a text was cut to the length a record can hold, once for each text."""
    notes.say(
        "1 text was shortened to the length this portal can hold.",
        "{n} texts were shortened to the length this portal can hold.",
        text,
    )


def fit(text: str | None, limit: int, notes: Notes) -> str | None:
    """Text put together from parts, cut to `limit` with a note."""
    if not text:
        return None
    kept, cut = clean(text, limit)
    if cut:
        shortened(notes, text)
    return kept or None
