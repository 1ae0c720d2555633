"""Verbs of records: receive what an agency sends, correct it, and put beside it what must be read with it."""

from portal.records import queries
from portal.records.service import downloads
from portal.records.service.aside import set_aside
from portal.records.service.awaiting import Found, await_value, end_awaiting, record_with
from portal.records.service.editing import TASK as EDIT_TASK
from portal.records.service.editing import EditCase, edit_case, edit_value, finish_edit, say_right
from portal.records.service.keeping import (
    attach_statement,
    begin_review,
    correct,
    end_review,
    note_disclosure,
    past_recipients,
    receive,
    record_id_of,
    record_ref_of,
    take_off_statement,
    withhold,
)
from portal.records.service.kept_at import Kept, kept_at
from portal.records.service.notes import remove_note, write_note
from portal.records.service.passages import say_about
from portal.records.service.rows import WHOLE
from portal.records.service.silence import end_silence, is_silent, keep_silent, may_keep_silent

__all__ = [
    "EDIT_TASK",
    "EditCase",
    "Found",
    "Kept",
    "WHOLE",
    "attach_statement",
    "await_value",
    "begin_review",
    "correct",
    "downloads",
    "edit_case",
    "edit_value",
    "end_awaiting",
    "end_review",
    "end_silence",
    "finish_edit",
    "is_silent",
    "keep_silent",
    "kept_at",
    "may_keep_silent",
    "note_disclosure",
    "past_recipients",
    "queries",
    "receive",
    "record_id_of",
    "record_ref_of",
    "record_with",
    "remove_note",
    "say_about",
    "say_right",
    "set_aside",
    "take_off_statement",
    "withhold",
    "write_note",
]
