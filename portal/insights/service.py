"""Verbs of notes: write, publish, take back, throw away. A note is an agency's own text, about nobody.

One person may publish, after seeing it as everybody will and saying that it tells of nobody: it promises nothing to
one person, and it is taken back as fast. The ledger keeps each step. DPUP: giving insight back to those who gave it.
"""

from sqlalchemy import func, select

from portal.base import ids
from portal.base.problems import Conflict, Invalid, NotThere
from portal.base.work import Work
from portal.insights import queries, rules
from portal.insights.models import Note
from portal.insights.rules import Words
from portal.language.rules import N_

# L10n: staff page of a public note, error beside an empty text field.
NEEDED = N_("Write this part too, or leave this language empty.")
# L10n: staff page of a public note, error beside an empty text field in English.
NEEDED_ENGLISH = N_("Write this part in English. Every reader gets it where there is no other language.")
# L10n: staff page of a public note, error beside a text field; %(max)s is a number of characters.
TOO_LONG = N_("Use %(max)s characters or fewer.")
# L10n: staff page of a public note, error beside a box that has to be ticked.
UNSURE = N_("Read it once more, then tick this. If someone could be known from it, change it first.")
# L10n: staff page of a public note, error: an agency can keep 200.
FULL = N_("You keep 200 notes already. Throw one away first.")


def write(work: Work, words: Words, note_id: int | None = None, version: int = 0) -> str:
    """Keep a note of the actor's agency as a draft, a new one or in place of `note_id`; give its id for an address.

    words: the three parts by a language's URL word. What everybody reads stays as it is. `version` is that of the
    note as it was seen. Raises Invalid (its field is language_part), Conflict, NotThere.
    """
    agency_id, said = queries.own_agency(work), rules.tidied(words)
    _check(said)
    if note_id is None:
        many = select(func.count()).select_from(Note).where(Note.agency_id == agency_id)
        if (work.session.scalar(many) or 0) >= rules.MOST_NOTES:
            raise Invalid(FULL)
        note_id = work.new_id()
        sealed = work.keys.seal_json(queries.place(agency_id, note_id), said)
        work.session.add(Note(agency_id=agency_id, id=note_id, body=sealed))
    else:
        row = _find(work, note_id, version)
        row.body = work.keys.seal_json(queries.place(agency_id, note_id), said)
    return ids.encode(note_id)


def publish(work: Work, note_id: int, version: int, about_nobody: bool) -> None:
    """Let everybody read a note as it stands now, from now on. One that is out already keeps its day and its place.

    Raises Invalid unless the actor said that nobody can be known from it, Conflict when it is not as they saw it.
    """
    row = _find(work, note_id, version)
    if not about_nobody:
        raise Invalid(UNSURE, "about_nobody")
    if row.shown_id is None:
        row.shown_id, row.shown_at = work.new_id(), work.now
    row.shown = work.keys.open_json(queries.place(row.agency_id, row.id), row.body)


def take_back(work: Work, note_id: int) -> None:
    """Let nobody but the agency read a note any more; it stays as a draft. Raises NotThere."""
    row = _find(work, note_id)
    row.shown, row.shown_id, row.shown_at = None, None, None


def throw_away(work: Work, note_id: int) -> None:
    """Delete a note that nobody reads. Raises NotThere, and Conflict for one that is out."""
    row = _find(work, note_id)
    if row.shown_id is not None:
        raise Conflict()
    work.session.delete(row)


def _check(said: Words) -> None:
    for tag, part in rules.missing(said):
        raise Invalid(NEEDED if tag in said and tag != "en" else NEEDED_ENGLISH, f"{tag}_{part}")
    for tag, part in rules.too_long(said):
        raise Invalid(TOO_LONG, f"{tag}_{part}", max=rules.MAX_PART)


def _find(work: Work, note_id: int, version: int | None = None) -> Note:
    row = work.session.get(Note, (queries.own_agency(work), note_id))
    if row is None:
        raise NotThere()
    if version is not None and row.version != version:
        raise Conflict()
    return row
