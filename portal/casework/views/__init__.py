"""Screens of agency staff: the worklist and its requests, requests to see, and files opened without a request."""

from portal.casework.views import (
    access,
    access_acts,
    access_deciding,
    access_letters,
    desk,
    edits,
    looks,
    proof,
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
    "looks",
    "proof",
    "urgent",
]
