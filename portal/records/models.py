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
    # live; silent: the person's screens neither confirm nor deny it; aside: a wrong link had loaded it.
    state: Mapped[str] = mapped_column(String(8), default="live")
    # From this day the person is asked whether it is still right.
    check_on: Mapped[date | None] = mapped_column(Date)
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
    """What stands beside a record or one of its values.

    `kind`: statement, withheld, review, disclosure, came-back; note (private) and note-shown, the person's own;
    right (the person said that it still is); awaited (promised after a request, and not here yet); edit (changed by
    the person, and not yet in the agency's own system); about (it speaks of one who acts for the person, and of nobody
    else); unsaid and silent, of which no page says anything. `field` is
    the key of the value, empty for the whole record. Whatever renders a value reads these.
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


class Download(Base):
    """A file of what one agency holds, made for the person to take with them; gone after a day (principle 6)."""

    __tablename__ = "records_download"
    __ledgered__ = True
    __ledger_later__ = frozenset({"part", "parts"})
    __table_args__ = (Index("uq_records_download_ref", "person_id", "ref", unique=True),)
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    ref: Mapped[int] = mapped_column(BigInteger)
    # From 1 for each person: in the file's name, which says neither whose it is nor of what.
    no: Mapped[int] = mapped_column(Integer)
    agency_id: Mapped[int] = mapped_column(BigInteger)
    # pdf, json, fhir
    kind: Mapped[str] = mapped_column(String(4))
    # waiting, ready, failed, too-much
    state: Mapped[str] = mapped_column(String(8))
    language: Mapped[str] = mapped_column(String(8))
    asked_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment, index=True)
    size: Mapped[int] = mapped_column(Integer, default=0)
    # Where an agency holds more than one readable file may: which of how many this is, from 1.
    part: Mapped[int | None] = mapped_column(Integer)
    parts: Mapped[int | None] = mapped_column(Integer)
    version: Mapped[int] = mapped_column(Integer, default=1)
    __mapper_args__ = {"version_id_col": version}


class DownloadPart(Base):
    """Some bytes of a file, sealed. Not in the ledger: the file's row is, and these live for a day."""

    __tablename__ = "records_download_part"
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    download_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    no: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    body: Mapped[bytes] = mapped_column(Sealed)
