"""Tables of records: one JSON document per version, and what stands beside values (statements, withheld parts)."""

from datetime import date, datetime

from sqlalchemy import BigInteger, Date, Index, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.base.db import Base, Moment, Sealed


class Record(Base):
    """One thing an agency holds about a person; its present value is version `version_no`."""

    __tablename__ = "records_record"
    __table_args__ = (
        Index("uq_records_record_ref", "person_id", "ref", unique=True),
        Index(
            "uq_records_record_source",
            "person_id",
            "agency_id",
            "type_key",
            "source_fingerprint",
            unique=True,
        ),
        {"sqlite_with_rowid": False},
    )
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    ref: Mapped[int] = mapped_column(BigInteger)
    agency_id: Mapped[int] = mapped_column(BigInteger)
    type_key: Mapped[str] = mapped_column(String(60))
    # The agency's own number of the record, as a keyed fingerprint: a repeat is "unchanged", not a copy.
    source_fingerprint: Mapped[bytes] = mapped_column(LargeBinary(32))
    recorded_on: Mapped[date | None] = mapped_column(Date)
    changed_at: Mapped[datetime] = mapped_column(Moment)
    version_no: Mapped[int] = mapped_column(Integer)
    state: Mapped[str] = mapped_column(String(8), default="live")
    version: Mapped[int] = mapped_column(Integer, default=1)
    __mapper_args__ = {"version_id_col": version}


class Version(Base):
    """One version of a record's body. `why` holds who changed it, the source's words, and the reason."""

    __tablename__ = "records_version"
    __ledgered__ = True
    __table_args__ = {"sqlite_with_rowid": False}
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    record_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    no: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    agency_id: Mapped[int] = mapped_column(BigInteger)
    body: Mapped[bytes] = mapped_column(Sealed)
    body_fingerprint: Mapped[bytes] = mapped_column(LargeBinary(32))
    why: Mapped[bytes] = mapped_column(Sealed)
    # agency, system, person, correction
    changed_by: Mapped[str] = mapped_column(String(12))
    recorded_on: Mapped[date | None] = mapped_column(Date)
    received_at: Mapped[datetime] = mapped_column(Moment)


class Part(Base):
    """What stands beside a record or one of its values: statement, withheld, review, disclosure.

    `field` is the key of the value, empty for the whole record. Whatever renders a value reads these.
    Privacy Act 2020 principle 7 (a statement is always read with the information).
    """

    __tablename__ = "records_part"
    __ledgered__ = True
    __table_args__ = {"sqlite_with_rowid": False}
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    record_id: Mapped[int] = mapped_column(BigInteger)
    agency_id: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(String(12))
    field: Mapped[str] = mapped_column(String(60), default="")
    body: Mapped[bytes] = mapped_column(Sealed)
    at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
