"""Tables of access requests: drafts, requests, items, the search log, letters, and what happened to them.

What only staff may read stands in columns of its own (`file`, `words` of an item, `words` of a search): nothing
that makes a page for the person opens them. What the person may read of an item stands in `shown`.
"""

from datetime import date, datetime

from sqlalchemy import BigInteger, Date, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.base.db import Base, Moment, Sealed


class Draft(Base):
    """Answers kept while a person is still writing; deleted when sent, or after 30 days."""

    __tablename__ = "access_requests_draft"
    __table_args__ = (Index("uq_access_requests_draft_ref", "person_id", "ref", unique=True),)
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    ref: Mapped[int] = mapped_column(BigInteger)
    answers: Mapped[bytes] = mapped_column(Sealed)
    # Whose answers they are: 0 the person's own, else those of one who helps them (decision 0036).
    helper_id: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")
    kept_at: Mapped[datetime] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(Integer, default=1)
    __mapper_args__ = {"version_id_col": version}


class AccessRequest(Base):
    """A request to see what one agency holds. Privacy Act 2020 sections 40 to 58, principle 6."""

    __tablename__ = "access_requests_request"
    __ledgered__ = True
    __table_args__ = (
        Index("uq_access_requests_request_ref", "person_id", "ref", unique=True),
        Index("ix_access_requests_request_agency_id_due_on", "agency_id", "due_on"),
    )
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    ref: Mapped[int] = mapped_column(BigInteger)
    # The draft it came from: one draft makes a request for each agency.
    batch: Mapped[int] = mapped_column(BigInteger)
    # What people read out: 7HD3-QK8W
    reference: Mapped[str] = mapped_column(String(9))
    agency_id: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(String(20))
    received_at: Mapped[datetime] = mapped_column(Moment)
    received_on: Mapped[date] = mapped_column(Date)
    due_on: Mapped[date] = mapped_column(Date)
    transfer_by_on: Mapped[date] = mapped_column(Date)
    extended_to_on: Mapped[date | None] = mapped_column(Date)
    calendar_version: Mapped[str] = mapped_column(String(20))
    # Set once, when the due date has passed without a decision: a refusal in law (s 69).
    overdue_at: Mapped[datetime | None] = mapped_column(Moment)
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    released_at: Mapped[datetime | None] = mapped_column(Moment)
    language: Mapped[str] = mapped_column(String(8))
    # The person's own words: scope, since, until, topic, names, births, form, urgent, why, hand_on.
    # Beside them what they may read: origin (who passed it on), taken (how it came, written down by staff),
    # helped (the worker who sat beside them),
    # charge (what the agency asks to be paid, and what became of that).
    words: Mapped[bytes] = mapped_column(Sealed)
    # What only staff read: identity, plan of a safety hold, proposal, reason for silence, charge.
    file: Mapped[bytes] = mapped_column(Sealed)
    # What staff proposed and a second person has to approve: an outcome, or "extended"; empty for nothing.
    proposed: Mapped[str] = mapped_column(String(20), default="")
    proposed_by: Mapped[int] = mapped_column(BigInteger, default=0)
    version: Mapped[int] = mapped_column(Integer, default=1)
    __mapper_args__ = {"version_id_col": version}


class Item(Base):
    """One thing that staff found: what it is, what they decided about it, and what the person may read of it."""

    __tablename__ = "access_requests_item"
    __ledgered__ = True
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    request_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    no: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    agency_id: Mapped[int] = mapped_column(BigInteger)
    # Empty until reviewed; then release, redact, refuse or silent.
    outcome: Mapped[str] = mapped_column(String(8), default="")
    ground: Mapped[str | None] = mapped_column(String(40))
    # For staff: title, on, system, text, reason, notes, record_ref.
    words: Mapped[bytes] = mapped_column(Sealed)
    # For the person: title, on, parts, reason. None while there is nothing to show them.
    shown: Mapped[bytes | None] = mapped_column(Sealed)
    version: Mapped[int] = mapped_column(Integer, default=1)
    __mapper_args__ = {"version_id_col": version}


class Search(Base):
    """One place where staff looked: the search log that a "nothing found" rests on (s 53(a))."""

    __tablename__ = "access_requests_search"
    __ledgered__ = True
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    request_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    no: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    agency_id: Mapped[int] = mapped_column(BigInteger)
    account_id: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[datetime] = mapped_column(Moment)
    # {"system": …, "what": …, "found": …}
    words: Mapped[bytes] = mapped_column(Sealed)


class Letter(Base):
    """A letter about a request, kept as the facts that it was written from."""

    __tablename__ = "access_requests_letter"
    __ledgered__ = True
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    request_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    no: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    agency_id: Mapped[int] = mapped_column(BigInteger)
    # L1 to L14
    kind: Mapped[str] = mapped_column(String(4))
    at: Mapped[datetime] = mapped_column(Moment)
    language: Mapped[str] = mapped_column(String(8))
    facts: Mapped[bytes] = mapped_column(Sealed)


class Event(Base):
    """What happened to a request, in the past tense: AccessRequested, AccessDecided, …"""

    __tablename__ = "access_requests_event"
    __ledgered__ = True
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    request_id: Mapped[int] = mapped_column(BigInteger)
    agency_id: Mapped[int] = mapped_column(BigInteger)
    name: Mapped[str] = mapped_column(String(40))
    # person, staff, officer, system
    by: Mapped[str] = mapped_column(String(8))
    account_id: Mapped[int] = mapped_column(BigInteger, default=0)
    at: Mapped[datetime] = mapped_column(Moment)
