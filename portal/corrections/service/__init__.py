"""Verbs of corrections: write and send a request, answer it, put it right, keep the person's words, tell others."""

from portal.corrections.queries import A_PAGE, Copied, ToApply
from portal.corrections.service.answers import Decision
from portal.corrections.service.applying import (
    confirm_applied,
    note_applied,
    remind_to_apply,
    to_apply,
)
from portal.corrections.service.clock import note_overdue, recompute
from portal.corrections.service.complaining import COMPLAINT, complain
from portal.corrections.service.copying import Copy, as_document, copy, copy_home, part_of_copy
from portal.corrections.service.deciding import (
    approve,
    decide,
    propose_extension,
    send_back,
)
from portal.corrections.service.drafts import STEPS, draft, drop, expire_drafts, keep, start
from portal.corrections.service.handling import (
    CaseView,
    answer_question,
    ask_person,
    case,
    check_identity,
    confirm_identity,
    gone,
    papers,
    take,
)
from portal.corrections.service.letters import letter
from portal.corrections.service.letters import of as letters_of
from portal.corrections.service.moving import APPLY, LATE, TASK, TELL, TOLD
from portal.corrections.service.packing import pack_of
from portal.corrections.service.passing_on import transfer
from portal.corrections.service.previewing import LetterDraft, Preview, preview
from portal.corrections.service.requests import requests_of, show, submit, withdraw
from portal.corrections.service.slips import print_slip, slip_of
from portal.corrections.service.stating import attach_statement, propose_taking_off
from portal.corrections.service.telling import WAYS, not_practicable, tell_recipient, told_to
from portal.corrections.service.writing_down import Chosen, Heard, of_client, write_down

__all__ = [
    "print_slip",
    "slip_of",
    "APPLY",
    "A_PAGE",
    "COMPLAINT",
    "LATE",
    "STEPS",
    "TASK",
    "TELL",
    "TOLD",
    "WAYS",
    "CaseView",
    "Chosen",
    "Copied",
    "Copy",
    "Decision",
    "LetterDraft",
    "Preview",
    "Heard",
    "ToApply",
    "answer_question",
    "approve",
    "as_document",
    "ask_person",
    "attach_statement",
    "case",
    "check_identity",
    "complain",
    "confirm_applied",
    "confirm_identity",
    "copy",
    "copy_home",
    "decide",
    "draft",
    "drop",
    "expire_drafts",
    "gone",
    "keep",
    "letter",
    "letters_of",
    "not_practicable",
    "note_applied",
    "note_overdue",
    "of_client",
    "pack_of",
    "papers",
    "part_of_copy",
    "preview",
    "propose_extension",
    "propose_taking_off",
    "recompute",
    "remind_to_apply",
    "requests_of",
    "send_back",
    "show",
    "start",
    "submit",
    "take",
    "tell_recipient",
    "to_apply",
    "told_to",
    "transfer",
    "withdraw",
    "write_down",
]
