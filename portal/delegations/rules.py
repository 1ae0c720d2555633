"""Opening a file without a request (break-glass): for how long, how often, and what must be said of it."""

from datetime import timedelta

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
