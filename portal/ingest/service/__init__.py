"""Verbs of ingest: take what agencies send, keep what must wait or be looked at, and answer the same call alike."""

from portal.ingest.rules.mapping import BadMapping
from portal.ingest.service.calls import Call, KeyReused, flag_once, note_receipt, take_once
from portal.ingest.service.files import Unreadable, read_json
from portal.ingest.service.incoming import (
    Fault,
    Incoming,
    Outcome,
    Who,
    faults,
    found_by,
    no_type,
    unwritable,
)
from portal.ingest.service.jobs import expire, release
from portal.ingest.service.settling import held, held_list, send_back, show_held
from portal.ingest.service.taking import take

__all__ = [
    "BadMapping",
    "Call",
    "Fault",
    "Incoming",
    "KeyReused",
    "Outcome",
    "Unreadable",
    "Who",
    "expire",
    "faults",
    "flag_once",
    "found_by",
    "held",
    "held_list",
    "no_type",
    "note_receipt",
    "read_json",
    "release",
    "send_back",
    "show_held",
    "take",
    "take_once",
    "unwritable",
]
