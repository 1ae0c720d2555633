"""Table of saved views: filters of the worklist to which a worker gave a name."""

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from portal.base.db import Base, Sealed


class SavedView(Base):
    """A filter of the worklist that one worker keeps at one agency, or its leads for all, under a name."""

    __tablename__ = "casework_saved_view"
    agency_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    # 0 for one that everybody at the desk has.
    account_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    # In the order in which they were made.
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    # {"name": …, "asked": what stands in the address}, under the agency's own key
    document: Mapped[bytes] = mapped_column(Sealed)
