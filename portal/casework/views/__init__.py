"""Screens of agency staff: the worklist and its requests, and files opened without a request."""

from portal.casework.views import desk, urgent
from portal.casework.views.blueprint import blueprint

__all__ = ["blueprint", "desk", "urgent"]
