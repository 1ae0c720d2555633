"""Reads the Composition of a document: who wrote it, when, and its parts that hold words only."""

from html.parser import HTMLParser

from portal.fhir.codes import words
from portal.fhir.drafting import body, first
from portal.fhir.found import Draft
from portal.fhir.node import Node, fit
from portal.fhir.references import Context
from portal.fhir.values import LONG, SHORT, When

MAX_PARTS = 60
_BLOCKS = frozenset("p div li tr br h1 h2 h3 h4 h5 h6 dt dd ul ol table".split())
_HIDDEN = frozenset({"script", "style", "head", "title"})
_MARKUP_LIMIT = 200_000


class _Words(HTMLParser):
    """The words of a narrative, a new line for each block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A block begins a new line; hidden parts are skipped."""
        if tag in _BLOCKS:
            self.parts.append("\n")
        elif tag in ("td", "th"):
            self.parts.append(" ")
        self._hidden += tag in _HIDDEN

    def handle_endtag(self, tag: str) -> None:
        """Leaves a hidden part."""
        if tag in _HIDDEN and self._hidden:
            self._hidden -= 1

    def handle_data(self, data: str) -> None:
        """Keeps the words of visible parts."""
        if not self._hidden:
            self.parts.append(" ".join(data.split()) if data.strip() else " ")


def narrative_words(markup: str) -> str:
    """The plain words of an XHTML narrative."""
    reader = _Words()
    reader.feed(markup[:_MARKUP_LIMIT])
    reader.close()
    lines = (line.strip() for line in "".join(reader.parts).split("\n"))
    return "\n".join(line for line in lines if line)


def written_on(composition: Node, bundle: Node) -> When:
    """The day the document was written, else the time stamp of the bundle."""
    return first(composition.when("date"), bundle.when("timestamp"))


def source_words(composition: Node, context: Context) -> str:
    """What the document calls itself and who stands behind it, for "Where it came from"."""
    keeper = context.name_of(composition.obj("custodian"), composition)
    keeper = keeper or context.names_of(composition.objs("author"), composition)
    title = composition.text("title")
    return fit(" · ".join(p for p in (title, keeper) if p), SHORT, context.notes) or ""


def sole_organisation(organisations: list[Node]) -> str:
    """The name of the one organisation in a bundle without a Composition; empty if there are more."""
    names = {n for o in organisations if (n := o.text("name"))}
    return names.pop() if len(names) == 1 else ""


def wordy_parts(composition: Node, context: Context) -> list[tuple[str, Draft]]:
    """Parts of the document with words but no entries, such as a patient's story, as reports.

    Parts that say they are empty (`emptyReason`) make no record.
    """
    found: list[tuple[str, Draft]] = []
    waiting = composition.objs("section")[:MAX_PARTS]
    while waiting and len(found) < MAX_PARTS:
        part = waiting.pop(0)
        waiting.extend(part.objs("section")[: max(0, MAX_PARTS - len(waiting))])
        if part.has("entry") or part.has("emptyReason"):
            continue
        raw = part.obj("text").data.get("div")
        told = fit(narrative_words(raw), LONG, context.notes) if isinstance(raw, str) else None
        title = part.text("title") or words(part.obj("code"))
        if told and title:
            facts = body(report=title, status="unknown", made_on=context.written_on, summary=told)
            found.append((title, Draft("report", title, facts, context.written_on)))
    return found
