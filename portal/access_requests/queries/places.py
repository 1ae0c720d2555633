"""Where the sealed words of access requests stand, and which requests a person's screens may name."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, exists

from portal.access_requests.models import AccessRequest
from portal.agencies.models import Link
from portal.base.crypto import Place


def day_of(text: str | None) -> date | None:
    """Give a day that was kept as text; None where there is none."""
    return date.fromisoformat(text) if text else None


def draft_place(person_id: int, draft_id: int) -> Place:
    """Give where the sealed answers of a draft stand."""
    return Place("access_requests_draft", "answers", draft_id, person_id)


def words_place(row: Any) -> Place:
    """Give where the person's own words of a request stand."""
    return Place("access_requests_request", "words", row.id, row.person_id, row.agency_id)


def file_place(row: Any) -> Place:
    """Give where stands what only staff read of a request."""
    return Place("access_requests_request", "file", row.id, row.person_id, row.agency_id)


def item_place(person_id: int, request_id: int, no: int, agency_id: int, column: str = "words") -> Place:
    """Give where the sealed words of an item stand: `words` for staff, `shown` for the person."""
    return Place("access_requests_item", f"{column}/{no}", request_id, person_id, agency_id)


def search_place(person_id: int, request_id: int, no: int, agency_id: int) -> Place:
    """Give where one line of the search log stands."""
    return Place("access_requests_search", f"words/{no}", request_id, person_id, agency_id)


def named_request() -> ColumnElement[bool]:
    """Say in SQL that a person's screens may show a request: its agency is not hidden, and no link to it is in doubt.

    An agency that was never linked may be asked, so a link is not needed.
    """
    return ~exists().where(
        Link.person_id == AccessRequest.person_id,
        Link.agency_id == AccessRequest.agency_id,
        (Link.state != "active") | Link.hidden_at.is_not(None),
    )
