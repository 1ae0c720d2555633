"""Verbs of records: receive what an agency sends, correct it, and put beside it what must be read with it."""

from portal.records import queries
from portal.records.service.aside import set_aside
from portal.records.service.keeping import (
    WHOLE,
    attach_statement,
    begin_review,
    correct,
    end_review,
    note_disclosure,
    past_recipients,
    receive,
    record_id_of,
    record_ref_of,
    withhold,
)

__all__ = [
    "WHOLE",
    "attach_statement",
    "begin_review",
    "correct",
    "end_review",
    "note_disclosure",
    "past_recipients",
    "queries",
    "receive",
    "record_id_of",
    "record_ref_of",
    "set_aside",
    "withhold",
]
