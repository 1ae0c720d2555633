"""Reads of the access log: a person's own looks, and what an organisation's desk may see of them."""

from portal.access_log.queries.desk import (
    HoldFacts,
    covered,
    hold,
    hold_place,
    holds,
    question,
    shown_from,
)
from portal.access_log.queries.own import OTHERS, LookFacts, QuestionFacts, find, looks, place, question_place

__all__ = [
    "OTHERS",
    "HoldFacts",
    "LookFacts",
    "QuestionFacts",
    "covered",
    "find",
    "hold",
    "hold_place",
    "holds",
    "looks",
    "place",
    "question",
    "question_place",
    "shown_from",
]
