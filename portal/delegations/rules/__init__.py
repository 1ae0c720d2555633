"""Rules of rights to see a person: the file that is opened without a request, and people who help."""

from calendar import monthrange
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from portal.access_log.rules import NZ, end_of
from portal.agencies.rules import AgencyFacts
from portal.language.rules import N_

OPEN_FOR = timedelta(minutes=60)
REVIEW_WITHIN = timedelta(hours=24)
MOST_A_DAY = 3
"""How many files one worker may open without a request in any 24 hours."""
A_DAY = timedelta(hours=24)
REPORT_DAYS = 7
SHORTEST_REASON = 20
LONGEST_TEXT = 1000
# L10n: on the page "Who has looked": why staff of an agency saw something.
WHY = N_("Opened without a request, because they said it was urgent")


def reason_fault(reason: str) -> str | None:
    """Say what is wrong with a worker's reason, as a msgid; None when it will do."""
    if len(reason.replace(" ", "")) < SHORTEST_REASON:
        # L10n: staff page that opens a file without a request, error beside the reason.
        return N_("Write why you need to see it now, in a sentence.")
    return None


ASSIST_FOR = timedelta(minutes=60)
"""The longest that a worker may sit beside a person in the person's own session (security.md P04)."""
ASSIST_CODE_LIFE = timedelta(minutes=15)
ASSIST_CODE_LETTERS = 12
KEPT_FOR = timedelta(minutes=60)
"""How long what the person was writing waits for them; that of `identity.rules.KEEP_ANSWERS`."""
SHOWN_FOR = timedelta(days=180)
"""How long a worker sees that they helped to make a request."""
CHECKS = ("place", "language", "told", "agrees", "ends")
"""What a worker says before a device is handed over, in this order."""


@dataclass(frozen=True, slots=True, order=True)
class Group:
    """What a helper may be let see: the records of one type at one agency."""

    agency_id: int
    type_key: str


SAFETY = "safety"
# For how many months a helper may help, the usual first; never more than a year (security.md P05).
MONTHS: dict[int, str] = {
    # L10n: Page that adds a helper: for how long they can see something.
    3: N_("3 months"),
    # L10n: Page that adds a helper: for how long they can see something.
    1: N_("1 month"),
    # L10n: Page that adds a helper: for how long they can see something.
    6: N_("6 months"),
    # L10n: Page that adds a helper: for how long they can see something.
    12: N_("1 year"),
}
USUAL_MONTHS = 3
CODE_LETTERS = 8
CODE_LIFE = timedelta(days=7)
# People who help one person at the same time.
MOST_HELPERS = 12
# An end within so many days is said above the list, with the way to go on for longer.
SOON = timedelta(days=14)
# L10n: on the page "Who has looked": why somebody whom the person lets help them saw something.
HELPS = N_("You let them help you here")


def months_after(day: date, months: int) -> date:
    """Give the same day of a later month, or that month's last day where it has none."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def end_after(today: date, months: int) -> datetime:
    """Give the moment (aware UTC) at which help that begins today, a day in New Zealand, is over.

    That is the midnight that ends the last day there, on either side of a change of the clocks.
    """
    return end_of(months_after(today, months))


def last_day(until: datetime) -> date:
    """Give the last day in New Zealand on which help holds that ends at `until` (aware UTC)."""
    return (until - timedelta(seconds=1)).astimezone(NZ).date()


def whole(agency: AgencyFacts) -> set[Group]:
    """Give the groups that a tick at a whole agency stands for: all but what is about safety."""
    return {Group(agency.id, kind.key) for kind in agency.types.values() if kind.sensitivity != SAFETY}


def draft_fault(name: str, groups: Collection[Group], months: int) -> tuple[str, str] | None:
    """Say what is wrong with whom a person wants to let help them, as (field, msgid); None when it will do."""
    if not name.strip():
        # L10n: Page that adds a helper, error beside an empty name.
        return "name", N_("Write what you call them.")
    if not groups:
        # L10n: Page that adds a helper, error beside the list of what they may see.
        return "groups", N_("Choose what they may see.")
    if months not in MONTHS:
        # L10n: Page that adds a helper, error beside the answers.
        return "months", N_("Choose for how long.")
    return None
