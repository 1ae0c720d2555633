"""Tables of notices, of where a person may safely be told of them, and of each try to do so."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Boolean, Index, Integer, LargeBinary, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.base.db import Base, Moment, Sealed


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


class Contact(Base):
    """One way to reach a person, and how safe it is. No row, or no address: told on the screen only."""

    __tablename__ = "notices_contact"
    __ledgered__ = True
    __ledger_skip__ = frozenset({"tries_left", "version"})
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    # email, text, phone, post
    channel: Mapped[str] = mapped_column(String(8), primary_key=True)
    # As JSON: address in use, a new one that waits for its code, what to know before ringing, and those before,
    # each until it was told of the change.
    document: Mapped[bytes] = mapped_column(Sealed)
    # Purpose to allowed, neutral or never.
    purposes: Mapped[dict[str, Any]] = mapped_column(JSON)
    # Full hours of the day in Pacific/Auckland, from and until; None means any.
    safe_from: Mapped[int | None] = mapped_column(SmallInteger)
    safe_until: Mapped[int | None] = mapped_column(SmallInteger)
    # Somebody else can read it: never used, and not told of a change.
    unsafe: Mapped[bool] = mapped_column(Boolean, default=False)
    confirmed_at: Mapped[datetime | None] = mapped_column(Moment)
    # Keyed, of the code that was sent to confirm the address.
    confirm_key: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    confirm_until: Mapped[datetime | None] = mapped_column(Moment)
    tries_left: Mapped[int] = mapped_column(Integer, default=0)
    version: Mapped[int] = mapped_column(Integer, default=1)
    __mapper_args__ = {"version_id_col": version}


class Delivery(Base):
    """One message by one channel: tried, sent, or parked for staff to look at. Holds no address and no words.

    Its id is that of its job in the outbox, so that a job that was parked can be found again.
    """

    __tablename__ = "notices_delivery"
    __table_args__ = (Index("ix_notices_delivery_agency_id_state", "agency_id", "state"),)
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    # The agency whose notice it is; 0 for the portal's own.
    agency_id: Mapped[int] = mapped_column(BigInteger)
    channel: Mapped[str] = mapped_column(String(8))
    # The kind of the notice, "several" for more than one told together, "code" for one that checks an address.
    kind: Mapped[str] = mapped_column(String(30))
    # waiting, sent, parked, dropped
    state: Mapped[str] = mapped_column(String(8))
    tries: Mapped[int] = mapped_column(Integer, default=0)
    # A word of ours for what went wrong last.
    fault: Mapped[str] = mapped_column(String(30), default="")
    made_at: Mapped[datetime] = mapped_column(Moment)
    done_at: Mapped[datetime | None] = mapped_column(Moment)
