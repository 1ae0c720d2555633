"""Screens of asking to see what is held: the steps of writing it, what became of it, and letters."""

from portal.access_requests.views import asking, charges, letters, slips, tracking
from portal.access_requests.views.blueprint import blueprint

__all__ = ["asking", "blueprint", "charges", "letters", "slips", "tracking"]
