"""Challenges that passkeys answer: they prove themselves, so that showing a page writes no row."""

import hashlib
import hmac
import secrets
from datetime import datetime

from portal.identity.service.flows import WITHIN

SALT, MOMENT, SEAL = 16, 8, 32


def fresh(key: str, bound: bytes, purpose: str, now: datetime) -> bytes:
    """Give a challenge of 128 random bits for one browser and one purpose.

    `key` is the portal's secret key, `bound` the fingerprint of the cookie's token, `now` aware UTC.
    """
    head = secrets.token_bytes(SALT) + int(now.timestamp()).to_bytes(MOMENT, "big")
    return head + _seal(key, bound, purpose, head)


def is_ours(key: str, challenge: bytes, bound: bytes, purpose: str, now: datetime) -> bool:
    """Say whether a challenge was made here for this browser and purpose in the last ten minutes."""
    head, seal = challenge[: SALT + MOMENT], challenge[SALT + MOMENT :]
    if len(head) != SALT + MOMENT or not hmac.compare_digest(seal, _seal(key, bound, purpose, head)):
        return False
    age = now.timestamp() - int.from_bytes(head[SALT:], "big")
    # A server beside this one may be a few seconds ahead.
    return -60 <= age <= WITHIN.total_seconds()


def _seal(key: str, bound: bytes, purpose: str, head: bytes) -> bytes:
    said = b"\x1f".join((b"passkey-challenge", purpose.encode(), bound, head))
    return hmac.new(key.encode(), said, hashlib.sha256).digest()
