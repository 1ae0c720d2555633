"""Tables of shares: what was chosen, for whom, until when; how it is found; and who opened it."""

from datetime import datetime

from sqlalchemy import BigInteger, Boolean, Index, Integer, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.base.db import Base, Moment, Sealed


class Share(Base):
    """A chosen part, open to whoever has link or code, and the passcode. Principle 11: the person authorises it."""

    __tablename__ = "bundles_share"
    __ledgered__ = True
    __ledger_skip__ = frozenset({"opens", "tries_left"})
    __ledger_later__ = frozenset({"link_alone", "starts_at"})
    __table_args__ = (Index("uq_bundles_share_ref", "person_id", "ref", unique=True),)
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    ref: Mapped[int] = mapped_column(BigInteger)
    # {"recipient": …, "purpose": …, "lines": [{"record": id, "version": no, "fields": […]}], "story": […],
    # "provider": its id or 0, "quiet": what nobody should ask again, "notes": whether they may write back,
    # "language": the person's}
    chosen: Mapped[bytes] = mapped_column(Sealed)
    # The link's token, its 32-byte key, and the typed code: wrapped under the person's data key. A share with a named
    # provider has a key alone: nothing leads to it from outside.
    secrets: Mapped[bytes] = mapped_column(Sealed)
    passcode_hash: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(8))
    # Whether it shows later changes; else each line is as it was in the version that was chosen.
    long_term: Mapped[bool] = mapped_column(Boolean, default=True)
    made_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    # Wrong passcodes left for the share's whole life, link and page together.
    tries_left: Mapped[int] = mapped_column(Integer)
    opens: Mapped[int] = mapped_column(Integer, default=0)
    # How often it may be opened in its life; None means any number.
    most_opens: Mapped[int | None] = mapped_column(Integer)
    # From when it may be opened, where nearly all that is held waits for its person to think again; else at once.
    starts_at: Mapped[datetime | None] = mapped_column(Moment)
    # True where whoever has the link needs no passcode; then there is no typed code. Else nothing.
    link_alone: Mapped[bool | None] = mapped_column(Boolean)


class Pause(Base):
    """From when until when nothing that a person shares could be opened; without an end it is so now.

    No share is changed by it: each is asked at every use (security.md T16).
    """

    __tablename__ = "bundles_pause"
    __ledgered__ = True
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    paused_at: Mapped[datetime] = mapped_column(Moment)
    resumed_at: Mapped[datetime | None] = mapped_column(Moment)


class Address(Base):
    """The directory from a link token or typed code (keyed fingerprint) to its share."""

    __tablename__ = "bundles_address"
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    kind: Mapped[str] = mapped_column(String(4))
    person_id: Mapped[int] = mapped_column(BigInteger)
    share_id: Mapped[int] = mapped_column(BigInteger)


class Pass(Base):
    """A short right to read a share after its passcode was given: a file address, or a browser's session."""

    __tablename__ = "bundles_pass"
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    kind: Mapped[str] = mapped_column(String(8))
    person_id: Mapped[int] = mapped_column(BigInteger)
    share_id: Mapped[int] = mapped_column(BigInteger)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    # The opening that it was given for.
    opening_id: Mapped[int | None] = mapped_column(BigInteger)


class Opening(Base):
    """Somebody opened a share; the name is what they said of themselves unless they were signed in."""

    __tablename__ = "bundles_opening"
    __ledgered__ = True
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    share_id: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[datetime] = mapped_column(Moment)
    how: Mapped[str] = mapped_column(String(8))
    recipient: Mapped[bytes] = mapped_column(Sealed)
    signed_in: Mapped[bool] = mapped_column(Boolean, default=False)


class Note(Base):
    """What somebody who opened a share wrote back to its person, and the person's answer. One of each writer."""

    __tablename__ = "bundles_note"
    __ledgered__ = True
    __table_args__ = (Index("uq_bundles_note_writer", "person_id", "share_id", "fingerprint", unique=True),)
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    share_id: Mapped[int] = mapped_column(BigInteger)
    # Of the browser that opened the share, or of the worker's account: who may read the answer.
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary(32))
    # When they opened it: the name that they gave there stands above the note.
    opening_id: Mapped[int | None] = mapped_column(BigInteger)
    at: Mapped[datetime] = mapped_column(Moment)
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
    hidden_at: Mapped[datetime | None] = mapped_column(Moment)
    # {"text": …, "lang": …, "answer": …, "answer_lang": …}
    words: Mapped[bytes] = mapped_column(Sealed)


class Changed(Base):
    """A line of a share that was fixed, or got a statement, after somebody had read it there (principle 7(5)).

    `kind`: fixed or stated. `told_at`: since when who read it knows, by the person's word or because they opened
    the share again.
    """

    __tablename__ = "bundles_changed"
    __ledgered__ = True
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    share_id: Mapped[int] = mapped_column(BigInteger)
    agency_id: Mapped[int] = mapped_column(BigInteger)
    record_id: Mapped[int] = mapped_column(BigInteger)
    field: Mapped[str] = mapped_column(String(60))
    kind: Mapped[str] = mapped_column(String(8))
    at: Mapped[datetime] = mapped_column(Moment)
    told_at: Mapped[datetime | None] = mapped_column(Moment)
