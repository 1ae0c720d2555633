"""Tables of correction requests: drafts, requests, their items, and what happened to them."""

from datetime import date, datetime

from sqlalchemy import BigInteger, Date, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.base.db import Base, Moment, Sealed


class Draft(Base):
    """Answers kept while a person is still writing; deleted when sent, or after 30 days."""

    __tablename__ = "corrections_draft"
    __table_args__ = (Index("uq_corrections_draft_ref", "person_id", "ref", unique=True),)
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    ref: Mapped[int] = mapped_column(BigInteger)
    record_id: Mapped[int] = mapped_column(BigInteger)
    agency_id: Mapped[int] = mapped_column(BigInteger)
    answers: Mapped[bytes] = mapped_column(Sealed)
    kept_at: Mapped[datetime] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(Integer, default=1)
    __mapper_args__ = {"version_id_col": version}


class File(Base):
    """A photo or file that shows what a request says, drawn anew: sent with it, or deleted with its draft."""

    __tablename__ = "corrections_file"
    __ledgered__ = True
    __table_args__ = (Index("uq_corrections_file_no", "person_id", "request_ref", "no", unique=True),)
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    # Of the draft, which the request keeps when it is sent.
    request_ref: Mapped[int] = mapped_column(BigInteger)
    no: Mapped[int] = mapped_column(Integer)
    agency_id: Mapped[int] = mapped_column(BigInteger)
    record_id: Mapped[int] = mapped_column(BigInteger)
    # picture, pdf
    kind: Mapped[str] = mapped_column(String(8))
    # What the person's own device calls it.
    name: Mapped[bytes] = mapped_column(Sealed)
    pages: Mapped[int] = mapped_column(Integer)
    size: Mapped[int] = mapped_column(Integer)
    added_at: Mapped[datetime] = mapped_column(Moment)


class FilePage(Base):
    """One picture of a file, sealed: at most 600 kB."""

    __tablename__ = "corrections_file_page"
    __ledgered__ = True
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    file_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    page: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    agency_id: Mapped[int] = mapped_column(BigInteger)
    width: Mapped[int] = mapped_column(Integer)
    height: Mapped[int] = mapped_column(Integer)
    body: Mapped[bytes] = mapped_column(Sealed)


class CorrectionRequest(Base):
    """A request to put something right. Privacy Act 2020 sections 59-65, principle 7."""

    __tablename__ = "corrections_request"
    __ledgered__ = True
    __table_args__ = (Index("uq_corrections_request_ref", "person_id", "ref", unique=True),)
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    ref: Mapped[int] = mapped_column(BigInteger)
    # What people read out: 7HD3-QK8W
    reference: Mapped[str] = mapped_column(String(9))
    agency_id: Mapped[int] = mapped_column(BigInteger)
    record_id: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(String(20))
    received_at: Mapped[datetime] = mapped_column(Moment)
    received_on: Mapped[date] = mapped_column(Date)
    due_on: Mapped[date] = mapped_column(Date)
    calendar_version: Mapped[str] = mapped_column(String(20))
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    applied_at: Mapped[datetime | None] = mapped_column(Moment)
    language: Mapped[str] = mapped_column(String(8))
    # The person's own words and how they want to be answered.
    words: Mapped[bytes] = mapped_column(Sealed)
    version: Mapped[int] = mapped_column(Integer, default=1)
    __mapper_args__ = {"version_id_col": version}


class Item(Base):
    """One value of a request: what they hold, what the person says, what was decided."""

    __tablename__ = "corrections_item"
    __ledgered__ = True
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    request_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    no: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    agency_id: Mapped[int] = mapped_column(BigInteger)
    field: Mapped[str] = mapped_column(String(60))
    wish: Mapped[str] = mapped_column(String(12))
    # {"held": …, "wanted": …, "value": …, "reason": …}
    words: Mapped[bytes] = mapped_column(Sealed)
    decision: Mapped[str | None] = mapped_column(String(12))
    ground: Mapped[str | None] = mapped_column(String(40))


class Event(Base):
    """What happened to a request, in the past tense: RequestReceived, RequestDecided, …"""

    __tablename__ = "corrections_event"
    __ledgered__ = True
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    request_id: Mapped[int] = mapped_column(BigInteger)
    agency_id: Mapped[int] = mapped_column(BigInteger)
    name: Mapped[str] = mapped_column(String(40))
    # person, staff, system
    by: Mapped[str] = mapped_column(String(8))
    account_id: Mapped[int] = mapped_column(BigInteger, default=0)
    at: Mapped[datetime] = mapped_column(Moment)
