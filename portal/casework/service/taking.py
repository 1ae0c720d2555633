"""Taking work off an agency's worklist, whatever kind of request it is."""

from collections.abc import Callable

from portal.access_requests import service as access_requests
from portal.agencies import tasks
from portal.base import ids
from portal.base.work import Work
from portal.corrections import service as corrections

# Rows that are no requests may stand first; so many hundreds of them are looked through.
PAGES = 20
TAKES: dict[str, Callable[[Work, int], None]] = {
    corrections.TASK: corrections.take,
    access_requests.TASK: access_requests.take,
}


def take_next(work: Work) -> str | None:
    """Take the most urgent request that nobody has yet, and give its id for an address; None when all are taken."""
    after = None
    for _page in range(PAGES):
        found = tasks.worklist(work, owner={"nobody"}, kinds={"fix", "see"}, after=after, most=100)
        for row in found.rows:
            if row.kind in TAKES and row.person_id != work.actor.person_id:
                TAKES[row.kind](work, row.ref)
                return ids.encode(row.ref)
        after = found.next
        if after is None:
            break
    return None
