"""The table of notes in which an agency says what it heard from people, and what it did."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, Integer, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.base.db import Base, Moment, Sealed


class Note(Base):
    """One note of an agency. `body` is what its staff wrote, sealed; `shown` what everybody reads, a copy made when
    it was published: a later draft stays with the agency until it is published too.
    """

    __tablename__ = "insights_note"
    __table_args__ = (
        Index(
            "ix_insights_note_shown",
            "shown_id",
            sqlite_where=text("shown_id is not null"),
            postgresql_where=text("shown_id is not null"),
        ),
    )
    __ledgered__ = True
    __ledger_skip__ = frozenset({"version"})
    agency_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    # {a language's URL word: {heard, did, still}}; English always. Under the agency's own key.
    body: Mapped[bytes] = mapped_column(Sealed)
    shown: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    # In the order in which notes were published first; none while nobody may read it.
    shown_id: Mapped[int | None] = mapped_column(BigInteger)
    shown_at: Mapped[datetime | None] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(Integer, default=1)
    __mapper_args__ = {"version_id_col": version}
