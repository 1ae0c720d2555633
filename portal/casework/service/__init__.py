"""Verbs of the desk that need several rooms at once: answer about a look, and ask that looks are shown later."""

from portal.casework.service.looks import answer, hold_back

__all__ = ["answer", "hold_back"]
