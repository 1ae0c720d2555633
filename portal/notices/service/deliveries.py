"""Messages that could not be sent: put aside, seen by staff without a name, and sent again by them."""

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import delete, func, select

from portal.base import outbox
from portal.base.db import rows_changed
from portal.base.problems import NotThere
from portal.base.work import Work
from portal.notices.models import Delivery

KEPT = timedelta(days=90)


def redrive(work: Work, ref: int) -> None:
    """Send one parked message of the actor's agency again. Raises NotThere."""
    rows = _parked(work, Delivery.agency_id == work.actor.agency_id, Delivery.id == ref)
    if _reopen(work, rows) == 0:
        raise NotThere()


def redrive_all(work: Work) -> None:
    """Send every parked message of the actor's agency again."""
    _reopen(work, _parked(work, Delivery.agency_id == work.actor.agency_id))


def redrive_everywhere(work: Work) -> int:
    """Send every parked message again, and give how many (operators, on the command line)."""
    return _reopen(work, _parked(work))


def all_parked(work: Work) -> dict[tuple[str, str], int]:
    """Count the parked messages by channel and fault (operators, on the command line)."""
    rows = work.session.execute(
        select(Delivery.channel, Delivery.fault, func.count())
        .where(Delivery.state == "parked")
        .group_by(Delivery.channel, Delivery.fault)
        .order_by(Delivery.channel, Delivery.fault)
    )
    return {(channel, fault): n for channel, fault, n in rows}


def expire(work: Work) -> int:
    """Delete what was sent or dropped more than 90 days ago, and give how many (the worker calls this)."""
    over = delete(Delivery).where(Delivery.state.in_(["sent", "dropped"]), Delivery.done_at < work.now - KEPT)
    return rows_changed(work.session, over)


def _parked(work: Work, *whose) -> Iterable[Delivery]:
    return work.session.scalars(select(Delivery).where(*whose, Delivery.state == "parked").limit(1000)).all()


def _reopen(work: Work, rows: Iterable[Delivery]) -> int:
    again = 0
    for row in rows:
        row.state, row.done_at = "waiting", None
        outbox.reopen(work.session, row.id, work.now)
        again += 1
    return again
