"""Password hashing: Argon2id at a measured cost, and never more at once than the machine can bear.

It takes its time, and a write transaction on SQLite keeps everybody else waiting: hash and compare before
`work.do`, and let the verb look again whether the hash that was compared is still the one that is kept.
"""

import os
import threading
from dataclasses import dataclass

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from portal.base.problems import Busy

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_slots = threading.BoundedSemaphore(max(1, (os.cpu_count() or 2) - 1))
_WAIT_SECONDS = 5
LOOKED_AT = 72
# Of 0 to 4: from 100 million guesses on, which the limits on trying put out of reach.
SCORE = 3
# Checked when no account has the name given, so that both answers cost the same work.
_NOBODY = _hasher.hash("nobody has this password")


@dataclass(frozen=True, repr=False)
class Hashed:
    """A new secret that was hashed already, for a verb to keep."""

    text: str


def prepare(secret: str) -> Hashed:
    """Hash a new secret before the transaction that keeps it. Raises Busy when too many wait."""
    return Hashed(hash_secret(secret))


def is_common(secret: str, *own: str) -> bool:
    """Say whether a new password would be found soon: common ones, names, dates, keyboard rows, and one's `own` words.

    The library knows 30,000 of the most used; its first 72 characters are enough, and more would take its time.
    """
    from zxcvbn import zxcvbn

    return zxcvbn(secret[:LOOKED_AT], user_inputs=[word[:LOOKED_AT] for word in own])["score"] < SCORE


def hash_secret(secret: str) -> str:
    """Give the Argon2id hash of a password, passcode or letter code. Raises Busy when too many wait."""
    with _Slot():
        return _hasher.hash(secret)


def matches(stored: str | None, secret: str) -> bool:
    """Say whether a secret matches its hash; with no hash it does the same work and says no."""
    with _Slot():
        try:
            return _hasher.verify(stored or _NOBODY, secret) and stored is not None
        except (VerificationError, InvalidHashError):
            return False


class _Slot:
    def __enter__(self) -> None:
        if not _slots.acquire(timeout=_WAIT_SECONDS):
            raise Busy()

    def __exit__(self, *_fault) -> None:
        _slots.release()
