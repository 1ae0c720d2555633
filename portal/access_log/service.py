"""Verbs of the access log: note that somebody else looked, and show a person who did."""

from typing import Any

from portal.access_log import queries
from portal.access_log.models import Look
from portal.access_log.queries import LookFacts
from portal.base import ids
from portal.base.work import Work


def note(work: Work, person_id: int, by: str, agency_id: int, what: str, details: dict[str, Any]) -> None:
    """Note one page or file of a person that somebody else saw; the person's own visits are not noted.

    `by` is staff, provider or link; `agency_id` the looker's organisation, 0 for none; `what` is request, share
    or record. `details` holds who (a name), role (of the permission table), why (a msgid for staff, else the
    words of the one who opened), reference, records (labels of what was seen), and for a share held_by (for each
    label the agency's id as text: whoever hides an agency hides it here too).
    Privacy Act 2020 principles 5 and 11.
    """
    if work.actor.person_id == person_id and work.actor.agency_id is None:
        return
    look_id = ids.ordered(work.now)
    work.session.add(
        Look(
            person_id=person_id,
            id=look_id,
            at=work.now,
            by=by,
            agency_id=agency_id,
            what=what,
            details=work.keys.seal_json(queries.place(look_id, person_id), details),
        )
    )


def looks(work: Work, most: int = 50, before: int | None = None) -> list[LookFacts]:
    """Give the looks at the actor's own information, newest first; `before` is the id of the last one shown."""
    return queries.looks(work, work.actor.person_id, most, before)
