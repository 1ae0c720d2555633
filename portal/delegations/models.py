"""The table of grants: every right of one account or organisation to see something of another person."""

from datetime import datetime

from sqlalchemy import BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.base.db import Base, Moment


class Grant(Base):
    """A right to see: `kind` is case or share; `about` the ref of the request or share it rests on."""

    __tablename__ = "delegations_grant"
    __ledgered__ = True
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(12))
    agency_id: Mapped[int] = mapped_column(BigInteger)
    about: Mapped[int] = mapped_column(BigInteger)
    given_at: Mapped[datetime] = mapped_column(Moment)
    until: Mapped[datetime | None] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
