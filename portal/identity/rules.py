"""Rules of sign-in: what a name and password may be, and how long a session lives."""

import hashlib
import unicodedata
from datetime import date, datetime, timedelta

ABSOLUTE = timedelta(hours=8)
IDLE_PERSON = timedelta(minutes=20)
IDLE_SHARED = timedelta(minutes=10)
IDLE_STAFF = timedelta(minutes=15)
TOUCH_EVERY = timedelta(minutes=1)
SECOND_STEP_WITHIN = timedelta(minutes=10)
JOIN_WITHIN = timedelta(hours=1)
# From handing over a device until the client has signed in, and from then until they have agreed to be helped.
HAND_OVER_WITHIN = timedelta(minutes=20)
AGREE_WITHIN = timedelta(minutes=10)
WITHIN = {"password": SECOND_STEP_WITHIN, "handing": HAND_OVER_WITHIN, "agreeing": AGREE_WITHIN}
# How long what was sent from a page that had timed out waits for the same person to sign in again.
KEEP_ANSWERS = timedelta(minutes=60)
# What an agency's key may do: give records, or take the agency's own copy home (T17: writing only, unless told so).
SEND = "send"
SCOPES = (SEND, "read")
SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 256
RECOVERY_CODES = 8
# Of those who have nothing but paper each sign-in uses one up.
PAPER_CODES = 20
# So many printed codes left, and their owner is told; and once more at the last one.
FEW_CODES = (4, 1)
# Letters of a paper card: it stands for the user name, behind it are a password and a printed code.
CARD_LENGTH = 8
# In place of a role: an invitation of a person who signs in with paper only.
PAPER = "paper"
FEWEST_LETTERS = 5
OLDEST = date(1890, 1, 1)
# Letters and numbers of an invitation: 80 bits, so that its keyed fingerprint may stand in a directory.
INVITATION_LENGTH = 16


def fingerprint(token: str) -> bytes:
    """Give the SHA-256 under which a 256-bit token is kept."""
    return hashlib.sha256(token.encode()).digest()


def fold_name(text: str) -> str:
    """Fold a sign-in name so that case, width and outer spaces do not matter."""
    return unicodedata.normalize("NFKC", text or "").strip().casefold()


def idle_limit(*, staff: bool, shared_device: bool) -> timedelta:
    """Give how long a session may rest."""
    if staff:
        return IDLE_STAFF
    return IDLE_SHARED if shared_device else IDLE_PERSON


def is_over(now: datetime, *, made_at: datetime, seen_at: datetime, stage: str, idle: timedelta) -> bool:
    """Say whether a session has ended by itself; all moments are aware UTC."""
    if stage != "full":
        return now - made_at > WITHIN.get(stage, JOIN_WITHIN)
    return now - seen_at > idle or now - made_at > ABSOLUTE


def password_is_long_enough(password: str) -> bool:
    """Say whether a new password has an acceptable length."""
    return SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD


def password_is_too_easy(password: str, username: str) -> bool:
    """Say whether a new password would be tried first: the user name itself, or very few different letters."""
    folded, name = password.casefold(), fold_name(username)
    return (
        len(set(folded)) < FEWEST_LETTERS
        or folded.replace(name, "") == ""
        or folded.strip("0123456789!") == name
    )


def is_birth_date(day: date, now: datetime) -> bool:
    """Say whether somebody alive can have been born on a day; `now` is aware UTC, a day ahead is still taken."""
    return OLDEST <= day <= now.date() + timedelta(days=1)
