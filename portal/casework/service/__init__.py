"""Verbs of the desk that need several rooms at once: take the next request, answer about a look, show looks later."""

from portal.casework.service.looks import answer, hold_back
from portal.casework.service.taking import take_next

__all__ = ["answer", "hold_back", "take_next"]
