"""Screens that link a person to what an agency holds, and of an organisation's own people."""

from portal.agencies.views import linking, team
from portal.agencies.views.blueprint import blueprint

__all__ = ["blueprint", "linking", "team"]
