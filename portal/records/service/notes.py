"""A person's own notes beside what an agency holds: private, or shown to the agency and in what they share."""

from typing import Any

from portal.base.problems import Invalid, NotThere
from portal.base.work import Work
from portal.language.rules import ENGLISH, LANGUAGES, N_
from portal.records import queries, rules
from portal.records.models import Part, Record
from portal.records.service.rows import add_part, open_parts, part_body, record_of

KINDS = {False: "note", True: "note-shown"}
MOST_EARLIER = 10
# L10n: error on the page of a note of one's own: the box is empty.
EMPTY = N_("Write your note, or go back.")


def write_note(work: Work, ref: int, field: str, text: str, lang: str, shown: bool) -> None:
    """Keep the actor's own note beside a value of their record, or beside the whole record (field "").

    A note that is there already is changed; what it said before is kept with it. `lang` is a language tag;
    `shown` lets the agency and those with whom the person shares read it. Raises NotThere, and Invalid with a
    sentence. Mana Whakahaere: the person adds their own context (DPUP).
    """
    record, fields = _own(work, ref)
    if field and field not in fields:
        raise NotThere()
    text = text.strip()
    if not text:
        raise Invalid(EMPTY, "text")
    if len(text) > rules.MOST_NOTE:
        # L10n: Error beside a text field. %(max)s is a number of characters.
        raise Invalid(N_("Use %(max)s characters or fewer."), "text", max=rules.MOST_NOTE)
    earlier: list[dict[str, Any]] = []
    for part in _open(work, record, field):
        before = part_body(work, part)
        said = {"text": before["text"], "lang": before["lang"], "at": part.at.isoformat()}
        earlier = [*before.get("earlier", []), said]
        _forget(work, part)
    body = {"text": text, "lang": lang if lang in LANGUAGES else ENGLISH, "earlier": earlier[-MOST_EARLIER:]}
    add_part(work, record, KINDS[bool(shown)], field, body)


def remove_note(work: Work, ref: int, field: str) -> None:
    """Delete the words of the actor's own note, earlier ones too. Raises NotThere where there is none."""
    record, _ = _own(work, ref)
    found = _open(work, record, field)
    if not found:
        raise NotThere()
    for part in found:
        _forget(work, part)


def _own(work: Work, ref: int) -> tuple[Record, list[str]]:
    view = queries.show(work, ref)
    return record_of(work, view.person_id, view.id), list(view.type.fields)


def _open(work: Work, record: Record, field: str) -> list[Part]:
    return [part for kind in KINDS.values() for part in open_parts(work, record, kind) if part.field == field]


def _forget(work: Work, part: Part) -> None:
    """End a part and take its words out of the store; that there was a note stays in the ledger."""
    part.ended_at = work.now
    part.body = work.keys.seal_json(queries.part_place(part.id, part.person_id, part.agency_id), {})
