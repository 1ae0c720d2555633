"""The outbox: work for later, written in the same transaction as the change, done by the worker under a lease."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, Integer, String, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.base.db import Base, Moment

LEASE = timedelta(minutes=2)
MOST_TRIES = 5
RETRY_AFTER = timedelta(seconds=30)


class OutboxRow(Base):
    """One piece of work: the job's name and ids only, never a person's words."""

    __tablename__ = "base_outbox"
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    job: Mapped[str] = mapped_column(String(64))
    about: Mapped[dict[str, Any]] = mapped_column(JSON)
    due_at: Mapped[datetime] = mapped_column(Moment)
    tries: Mapped[int] = mapped_column(Integer, default=0)
    lease: Mapped[str | None] = mapped_column(String(32))
    leased_until: Mapped[datetime | None] = mapped_column(Moment)
    # open, done, or parked (its tries failed: visible to operators, never dropped)
    state: Mapped[str] = mapped_column(String(8), default="open")

    __table_args__ = (Index("ix_base_outbox_state_due_at", "state", "due_at"),)


def put(
    session: Session,
    number: int,
    now: datetime,
    job: str,
    about: dict[str, Any],
    due_at: datetime | None = None,
) -> None:
    """Queue a job in the present transaction under its id. `about` holds ids as text, `due_at` is aware UTC."""
    session.add(OutboxRow(id=number, job=job, about=about, due_at=due_at or now, state="open", tries=0))


def lease(session: Session, now: datetime, most: int = 10) -> list[OutboxRow]:
    """Take up to `most` due jobs for two minutes; another worker does not get them meanwhile."""
    rows = session.scalars(
        select(OutboxRow)
        .where(
            OutboxRow.state == "open",
            OutboxRow.due_at <= now,
            or_(OutboxRow.leased_until.is_(None), OutboxRow.leased_until < now),
        )
        .order_by(OutboxRow.due_at)
        .limit(most)
        .with_for_update(skip_locked=True)
    ).all()
    for row in rows:
        row.lease, row.leased_until = secrets.token_hex(8), now + LEASE
        row.tries += 1
    return list(rows)


def held(session: Session, row_id: int, token: str) -> OutboxRow | None:
    """Give the job if this lease still holds it (a slow worker must not finish another's work)."""
    return session.scalars(
        select(OutboxRow).where(OutboxRow.id == row_id, OutboxRow.lease == token, OutboxRow.state == "open")
    ).first()


def done(row: OutboxRow) -> None:
    """Mark a job as done."""
    row.state, row.lease, row.leased_until = "done", None, None


def later(row: OutboxRow, due_at: datetime) -> None:
    """Give a job back until a moment (aware UTC)."""
    row.lease, row.leased_until, row.due_at = None, None, due_at


def park(row: OutboxRow) -> None:
    """Put a job aside: nobody does it until it is opened again, and nothing deletes it."""
    row.state, row.lease, row.leased_until = "parked", None, None


def reopen(session: Session, row_id: int, now: datetime) -> None:
    """Let a job that was parked be done again, with all its tries."""
    row = session.get(OutboxRow, row_id)
    if row is not None and row.state == "parked":
        row.state, row.due_at, row.tries = "open", now, 0


def failed(row: OutboxRow, now: datetime) -> None:
    """Give a job back for later, or park it after five tries."""
    row.lease, row.leased_until = None, None
    row.due_at = now + RETRY_AFTER * row.tries
    if row.tries >= MOST_TRIES:
        row.state = "parked"
