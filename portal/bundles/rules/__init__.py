"""What may be shared, for how long, behind which passcode, and what a SMART Health Link says."""

import base64
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from portal.agencies.rules import AgencyFacts
from portal.language.rules import N_

DAYS: dict[int, str] = {
    # L10n: How long a share lasts.
    1: N_("1 day"),
    # L10n: How long a share lasts.
    7: N_("1 week"),
    # L10n: How long a share lasts.
    30: N_("1 month"),
    # L10n: How long a share lasts.
    90: N_("3 months"),
}
USUAL_DAYS = 7
TRIES = 5
"""Wrong passcodes that a share bears in its whole life, by link and page together."""
DRAFT_LIFE = timedelta(days=1)
COOLING = timedelta(hours=24)
"""How long a share of nearly all that is held waits before anybody can open it (security.md T16)."""
NEARLY_ALL = 0.9
FEWEST_RECORDS = 5
"""With fewer records than these nothing is a whole file: two lines at one clinic need no day to think."""
FILE_LIFE = timedelta(hours=1)
"""How long the address of a share's file works: the links specification allows an hour."""
VISIT = timedelta(minutes=60)
CODE_LETTERS = 12
LONGEST_URL = 128
LINK_ALONE_DAYS = 7
"""For how many days at most a share may open by its link alone: a link travels further than a person means it to."""
MOST_PACKED = 250_000
"""How long a file may be, in bytes, to go compressed.

Many libraries unpack no more than this from a stranger, since a tiny message could else fill a computer
(CVE-2024-28176); what is longer goes as it is, so that they can read it.
"""
# Neutral on purpose: viewers show it, and others may look over a shoulder.
LABEL = "Shared information"
TELLS_ABOUT = frozenset({"fact", "decision", "statement"})
MOST_NOTES = 5
"""Notes back that a share takes in its whole life, from all who open it together."""
LONGEST_NOTE = 500
LISTED = 8
"""Providers that are all shown to choose from; where there are more, those that are searched for."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A line that may be chosen: its key, nature (`x-nature`), whether it may hold other people, its type."""

    key: str
    nature: str
    third_party: bool
    sensitivity: str


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person wants of those who open a share.

    `provider` is the id of the one organisation whose workers may open it, 0 where whoever has the code may; `quiet`
    are keys of what nobody should ask again; `notes` says whether they may write back.
    """

    provider: int = 0
    quiet: tuple[str, ...] = ()
    notes: bool = True


ANYONE = Wishes()


def takes_shares(one: AgencyFacts) -> bool:
    """Say whether a person can share with an organisation by its name: a provider that was not taken out.

    An operator takes it out with `"takes_shares": false` in its catalogue entry: what was shared with it shuts at once.
    """
    return one.kind != "agency" and one.facts.get("takes_shares", True) is True


def is_whole_file(going: Iterable[tuple[int, int]], held: int) -> bool:
    """Say whether a share is of all, or nearly all, that is held: then it waits (COOLING).

    `going` holds of each record in it (lines that go, lines that could); `held` is the number of records. Records
    of the type `safety` count in neither, because they go only line by line; so do lines about others.
    """
    taken = sum(min(1.0, lines / most) for lines, most in going if most)
    return held >= FEWEST_RECORDS and taken >= NEARLY_ALL * held


def is_ticked_at_first(line: Choice) -> bool:
    """Say whether a line goes along unless the person takes it out.

    Lines that may hold other people, and types marked `safety`, go only when named one by one (principle 11).
    """
    return not line.third_party and line.sensitivity != "safety"


def goes_along(line: Choice, others: Iterable[Choice]) -> list[str]:
    """Give the keys of the lines without which a line may not be shared.

    An unchecked claim travels only with who said it, whether it was checked, what the person was asked and what
    followed. Agencies name these lines in many ways, so all facts, decisions and answers of the same record go
    along; never a line that may hold other people.
    """
    if line.nature != "allegation":
        return []
    return [one.key for one in others if one.nature in TELLS_ABOUT and not one.third_party]


def completed(chosen: Iterable[str], lines: list[Choice]) -> list[str]:
    """Give the chosen keys with all that must go along, in the order of the lines; unknown keys are left out."""
    wanted = set(chosen)
    for line in lines:
        if line.key in wanted:
            wanted |= set(goes_along(line, lines))
    return [line.key for line in lines if line.key in wanted]


def plain_passcode(typed: str) -> str:
    """Give a passcode as it is compared: without the spaces and hyphens that people put between numbers."""
    return re.sub(r"[\s\-‐-―]", "", typed or "")


def passcode_fault(passcode: str) -> str | None:
    """Say what is wrong with a new passcode, as a msgid; None when it will do."""
    if not re.fullmatch(r"[0-9]{6,12}", passcode):
        # L10n: Error beside the passcode of a share.
        return N_("Use 6 to 12 numbers, such as 482 915.")
    steps = {(int(later) - int(first)) % 10 for first, later in zip(passcode, passcode[1:], strict=False)}
    if len(steps) == 1 and steps <= {0, 1, 9}:
        # L10n: Error beside the passcode of a share.
        return N_("Choose numbers that are harder to guess.")
    return None


def shown_passcode(passcode: str) -> str:
    """Give a passcode in groups of three, as it is said aloud."""
    return " ".join(passcode[start : start + 3] for start in range(0, len(passcode), 3))


def is_spent(opens: int, most_opens: int | None) -> bool:
    """Say whether a share has been opened as often as it may be; with no limit it never is."""
    return most_opens is not None and opens >= most_opens


def state_of(
    state: str,
    expires_at: datetime,
    tries_left: int,
    now: datetime,
    *,
    spent: bool = False,
    starts_at: datetime | None = None,
    paused: bool = False,
) -> str:
    """Say how a share stands at an aware moment.

    live; shut (wrong passcodes), spent (opened), over (time), ended; paused (its person paused all of theirs) or
    waits (it was made, and starts later).
    """
    if state != "live":
        return state
    if expires_at <= now:
        return "over"
    if tries_left <= 0:
        return "shut"
    if spent:
        return "spent"
    if paused:
        return "paused"
    return "waits" if starts_at is not None and starts_at > now else "live"


def link_alone_fault(days: int, lines: Iterable[Choice], about_others: bool = False) -> str | None:
    """Say why a share may not open by its link alone, as a msgid; None when it may.

    `lines` are those that go, `about_others` says that words of the person about other people go too. A link that
    opens by itself is for ordinary things and a short time: whoever gets hold of it reads everything.
    """
    if days > LINK_ALONE_DAYS:
        # L10n: Error where a person lets a share open by its link alone.
        return N_(
            "Without a passcode you can share for 1 week at most. Use a passcode, or choose a shorter time."
        )
    guarded = (one.sensitivity == "safety" or one.nature == "allegation" or one.third_party for one in lines)
    if about_others or any(guarded):
        # L10n: Error where a person lets a share open by its link alone.
        return N_(
            "Some of what you chose needs a passcode. It is about safety, or about other people, "
            "or it is something that nobody checked. Use a passcode, or take those lines out."
        )
    return None


def flag(*, later: bool, passcode: bool, direct: bool = False) -> str:
    """Give the flags of a link, in alphabetical order; empty text where none applies.

    L: it shows later changes. P: a passcode opens it. U (`direct`): its address gives the one file itself, which the
    specification forbids beside P. Raises ValueError for both.
    """
    if direct and passcode:
        raise ValueError("a link to one file has no passcode")
    return "L" * later + "P" * passcode + "U" * direct


def is_packed(size: int) -> bool:
    """Say whether a file of a size in bytes goes compressed."""
    return size <= MOST_PACKED


def link(url: str, key: str, expires_at: datetime, flags: str) -> str:
    """Write a SMART Health Link (HL7, links specification 1.0.0). `key` is 43 base64url characters.

    `flags` is always said, empty too: a client in use reads it without asking whether it is there.

    Raises ValueError when the address is longer than the specification allows.
    """
    if len(url) > LONGEST_URL:
        raise ValueError("the portal's address is too long for a SMART Health Link")
    payload: dict[str, Any] = {
        "url": url,
        "key": key,
        "exp": int(expires_at.timestamp()),
        "flag": flags,
        "label": LABEL,
        "v": 1,
    }
    text = json.dumps(payload, separators=(",", ":")).encode()
    return "shlink:/" + base64.urlsafe_b64encode(text).decode().rstrip("=")
