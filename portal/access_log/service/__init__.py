"""Verbs of the access log: note who looked, show a person, ask and answer about a look, show looks later."""

from portal.access_log.service.asking import about_question, answer, ask, look, looks
from portal.access_log.service.holding import (
    Wanted,
    agree,
    covered,
    hold,
    hold_back,
    holds,
    lift,
    renew,
    say_no,
    shown_from,
)
from portal.access_log.service.noting import SentLook, note, note_beside, receive

__all__ = [
    "SentLook",
    "Wanted",
    "about_question",
    "agree",
    "answer",
    "ask",
    "covered",
    "hold",
    "hold_back",
    "holds",
    "lift",
    "look",
    "looks",
    "note",
    "note_beside",
    "receive",
    "renew",
    "say_no",
    "shown_from",
]
