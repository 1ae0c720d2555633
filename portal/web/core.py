"""What one process holds (settings, engine, counters), and what one request holds (its unit of work)."""

from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_network

from flask import current_app, g, request
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from portal.base import clock, db, migrations
from portal.base.attempts import Attempts
from portal.base.crypto import SYSTEM_OWNER
from portal.base.delays import Delays
from portal.base.problems import Problem
from portal.base.work import Work
from portal.config import Settings
from portal.identity.permissions import ANYBODY, Actor


class Stale(Problem):
    """The page's token is gone: it was open too long, or another site sent it. Nothing was done."""


@dataclass(frozen=True)
class Core:
    """What every part of one process shares."""

    settings: Settings
    engine: Engine
    sessions: sessionmaker[Session]
    attempts: Attempts

    @property
    def delays(self) -> Delays:
        """The waits between tries, over the same counters."""
        return Delays(self.attempts.storage)

    def work(self, actor: Actor = ANYBODY, now: datetime | None = None) -> Work:
        """Open a unit of work outside a request (command line, worker, demo). `now` is aware UTC."""
        return Work(
            session=self.sessions(), actor=actor, now=now or clock.utc_now(), master=self.settings.master
        )


class RequestWork(Work):
    """A unit of work that refuses to write for a page without a valid token."""

    stale = False
    # What is shown was sent before, in vain; its page is shown again after signing in.
    kept = False

    def do(self, verb, *args, nonce=None):
        """Carry out a verb as Work does; raises Stale where the request's token is missing or wrong."""
        if self.stale:
            raise Stale()
        return super().do(verb, *args, nonce=nonce)

    def finish(self) -> None:
        """Carry out what rides along also where the token is stale: the page is shown, and a look is a look."""
        if self._also:
            self._keep_keys()
            super().do(lambda _work: None)


def open_core(settings: Settings) -> Core:
    """Open the shared parts of a process, after checking that the store has the settings it needs."""
    migrations.load_models()
    engine = db.make_engine(settings.database_url)
    db.check_store(engine)
    return Core(settings, engine, db.make_sessions(engine), Attempts(engine))


def core() -> Core:
    """Give this process's shared parts."""
    return current_app.extensions["portal"]


def settings() -> Settings:
    """Give this process's settings."""
    return core().settings


def work() -> RequestWork:
    """Give this request's unit of work, opened on first use."""
    if "work" not in g:
        g.work = RequestWork(
            session=core().sessions(), actor=ANYBODY, now=clock.utc_now(), master=core().settings.master
        )
    return g.work


def actor() -> Actor:
    """Give who is asking."""
    return work().actor


def caller() -> str:
    """Give the address of who asks, for counting: of an IPv6 address the /64, of which one household has all."""
    address = request.remote_addr or ""
    return str(ip_network(f"{address}/64", strict=False)) if ":" in address else address


def attempt_key(kind: str, key: str) -> str:
    """Give the keyed fingerprint under which tries upon `key` (a name, a code) are counted."""
    if not work().keys.holds(SYSTEM_OWNER):
        # The first visitor of an empty store: the key is made in a transaction of its own. The counter writes
        # through another connection, and would wait for this one.
        Work.do(work(), lambda opened: opened.keys.digest("first", ""))
    return work().keys.digest(f"attempt-{kind}", key).hex()


def hit(kind: str, key: str) -> None:
    """Count a try upon `key`; raises TooMany once the limit of its kind is passed."""
    core().attempts.hit(kind, attempt_key(kind, key))


def forget_hits(kind: str, key: str) -> None:
    """Forget the tries upon a key after a success."""
    core().attempts.forget(kind, attempt_key(kind, key))


def close_work(_fault: BaseException | None = None) -> None:
    """Close the request's database session."""
    opened = g.pop("work", None)
    if opened is not None:
        opened.session.close()


def wants_write() -> bool:
    """Say whether the present request's method may change something."""
    return request.method not in ("GET", "HEAD", "OPTIONS")
