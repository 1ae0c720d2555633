"""Tables of grants: every right of one account or organisation to see something of another person; and of help."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.base.db import Base, Moment, Sealed


class Grant(Base):
    """A right to see: `kind` is case, share or urgent; `about` the ref of the request, share or look it rests on."""

    __tablename__ = "delegations_grant"
    __ledgered__ = True
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(12))
    agency_id: Mapped[int] = mapped_column(BigInteger)
    about: Mapped[int] = mapped_column(BigInteger)
    # The one worker who may use it; None for the whole organisation's desk.
    account_id: Mapped[int | None] = mapped_column(BigInteger)
    given_at: Mapped[datetime] = mapped_column(Moment)
    until: Mapped[datetime | None] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)


class UrgentLook(Base):
    """A worker opened a file without a case (break-glass): why, and what a second person made of it."""

    __tablename__ = "delegations_urgent_look"
    __ledgered__ = True
    __table_args__ = (Index("ix_delegations_urgent_look_agency_id_state", "agency_id", "state"),)
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    agency_id: Mapped[int] = mapped_column(BigInteger)
    account_id: Mapped[int] = mapped_column(BigInteger)
    reason: Mapped[bytes] = mapped_column(Sealed)
    # open, fine, wrong
    state: Mapped[str] = mapped_column(String(8))
    at: Mapped[datetime] = mapped_column(Moment)
    reviewed_by: Mapped[int | None] = mapped_column(BigInteger)
    reviewed_at: Mapped[datetime | None] = mapped_column(Moment)


class Assist(Base):
    """A worker helped a person at one device, in the person's own session: by whom, from when, until when."""

    __tablename__ = "delegations_assist"
    __ledgered__ = True
    __ledger_skip__ = frozenset({"left", "left_at"})
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    account_id: Mapped[int] = mapped_column(BigInteger)
    agency_id: Mapped[int] = mapped_column(BigInteger)
    started_at: Mapped[datetime] = mapped_column(Moment)
    until: Mapped[datetime] = mapped_column(Moment)
    # None while it goes on, and where nobody said so: then `until` is the latest it can have been.
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    # Where the person was writing when the time was up.
    left: Mapped[bytes | None] = mapped_column(Sealed)
    left_at: Mapped[datetime | None] = mapped_column(Moment)


class AssistCode(Base):
    """The directory from a one-time code (keyed fingerprint) to the person's account who wants help at one device."""

    __tablename__ = "delegations_assist_code"
    __table_args__ = (Index("ix_delegations_assist_code_account_id", "account_id"),)
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    account_id: Mapped[int] = mapped_column(BigInteger)
    expires_at: Mapped[datetime] = mapped_column(Moment)


class AssistRequest(Base):
    """A worker helped to make a request: its reference and where it waits, without a word of whose or what it is."""

    __tablename__ = "delegations_assist_request"
    # The worker's organisation and account.
    agency_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    account_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    to_agency_id: Mapped[int] = mapped_column(BigInteger)
    ref: Mapped[int] = mapped_column(BigInteger)
    reference: Mapped[str] = mapped_column(String(9))
    made_at: Mapped[datetime] = mapped_column(Moment)
