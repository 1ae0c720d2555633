"""Screens of what agencies hold about a person: the picture by agency, sector and time, and each record."""

from portal.records.views import downloads, editing, notes, overview, search, showing
from portal.records.views.blueprint import blueprint

__all__ = ["blueprint", "downloads", "editing", "notes", "overview", "search", "showing"]
