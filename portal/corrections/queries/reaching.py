"""Which requests, and what stands with them, a person's own screens may show."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, exists, select

from portal.agencies.models import Link
from portal.base.clock import nz_date
from portal.base.work import Work
from portal.corrections import rules
from portal.corrections.models import CorrectionRequest
from portal.records.queries import reached_record


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


def standing(work: Work, person_id: int, ref: int) -> tuple[bool, bool, date] | None:
    """Say of a person's request whether an answer is owed, whether that is late, and the day it is due; None without.

    For whoever holds the slip of it: no agency, no words, and not what was decided. The day is Pacific/Auckland's.
    """
    row = work.session.execute(
        select(CorrectionRequest.state, CorrectionRequest.due_on, CorrectionRequest.extended_to_on).where(
            CorrectionRequest.person_id == person_id, CorrectionRequest.ref == ref
        )
    ).first()
    if row is None:
        return None
    late = rules.is_late(row.state, nz_date(work.now), row.due_on)
    return rules.State(row.state) in rules.OPEN, late, row.extended_to_on or row.due_on
