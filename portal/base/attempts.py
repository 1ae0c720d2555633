"""Counters for tries (sign-in, link codes, passcodes): the `limits` library over a table that all workers see."""

import time
from datetime import UTC, datetime
from typing import Any

from limits import RateLimitItem, RateLimitItemPerDay, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import Storage
from limits.strategies import FixedWindowRateLimiter
from sqlalchemy import BigInteger, Engine, String, case, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Mapped, mapped_column

from portal.base.db import WRITE, Base, as_problem
from portal.base.problems import TooMany


class Attempt(Base):
    """How often something was tried in the present window; `key` is a keyed fingerprint, not a name."""

    __tablename__ = "base_attempt"
    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    count: Mapped[int] = mapped_column(BigInteger)
    # Seconds since 1970: the `limits` library's own unit.
    ends: Mapped[int] = mapped_column(BigInteger)


def counting(dialect: str, key: str, amount: int, now: int, expiry: int):
    """Give the statement that counts `amount` more for a key, in a window of `expiry` seconds; returns count, ends.

    `now` is in seconds since 1970. One atomic statement: parallel ones wait for each other.
    """
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    fresh = insert(Attempt).values(key=key, count=amount, ends=now + expiry)
    over = Attempt.ends <= now
    return fresh.on_conflict_do_update(
        index_elements=[Attempt.key],
        set_={
            "count": case((over, fresh.excluded.count), else_=Attempt.count + amount),
            "ends": case((over, fresh.excluded.ends), else_=Attempt.ends),
        },
    ).returning(Attempt.count, Attempt.ends)


class SqlStorage(Storage):
    """The storage that `limits` lacks: one row per key, changed by one atomic statement in its own transaction."""

    STORAGE_SCHEME = ["portal+sql"]

    def __init__(self, engine: Engine, **options: Any):
        super().__init__("portal+sql://", **options)
        self._engine = engine

    @property
    def base_exceptions(self) -> type[Exception]:
        """Errors of the store itself."""
        return RuntimeError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count `amount` more for a key whose window lasts `expiry` seconds, and give the new count."""
        row = counting(self._engine.dialect.name, key, amount, int(time.time()), expiry)
        with self._engine.connect().execution_options(**{WRITE: True}) as connection:
            count = connection.execute(row).one()[0]
            connection.commit()
        return count

    def get(self, key: str) -> int:
        """Give the count of a key in its present window."""
        with self._engine.connect() as connection:
            found = connection.execute(
                select(Attempt.count).where(Attempt.key == key, Attempt.ends > int(time.time()))
            ).scalar()
        return found or 0

    def get_expiry(self, key: str) -> float:
        """Give the end of a key's window in seconds since 1970."""
        with self._engine.connect() as connection:
            found = connection.execute(select(Attempt.ends).where(Attempt.key == key)).scalar()
        return float(found or time.time())

    def check(self) -> bool:
        """Say whether the store answers."""
        return True

    def reset(self) -> int | None:
        """Forget all counts."""
        with self._engine.connect().execution_options(**{WRITE: True}) as connection:
            connection.execute(delete(Attempt))
            connection.commit()
        return None

    def clear(self, key: str) -> None:
        """Forget one key's count (after a success)."""
        with self._engine.connect().execution_options(**{WRITE: True}) as connection:
            connection.execute(delete(Attempt).where(Attempt.key == key))
            connection.commit()


