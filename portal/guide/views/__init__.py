"""Screens of the guide: its pages, papers to print, letters, and who holds what. Nobody has to sign in for them."""

from portal.guide.views import finding, handouts, letters, pages
from portal.guide.views.blueprint import blueprint

__all__ = ["blueprint", "finding", "handouts", "letters", "pages"]
