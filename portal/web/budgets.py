"""How many pages with information may be read in an hour: for a browser, for an account, for a member of staff.

A stolen sign-in that works must not empty a file (security.md T03). Reading writes nothing, so each process counts
by itself and adds its count to the shared one at every sixth page, in the transaction that the page then has.
"""

import hashlib
import threading
from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, current_app, session

from portal.base.attempts import counting
from portal.base.problems import TooMany
from portal.base.work import Work
from portal.identity.permissions import Actor
from portal.language.rules import N_
from portal.web.core import settings, work

HOUR = 3600
STEP = 6
MOST_KEPT = 20_000
# L10n: page 429, first line, after very many pages with information were opened.
REASON = N_("Many pages with information were opened in a short time. We stopped, to be safe.")


@dataclass
class Tally:
    """What one process knows of one counter: the shared count, its own since, and the end of the hour."""

    known: int
    own: int
    ends: int


class Budgets:
    """The counters of one process. `tell(work)` is carried out once for each hour in which one is passed."""

    def __init__(self, tell: Callable[[Work], None]):
        self.tell = tell
        self._tallies: dict[str, Tally] = {}
        self._lock = threading.Lock()

    def take(self, key: str, now: int) -> Tally:
        """Count one page for a key; `now` is in seconds since 1970. Gives the tally as it then is."""
        with self._lock:
            tally = self._tallies.get(key)
            if tally is None or tally.ends <= now:
                if len(self._tallies) >= MOST_KEPT:
                    self._tallies = {name: one for name, one in self._tallies.items() if one.ends > now}
                tally = self._tallies[key] = Tally(0, 0, now + HOUR)
            tally.own += 1
            return Tally(tally.known, tally.own, tally.ends)

    def keep(self, work: Work, key: str) -> None:
        """Add this process's own count of a key to the shared one, in the present transaction."""
        with self._lock:
            tally = self._tallies[key]
            own, tally.own = tally.own, 0
        now = int(work.now.timestamp())
        statement = counting(work.session.get_bind().dialect.name, key, own, now, tally.ends - now)
        known, ends = work.session.execute(statement).one()
        with self._lock:
            tally.known, tally.ends = known, ends


def set_up(app: Flask, tell: Callable[[Work], None]) -> None:
    """Open this process's counters; `tell` tells who must know that somebody read too much."""
    app.extensions["budgets"] = Budgets(tell)


def reads(kind: str) -> Callable[[Callable], Callable]:
    """Declare that a page shows information: `own` to its person, `staff` to a worker, `opened` from a share."""

    def mark(view: Callable) -> Callable:
        view.reads = kind
        return view

    return mark


def spend(view: Callable) -> None:
    """Count the page that is asked for; raises TooMany, and tells, once an hour's budget is used up."""
    kind = getattr(view, "reads", None)
    # Sent forms too: one that is refused is shown again with what is held.
    if kind is None:
        return
    budgets: Budgets = current_app.extensions["budgets"]
    now = int(work().now.timestamp())
    for key, most in _counters(kind, work().actor, settings().reads_per_hour):
        tally = budgets.take(key, now)
        if tally.known + tally.own > most:
            if work().actor.signed_in:
                work().do(budgets.tell, nonce=f"{key} {tally.ends}")
            raise TooMany(max(1, tally.ends - now), REASON)
        if tally.own >= STEP:
            work().also(budgets.keep, key)


def _counters(kind: str, actor: Actor, most: int) -> list[tuple[str, int]]:
    """Give each counter with what it bears: a browser what the setting says, an account twice that."""
    account = (_key("account", str(actor.account_id)), 2 * most)
    browser = (_key("browser", getattr(session, "token", "")), most if kind == "own" else 2 * most)
    return [browser, account] if actor.signed_in else [browser]


def _key(kind: str, text: str) -> str:
    return f"reads/{hashlib.sha256(f'{kind} {text}'.encode()).hexdigest()}"
