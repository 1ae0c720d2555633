"""Notes back from those who opened a share, and the notice of principle 3A that they can give to the person."""

from sqlalchemy import select

from portal.agencies.queries import catalogue
from portal.base import ids
from portal.base.clock import nz_date
from portal.base.problems import Conflict, Invalid, NotThere
from portal.base.work import Work
from portal.bundles import queries, rules
from portal.bundles.models import Note
from portal.bundles.queries import NoteBack, ShareFacts
from portal.bundles.queries.notes import count_notes, note_place, notes_to
from portal.bundles.queries.shares import own, place
from portal.bundles.rules.collection import Collector, notice
from portal.bundles.service.choosing import own_row, put
from portal.bundles.service.document import held_titles
from portal.bundles.service.opening import stay, writer
from portal.language.rules import N_
from portal.notices import service as notices

ANSWERED_IN = ("live", "spent")


def collection_notice(work: Work, browser: str, ref: int) -> tuple[ShareFacts, list]:
    """Put the notice of principle 3A together from the share that this browser opened. Raises NotThere and Ended.

    Gives the share and the parts of the notice. A worker's organisation is named as the one that collected.
    """
    found = stay(work, browser, ref).share
    held = held_titles(work, found)
    titles = dict.fromkeys(title for title, agency_id in held if agency_id)
    holders = {agency_id for _, agency_id in held}
    names = [one.name for one in catalogue(work).agencies if one.id in holders]
    who = _collector(work)
    return found, notice(nz_date(work.now), found.purpose, titles, names, who, bool(found.told))


def _collector(work: Work) -> Collector | None:
    if not work.actor.signed_in or work.actor.agency_id is None:
        return None
    mine = catalogue(work).agency(work.actor.agency_id)
    ask = mine.in_letters
    return Collector(mine.name, mine.facts.get("address", ""), ask["ask_for"], ask["phone"])


def write_note(work: Work, browser: str, ref: int, text: str, lang: str) -> str:
    """Write back to the person whose share this browser opened, once; `lang` is the page's language.

    Only the person sees it. They are told that there is something, and nothing of what. Raises NotThere and Ended as
    reading the share does, and Invalid where they take no note, or have one of this reader already.
    """
    inside = stay(work, browser, ref)
    found = inside.share
    if inside.note is not None:
        # L10n: Error above the form with which a reader writes back to the person who shares.
        raise Invalid(N_("You wrote to them already. One note is all that can be sent."), "text")
    if not found.notes or count_notes(work, found.person_id, found.id) >= rules.MOST_NOTES:
        # L10n: Error above the form with which a reader writes back to the person who shares.
        raise Invalid(N_("They take no notes for this. Your note was not sent."), "text")
    note_id = work.new_id()
    said = {"text": text, "lang": lang}
    work.session.add(
        Note(
            person_id=found.person_id,
            id=note_id,
            share_id=found.id,
            fingerprint=writer(work, browser, ref),
            opening_id=inside.opening_id,
            at=work.now,
            words=work.keys.seal_json(note_place(note_id, found.person_id), said),
        )
    )
    notices.tell(work, found.person_id, "share_note", about=ref)
    return ids.encode(ref)


def notes_of(work: Work, found: ShareFacts) -> list[NoteBack]:
    """Give the notes that came back to one of the actor's own shares, the newest first. One read."""
    return notes_to(work, found)


def note(work: Work, ref: int, note_ref: int) -> tuple[ShareFacts, NoteBack]:
    """Give one note to one of the actor's own shares, with the share. Raises NotThere."""
    found = queries.share(work, ref)
    for one in notes_to(work, found):
        if one.ref == note_ref:
            return found, one
    raise NotThere()


def may_answer(found: ShareFacts, one: NoteBack) -> bool:
    """Say whether an answer could still be read by who wrote the note: while the share lives, and once."""
    return found.state in ANSWERED_IN and not one.said.answer


def answer(work: Work, ref: int, note_ref: int, text: str, lang: str) -> str:
    """Answer a note, once. Who wrote it reads the answer while the share lives. Raises NotThere, Invalid, Conflict."""
    found, one = note(work, ref, note_ref)
    if one.said.answer:
        raise Conflict()
    if not may_answer(found, one):
        # L10n: Error beside the person's answer to a note.
        raise Invalid(N_("This share has ended, so they could not read an answer."), "text")
    row = _own_note(work, found, note_ref)
    said = {"text": one.said.text, "lang": one.said.lang, "answer": text, "answer_lang": lang}
    row.words = work.keys.seal_json(note_place(row.id, row.person_id), said)
    row.answered_at = work.now
    return ids.encode(ref)


def hide_note(work: Work, ref: int, note_ref: int, hidden: bool = True) -> str:
    """Take a note out of the list, or put it back. Who wrote it is not told. Raises NotThere."""
    row = _own_note(work, queries.share(work, ref), note_ref)
    row.hidden_at = work.now if hidden else None
    return ids.encode(ref)


def take_notes(work: Work, ref: int, yes: bool) -> str:
    """Let those who open one of the actor's own live shares write back, or stop that. Raises NotThere."""
    row = own_row(work, ref, "live")
    chosen = work.keys.open_json(place("chosen", row.id, row.person_id), row.chosen)
    put(work, row, "chosen", chosen | {"notes": yes})
    return ids.encode(ref)


def _own_note(work: Work, found: ShareFacts, note_ref: int) -> Note:
    row = work.session.scalars(
        select(Note)
        .where(Note.person_id == own(work), Note.share_id == found.id, Note.id == note_ref)
        .with_for_update()
    ).first()
    if row is None:
        raise NotThere()
    return row
