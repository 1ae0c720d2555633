"""Finds words in what a person may see of their own records; nothing of what they look for is kept."""

from collections.abc import Iterator
from dataclasses import dataclass

from portal.agencies.rules import FieldFacts
from portal.base.problems import NotThere
from portal.base.work import Work
from portal.language.finding import around, fold, folded_label
from portal.language.rules import ENGLISH, LANGUAGES
from portal.language.translation import Translator
from portal.records import rules
from portal.records.queries.loading import load
from portal.records.queries.views import Line, RecordView

MOST = 50
MOST_PLACES = 2


@dataclass(frozen=True, slots=True)
class Found:
    """Where a word stands: `kind` is value, label, title, agency, reason, source, kept, statement or note.

    `field` is given where it stands beside a value. `lang` is the language of the text, as a `lang` attribute.
    """

    kind: str
    field: FieldFacts | None
    lang: str
    before: str
    word: str
    after: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A record in which all the words are, and the first places where one of them stands."""

    record: RecordView
    places: list[Found]

    @property
    def hard(self) -> bool:
        """Say whether these may be hard to read: folded until the person opens them."""
        return rules.warns(self.record.type.sensitivity)


@dataclass(frozen=True, slots=True)
class Results:
    """A page of hits, newest first, out of `count`; `next` is the last that is shown, where more follow."""

    hits: list[Hit]
    count: int
    next: int | None


@dataclass(frozen=True, slots=True)
class _Text:
    kind: str
    field: FieldFacts | None
    lang: str
    text: str

    @property
    def folded(self) -> str:
        """Words of the catalogue are few and come again in each record; a person's are folded and forgotten."""
        known = self.kind in ("label", "title", "agency")
        return folded_label(self.text) if known else fold(self.text)


def search(
    work: Work, words: list[str], translator: Translator, *, safety: bool, after: int | None = None
) -> Results:
    """Find folded words, all of them, in the actor's person's records as the page's language shows them. Four reads.

    In values, labels, titles, names of agencies, reasons, and what is written beside values. Records about safety
    are among them with `safety` only. `after` is the ref of a hit: those that follow it. Principle 6.
    """
    if work.actor.person_id is None:
        raise NotThere()
    hits = [
        (view, texts)
        for view in load(work, work.actor.person_id)
        if (safety or rules.in_timelines(view.type.sensitivity))
        and (texts := _matches(view, words, translator))
    ]
    start = next((at + 1 for at, (view, _) in enumerate(hits) if view.ref == after), 0)
    shown = hits[start : start + MOST]
    return Results(
        [Hit(view, _places(texts, words)) for view, texts in shown],
        len(hits),
        shown[-1][0].ref if start + MOST < len(hits) else None,
    )


def _matches(view: RecordView, words: list[str], translator: Translator) -> list[_Text]:
    """Give the texts in which a word stands, if each word stands in one of them."""
    missing = set(words)
    found: list[tuple[int, _Text]] = []
    for text in _texts(view, translator):
        folded = text.folded
        here = {word for word in words if word in folded}
        if here:
            found.append((len(here), text))
            missing -= here
    # First where most of them are together; among such, in a reader's order.
    return [] if missing else [text for _, text in sorted(found, key=lambda one: -one[0])]


def _places(texts: list[_Text], words: list[str]) -> list[Found]:
    places: list[Found] = []
    for text in texts:
        parts = around(text.text, words)
        if parts and len(places) < MOST_PLACES:
            places.append(Found(text.kind, text.field, text.lang, *parts))
    return places


def _texts(view: RecordView, translator: Translator) -> Iterator[_Text]:
    """Give all that the record's own page says of it, in the order in which a reader would look."""
    english = LANGUAGES[ENGLISH].bcp47
    for line in view.lines:
        value = line.words(translator)
        yield _Text("value", line.field, value.lang, value.text)
    for line in view.lines:
        yield from _beside(line)
    yield from _beside(view)
    title = view.type.title_in(translator.tag)
    yield _Text("title", None, title.lang, title.text)
    for line in view.lines:
        label = line.field.label_in(translator.tag)
        yield _Text("label", line.field, label.lang, label.text)
    yield _Text("agency", None, english, view.agency.name)
    yield _Text("reason", None, english, str(view.why.get("reason") or ""))
    source = view.why.get("source")
    yield _Text(
        "source", None, english, str(source.get("sentence") or "") if isinstance(source, dict) else ""
    )
    for kept in view.withheld:
        yield _Text("kept", None, english, kept.plain)


def _beside(one: Line | RecordView) -> Iterator[_Text]:
    """Give the person's own words beside a value or a record."""
    field = one.field if isinstance(one, Line) else None
    for said in one.statements:
        yield _Text("statement", field, said.lang, said.text)
    if one.note:
        yield _Text("note", field, one.note.lang, one.note.text)
