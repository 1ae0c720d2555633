"""Tables of accounts, their factors, their sessions, and their memberships in organisations."""

from datetime import date, datetime

from sqlalchemy import BigInteger, Boolean, Date, Index, Integer, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.base.db import Base, Moment, Sealed


class Account(Base):
    """One sign-in. Has none or one person, and any number of memberships. Names are sealed under its own key."""

    __tablename__ = "identity_account"
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    person_id: Mapped[int | None] = mapped_column(BigInteger, unique=True)
    name: Mapped[bytes] = mapped_column(Sealed)
    password_hash: Mapped[str] = mapped_column(Text)
    totp_secret: Mapped[bytes] = mapped_column(Sealed)
    totp_last_step: Mapped[int] = mapped_column(BigInteger, default=0)
    language: Mapped[str] = mapped_column(String(8), default="en")
    email: Mapped[bytes | None] = mapped_column(Sealed)
    state: Mapped[str] = mapped_column(String(12), default="active")
    made_at: Mapped[datetime] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(Integer, default=1)
    __mapper_args__ = {"version_id_col": version}


class Person(Base):
    """A service user: the facts that the portal itself checks feeds against, sealed under the person's key."""

    __tablename__ = "identity_person"
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    full_name: Mapped[bytes] = mapped_column(Sealed)
    birth_date: Mapped[bytes] = mapped_column(Sealed)
    made_on: Mapped[date] = mapped_column(Date)


class SignInName(Base):
    """The directory from a sign-in name's keyed fingerprint to its account."""

    __tablename__ = "identity_sign_in_name"
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    account_id: Mapped[int] = mapped_column(BigInteger)


class RecoveryCode(Base):
    """One of eight printed codes that stand in for the app, each once."""

    __tablename__ = "identity_recovery_code"
    account_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    used_at: Mapped[datetime | None] = mapped_column(Moment)


class SignInSession(Base):
    """A session on the server. The cookie's value is hashed here; ending it is deleting the row."""

    __tablename__ = "identity_session"
    __table_args__ = (Index("ix_identity_session_account_id", "account_id"),)
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    account_id: Mapped[int] = mapped_column(BigInteger)
    # "password": the second step is still to come. "full": signed in.
    stage: Mapped[str] = mapped_column(String(8))
    made_at: Mapped[datetime] = mapped_column(Moment)
    seen_at: Mapped[datetime] = mapped_column(Moment)
    factor_at: Mapped[datetime | None] = mapped_column(Moment)
    # The organisation whose hat is worn; None when acting as oneself.
    agency_id: Mapped[int | None] = mapped_column(BigInteger)
    shared_device: Mapped[bool] = mapped_column(Boolean, default=False)


class Membership(Base):
    """An account's role in an organisation."""

    __tablename__ = "identity_membership"
    __ledgered__ = True
    account_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    agency_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    role: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(12), default="active")
    made_at: Mapped[datetime] = mapped_column(Moment)


class Invitation(Base):
    """A one-time invitation to create an account, for staff of an organisation or for a person."""

    __tablename__ = "identity_invitation"
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    agency_id: Mapped[int | None] = mapped_column(BigInteger)
    role: Mapped[str] = mapped_column(String(20))
    name: Mapped[bytes] = mapped_column(Sealed)
    id: Mapped[int] = mapped_column(BigInteger)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)


class ApiKey(Base):
    """A key with which an agency's system sends records; only its hash is here."""

    __tablename__ = "identity_api_key"
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    agency_id: Mapped[int] = mapped_column(BigInteger)
    label: Mapped[str] = mapped_column(String(60))
    made_at: Mapped[datetime] = mapped_column(Moment)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)
