"""Tables of looks (one row per page or file that somebody else saw), of questions about them, and of delays."""

from datetime import date, datetime

from sqlalchemy import BigInteger, Date, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.base.db import Base, Moment, Sealed


class Look(Base):
    """Somebody other than the person saw something. Principles 5 and 11; DPUP Mana Whakahaere."""

    __tablename__ = "access_log_look"
    __ledgered__ = True
    __table_args__ = (
        Index("ix_access_log_look_source", "person_id", "agency_id", "source_fingerprint", unique=True),
        {"sqlite_with_rowid": False},
    )
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    # In the order of `at`.
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(Moment)
    # staff, provider, link, helper; system (an agency sent it from its own system)
    by: Mapped[str] = mapped_column(String(10))
    agency_id: Mapped[int] = mapped_column(BigInteger, default=0)
    # request, access, question, share, record, beside, system, copy
    what: Mapped[str] = mapped_column(String(10))
    # Of the agency's own id of the look, where it sent one: what comes twice is taken once.
    source_fingerprint: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    # {"who": …, "role": …, "why": …, "reference": …, "records": […], "about": …, "account": …}
    details: Mapped[bytes] = mapped_column(Sealed)


class Question(Base):
    """What the person asked the looker's organisation about one look, and what it answered. Principle 6."""

    __tablename__ = "access_log_question"
    __ledgered__ = True
    __table_args__ = {"sqlite_with_rowid": False}
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    # One question about a look: the answer stands beside it.
    look_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    # Its id on the organisation's worklist.
    ref: Mapped[int] = mapped_column(BigInteger)
    agency_id: Mapped[int] = mapped_column(BigInteger)
    # sent, answered
    state: Mapped[str] = mapped_column(String(10))
    asked_at: Mapped[datetime] = mapped_column(Moment)
    due_on: Mapped[date] = mapped_column(Date)
    # fine, wrong
    outcome: Mapped[str | None] = mapped_column(String(10))
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
    answered_by: Mapped[int | None] = mapped_column(BigInteger)
    # {"asked": …, "lang": …, "answer": …}
    words: Mapped[bytes] = mapped_column(Sealed)


class Hold(Base):
    """Looks of one organisation that are shown later, on a ground and until an end, by two people."""

    __tablename__ = "access_log_hold"
    __ledgered__ = True
    __table_args__ = (Index("ix_access_log_hold_agency_id_until_at", "agency_id", "until_at"),)
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    # The id of its row on the organisation's worklist, too.
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    agency_id: Mapped[int] = mapped_column(BigInteger)
    # The one look it is for; 0 for all looks of the organisation from `from_at` on.
    look_id: Mapped[int] = mapped_column(BigInteger)
    ground: Mapped[str] = mapped_column(String(40))
    from_at: Mapped[datetime] = mapped_column(Moment)
    until_at: Mapped[datetime] = mapped_column(Moment)
    # coded (came with a code that holds it back), asked, agreed, refused, lifted
    state: Mapped[str] = mapped_column(String(10))
    asked_by: Mapped[int] = mapped_column(BigInteger)
    asked_at: Mapped[datetime] = mapped_column(Moment)
    decided_by: Mapped[int | None] = mapped_column(BigInteger)
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    # {"reason": …, "by": name of the one who asked, "note": what the second person wrote}
    words: Mapped[bytes] = mapped_column(Sealed)
