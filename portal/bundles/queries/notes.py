"""Notes back from those who opened a share: for its person, and each for the one who wrote it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from portal.base.crypto import Place
from portal.base.work import Work
from portal.bundles.models import Note, Opening
from portal.bundles.queries.shares import ShareFacts, opening_place, own


@dataclass(frozen=True, slots=True)
class NoteWords:
    """A note and its answer, each with its language (a URL word); the answer is empty until there is one."""

    text: str
    lang: str
    answer: str
    answer_lang: str


@dataclass(frozen=True, slots=True)
class NoteBack:
    """A note as its person sees it: who wrote it, by the name they gave, and when (aware UTC)."""

    ref: int
    name: str
    signed_in: bool
    at: datetime
    said: NoteWords
    answered_at: datetime | None
    hidden: bool


def note_place(note_id: int, person_id: int) -> Place:
    """Give where the words of a note stand: it is the person's own."""
    return Place("bundles_note", "words", note_id, person_id)


def opened_note(work: Work, person_id: int, note_id: int, sealed: bytes) -> NoteWords:
    """Open a note that was read."""
    said = work.keys.open_json(note_place(note_id, person_id), sealed)
    return NoteWords(said["text"], said["lang"], said.get("answer", ""), said.get("answer_lang", ""))


def notes_to(work: Work, found: ShareFacts) -> list[NoteBack]:
    """Give the notes that came back to one of the actor's own shares, the newest first. One read."""
    opened = (Opening.person_id == Note.person_id) & (Opening.id == Note.opening_id)
    rows = work.session.execute(
        select(
            *(Note.id, Note.at, Note.words, Note.answered_at, Note.hidden_at),
            *(Opening.id.label("opening_id"), Opening.recipient, Opening.signed_in),
        )
        .outerjoin(Opening, opened)
        .where(Note.person_id == own(work), Note.share_id == found.id)
        .order_by(Note.id.desc())
    )
    return [
        NoteBack(
            ref=row.id,
            name=_name(work, found.person_id, row),
            signed_in=bool(row.signed_in),
            at=row.at,
            said=opened_note(work, found.person_id, row.id, row.words),
            answered_at=row.answered_at,
            hidden=row.hidden_at is not None,
        )
        for row in rows
    ]


def count_notes(work: Work, person_id: int, share_id: int) -> int:
    """Count the notes that came back to a share."""
    mine = select(func.count()).where(Note.person_id == person_id, Note.share_id == share_id)
    return work.session.scalar(mine) or 0


def _name(work: Work, person_id: int, row) -> str:
    if row.opening_id is None:
        return ""
    return work.keys.open_json(opening_place(row.opening_id, person_id), row.recipient)["name"]