LIMITS: dict[str, RateLimitItem] = {
    # Signing in where one never did before (see base/delays.py for the waits between tries): all together, each
    # address whatever the names, each name whatever the addresses.
    "sign-in-strangers": RateLimitItemPerMinute(6000, 10),
    "sign-in-address": RateLimitItemPerMinute(300, 10),
    "sign-in-name": RateLimitItemPerMinute(100, 10),
    # Codes of the second step for an account from where it never signed in before.
    "second-step-strange": RateLimitItemPerHour(40, 1),
    # The same from where it did sign in before: whoever lives with the owner and has the password.
    "second-step-known": RateLimitItemPerDay(30, 1),
    # The first code of a new app, per half-made account.
    "second-step": RateLimitItemPerMinute(8, 10),
    # Per address: a library or a clinic shares one, so it is wide; each try costs a password hash.
    "join": RateLimitItemPerHour(40, 1),
    # A letter's number and code: per person, per address whoever asks, and all together.
    "link-code": RateLimitItemPerHour(10, 1),
    "link-code-address": RateLimitItemPerHour(60, 1),
    "link-code-all": RateLimitItemPerHour(3000, 1),
    # Per worker: codes that people show at a counter.
    "counter-code": RateLimitItemPerHour(20, 1),
    # Per worker: codes with which people sign in beside one.
    "assist-code": RateLimitItemPerHour(20, 1),
    # Per worker: client numbers given to open a file without a request.
    "urgent": RateLimitItemPerHour(10, 1),
    # Per worker: requests made by phone or on paper that they write down, each with a client number.
    "write-down": RateLimitItemPerHour(30, 1),
    # The same for a request to fix, which takes three pages and asks for the number on each.
    "write-down-fix": RateLimitItemPerHour(90, 1),
    # One-time codes of those who want help: per account, per address whoever asks, and all together.
    "helper-code": RateLimitItemPerHour(10, 1),
    "helper-code-address": RateLimitItemPerHour(60, 1),
    "helper-code-all": RateLimitItemPerHour(3000, 1),
    # Per person: codes that check an address, so that nobody is pestered with them.
    "contact-code": RateLimitItemPerHour(8, 1),
    # Per user name and address, and per worker: the code of a card is long, its owner may mistype it.
    "give-back": RateLimitItemPerHour(20, 1),
    # Per account: files that are sent with a request; each is drawn anew, which takes a second or more.
    "send-file": RateLimitItemPerHour(40, 1),
    # Per address: letters of the guide that are drawn as a file; a clinic or a library shares one.
    "draw-letter": RateLimitItemPerHour(120, 1),
    "open-share": RateLimitItemPerMinute(30, 5),
    # All wrong openings by code together, whatever the code and address: a guesser with many of both is stopped.
    "open-share-wrong": RateLimitItemPerMinute(300, 10),
    "shlink": RateLimitItemPerMinute(60, 5),
    # Per address: notes that are written back to people who share; each share takes few in its whole life.
    "share-note": RateLimitItemPerHour(20, 1),
    "api": RateLimitItemPerMinute(1200, 1),
    # Per agency: calls that read its copy, fifty rows each. A key that leaked empties nothing at once.
    "api-read": RateLimitItemPerHour(300, 1),
}


class Attempts:
    """Counts tries by kind and by whatever is tried upon."""

    def __init__(self, engine: Engine):
        self.storage = SqlStorage(engine)
        self._limiter = FixedWindowRateLimiter(self.storage)

    def hit(self, kind: str, key: str) -> None:
        """Count one try; raises TooMany with the seconds to wait once the kind's limit is passed.

        Raises StorageFull and Busy when the try could not be counted: nothing may be tried uncounted.
        """
        if not self.within(kind, key):
            window = self._limiter.get_window_stats(LIMITS[kind], kind, key)
            raise TooMany(max(1, int(window.reset_time - datetime.now(UTC).timestamp())))

    def within(self, kind: str, key: str) -> bool:
        """Count one try, and say whether it is within the kind's limit; raises as `hit` does, but for TooMany."""
        try:
            return self._limiter.hit(LIMITS[kind], kind, key)
        except DBAPIError as fault:
            raise as_problem(fault) from fault

    def full(self, kind: str, key: str) -> bool:
        """Say whether a kind's limit upon a key is reached, without counting."""
        return not self._limiter.test(LIMITS[kind], kind, key)

    def count(self, kind: str, key: str) -> int:
        """Give how many tries of a kind were counted upon a key in its present window."""
        return self.storage.get(LIMITS[kind].key_for(kind, key))

    def give_back(self, kind: str, key: str) -> None:
        """Take one try off the count: it was the right one."""
        if self.count(kind, key) > 0:
            self.storage.incr(LIMITS[kind].key_for(kind, key), LIMITS[kind].get_expiry(), -1)

    def note(self, key: str, seconds: int) -> None:
        """Remember a key for so many seconds."""
        try:
            self.storage.incr(f"note/{key}", seconds)
        except DBAPIError as fault:
            raise as_problem(fault) from fault

    def seen(self, key: str) -> bool:
        """Say whether a key was noted and is remembered still."""
        return self.storage.get(f"note/{key}") > 0

    def refuse_when_full(self, kind: str, key: str) -> None:
        """Raise TooMany when a kind's limit upon a key is used up already; counts nothing."""
        limit = LIMITS[kind]
        if not self._limiter.test(limit, kind, key):
            window = self._limiter.get_window_stats(limit, kind, key)
            raise TooMany(max(1, int(window.reset_time - datetime.now(UTC).timestamp())))

    def forget(self, kind: str, key: str) -> None:
        """Forget the tries upon a key, after a success."""
        self._limiter.clear(LIMITS[kind], kind, key)
