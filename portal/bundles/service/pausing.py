"""Ways to hold a share back: pause all that is shared, and let nearly all that is held wait (security.md T16)."""

from typing import Any

from sqlalchemy import select

from portal.base.work import Work
from portal.bundles import queries, rules
from portal.bundles.models import Pause
from portal.bundles.queries.shares import own


def pause(work: Work) -> None:
    """Let nobody open anything that the actor shares, from now on. Paused already, nothing changes.

    No share is touched: `queries.doors.is_let_in` asks at every use, also of shares that are made meanwhile. To
    whoever opens one it has ended. Principle 11(1)(c): the authorisation rests.
    """
    person_id = own(work)
    if queries.paused_since(work) is None:
        work.session.add(Pause(person_id=person_id, id=work.new_id(), paused_at=work.now))


def resume(work: Work) -> None:
    """Let what the actor shares be opened again, but for what ended meanwhile. Not paused, nothing changes."""
    rows = work.session.scalars(
        select(Pause).where(Pause.person_id == own(work), Pause.resumed_at.is_(None)).with_for_update()
    )
    for row in rows:
        row.resumed_at = work.now


def nearly_all(work: Work, lines: list[dict[str, Any]]) -> bool:
    """Say whether chosen lines are all, or nearly all, of what the actor's own pages show: then a share waits.

    Two reads.
    """
    kinds = queries.held_kinds(work)
    going = [
        tuple(one.get("usual", (0, 0))) for one in lines if kinds.get(one["record"], "safety") != "safety"
    ]
    return rules.is_whole_file(going, sum(kind != "safety" for kind in kinds.values()))
