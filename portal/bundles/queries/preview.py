"""What a share shows: one object for the person's preview, the recipient's page and the FHIR document."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from portal.agencies.rules import Words
from portal.base.clock import nz_date
from portal.base.work import Work
from portal.bundles import rules
from portal.bundles.queries.frozen import as_it_was
from portal.bundles.rules import Choice
from portal.language import service as language
from portal.language.rules import ENGLISH, LANGUAGES
from portal.language.translation import Translator
from portal.records import queries as records
from portal.records.queries import Line, NoteFacts, RecordView, StatementFacts, WithheldFacts
from portal.story.rules import HEADINGS, lang_of


@dataclass(frozen=True, slots=True)
class Said:
    """A person's own words beside a value; `lang` is the value of a `lang` attribute, `on` a day in New Zealand."""

    text: str
    lang: str
    on: date


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """A value as the recipient sees it, with the person's statements and whether it is being looked at.

    `notes` are the person's own that they chose to show; `answers` the four that stand beside an unchecked claim:
    (question, a msgid; answer, empty where the agency gave none). `raw` is the value for programs, as the agency
    sent it; None where pages show less than the whole of it.
    """

    key: str
    label: Words
    value: Words
    nature: str
    statements: list[Said]
    under_review: bool
    notes: list[Said]
    answers: list[tuple[str, Words]]
    raw: Any = None


@dataclass(frozen=True, slots=True)
class PreviewRecord:
    """The shared part of a record. `left_out` are labels of what may hold other people and does not go.

    `body` is the whole record where every line of it goes, else None; `codes` those that came with it from other
    software, likewise. Dates are days in New Zealand. `kept` is for the person's own eyes: parts that the agency
    keeps from them, so that they cannot be shared.
    """

    id: int
    type_key: str
    title: Words
    topic: str
    agency_name: str
    recorded_on: date | None
    copied_on: date
    lines: list[PreviewLine]
    left_out: list[Words]
    statements: list[Said]
    notes: list[Said]
    body: dict[str, Any] | None
    kept: list[WithheldFacts] = field(default_factory=list)
    codes: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Told:
    """A part of the person's story, as it was when they chose it; `on` is the day they wrote it."""

    part: int
    heading: Words
    text: str
    lang: str
    on: date


@dataclass(frozen=True, slots=True)
class Preview:
    """All that a share shows, in one language: what the person tells, and what agencies hold."""

    records: list[PreviewRecord]
    story: list[Told] = field(default_factory=list)

    @property
    def keys(self) -> set[tuple[int, str]]:
        """Name each line that goes, by record and field."""
        return {(record.id, line.key) for record in self.records for line in record.lines}


def preview(
    work: Work,
    person_id: int,
    chosen: list[dict[str, Any]],
    linked: Collection[int],
    tag: str = "en",
    story: Iterable[dict[str, Any]] = (),
    frozen: bool = False,
) -> Preview:
    """Give what the chosen lines of a person show now, in the language `tag`.

    `chosen` holds {"record": id, "fields": keys}. Read afresh each time, so that a fix or a statement made later
    shows too. A record whose agency is no longer linked, and a line that is gone, are left out; for the person's
    own eyes also what they have hidden. `story` are the words that go along, as they were chosen. With `frozen` each
    record is shown as it was in the "version" that was chosen. Two reads.
    """
    words = language.translator(tag)
    wanted = {one["record"]: one for one in chosen}
    reader = records.reader_of(work, person_id)
    found = records.for_record_ids(work, person_id, wanted, reader, history=frozen)
    views = {view.id: view for view in found if view.agency.id in linked}
    if frozen:
        views = {
            no: as_it_was(view, wanted[no]["version"], wanted[no]["fields"]) for no, view in views.items()
        }
    shown = [
        _record(views[no], one["fields"], words, reader is records.Reader.PERSON)
        for no, one in wanted.items()
        if no in views
    ]
    return Preview([record for record in shown if record.lines], [told(one, tag) for one in story])


def told(one: dict[str, Any], tag: str) -> Told:
    """Give a chosen part of a story for a page in the language `tag`: under the person's own heading, or ours."""
    lang = lang_of(one["lang"])
    heading = Words(one["title"], lang) if one["title"] else _own_words(HEADINGS[one["part"]], tag)
    return Told(one["part"], heading, one["text"], lang, date.fromisoformat(one["on"]))


def _own_words(msgid: str, tag: str) -> Words:
    words = language.translator(tag)
    known = words if words.has(msgid) else language.translator(ENGLISH)
    return Words(known.attr(msgid), known.language.bcp47)


def choice_of(view: RecordView, line: Line) -> Choice:
    """Give the facts of a line on which the rules of sharing rest."""
    return Choice(line.field.key, line.field.nature, line.field.third_party, view.type.sensitivity)


def _record(view: RecordView, fields: list[str], words: Translator, own: bool) -> PreviewRecord:
    full = [line for line in view.lines if not line.empty]
    keys = rules.completed(fields, [choice_of(view, line) for line in full])
    going = [line for line in full if line.field.key in keys]
    whole = len(going) == len(full) and not view.withheld and not any(line.field.masked for line in full)
    return PreviewRecord(
        id=view.id,
        type_key=view.type.key,
        title=view.type.title_in(words.tag),
        topic=view.agency.topic,
        agency_name=view.agency.name,
        recorded_on=view.recorded_on,
        copied_on=view.recorded_on or nz_date(view.changed_at),
        lines=[_line(view, line, words) for line in going],
        left_out=[
            line.field.label_in(words.tag) for line in full if line.field.third_party and line not in going
        ],
        statements=[_said(one) for one in view.statements],
        notes=_notes(view.note),
        body=view.body if whole else None,
        kept=view.withheld if own else [],
        codes=view.why.get("codes", {}) if whole else {},
    )


def _line(view: RecordView, line: Line, words: Translator) -> PreviewLine:
    return PreviewLine(
        key=line.field.key,
        label=line.field.label_in(words.tag),
        value=line.words(words),
        nature=line.field.nature,
        statements=[_said(one) for one in line.statements],
        under_review=line.review_ref is not None,
        notes=_notes(line.note),
        answers=[
            (one.question, one.words(words))
            for one in (view.answers(line) if line.field.nature == "allegation" else [])
        ],
        raw=None if line.field.masked else line.value,
    )


def _notes(note: NoteFacts | None) -> list[Said]:
    return [_said(note)] if note is not None and note.shown else []


def _said(one: StatementFacts | NoteFacts) -> Said:
    known = LANGUAGES.get(one.lang)
    return Said(one.text, known.bcp47 if known else one.lang, one.on)
