"""Password hashing: Argon2id at a measured cost, and never more at once than the machine can bear."""

import os
import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from portal.base.problems import Busy

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_slots = threading.BoundedSemaphore(max(1, (os.cpu_count() or 2) - 1))
_WAIT_SECONDS = 5
# Checked when no account has the name given, so that both answers cost the same work.
_NOBODY = _hasher.hash("nobody has this password")


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
