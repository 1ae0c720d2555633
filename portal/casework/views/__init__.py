"""Screens of agency staff: the worklist and its requests, requests to see, and files opened without a request."""

from portal.casework.views import (
    access,
    access_acts,
    access_deciding,
    access_letters,
    desk,
    edits,
    fix_acts,
    fix_after,
    fix_case,
    fix_deciding,
    fix_letters,
    looks,
    reasons,
    urgent,
)
from portal.casework.views.blueprint import blueprint

__all__ = [
    "access",
    "access_acts",
    "access_deciding",
    "access_letters",
    "blueprint",
    "desk",
    "edits",
    "fix_acts",
    "fix_after",
    "fix_case",
    "fix_deciding",
    "fix_letters",
    "looks",
    "reasons",
    "urgent",
]
