"""Tables of the desk: filters of the worklist to which a worker gave a name, and deaths that staff recorded."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.base.db import Base, Moment, Sealed


class SavedView(Base):
    """A filter of the worklist that one worker keeps at one agency, or its leads for all, under a name."""

    __tablename__ = "casework_saved_view"
    agency_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    # 0 for one that everybody at the desk has.
    account_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    # In the order in which they were made.
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    # {"name": …, "asked": what stands in the address}, under the agency's own key
    document: Mapped[bytes] = mapped_column(Sealed)


class Death(Base):
    """Two of an agency's staff say that a client died; the same way, two say that it was a mistake."""

    __tablename__ = "casework_death"
    __ledgered__ = True
    __table_args__ = (Index("ix_casework_death_agency_id_ref", "agency_id", "ref"),)
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    ref: Mapped[int] = mapped_column(BigInteger)
    agency_id: Mapped[int] = mapped_column(BigInteger)
    # asked, dead, refused; undoing (one says that it was a mistake), undone
    state: Mapped[str] = mapped_column(String(8))
    # Client number, the day, what was seen; who said what of it, and how much was stopped.
    document: Mapped[bytes] = mapped_column(Sealed)
    # Who has to find somebody else to agree.
    asked_by: Mapped[int] = mapped_column(BigInteger)
    asked_at: Mapped[datetime] = mapped_column(Moment)
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(Integer, default=1)
    __mapper_args__ = {"version_id_col": version}
