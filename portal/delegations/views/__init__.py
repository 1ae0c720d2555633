"""Screens of help: those whom a person lets help them, those of the helper, and those of help at one device."""

from portal.delegations.views import acting, authority, device, helping, letting, trusting, working
from portal.delegations.views.blueprint import blueprint

__all__ = ["acting", "authority", "blueprint", "device", "helping", "letting", "trusting", "working"]
