"""Reads of corrections: drafts as their steps show them, requests as the tracker and staff show them."""

from portal.corrections.queries.cases import A_PAGE, StaffFile, ToApply, case, to_apply
from portal.corrections.queries.copies import Copied, CopyPart, Key, copied, copy_part, place_of
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
from portal.corrections.queries.reaching import reached_request, standing
from portal.corrections.queries.requests import (
    Requests,
    plain,
    requests_of,
    show,
    text_of,
)
from portal.corrections.queries.views import (
    EventFacts,
    ItemView,
    QuestionView,
    RecipientView,
    RequestView,
    Statement,
    field_of,
)

__all__ = [
    "A_PAGE",
    "CaseFiles",
    "Choice",
    "Copied",
    "CopyPart",
    "DraftValue",
    "DraftView",
    "Elsewhere",
    "EventFacts",
    "FileFacts",
    "ItemView",
    "Key",
    "QuestionView",
    "RecipientView",
    "RequestView",
    "Requests",
    "StaffFile",
    "Statement",
    "ToApply",
    "Written",
    "beside",
    "case",
    "choices",
    "copied",
    "copy_part",
    "draft",
    "draft_place",
    "field_of",
    "held",
    "place_of",
    "plain",
    "reached_request",
    "requests_of",
    "show",
    "standing",
    "text_of",
    "to_apply",
    "written",
]
