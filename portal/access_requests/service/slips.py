"""Ask where a request is with the code of a slip: whether they still owe an answer, and the day. Nothing else.

Works for requests to see and to fix alike, for whoever holds the slip, and for nobody who only knows a reference.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from portal.access_requests import queries, rules
from portal.access_requests.models import AccessRequest
from portal.agencies.service import slips
from portal.base.clock import nz_date
from portal.base.work import Work
from portal.corrections.queries import standing as fixing


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a request is: waits, late or over (answered, passed on or taken back); due_on a Pacific/Auckland day."""

    state: str
    due_on: date


def print_slips(work: Work, batch: int) -> None:
    """Let the actor's requests that came from one draft be asked after on paper. Raises NotThere."""
    for ask in queries.sent_with(work, batch):
        slips.make(work, ask.person_id, ask.agency.id, ask.ref)


def slips_of(work: Work, batch: int) -> list[tuple[queries.RequestView, str]]:
    """Give the actor's requests from one draft, each with the code of its slip; empty before it was made."""
    asks = queries.sent_with(work, batch)
    codes = slips.codes_of(work, [(ask.agency.id, ask.ref) for ask in asks])
    return [(ask, codes.get(ask.ref, "")) for ask in asks]


def where(work: Work, code: str) -> Standing | None:
    """Say where the request of a slip is. None for any other code, after the same three reads."""
    person_id, ref = slips.behind(work, code)
    mine = (AccessRequest.person_id == person_id, AccessRequest.ref == ref)
    row = work.session.execute(
        select(AccessRequest.state, AccessRequest.due_on, AccessRequest.extended_to_on).where(*mine)
    ).first()
    fix = fixing(work, person_id, ref)
    if row is not None:
        late = rules.is_late(row.state, nz_date(work.now), row.due_on)
        found = (row.state in rules.OPEN, late, row.extended_to_on or row.due_on)
    elif fix is not None:
        found = fix
    else:
        return None
    is_open, late, due_on = found
    return Standing("late" if late else "waits" if is_open else "over", due_on)
