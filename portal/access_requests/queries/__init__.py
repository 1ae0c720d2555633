"""Reads of access requests: drafts, the person's requests, a case with its file, letters."""

from portal.access_requests.queries.cases import CaseView, SearchFacts, StaffItem, case
from portal.access_requests.queries.drafts import EMPTY, STEPS, Askable, DraftView, askable, draft, drafts_of
from portal.access_requests.queries.requests import (
    EventFacts,
    RequestView,
    ShownItem,
    requests_of,
    sent_with,
    show,
)
from portal.law.letters import LetterLine

__all__ = [
    "EMPTY",
    "STEPS",
    "Askable",
    "CaseView",
    "DraftView",
    "EventFacts",
    "LetterLine",
    "RequestView",
    "SearchFacts",
    "ShownItem",
    "StaffItem",
    "askable",
    "case",
    "draft",
    "drafts_of",
    "requests_of",
    "sent_with",
    "show",
]
