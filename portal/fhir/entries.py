"""The entries of a document that is being written, each with an address that follows from its name."""

import uuid
from datetime import UTC, datetime
from typing import Any

Json = dict[str, Any]
_NAMESPACE = uuid.UUID("7c0f3f52-6a0e-5d0b-9d2c-2f1f6a3f9a51")


class Entries:
    """The entries of the bundle, each with a full URL that follows from the seed."""

    def __init__(self, seed: str) -> None:
        self._seed = seed
        self.items: list[Json] = []

    def url(self, name: str) -> str:
        """The full URL of the entry of that name."""
        return f"urn:uuid:{uuid.uuid5(_NAMESPACE, f'{self._seed}/{name}')}"

    def to(self, name: str) -> Json:
        """The Reference to the entry of that name."""
        return {"reference": self.url(name)}

    def add(self, name: str, resource: Json) -> Json:
        """Adds the resource and returns the Reference to it."""
        url = self.url(name)
        self.items.append({"fullUrl": url, "resource": {**resource, "id": url.removeprefix("urn:uuid:")}})
        return {"reference": url}


def instant(at: datetime) -> str:
    """An aware moment as FHIR writes it, in UTC and to the second."""
    return at.astimezone(UTC).replace(microsecond=0).isoformat()
