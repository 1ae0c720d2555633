"""Verbs of access requests: ask, write down, take back; search, decide, charge, hand over; note what is late."""

from portal.access_requests.queries import sent_with
from portal.access_requests.service.asking import submit, withdraw
from portal.access_requests.service.charging import answer_charge, ask_charge, may_charge, settle_charge
from portal.access_requests.service.clock import LATE, note_overdue, recompute
from portal.access_requests.service.deciding import approve, propose_decision, propose_extension
from portal.access_requests.service.drafts import drop, expire_drafts, keep, start
from portal.access_requests.service.handling import (
    case,
    check_identity,
    confirm_identity,
    hold_for_safety,
    lift_hold,
    take,
    transfer,
)
from portal.access_requests.service.moving import TASK
from portal.access_requests.service.releasing import release
from portal.access_requests.service.reviewing import review_item, send_back
from portal.access_requests.service.searching import add_item, gather, log_search
from portal.access_requests.service.slips import Standing, print_slips, slips_of, where
from portal.access_requests.service.writing_down import Heard, write_down

__all__ = [
    "LATE",
    "TASK",
    "Heard",
    "Standing",
    "add_item",
    "answer_charge",
    "approve",
    "ask_charge",
    "case",
    "check_identity",
    "confirm_identity",
    "drop",
    "expire_drafts",
    "gather",
    "hold_for_safety",
    "keep",
    "lift_hold",
    "log_search",
    "may_charge",
    "note_overdue",
    "print_slips",
    "propose_decision",
    "propose_extension",
    "recompute",
    "release",
    "review_item",
    "send_back",
    "sent_with",
    "settle_charge",
    "slips_of",
    "start",
    "submit",
    "take",
    "transfer",
    "where",
    "withdraw",
    "write_down",
]
