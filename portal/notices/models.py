"""The table of notices to a person; the words are made when it is read, in the reader's language."""

from datetime import datetime

from sqlalchemy import BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.base.db import Base, Moment


class Notice(Base):
    """Something happened: its kind and what it is about, no words."""

    __tablename__ = "notices_notice"
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(30))
    agency_id: Mapped[int] = mapped_column(BigInteger, default=0)
    about: Mapped[int] = mapped_column(BigInteger, default=0)
    at: Mapped[datetime] = mapped_column(Moment)
    read_at: Mapped[datetime | None] = mapped_column(Moment)
