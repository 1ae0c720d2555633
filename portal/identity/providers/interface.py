"""What the portal needs of another party that says who somebody is: two steps, whatever it speaks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol


@dataclass(frozen=True)
class ProviderFacts:
    """What an operator registered. `agency_id` is None for people; `origins` are passed through on the way there."""

    key: str
    label: str
    issuer: str
    client_id: str
    client_secret: str = ""
    agency_id: int | None = None
    verified: bool = False
    both_steps: bool = False
    origins: tuple[str, ...] = ()


@dataclass(frozen=True)
class Begun:
    """Where to send the browser, and what only we may know until it comes back."""

    address: str
    kept: dict[str, Any]


@dataclass(frozen=True)
class Said:
    """What a provider says of somebody. `subject` is its own name for them, for this portal alone (pairwise)."""

    subject: str
    name: str = ""
    birth_date: date | None = None
    signed_in_at: datetime | None = None


class NotSaid(Exception):
    """Nothing that can be relied on was said; `why` is no (they did not finish), down, or unsure."""

    def __init__(self, why: str, detail: str = ""):
        super().__init__(f"{why}: {detail}" if detail else why)
        self.why, self.detail = why, detail


class Way(Protocol):
    """A way to be told by another party who somebody is."""

    def begin(self, back: str, state: str) -> Begun:
        """Say where to send the browser so that it comes `back` with this `state`. Raises NotSaid."""

    def finish(self, back: str, kept: dict[str, Any], answer: Mapping[str, str], now: datetime) -> Said:
        """Read what came back, at `now` (aware UTC). Raises NotSaid."""
