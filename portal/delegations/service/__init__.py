"""Verbs of delegations: rights to see something of a person, files opened without a request, help at one device."""

from portal.delegations.queries import UrgentFile, UrgentLookFacts
from portal.delegations.service.assisting import (
    agree,
    close,
    done,
    ends_of,
    forget_help,
    hand_over,
    helped_words,
    leave,
    left_behind,
    let_help,
    note_helped,
    stop,
    take_over,
    worker_name,
)
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
    "agree",
    "alarm",
    "close",
    "done",
    "end",
    "ends_of",
    "forget_help",
    "grant",
    "hand_over",
    "helped_words",
    "last_days",
    "leave",
    "left_behind",
    "let_help",
    "look",
    "look_again",
    "many_reads",
    "may",
    "note_helped",
    "open_urgently",
    "REVIEW_KIND",
    "see",
    "stop",
    "take_over",
    "tell_later",
    "to_review",
    "UrgentFile",
    "UrgentLookFacts",
    "worker_name",
]
