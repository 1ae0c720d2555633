"""Reads of corrections: drafts as their steps show them, requests as the tracker and staff show them."""

from portal.corrections.queries.cases import case
from portal.corrections.queries.drafts import (
    Choice,
    DraftValue,
    DraftView,
    Elsewhere,
    Written,
    choices,
    draft,
    draft_place,
    held,
    written,
)
from portal.corrections.queries.proof import CaseFiles, FileFacts, beside
from portal.corrections.queries.requests import (
    EventFacts,
    ItemView,
    Requests,
    RequestView,
    Statement,
    item_place,
    reached_request,
    request_place,
    requests_of,
    show,
    text_of,
)

__all__ = [
    "CaseFiles",
    "Choice",
    "DraftValue",
    "DraftView",
    "Elsewhere",
    "EventFacts",
    "FileFacts",
    "ItemView",
    "RequestView",
    "Requests",
    "Statement",
    "Written",
    "beside",
    "case",
    "choices",
    "draft",
    "draft_place",
    "held",
    "item_place",
    "reached_request",
    "request_place",
    "requests_of",
    "show",
    "text_of",
    "written",
]
