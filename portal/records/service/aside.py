"""Sets the records of a wrong link aside, so that a right one starts with nothing of them."""

import secrets
from typing import Any

from sqlalchemy import select

from portal.agencies import service as agencies
from portal.base.work import Work
from portal.records import rules
from portal.records.models import Record


def set_aside(work: Work, about: dict[str, Any]) -> None:
    """Set aside what was loaded for a person by a link that staff have ended, and take the link away (a job).

    The rows stay for the agency's own staff; no page or share of the person reads them again, and what the agency
    sends for a right link is new. `about` has person_id and agency_id as text. Privacy Act 2020 principle 8.
    """
    person_id, agency_id = int(about["person_id"]), int(about["agency_id"])
    if not agencies.forget_link(work, person_id, agency_id):
        return
    wrong = select(Record).where(
        Record.person_id == person_id, Record.agency_id == agency_id, Record.state.in_(("live", rules.SILENT))
    )
    for record in work.session.scalars(wrong).all():
        record.state = "aside"
        record.source_fingerprint = secrets.token_bytes(32)
