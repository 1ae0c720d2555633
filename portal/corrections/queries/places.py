"""Where the sealed words of corrections stand."""

from typing import Any

from portal.base.crypto import Place


def request_place(person_id: int, request_id: int, agency_id: int) -> Place:
    """Give where the sealed words of a request stand."""
    return Place("corrections_request", "words", request_id, person_id, agency_id)


def file_place(row: Any) -> Place:
    """Give where stands what only staff read of a request."""
    return Place("corrections_request", "file", row.id, row.person_id, row.agency_id)


def item_place(person_id: int, request_id: int, no: int, agency_id: int) -> Place:
    """Give where the sealed words of one value of a request stand."""
    return Place("corrections_item", f"words/{no}", request_id, person_id, agency_id)


def question_place(person_id: int, request_id: int, no: int, agency_id: int) -> Place:
    """Give where a question of staff stands, with its answer."""
    return Place("corrections_question", f"words/{no}", request_id, person_id, agency_id)


def recipient_place(person_id: int, request_id: int, no: int, agency_id: int) -> Place:
    """Give where stands who got an old value, and what they have to be told."""
    return Place("corrections_recipient", f"words/{no}", request_id, person_id, agency_id)


def letter_place(person_id: int, request_id: int, no: int, agency_id: int) -> Place:
    """Give where the sealed facts of one letter stand."""
    return Place("corrections_letter", f"facts/{no}", request_id, person_id, agency_id)
