"""What the worker does for ingest: move what waited after a link was made, and end what is over."""

from datetime import timedelta
from typing import Any

from sqlalchemy import delete

from portal.agencies import service as agencies
from portal.base.problems import NotThere
from portal.base.work import Work
from portal.ingest.models import IdempotentCall, Waiting
from portal.ingest.service import waiting
from portal.ingest.service.incoming import Incoming, Who
from portal.ingest.service.taking import take

WAITS_FOR = timedelta(days=90)
KEEP_CALLS = timedelta(days=7)


def release(work: Work, about: dict[str, Any]) -> None:
    """Move what waited for a client into the records of the person who has linked, with the same checks.

    `about` holds person_id and agency_id as text. Does nothing while the link is frozen or gone.
    """
    person_id, agency_id = int(about["person_id"]), int(about["agency_id"])
    try:
        client_ref = agencies.client_ref_of(work, person_id, agency_id)
    except NotThere:
        return
    if agencies.person_of_client(work, agency_id, client_ref) != person_id:
        return
    for who, rows in _by_who(waiting.opened(work, agency_id, client_ref)).items():
        take(work, agency_id, client_ref, [one for _, one in rows], who)
        for row, _ in rows:
            work.session.delete(row)


def expire(work: Work) -> None:
    """Delete what has waited for 90 days, and answered calls after a week."""
    work.session.execute(delete(Waiting).where(Waiting.received_at < work.now - WAITS_FOR))
    work.session.execute(delete(IdempotentCall).where(IdempotentCall.at < work.now - KEEP_CALLS))


def _by_who(
    found: list[tuple[Waiting, Incoming, Who | None]],
) -> dict[Who | None, list[tuple[Waiting, Incoming]]]:
    groups: dict[Who | None, list[tuple[Waiting, Incoming]]] = {}
    for row, one, who in found:
        groups.setdefault(who, []).append((row, one))
    return groups
