"""Screens of agency staff: the worklist and its requests, requests to see, and files opened without a request."""

from portal.casework.views import (
    access,
    access_acts,
    access_charges,
    access_deciding,
    access_letters,
    desk,
    edits,
    fix_written_down,
    fixing,
    held,
    looks,
    proof,
    team,
    urgent,
    worklist,
    writing_down,
)
from portal.casework.views.blueprint import blueprint

__all__ = [
    "access",
    "access_acts",
    "access_charges",
    "access_deciding",
    "access_letters",
    "blueprint",
    "desk",
    "edits",
    "fix_written_down",
    "fixing",
    "held",
    "looks",
    "proof",
    "team",
    "urgent",
    "worklist",
    "writing_down",
]
