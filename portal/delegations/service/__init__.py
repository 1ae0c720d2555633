"""Verbs of delegations: rights to see something of a person, the file opened without a request, and helpers."""

from portal.delegations.queries import UrgentFile, UrgentLookFacts
from portal.delegations.service.grants import end, grant, may
from portal.delegations.service.helping import begin_to_help, help_again, note_helped_page, own_pages
from portal.delegations.service.many import many_reads
from portal.delegations.service.trusting import (
    HelperDraft,
    add_helper,
    change_helper,
    new_helper_code,
    stop_helper,
)
from portal.delegations.service.urgent import (
    REVIEW_KIND,
    alarm,
    last_days,
    look,
    look_again,
    open_urgently,
    see,
    tell_later,
    to_review,
)

__all__ = [
    "HelperDraft",
    "REVIEW_KIND",
    "UrgentFile",
    "UrgentLookFacts",
    "help_again",
    "add_helper",
    "alarm",
    "own_pages",
    "change_helper",
    "end",
    "grant",
    "last_days",
    "look",
    "look_again",
    "many_reads",
    "may",
    "new_helper_code",
    "note_helped_page",
    "open_urgently",
    "see",
    "stop_helper",
    "begin_to_help",
    "tell_later",
    "to_review",
]
