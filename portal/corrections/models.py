"""Tables of correction requests: drafts, requests, items, questions, letters, recipients, and what happened.

What only staff may read of a request stands in a column of its own (`file`): nothing that makes a page for the
person opens it. Columns of a later release may be empty, and count for the ledger once they hold something.
"""

from datetime import date, datetime

from sqlalchemy import BigInteger, Date, Index, Integer, String, text
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
    # Whose answers they are: 0 the person's own, else those of one who helps them (decision 0036).
    helper_id: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")
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
    __ledger_later__ = frozenset(
        {
            "transfer_by_on", "extended_to_on", "overdue_at", "statement_due_on", "asked_at", "reminded_at",
            "file", "proposed", "proposed_by",
        }
    )  # fmt: skip
    __table_args__ = (
        Index("uq_corrections_request_ref", "person_id", "ref", unique=True),
        Index("ix_corrections_request_agency_id_due_on", "agency_id", "due_on"),
    )
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    ref: Mapped[int] = mapped_column(BigInteger)
    # What people read out: 7HD3-QK8W
    reference: Mapped[str] = mapped_column(String(9))
    agency_id: Mapped[int] = mapped_column(BigInteger)
    # 0 where another agency passed it on, and this one has no such record here.
    record_id: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(String(20))
    received_at: Mapped[datetime] = mapped_column(Moment)
    received_on: Mapped[date] = mapped_column(Date)
    due_on: Mapped[date] = mapped_column(Date)
    calendar_version: Mapped[str] = mapped_column(String(20))
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    applied_at: Mapped[datetime | None] = mapped_column(Moment)
    language: Mapped[str] = mapped_column(String(8))
    # The person's own words and how they want to be answered; where another agency passed it on, who and why.
    words: Mapped[bytes] = mapped_column(Sealed)
    # The last day for passing it on; empty for requests from before it could be.
    transfer_by_on: Mapped[date | None] = mapped_column(Date)
    extended_to_on: Mapped[date | None] = mapped_column(Date)
    # Set once, when the due date has passed without a decision: a refusal in law (s 69).
    overdue_at: Mapped[datetime | None] = mapped_column(Moment)
    # By when a statement that came must be attached; it is attached at once.
    statement_due_on: Mapped[date | None] = mapped_column(Date)
    # Since when a question waits for the person's answer.
    asked_at: Mapped[datetime | None] = mapped_column(Moment)
    # When staff were reminded that something accepted is not in the record yet.
    reminded_at: Mapped[datetime | None] = mapped_column(Moment)
    # What only staff read: identity, proposal, sent_back, extension.
    file: Mapped[bytes | None] = mapped_column(Sealed)
    # What staff proposed and a second person has to approve: an outcome, "extended" or "statement_off".
    proposed: Mapped[str | None] = mapped_column(String(20))
    proposed_by: Mapped[int | None] = mapped_column(BigInteger)
    version: Mapped[int] = mapped_column(Integer, default=1)
    __mapper_args__ = {"version_id_col": version}


class Item(Base):
    """One value of a request: what they hold, what the person says, what was decided."""

    __tablename__ = "corrections_item"
    __ledgered__ = True
    __ledger_later__ = frozenset({"apply_by_on", "applied_at", "moved_to"})
    # It only says in what order an agency's copy comes; what it follows from is covered.
    __ledger_skip__ = frozenset({"outcome_at"})
    __table_args__ = (
        Index("ix_corrections_item_agency_id_apply_by_on", "agency_id", "apply_by_on"),
        Index(
            "ix_corrections_item_outcome",
            *("agency_id", "outcome_at", "request_id", "no"),
            sqlite_where=text("outcome_at IS NOT NULL"),
            postgresql_where=text("outcome_at IS NOT NULL"),
        ),
    )
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    request_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    no: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    agency_id: Mapped[int] = mapped_column(BigInteger)
    field: Mapped[str] = mapped_column(String(60))
    wish: Mapped[str] = mapped_column(String(12))
    # {"held": …, "wanted": …, "beside": …, "hand_on": …, "value": …, "reason": …, "statement": …, "applied": …}
    words: Mapped[bytes] = mapped_column(Sealed)
    decision: Mapped[str | None] = mapped_column(String(12))
    ground: Mapped[str | None] = mapped_column(String(40))
    # Of a value that is to be changed in the record: by when, and when it was.
    apply_by_on: Mapped[date | None] = mapped_column(Date)
    applied_at: Mapped[datetime | None] = mapped_column(Moment)
    # The agency that answers about this value, where it was passed on.
    moved_to: Mapped[int | None] = mapped_column(BigInteger)
    # When what belongs beside the agency's own data changed last: words attached or taken away, a value confirmed.
    outcome_at: Mapped[datetime | None] = mapped_column(Moment)


class Question(Base):
    """What staff asked the person about their request, and what they said. It stops no clock."""

    __tablename__ = "corrections_question"
    __ledgered__ = True
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    request_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    no: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    agency_id: Mapped[int] = mapped_column(BigInteger)
    # asked, answered, declined (the person would rather not say), over (the request was decided before)
    state: Mapped[str] = mapped_column(String(8))
    account_id: Mapped[int] = mapped_column(BigInteger)
    asked_at: Mapped[datetime] = mapped_column(Moment)
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
    # {"asked": …, "why": …, "answer": …, "lang": …}
    words: Mapped[bytes] = mapped_column(Sealed)


class Recipient(Base):
    """Somebody who got the old value, and has to be told what is right now. Principle 7(5)."""

    __tablename__ = "corrections_recipient"
    __ledgered__ = True
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    request_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    no: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    agency_id: Mapped[int] = mapped_column(BigInteger)
    # disclosure (the agency gave it to them), share (the person did)
    kind: Mapped[str] = mapped_column(String(10))
    # waiting, told, not_told
    state: Mapped[str] = mapped_column(String(8))
    # share (they read it in the live share), here (on their own worklist), or as staff did it: letter, phone, …
    how: Mapped[str] = mapped_column(String(10), default="")
    told_at: Mapped[datetime | None] = mapped_column(Moment)
    account_id: Mapped[int] = mapped_column(BigInteger, default=0)
    # {"to": …, "on": …, "what": [{"label", "from", "now", "statement"}], "reason": …}
    words: Mapped[bytes] = mapped_column(Sealed)


class Letter(Base):
    """A letter about a request, kept as the facts that it was written from."""

    __tablename__ = "corrections_letter"
    __ledgered__ = True
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    request_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    no: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    agency_id: Mapped[int] = mapped_column(BigInteger)
    # L1 to L9, L6S
    kind: Mapped[str] = mapped_column(String(4))
    at: Mapped[datetime] = mapped_column(Moment)
    language: Mapped[str] = mapped_column(String(8))
    facts: Mapped[bytes] = mapped_column(Sealed)


class Event(Base):
    """What happened to a request, in the past tense: CorrectionRequested, CorrectionDecided, …"""

    __tablename__ = "corrections_event"
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
