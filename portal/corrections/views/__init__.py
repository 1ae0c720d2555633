"""Screens of asking for a fix: the steps of writing it, and following what became of it."""

from portal.corrections.views import answering, complaining, letters, proof, slips, steps, taking, tracking
from portal.corrections.views.blueprint import blueprint

__all__ = [
    "answering",
    "blueprint",
    "complaining",
    "letters",
    "proof",
    "slips",
    "steps",
    "taking",
    "tracking",
]
