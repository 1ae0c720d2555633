"""What a person may choose from: their records by agency, and the lines of the records in a draft."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from portal.agencies.rules import Words
from portal.base import ids
from portal.base.work import Work
from portal.bundles import rules
from portal.bundles.queries.preview import Told, choice_of, told
from portal.bundles.queries.shares import ShareFacts, own
from portal.choices.queries import Standing, standing
from portal.language import service as language
from portal.language.translation import Translator
from portal.records import queries as records
from portal.records.queries import Line, RecordView, WithheldFacts

# Stands for the person's story where a record's ref would stand.
STORY = "story"


@dataclass(frozen=True, slots=True)
class LineChoice:
    """A line to tick. `value` is "record ref.field key"; `along` are labels of the lines that must go with it."""

    value: str
    label: Words
    text: Words
    long: bool
    third_party: bool
    nature: str
    under_review: bool
    statements: int
    along: list[Words]


@dataclass(frozen=True, slots=True)
class RecordChoice:
    """A record to tick, with its lines; `kept` are the parts that its agency keeps from the person.

    `refused` says that the person said no to the use for which it is held: nothing of it is ticked for them.
    """

    id: int
    ref: str
    title: Words
    agency_name: str
    recorded_on: date | None
    sensitivity: str
    lines: list[LineChoice]
    kept: list[WithheldFacts]
    refused: bool = False


@dataclass(frozen=True, slots=True)
class StoryChoice:
    """A part of the person's story to tick; `value` is "story.number"."""

    value: str
    told: Told
    goes: bool


@dataclass(frozen=True, slots=True)
class AgencyChoices:
    """The records of one agency."""

    name: str
    records: list[RecordChoice]


def by_agency(work: Work, tag: str, draft: ShareFacts | None = None) -> list[AgencyChoices]:
    """Give all records that the actor may share, by agency, in the order of names. Two reads, keys left out.

    Which links are live and what was refused stands with a `draft`; without one it is one more read.
    """
    person_id, words = own(work), language.translator(tag)
    stands: ShareFacts | Standing = draft or standing(work, person_id)
    found: dict[str, list[RecordChoice]] = {}
    for view in records.all_shareable(work):
        if view.agency.id in stands.linked and any(not line.empty for line in view.lines):
            found.setdefault(view.agency.name, []).append(_record(view, words, stands.refused))
    # Records that may be hard to read, or unsafe to show, stand last.
    return [
        AgencyChoices(name, sorted(its, key=lambda one: one.sensitivity == "safety"))
        for name, its in sorted(found.items())
    ]


def in_draft(work: Work, draft: ShareFacts, tag: str) -> list[RecordChoice]:
    """Give the records of a draft with their lines, in the order chosen. Two reads."""
    words = language.translator(tag)
    wanted = [one["record"] for one in draft.lines]
    views = {view.id: view for view in records.for_record_ids(work, draft.person_id, wanted)}
    return [_record(views[one], words, draft.refused) for one in wanted if one in views]


def story_in(draft: ShareFacts, tag: str) -> list[StoryChoice]:
    """Give the parts of the person's story in a draft, as they were when it was chosen. No read."""
    return [StoryChoice(f"{STORY}.{one['part']}", told(one, tag), one["goes"]) for one in draft.story]


def ticked_in(draft: ShareFacts, choices: list[RecordChoice]) -> set[str]:
    """Give the values of the lines that a draft holds."""
    refs = {one.id: one.ref for one in choices}
    return {
        f"{refs[one['record']]}.{key}"
        for one in draft.lines
        if one["record"] in refs
        for key in one["fields"]
    } | {f"{STORY}.{one['part']}" for one in draft.told}


def _record(view: RecordView, words: Translator, refused: Collection[tuple[int, str]]) -> RecordChoice:
    full = [line for line in view.lines if not line.empty]
    return RecordChoice(
        id=view.id,
        ref=ids.encode(view.ref),
        title=view.type.title_in(words.tag),
        agency_name=view.agency.name,
        recorded_on=view.recorded_on,
        sensitivity=view.type.sensitivity,
        lines=[_line(view, line, full, words) for line in full],
        kept=view.withheld,
        refused=(view.agency.id, view.type.purpose) in refused,
    )


def _line(view: RecordView, line: Line, full: list[Line], words: Translator) -> LineChoice:
    along = rules.goes_along(choice_of(view, line), [choice_of(view, one) for one in full])
    text = line.words(words)
    return LineChoice(
        value=f"{ids.encode(view.ref)}.{line.field.key}",
        label=line.field.label_in(words.tag),
        text=text,
        long=len(text.text) > 200,
        third_party=line.field.third_party,
        nature=line.field.nature,
        under_review=line.review_ref is not None,
        statements=len(line.statements),
        along=[one.field.label_in(words.tag) for one in full if one.field.key in along],
    )
