"""Verbs of the desk that need several rooms at once: take and share work, keep views, answer about a look."""

from portal.casework.service.dying import AGREE_KIND, OPEN_KIND, DeathDraft, record_death, say_mistake, second
from portal.casework.service.looks import answer, hold_back
from portal.casework.service.sharing import WHY, Shared, Tick, assign, say_seen
from portal.casework.service.taking import take_next
from portal.casework.service.viewing import drop_view, forget_views, keep_view

__all__ = [
    "AGREE_KIND",
    "DeathDraft",
    "OPEN_KIND",
    "Shared",
    "Tick",
    "WHY",
    "answer",
    "assign",
    "drop_view",
    "forget_views",
    "hold_back",
    "keep_view",
    "record_death",
    "say_mistake",
    "say_seen",
    "second",
    "take_next",
]
