"""Screens that link a person to what an agency holds, and of an organisation's own people."""

from portal.agencies.views import choices, linking, proving, team
from portal.agencies.views.blueprint import blueprint

__all__ = ["blueprint", "choices", "linking", "proving", "team"]
