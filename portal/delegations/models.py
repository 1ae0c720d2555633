"""Tables of grants: every right of one account or organisation to see something of another person."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.base.db import Base, Moment, Sealed


class Grant(Base):
    """A right to see: `kind` is case, share or urgent; `about` the ref of the request, share or look it rests on."""

    __tablename__ = "delegations_grant"
    __ledgered__ = True
    __table_args__ = (
        # What an organisation may see now; what has ended is never listed.
        Index(
            "ix_delegations_grant_open",
            *("agency_id", "kind", "id"),
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(12))
    agency_id: Mapped[int] = mapped_column(BigInteger)
    about: Mapped[int] = mapped_column(BigInteger)
    # The one worker who may use it; None for the whole organisation's desk.
    account_id: Mapped[int | None] = mapped_column(BigInteger)
    given_at: Mapped[datetime] = mapped_column(Moment)
    until: Mapped[datetime | None] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)


class UrgentLook(Base):
    """A worker opened a file without a case (break-glass): why, and what a second person made of it."""

    __tablename__ = "delegations_urgent_look"
    __ledgered__ = True
    __table_args__ = (Index("ix_delegations_urgent_look_agency_id_state", "agency_id", "state"),)
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    agency_id: Mapped[int] = mapped_column(BigInteger)
    account_id: Mapped[int] = mapped_column(BigInteger)
    reason: Mapped[bytes] = mapped_column(Sealed)
    # open, fine, wrong
    state: Mapped[str] = mapped_column(String(8))
    at: Mapped[datetime] = mapped_column(Moment)
    reviewed_by: Mapped[int | None] = mapped_column(BigInteger)
    reviewed_at: Mapped[datetime | None] = mapped_column(Moment)
