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
    __ledger_later__ = frozenset({"link_alone"})
    __table_args__ = (Index("uq_bundles_share_ref", "person_id", "ref", unique=True),)
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    ref: Mapped[int] = mapped_column(BigInteger)
    # {"recipient": …, "purpose": …, "lines": [{"record": id, "version": no, "fields": […]}], "story": […]}
    chosen: Mapped[bytes] = mapped_column(Sealed)
    # The link's token, its 32-byte key, and the typed code: wrapped under the person's data key.
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
    # True where whoever has the link needs no passcode; then there is no typed code. Else nothing.
    link_alone: Mapped[bool | None] = mapped_column(Boolean)


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
