"""Screens of signing in and out, joining, leaving quickly, and the account."""

from portal.identity.views import (
    account,
    apps,
    back,
    devices,
    joining,
    leaving,
    letters,
    paper,
    passkeys,
    recovery,
    regaining,
    safety,
    signing,
    ways,
)
from portal.identity.views.blueprint import blueprint

__all__ = [
    "account",
    "apps",
    "back",
    "blueprint",
    "devices",
    "joining",
    "leaving",
    "letters",
    "paper",
    "passkeys",
    "recovery",
    "regaining",
    "safety",
    "signing",
    "ways",
]
