"""What a person may choose from: their records by agency, and the lines of the records in a draft."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

from portal.agencies.queries import catalogue
from portal.agencies.rules import AgencyFacts, Words
from portal.base import ids
from portal.base.work import Work
from portal.bundles import rules
from portal.bundles.queries.preview import Told, choice_of, told
from portal.bundles.queries.shares import ShareFacts, own
from portal.choices.queries import standing
from portal.language import service as language
from portal.language.translation import Translator
from portal.records import queries as records
from portal.records.queries import Line, Listed, RecordView, WithheldFacts
from portal.story.rules import ABOUT_OTHERS

MOST = 20

# Stands for the person's story where a record's ref would stand.
STORY = "story"


@dataclass(frozen=True, slots=True)
class LineChoice:
    """A line to tick. `value` is "record ref.field key"; `along` are labels of the lines that must go with it.

    `by_one` says that it goes each time only when it is ticked by itself, never with all others.
    """

    value: str
    label: Words
    text: Words
    long: bool
    third_party: bool
    nature: str
    under_review: bool
    statements: int
    along: list[Words]
    by_one: bool


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
class Offered:
    """A record to tick on the first page, without its values; `refused` as with RecordChoice."""

    record: Listed
    refused: bool
    ticked: bool

    @property
    def ref(self) -> str:
        """What stands for the record in the form."""
        return ids.encode(self.record.ref)

    @property
    def last(self) -> bool:
        """Say whether it stands below the others: unsafe to show, or hard to read."""
        return self.record.type.sensitivity == "safety"


@dataclass(frozen=True, slots=True)
class Offer:
    """Records to tick by agency, in the order of names: what is ticked, and of all others the next few.

    `agencies` are those that hold any; `next` is the ref of the last of the others, where more follow.
    """

    by_agency: list[tuple[str, list[Offered]]]
    agencies: list[AgencyFacts]
    next: int | None


def offer(
    work: Work,
    ticks: Callable[[Listed, bool], bool],
    agency: str | None = None,
    after: int | None = None,
    draft: ShareFacts | None = None,
) -> Offer:
    """Give what the actor may choose from. Three reads, whatever the number of records; two beside a `draft`.

    `ticks(record, refused)` says what is ticked: that stands on every page, so that it stays so. The others are of
    one agency where its slug is given, newest first, those that follow the ref `after`.
    """
    refused = draft.refused if draft else standing(work, own(work)).refused
    found = [
        Offered(one, no := (one.agency.id, one.type.purpose) in refused, ticks(one, no))
        for one in records.listed(work)
    ]
    others = [one for one in found if not one.ticked and agency in (None, one.record.agency.slug)]
    start = next((at + 1 for at, one in enumerate(others) if one.record.ref == after), 0)
    shown = others[start : start + MOST]
    by_agency: dict[str, list[Offered]] = {}
    for one in sorted(
        [*(one for one in found if one.ticked), *shown], key=lambda one: one.record.agency.name
    ):
        by_agency.setdefault(one.record.agency.name, []).append(one)
    agencies = {one.record.agency.id: one.record.agency for one in found}
    return Offer(
        [(name, sorted(some, key=lambda one: one.last)) for name, some in by_agency.items()],
        sorted(agencies.values(), key=lambda one: one.name),
        shown[-1].record.ref if start + MOST < len(others) else None,
    )


def held_kinds(work: Work) -> dict[int, str]:
    """Give by id the sensitivity of each record that the actor's own pages show. Two reads."""
    return {one.id: one.type.sensitivity for one in records.listed(work)}


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


def ticked_by_one_press(choices: list[RecordChoice], story: list[StoryChoice]) -> set[str]:
    """Give the values that "Tick all" ticks: never what goes only line by line, nor what the person said no to."""
    lines = [line for one in choices if not one.refused for line in one.lines]
    return {line.value for line in lines if not line.by_one} | {
        part.value for part in story if part.told.part not in ABOUT_OTHERS
    }


def unlinked(work: Work, draft: ShareFacts) -> list[AgencyFacts]:
    """Give the agencies of which nothing can be shared, because no link of the person shows anything. No read."""
    return [one for one in catalogue(work).agencies if one.id not in draft.linked]


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
        by_one=not rules.is_ticked_at_first(choice_of(view, line)),
    )
