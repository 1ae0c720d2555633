"""Verbs of delegations: rights to see something of a person, and the file that is opened without a request."""

from portal.delegations.queries import UrgentFile, UrgentLookFacts
from portal.delegations.service.grants import end, grant, may
from portal.delegations.service.many import many_reads
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
    "REVIEW_KIND",
    "UrgentFile",
    "UrgentLookFacts",
    "alarm",
    "end",
    "grant",
    "last_days",
    "look",
    "look_again",
    "many_reads",
    "may",
    "open_urgently",
    "see",
    "tell_later",
    "to_review",
]
