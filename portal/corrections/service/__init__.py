"""Verbs of corrections: write and send a request, take it back, decide it, add a statement of correction."""

from portal.corrections.service.decisions import CaseView, Decision, case, decide, take
from portal.corrections.service.drafts import STEPS, draft, drop, expire_drafts, keep, start
from portal.corrections.service.requests import TASK, attach_statement, requests_of, show, submit, withdraw

__all__ = [
    "STEPS",
    "TASK",
    "CaseView",
    "Decision",
    "attach_statement",
    "case",
    "decide",
    "draft",
    "drop",
    "expire_drafts",
    "keep",
    "requests_of",
    "show",
    "start",
    "submit",
    "take",
    "withdraw",
]
