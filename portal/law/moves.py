"""The law's state machines as data: who may move a request from where to where, and what must hold for it.

Shared by the rooms of requests, each of which has its own states, its own table and its own guards.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Who(StrEnum):
    """Who moves a request: its person, staff of the agency, a privacy officer of the agency, the clock."""

    PERSON = "person"
    STAFF = "staff"
    OFFICER = "officer"
    SYSTEM = "system"


@dataclass(frozen=True)
class Move:
    """One row of a table: who may, and the names of the guards that must all hold."""

    who: frozenset[Who]
    guards: tuple[str, ...] = ()


PERSON = frozenset({Who.PERSON})
STAFF = frozenset({Who.STAFF, Who.OFFICER})
SECOND = frozenset({Who.OFFICER})
"""Staff propose, and a privacy officer who is somebody else approves."""
SYSTEM = frozenset({Who.SYSTEM})


def refused_because(
    move: Move | None, who: Who, guards: Mapping[str, Callable[[Any], bool]], facts: Any
) -> str | None:
    """Give why a move is refused: "no-such-move", "not-yours" or the name of a guard; None when it may be made.

    move: the row of the table, None where it has none. facts: what the guards ask about.
    """
    if move is None:
        return "no-such-move"
    if who not in move.who:
        return "not-yours"
    return next((name for name in move.guards if not guards[name](facts)), None)


def who_of(role: str | None, own: bool, system: bool) -> Who:
    """Say as whom an actor moves a request: the clock, its person, a privacy officer, or other staff."""
    if system:
        return Who.SYSTEM
    if own:
        return Who.PERSON
    return Who.OFFICER if role == "privacy-officer" else Who.STAFF
