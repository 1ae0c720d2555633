"""Slowing down whoever tries again and again: a wait that doubles, and never a lock (security.md T10)."""

import time
from dataclasses import dataclass

from sqlalchemy.exc import DBAPIError

from portal.base.attempts import SqlStorage
from portal.base.db import as_problem
from portal.base.problems import TooMany

# After so long without a reset the tries of a kind are forgotten, in seconds.
MEMORY = 1800


@dataclass(frozen=True)
class Delay:
    """So many tries are free; then the wait between two is one second, and doubles to the longest (in seconds)."""

    free: int
    longest: int

    def after(self, tries: int) -> int:
        """Give the seconds to wait after a number of tries."""
        return min(self.longest, 2 ** min(tries - self.free, 20)) if tries >= self.free else 0


DELAYS = {
    # Per sign-in name and address. The first try from an address is heard, whatever others do elsewhere.
    "sign-in": Delay(10, 30),
    # Where somebody tries upon one name from many addresses: for addresses from which it never signed in.
    "sign-in-strange": Delay(1, 30),
    # Per account and address: codes of six numbers.
    "second-step": Delay(8, 60),
    # Per account: the present password, before a new one.
    "own-password": Delay(8, 60),
}


class Delays:
    """Counts tries upon a key, and lets one through after each wait."""

    def __init__(self, storage: SqlStorage):
        self._storage = storage

    def hit(self, kind: str, key: str) -> None:
        """Count a try; raises TooMany with the seconds that are left to wait.

        A try that is refused does not count, so that waiting is always worth it. Of parallel tries after a wait
        one goes through. Raises StorageFull and Busy when the try could not be counted.
        """
        try:
            self._hit(kind, key)
        except DBAPIError as fault:
            raise as_problem(fault) from fault

    def _hit(self, kind: str, key: str) -> None:
        delay, tries_key, gate_key = DELAYS[kind], f"tries/{kind}/{key}", f"gate/{kind}/{key}"
        tries = self._storage.incr(tries_key, MEMORY)
        wait = delay.after(tries)
        if not wait:
            return
        went_through = self._storage.incr(gate_key, wait) == 1
        if not went_through and tries > delay.free:
            self._storage.incr(tries_key, MEMORY, -1)
            raise TooMany(max(1, int(self._storage.get_expiry(gate_key) - time.time())))

    def forget(self, kind: str, key: str) -> None:
        """Forget the tries upon a key, after a success."""
        self._storage.clear(f"tries/{kind}/{key}")
        self._storage.clear(f"gate/{kind}/{key}")
