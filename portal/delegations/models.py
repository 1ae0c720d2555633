"""Tables of grants: every right of one account or organisation to see something of another person; and of help."""

from datetime import datetime

from sqlalchemy import BigInteger, Boolean, Index, Integer, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.base.db import Base, Moment, Sealed


class Grant(Base):
    """A right to see: `kind` is case, share, urgent or helper; `about` what it rests on.

    That is the ref of a request, share or look, or the id of a helper.
    """

    __tablename__ = "delegations_grant"
    __ledgered__ = True
    __table_args__ = (
        # What an organisation may see now; what has ended is never listed.
        Index(
            "ix_delegations_grant_open",
            *("agency_id", "kind", "id"),
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(12))
    agency_id: Mapped[int] = mapped_column(BigInteger)
    about: Mapped[int] = mapped_column(BigInteger)
    # The one worker or helper who may use it; None for the whole organisation's desk. A helper's agency_id is 0.
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


class Helper(Base):
    """Somebody whom a person lets see a part of their information, for a time (Privacy Act 2020 section 57)."""

    __tablename__ = "delegations_helper"
    __ledgered__ = True
    __ledger_skip__ = frozenset({"used_at"})
    __table_args__ = (Index("uq_delegations_helper_ref", "person_id", "ref", unique=True),)
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    ref: Mapped[int] = mapped_column(BigInteger)
    # chosen by the person; or by what authority they act (a key of rules.authority.KINDS), as an agency checked.
    kind: Mapped[str] = mapped_column(String(12), default="chosen")
    # What the person calls them; of an authority, the name that staff saw.
    name: Mapped[bytes] = mapped_column(Sealed)
    # waiting (the code was not used yet), live, ended
    state: Mapped[str] = mapped_column(String(8))
    # The person ended it because they did not feel safe. Nobody but they learn of it.
    unsafe: Mapped[bool] = mapped_column(Boolean, default=False)
    # None until the code is used.
    account_id: Mapped[int | None] = mapped_column(BigInteger)
    made_at: Mapped[datetime] = mapped_column(Moment)
    until: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(Integer, default=1)
    __mapper_args__ = {"version_id_col": version}


class Scope(Base):
    """One group that a helper may see: records of one type at one agency. SQL filters and counts by it."""

    __tablename__ = "delegations_scope"
    __ledgered__ = True
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    helper_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    agency_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    type_key: Mapped[str] = mapped_column(String(60), primary_key=True)


class Authority(Base):
    """Somebody may act for a person at one agency, as its staff checked. The helper of the same id carries the right.

    Privacy Act 2020 section 57.
    """

    __tablename__ = "delegations_authority"
    __ledgered__ = True
    __table_args__ = (
        Index("ix_delegations_authority_agency_id_ref", "agency_id", "ref"),
        Index("ix_delegations_authority_agency_id_id", "agency_id", "id"),
    )
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    # The same as the helper's.
    ref: Mapped[int] = mapped_column(BigInteger)
    agency_id: Mapped[int] = mapped_column(BigInteger)
    # Client number, form, what was seen, birth dates, each check, and how it ended: words, never a copy of a paper.
    document: Mapped[bytes] = mapped_column(Sealed)
    checked_by: Mapped[int] = mapped_column(BigInteger)
    checked_at: Mapped[datetime] = mapped_column(Moment)
    objected_at: Mapped[datetime | None] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(Integer, default=1)
    __mapper_args__ = {"version_id_col": version}


class Order(Base):
    """A court's order, or one that protects somebody: at this agency it goes before every right that anybody has."""

    __tablename__ = "delegations_order"
    __ledgered__ = True
    __table_args__ = (Index("ix_delegations_order_agency_id_ref", "agency_id", "ref"),)
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    ref: Mapped[int] = mapped_column(BigInteger)
    agency_id: Mapped[int] = mapped_column(BigInteger)
    # Whom it is against; None until an account of theirs is known here.
    account_id: Mapped[int | None] = mapped_column(BigInteger)
    # Client number, their name and birth date, what was seen, who wrote it down and who lifted it, and why.
    document: Mapped[bytes] = mapped_column(Sealed)
    made_at: Mapped[datetime] = mapped_column(Moment)
    lifted_at: Mapped[datetime | None] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(Integer, default=1)
    __mapper_args__ = {"version_id_col": version}


class OrderScope(Base):
    """What an order keeps from somebody: records of a type of its agency, or with an empty key all of them."""

    __tablename__ = "delegations_order_scope"
    __ledgered__ = True
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    order_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    type_key: Mapped[str] = mapped_column(String(60), primary_key=True)


class HelperCode(Base):
    """The directory from a one-time code (keyed fingerprint) to the helper it is for; using it deletes it."""

    __tablename__ = "delegations_helper_code"
    __table_args__ = (Index("ix_delegations_helper_code_helper_id", "person_id", "helper_id"),)
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    person_id: Mapped[int] = mapped_column(BigInteger)
    helper_id: Mapped[int] = mapped_column(BigInteger)
    expires_at: Mapped[datetime] = mapped_column(Moment)


class Helped(Base):
    """The directory from a helper's account to those who chose it. It gives no right: the grant does."""

    __tablename__ = "delegations_helped"
    account_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    # The id in the helper's own addresses.
    ref: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(BigInteger)
    helper_id: Mapped[int] = mapped_column(BigInteger)


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
