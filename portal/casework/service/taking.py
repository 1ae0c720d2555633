"""Taking work off an agency's worklist, whatever kind of request it is."""

from collections.abc import Callable

from portal.access_requests import service as access_requests
from portal.agencies import tasks
from portal.base import ids
from portal.base.work import Work
from portal.corrections import service as corrections

TAKES: dict[str, Callable[[Work, int], None]] = {
    corrections.TASK: corrections.take,
    access_requests.TASK: access_requests.take,
}


def take_next(work: Work) -> str | None:
    """Take the most urgent request that nobody has yet, and give its id for an address; None when all are taken."""
    for row in tasks.worklist(work, owner={"nobody"}, most=25).rows:
        if row.kind in TAKES and row.person_id != work.actor.person_id:
            TAKES[row.kind](work, row.ref)
            return ids.encode(row.ref)
    return None
