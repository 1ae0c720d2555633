"""The table of choices: one row for each answer that a person gave, never changed but for its end."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.base.db import Base, Moment, Sealed

_PRESENT = text("ended_at IS NULL")


class Choice(Base):
    """An answer about one purpose of one agency. The one without an end counts. DPUP Transparency and Choice.

    Yes and no stand in the open, as names of purposes do, so that one statement leaves people out of a feed.
    """

    __tablename__ = "choices_choice"
    __ledgered__ = True
    __table_args__ = (
        Index("uq_choices_choice_ref", "person_id", "ref", unique=True),
        Index(
            "uq_choices_choice_present",
            "person_id",
            "agency_id",
            "purpose",
            unique=True,
            sqlite_where=_PRESENT,
            postgresql_where=_PRESENT,
        ),
    )
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    # Of the receipt, and of the row on the agency's worklist where there is one.
    ref: Mapped[int] = mapped_column(BigInteger)
    # What people read out: 7HD3-QK8W
    reference: Mapped[str] = mapped_column(String(9))
    agency_id: Mapped[int] = mapped_column(BigInteger)
    purpose: Mapped[str] = mapped_column(String(60))
    # yes, no
    answer: Mapped[str] = mapped_column(String(4))
    # What stood on the page when they chose, as JSON: a catalogue may change later.
    shown: Mapped[bytes] = mapped_column(Sealed)
    at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
