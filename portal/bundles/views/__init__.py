"""Screens of sharing: choose and make, one's own shares, and opening what somebody shared."""

from portal.bundles.views import choosing, copies, notes, opening, paper, people, shares
from portal.bundles.views.blueprint import blueprint

__all__ = ["blueprint", "choosing", "copies", "notes", "opening", "paper", "people", "shares"]
