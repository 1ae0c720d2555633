"""Ids: random 63-bit numbers inside, 13 base32 characters in addresses."""

import re
import secrets
from datetime import UTC, datetime

ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"
# Codes that people type: no 0 and O, no 1 and I, so that a printed card can be read aloud. 32 letters.
CODE_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_PUBLIC = re.compile(r"[a-h][a-z2-7]{12}\Z")
_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)


def random63() -> int:
    """Give a random positive 63-bit integer: scatters leading keys, and cannot be guessed."""
    return secrets.randbits(63) or 1


def ordered(now: datetime) -> int:
    """Give a time-ordered 63-bit integer for an aware moment: 41 bits of milliseconds, 22 random bits.

    Used as the second part of a person's keys, so that one person's rows lie together and newest come first.
    """
    millis = int((now - _EPOCH).total_seconds() * 1000)
    return (millis << 22) | secrets.randbits(22)


def encode(number: int) -> str:
    """Write a 63-bit id as the 13 base32 characters that stand in an address."""
    return "".join(ALPHABET[(number >> shift) & 31] for shift in range(60, -1, -5))


def decode(text: str) -> int | None:
    """Read an address id; None for anything that `encode` would not have written (answered like not-there)."""
    if not isinstance(text, str) or not _PUBLIC.match(text):
        return None
    number = 0
    for letter in text:
        number = (number << 5) | ALPHABET.index(letter)
    return number if 0 < number < 1 << 63 else None


def own(text: str | None) -> int:
    """Read an address id that the portal wrote itself. Raises ValueError for anything else."""
    number = decode(text or "")
    if number is None:
        raise ValueError("this is no id of ours")
    return number


def token() -> str:
    """Give a 256-bit secret in base64url, 43 characters (sessions, share keys, link tokens)."""
    return secrets.token_urlsafe(32)


def typed_code(length: int) -> str:
    """Give a random code of `length` base32 characters that people can read aloud and type."""
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(length))


def fold_code(text: str) -> str:
    """Fold what a person typed for a code: upper case, without spaces and hyphens."""
    return re.sub(r"[\s\-‐-―]", "", text or "").upper()


def in_fours(code: str) -> str:
    """Give a typed code in groups of four, as it is printed and read aloud."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))
