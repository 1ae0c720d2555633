"""Tables of agencies, their catalogue, links to people, link codes, and the staff worklist."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Boolean, Date, Index, Integer, LargeBinary, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.base.db import Base, Moment, Sealed


class Agency(Base):
    """An agency or provider. `facts` holds what pages show: contact, steward's role, address."""

    __tablename__ = "agencies_agency"
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(12))
    topic: Mapped[str] = mapped_column(String(20))
    reports_looks: Mapped[bool] = mapped_column(Boolean, default=False)
    unreachable_since: Mapped[datetime | None] = mapped_column(Moment)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)


class Purpose(Base):
    """Why an agency holds something: outcome, method, context, law, recipients, choice, retention."""

    __tablename__ = "agencies_purpose"
    agency_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    document: Mapped[dict[str, Any]] = mapped_column(JSON)


class RecordType(Base):
    """A kind of record: its JSON Schema carries labels and the x- keywords."""

    __tablename__ = "agencies_record_type"
    agency_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    purpose: Mapped[str] = mapped_column(String(60))
    sensitivity: Mapped[str] = mapped_column(String(12))
    title: Mapped[str] = mapped_column(String(120))
    title_l10n: Mapped[dict[str, str]] = mapped_column(JSON)
    schema: Mapped[dict[str, Any]] = mapped_column(JSON)


class PlainReason(Base):
    """A reason in plain words that an agency keeps ready for a ground of the law, in some languages. No person's."""

    __tablename__ = "agencies_reason"
    agency_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    ground: Mapped[str] = mapped_column(String(40))
    # A language's URL word to the text; English always.
    words: Mapped[dict[str, str]] = mapped_column(JSON)
    version: Mapped[int] = mapped_column(Integer, default=1)
    __mapper_args__ = {"version_id_col": version}


class Stamp(Base):
    """One row: rises with each change of the catalogue, so that processes know when to read it again."""

    __tablename__ = "agencies_stamp"
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    version: Mapped[int] = mapped_column(BigInteger)


class Link(Base):
    """A person is this client of this agency. The pairwise id is the only id the agency is ever given."""

    __tablename__ = "agencies_link"
    __table_args__ = (
        Index("ix_agencies_link_agency_id_client_fingerprint", "agency_id", "client_fingerprint"),
    )
    __ledgered__ = True
    __ledger_skip__ = frozenset({"fed_at", "version"})
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    agency_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    pairwise_id: Mapped[int] = mapped_column(BigInteger)
    client_ref: Mapped[bytes] = mapped_column(Sealed)
    # Keyed, of the client number: who else claims the same client. None on links of an older release.
    client_fingerprint: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    # Name and birth date as this agency has them, where staff took them as the same person's: feeds may carry them.
    held: Mapped[bytes | None] = mapped_column(Sealed)
    # letter, in-person, verified
    strength: Mapped[str] = mapped_column(String(12))
    # active, frozen (two claim the same client), disowned (the person said "not me"), ended (staff said so: the
    # row goes once what was loaded under it is set aside)
    state: Mapped[str] = mapped_column(String(12))
    # The person hid this agency from their own screen.
    hidden_at: Mapped[datetime | None] = mapped_column(Moment)
    # The member of staff who saw the person, where one did.
    proved_by: Mapped[int | None] = mapped_column(BigInteger)
    # What they saw, as JSON.
    proof: Mapped[bytes | None] = mapped_column(Sealed)
    linked_at: Mapped[datetime] = mapped_column(Moment)
    # When the agency last sent anything for this client, records or "nothing held".
    fed_at: Mapped[datetime | None] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(Integer, default=1)
    __mapper_args__ = {"version_id_col": version}


class Client(Base):
    """The directory from an agency's client number (keyed fingerprint) to the person linked to it."""

    __tablename__ = "agencies_client"
    agency_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    person_id: Mapped[int] = mapped_column(BigInteger)


class LinkCode(Base):
    """A letter code for one client number: a password hash, five tries, 21 days.

    The row stays for a while after its use or end, so that who holds the letter can be told which it was.
    """

    __tablename__ = "agencies_link_code"
    agency_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    code_hash: Mapped[str] = mapped_column(Text)
    # What the agency knows, to catch a letter for somebody else: sealed under the agency's key.
    id: Mapped[int] = mapped_column(BigInteger)
    held: Mapped[bytes] = mapped_column(Sealed)
    tries_left: Mapped[int] = mapped_column(Integer)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)


