"""Screens of help: those whom a person lets help them, those of the helper, and those of help at one device."""

from portal.delegations.views import (
    acting,
    asked,
    authority,
    care,
    device,
    helping,
    letting,
    renewing,
    trusting,
    working,
)
from portal.delegations.views.blueprint import blueprint

__all__ = [
    "acting",
    "asked",
    "authority",
    "blueprint",
    "care",
    "device",
    "helping",
    "letting",
    "renewing",
    "trusting",
    "working",
]
