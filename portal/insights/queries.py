"""Reads of notes: those that everybody may read, and those of the actor's own agency."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from portal.base.crypto import SYSTEM_OWNER, Place
from portal.base.problems import NotThere
from portal.base.work import Work
from portal.insights.models import Note
from portal.insights.rules import Words

MOST, MOST_OWN = 4, 10
_COLUMNS = (Note.agency_id, Note.id, Note.body, Note.shown, Note.shown_at, Note.version)


@dataclass(frozen=True, slots=True)
class Shown:
    """A note as everybody may read it; `shown_at` is aware UTC, `shown_id` its place in the list."""

    agency_id: int
    shown_id: int
    shown_at: datetime
    words: Words


@dataclass(frozen=True, slots=True)
class Draft:
    """A note as its own agency sees it: what staff wrote, and what everybody reads (None: nothing)."""

    id: int
    words: Words
    shown: Words | None
    shown_at: datetime | None
    version: int

    @property
    def changed(self) -> bool:
        """Say whether everybody still reads an earlier text."""
        return self.shown is not None and self.shown != self.words


def place(agency_id: int, note_id: int) -> Place:
    """Give where the text of a note stands: under the agency's own key."""
    return Place("insights_note", "body", note_id, SYSTEM_OWNER, agency_id)


def shown(work: Work, before: int | None = None) -> tuple[list[Shown], int | None]:
    """Give notes of all agencies that everybody may read, newest first, and after which one the next page starts.

    `before` is the place of the last note of the page before; None for the first page, and where no more follow.
    """
    statement = select(Note.agency_id, Note.shown_id, Note.shown_at, Note.shown).where(
        Note.shown_id.is_not(None)
    )
    if before is not None:
        statement = statement.where(Note.shown_id < before)
    rows = list(work.session.execute(statement.order_by(Note.shown_id.desc()).limit(MOST + 1)))
    notes = [Shown(row.agency_id, row.shown_id, row.shown_at, row.shown) for row in rows[:MOST]]
    return notes, notes[-1].shown_id if len(rows) > MOST else None


def of_agency(work: Work, before: int | None = None) -> tuple[list[Draft], int | None]:
    """Give notes of the actor's agency, the newest first, and after which one the next page starts.

    `before` is the id of the last note of the page before. Raises NotThere for who has no agency.
    """
    statement = select(*_COLUMNS).where(Note.agency_id == own_agency(work))
    if before is not None:
        statement = statement.where(Note.id < before)
    rows = list(work.session.execute(statement.order_by(Note.id.desc()).limit(MOST_OWN + 1)))
    notes = [_draft(work, row) for row in rows[:MOST_OWN]]
    return notes, notes[-1].id if len(rows) > MOST_OWN else None


def one(work: Work, note_id: int) -> Draft:
    """Give a note of the actor's agency. Raises NotThere."""
    row = work.session.execute(
        select(*_COLUMNS).where(Note.agency_id == own_agency(work), Note.id == note_id)
    ).first()
    if row is None:
        raise NotThere()
    return _draft(work, row)


def own_agency(work: Work) -> int:
    """Give the agency for which the actor acts. Raises NotThere."""
    if work.actor.agency_id is None:
        raise NotThere()
    return work.actor.agency_id


def _draft(work: Work, row: Row[Any]) -> Draft:
    words = work.keys.open_json(place(row.agency_id, row.id), row.body)
    return Draft(row.id, words, row.shown, row.shown_at, row.version)