class CounterCode(Base):
    """A code that a person shows at a counter, so that staff can link them: the directory to the person."""

    __tablename__ = "agencies_counter_code"
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    person_id: Mapped[int] = mapped_column(BigInteger)
    expires_at: Mapped[datetime] = mapped_column(Moment)


class NoLetter(Base):
    """A client to whom no letter may go, by the agency's own flag: the envelope itself could harm."""

    __tablename__ = "agencies_no_letter"
    agency_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)


class Task(Base):
    """One row of an agency's worklist, written by the room that creates the work."""

    __tablename__ = "agencies_task"
    __table_args__ = (
        Index(
            "ix_agencies_task_open",
            "agency_id",
            "due_on",
            "ref",
            # What filters ask for: a row that does not fit is passed over without being read.
            "owner_id",
            "kind",
            "state",
            "language",
            sqlite_where=text("state <> 'closed'"),
            postgresql_where=text("state <> 'closed'"),
        ),
    )
    agency_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    ref: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(20))
    due_on: Mapped[date] = mapped_column(Date)
    # new, looking, waiting, closed
    state: Mapped[str] = mapped_column(String(12))
    owner_id: Mapped[int] = mapped_column(BigInteger, default=0)
    # 0 for work that is about no linked person (a file held back)
    person_id: Mapped[int] = mapped_column(BigInteger)
    # In which the person is answered, as it stands on their request; empty for what is no request.
    language: Mapped[str] = mapped_column(String(8), default="")
    # When the person was told that their request had been seen.
    told_at: Mapped[datetime | None] = mapped_column(Moment)
    # Who of the agency opened it last, with names and times, for colleagues; gone once it is closed.
    opened: Mapped[bytes | None] = mapped_column(Sealed)
    # Initials, labels, language, reference: sealed under the agency's own key, so that a list needs one key.
    summary: Mapped[bytes] = mapped_column(Sealed)
    version: Mapped[int] = mapped_column(Integer, default=1)
    __mapper_args__ = {"version_id_col": version}


class Slip(Base):
    """The directory from a slip's code (keyed fingerprint) to the request that may be asked after with it."""

    __tablename__ = "agencies_slip"
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    person_id: Mapped[int] = mapped_column(BigInteger)
    agency_id: Mapped[int] = mapped_column(BigInteger)
    ref: Mapped[int] = mapped_column(BigInteger)


class TaskCount(Base):
    """How many open tasks there are per day, kind, state, owner and language: filter counts are sums over this."""

    __tablename__ = "agencies_task_count"
    __table_args__ = (
        # Rows that have come to nothing stay; the sums never read them.
        Index(
            "ix_agencies_task_count_open",
            *("agency_id", "due_on", "kind", "state", "owner_id", "language", "n"),
            sqlite_where=text("n > 0"),
            postgresql_where=text("n > 0"),
        ),
    )
    agency_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    due_on: Mapped[date] = mapped_column(Date, primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    state: Mapped[str] = mapped_column(String(12), primary_key=True)
    owner_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    language: Mapped[str] = mapped_column(String(8), primary_key=True)
    n: Mapped[int] = mapped_column(Integer)


class Outcome(Base):
    """How many decisions of one sort an agency made on a day: the team's figures are sums over this.

    A decision is one row without a ground, and one more for each ground it rests on (`outcome` is then "ground").
    It names nobody, and says nothing that the agency's own requests don't say.
    """

    __tablename__ = "agencies_outcome"
    agency_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    on: Mapped[date] = mapped_column(Date, primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    # yes, part, no, none (nothing held), silent; or ground
    outcome: Mapped[str] = mapped_column(String(12), primary_key=True)
    ground: Mapped[str] = mapped_column(String(40), primary_key=True)
    language: Mapped[str] = mapped_column(String(8), primary_key=True)
    on_time: Mapped[bool] = mapped_column(Boolean, primary_key=True)
    # Working days from the day of receipt, at most 99.
    days: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    n: Mapped[int] = mapped_column(Integer)
