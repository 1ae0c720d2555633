"""Screens of help at one device: the worker's, the device that changes hands, and the person's own."""

from portal.delegations.views import device, letting, working
from portal.delegations.views.blueprint import blueprint

__all__ = ["blueprint", "device", "letting", "working"]
