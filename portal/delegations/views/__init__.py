"""Screens of help: those whom a person lets help them, those of the helper, and those of help at one device."""

from portal.delegations.views import asked, care, device, helping, letting, renewing, trusting, working
from portal.delegations.views.blueprint import blueprint

__all__ = ["asked", "blueprint", "care", "device", "helping", "letting", "renewing", "trusting", "working"]
