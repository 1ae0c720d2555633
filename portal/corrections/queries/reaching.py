"""Which requests, and what stands with them, a person's own screens may show."""

from typing import Any

from sqlalchemy import ColumnElement, exists

from portal.agencies.models import Link
from portal.base.problems import NotThere
from portal.base.work import Work
from portal.corrections.models import CorrectionRequest
from portal.records.queries import reached_record


def by_oneself(work: Work) -> int | None:
    """Give whose requests the actor reads as the person themselves. Raises NotThere for whoever helps them."""
    if work.actor.helping is not None:
        raise NotThere()
    return work.actor.person_id


def reached_request(table: Any = CorrectionRequest) -> ColumnElement[bool]:
    """Say in SQL that a person's screens may show a request, or a file that was sent with one.

    The record behind it is theirs, by a live link that is not hidden. One that was passed on to an agency without
    such a record needs no link there; but the agency is neither hidden nor in doubt.
    """
    passed_on = (table.record_id == 0) & ~exists().where(
        Link.person_id == table.person_id,
        Link.agency_id == table.agency_id,
        (Link.state != "active") | Link.hidden_at.is_not(None),
    )
    return passed_on | reached_record(table.person_id, table.agency_id, table.record_id)
