"""The table of looks: one row per page or file that somebody else saw, never one per record."""

from datetime import datetime

from sqlalchemy import BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.base.db import Base, Moment, Sealed


class Look(Base):
    """Somebody other than the person saw something. Principles 5 and 11; DPUP Mana Whakahaere."""

    __tablename__ = "access_log_look"
    __ledgered__ = True
    __table_args__ = {"sqlite_with_rowid": False}
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(Moment)
    # staff, provider, link
    by: Mapped[str] = mapped_column(String(10))
    agency_id: Mapped[int] = mapped_column(BigInteger, default=0)
    # request, share, record
    what: Mapped[str] = mapped_column(String(10))
    # {"who": …, "role": …, "why": …, "reference": …, "records": […]}
    details: Mapped[bytes] = mapped_column(Sealed)
