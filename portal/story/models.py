"""The table of a person's story: one row for each version of each part, never changed."""

from datetime import datetime

from sqlalchemy import BigInteger, Integer, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from portal.base.db import Base, Moment, Sealed


class Version(Base):
    """One version of one part, under the person's own key: no agency's key opens it. DPUP Mana Whakahaere.

    The newest version of a part is what stands; a part without a row was never written.
    """

    __tablename__ = "story_version"
    __ledgered__ = True
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    part: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    no: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    # {"title": …, "lang": …, "text": …}
    body: Mapped[bytes] = mapped_column(Sealed)
    at: Mapped[datetime] = mapped_column(Moment)
