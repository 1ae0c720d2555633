"""The unit of work: session, actor, time; one commit; all of a change or nothing of it."""

import hashlib
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, LargeBinary, String
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column
from sqlalchemy.orm.exc import StaleDataError

from portal.base import ids, outbox
from portal.base.crypto import Keyring, Keys, Master
from portal.base.db import WRITE, Base, Moment, as_problem, broke_uniqueness, worth_retrying
from portal.base.ledger import keep_ledger
from portal.base.problems import Busy, Conflict

MOST_TRIES = 4


class Nonce(Base):
    """A form or request that was carried out, and what came of it: the second send gets the same answer."""

    __tablename__ = "base_nonce"
    id: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    result: Mapped[str | None] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Moment)
    account_id: Mapped[int] = mapped_column(BigInteger)


@dataclass
class Work:
    """What every service gets first. `actor` says who; `now` is aware UTC and does not move within a request."""

    session: Session
    actor: Any
    now: datetime
    master: Master
    keys: Keyring = field(init=False)
    _also: list[tuple[Callable, tuple]] = field(default_factory=list)
    _last_id: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        self.keys = Keyring(self.session, self.master)
        keep_ledger(self.session, self.now)

    def do(self, verb: Callable, *args: Any, nonce: str | None = None) -> Any:
        """Carry out `verb(work, *args)` in one write transaction, and commit once.

        Retries the whole verb when the database asks for it. With a `nonce` (a form's or a request's own
        token) the result must be text or None, and a repeat gives the first result without doing it again.
        Raises Conflict if somebody else changed the same thing first, StorageFull and Busy when nothing could
        be saved, and whatever Problem the verb raises; in all cases nothing was kept.
        """
        for attempt in range(1, MOST_TRIES + 1):
            try:
                return self._once(verb, args, nonce)
            except StaleDataError as fault:
                raise Conflict() from fault
            except IntegrityError as fault:
                # A parallel twin may have won: look again once, then it is a conflict.
                if not broke_uniqueness(fault):
                    raise
                if attempt > 1:
                    raise Conflict() from fault
            except DBAPIError as fault:
                if not worth_retrying(fault) or attempt == MOST_TRIES:
                    raise as_problem(fault) from fault
                time.sleep(random.uniform(0.01, 0.05) * attempt)  # noqa: S311  (spreads retries, no secret)
            finally:
                self._end()
        raise Busy()

    def also(self, verb: Callable, *args: Any) -> None:
        """Let `verb(work, *args)` ride in this request's one transaction, once (session touch, access log)."""
        if (verb, args) not in self._also:
            self._also.append((verb, args))

    def finish(self) -> None:
        """Carry out what `also` queued, if no `do` has done so."""
        if self._also:
            self._keep_keys()
            self.do(lambda _work: None)

    def rest(self) -> None:
        """End the present read, so that nothing is held while another party's server is asked."""
        self._end()

    def new_id(self) -> int:
        """Give a time-ordered id above all that this unit of work gave: what happens in one moment keeps its order.

        A long feed may run past its millisecond; the next number is then the next millisecond's first, never a
        fresh throw below, which could meet a number already given.
        """
        self._last_id = max(ids.ordered(self.now), self._last_id + 1)
        return self._last_id

    def later(self, job: str, about: dict[str, Any], due_at: datetime | None = None) -> int:
        """Queue a job for the worker, in the present transaction, and give its id."""
        number = self.new_id()
        outbox.put(self.session, number, self.now, job, about, due_at)
        return number

    def _keep_keys(self) -> None:
        """Let what only rides along seal with the keys that the page has read, and not read them a second time."""
        self._also.insert(0, (_read_again, (self.keys.as_read(),)))

    def _once(self, verb: Callable, args: tuple, nonce: str | None) -> Any:
        self._end()
        self.session.connection(execution_options={WRITE: True})
        nonce_id = self._nonce_id(nonce, verb) if nonce is not None else None
        done = self.session.get(Nonce, nonce_id) if nonce_id is not None else None
        if done is not None:
            return done.result
        for also, also_args in self._also:
            also(self, *also_args)
        result = verb(self, *args)
        if nonce_id is not None:
            row = Nonce(id=nonce_id, result=result, at=self.now, account_id=self._account_id())
            self.session.add(row)
        self.session.commit()
        self._also.clear()
        return result

    def _account_id(self) -> int:
        return getattr(self.actor, "account_id", None) or 0

    def _nonce_id(self, nonce: str, verb: Callable) -> bytes:
        # The verb is part of it: a nonce carried to another form does not pass for that form's own.
        name = f"{verb.__module__}.{verb.__qualname__}"
        return hashlib.sha256(f"{self._account_id()}\x1f{name}\x1f{nonce}".encode()).digest()

    def _end(self) -> None:
        self.session.rollback()
        self.session.expunge_all()
        self.keys.forget()


def _read_again(work: Work, keys: Keys) -> None:
    work.keys.read_again(keys)
