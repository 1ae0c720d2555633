"""Tables of what agencies sent that is not (yet) in records: waiting, held back and settled; and receipts."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Date, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.base.db import Base, Moment, Sealed


class Waiting(Base):
    """A record for a client whom nobody has linked yet, sealed under the agency's key, kept at most 90 days."""

    __tablename__ = "ingest_waiting"
    agency_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    client_fingerprint: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    source_fingerprint: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    id: Mapped[int] = mapped_column(BigInteger)
    body: Mapped[bytes] = mapped_column(Sealed)
    body_fingerprint: Mapped[bytes] = mapped_column(LargeBinary(32))
    received_at: Mapped[datetime] = mapped_column(Moment)


class Held(Base):
    """What was sent and held back for staff: name or birth date contradicts the linked person, or a replaced
    value came back. Sealed under the agency's key."""

    __tablename__ = "ingest_held"
    __table_args__ = (Index("uq_ingest_held_fingerprint", "agency_id", "fingerprint", unique=True),)
    agency_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    ref: Mapped[int] = mapped_column(BigInteger)
    reason: Mapped[str] = mapped_column(String(20))
    body: Mapped[bytes] = mapped_column(Sealed)
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary(32))
    received_at: Mapped[datetime] = mapped_column(Moment)
    settled_at: Mapped[datetime | None] = mapped_column(Moment)


class Settlement(Base):
    """What a worker said about something held back: proposed (a second person must agree), shown or sent-back."""

    __tablename__ = "ingest_settlement"
    __ledgered__ = True
    __table_args__ = (Index("ix_ingest_settlement_agency_id_held_id", "agency_id", "held_id"),)
    agency_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    held_id: Mapped[int] = mapped_column(BigInteger)
    outcome: Mapped[str] = mapped_column(String(12))
    account_id: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[datetime] = mapped_column(Moment)
    # {"why": …}
    words: Mapped[bytes] = mapped_column(Sealed)


class Receipt(Base):
    """What became of one file or call: counts and warnings, never values."""

    __tablename__ = "ingest_receipt"
    agency_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    on: Mapped[date] = mapped_column(Date)
    outcome: Mapped[dict[str, Any]] = mapped_column(JSON)


class IdempotentCall(Base):
    """An API write that was answered: the same Idempotency-Key gets the same answer again."""

    __tablename__ = "ingest_call"
    agency_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    request_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    status: Mapped[int] = mapped_column(BigInteger)
    answer: Mapped[dict[str, Any]] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(Moment)
