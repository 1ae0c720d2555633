"""Screens of help: those whom a person lets help them, and those of the helper."""

from portal.delegations.views import helping, trusting
from portal.delegations.views.blueprint import blueprint

__all__ = ["blueprint", "helping", "trusting"]
