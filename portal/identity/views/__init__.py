"""Screens of signing in and out, joining, leaving quickly, and the account."""

from portal.identity.views import account, joining, leaving, recovery, regaining, safety, signing
from portal.identity.views.blueprint import blueprint

__all__ = ["account", "blueprint", "joining", "leaving", "recovery", "regaining", "safety", "signing"]
