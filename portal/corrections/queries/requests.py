"""Requests as the person's list and tracker show them, and as staff see them in a case."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, select

from portal.agencies import queries as agencies
from portal.agencies import values
from portal.agencies.rules import AgencyFacts, FieldFacts, TypeFacts, Words, fields_of
from portal.base.clock import nz_date
from portal.base.crypto import Place
from portal.base.paging import before
from portal.base.problems import NotThere
from portal.base.statements import fixed
from portal.base.work import Work
from portal.corrections import rules
from portal.corrections.models import CorrectionRequest, Draft, Event, Item
from portal.corrections.queries.drafts import draft_place
from portal.language.translation import Translator
from portal.law import clocks
from portal.records.queries import reached_record

MOST = 30
"""Requests on the person's list, newest first."""


@dataclass(frozen=True)
class Statement:
    """A person's own words that stand beside a value. `lang` is a URL word such as "sm"."""

    text: str
    lang: str
    at: datetime


@dataclass(frozen=True)
class ItemView:
    """One value of a request: `held` and `wanted` when it was sent, `value` after the decision."""

    no: int
    field: FieldFacts
    wish: str
    held: Any
    wanted: Any
    decision: str | None
    value: Any
    ground: str | None
    reason: str
    statement: Statement | None

    @property
    def may_state(self) -> bool:
        """Whether the person may put a statement beside it: it was not, or not all, fixed (s 63)."""
        return self.decision in (rules.Decision.DECLINE, rules.Decision.PARTLY)


@dataclass(frozen=True)
class EventFacts:
    """Something that happened to a request; `by` is person, staff or system."""

    name: str
    by: str
    at: datetime


@dataclass(frozen=True)
class RequestView:
    """A request with its values and history. Dates are Pacific/Auckland days, moments aware UTC."""

    ref: int
    id: int
    reference: str
    person_id: int
    agency: AgencyFacts
    type: TypeFacts | None
    record_id: int
    record_ref: int
    state: str
    status: str | None
    late: bool
    received_at: datetime
    received_on: date
    due_on: date
    decided_at: datetime | None
    applied_at: datetime | None
    language: str
    reason: str
    reply: dict[str, str]
    version: int
    items: list[ItemView]
    events: list[EventFacts]

    @property
    def open(self) -> bool:
        """Whether the agency still owes a decision."""
        return self.state in rules.OPEN

    def skips(self) -> tuple[clocks.Skip, ...]:
        """List the holidays that were passed over on the way to the due date."""
        return clocks.skips(self.received_on, self.due_on)

    def happened_at(self, name: str) -> datetime | None:
        """Give when an event of this name happened last."""
        return max((event.at for event in self.events if event.name == name), default=None)

    def item(self, field: str) -> ItemView:
        """Give the item of a field. Raises NotThere."""
        for item in self.items:
            if item.field.key == field:
                return item
        raise NotThere()


@dataclass(frozen=True)
class DraftLine:
    """A draft on the list: what it is about, and when it was kept last."""

    ref: int
    agency: AgencyFacts
    type: TypeFacts | None
    fields: list[FieldFacts]
    kept_at: datetime


@dataclass(frozen=True)
class Requests:
    """A person's requests: not sent, open, ended; `next` is the ref of the last one here, where older ones follow."""

    drafts: list[DraftLine]
    open: list[RequestView]
    ended: list[RequestView]
    next: int | None = None


def request_place(person_id: int, request_id: int, agency_id: int) -> Place:
    """Give where the sealed words of a request stand."""
    return Place("corrections_request", "words", request_id, person_id, agency_id)


def item_place(person_id: int, request_id: int, no: int, agency_id: int) -> Place:
    """Give where the sealed words of one value of a request stand."""
    return Place("corrections_item", f"words/{no}", request_id, person_id, agency_id)


def show(work: Work, ref: int, person_id: int | None = None) -> RequestView:
    """Give a request of the actor, or of the person whom a staff flow has resolved. Raises NotThere.

    The actor's own is not there while its agency is hidden, or the link in doubt: it repeats what they hold.
    """
    wanted = [] if person_id else [reached_request()]
    person_id = person_id or work.actor.person_id
    row = work.session.execute(
        select(CorrectionRequest.__table__).where(
            CorrectionRequest.person_id == person_id, CorrectionRequest.ref == ref, *wanted
        )
    ).first()
    if row is None:
        raise NotThere()
    items = work.session.execute(
        select(Item.__table__).where(Item.person_id == person_id, Item.request_id == row.id).order_by(Item.no)
    ).all()
    events = work.session.execute(
        select(Event.name, Event.by, Event.at)
        .where(Event.person_id == person_id, Event.request_id == row.id)
        .order_by(Event.id)
    ).all()
    return view_of(work, row, list(items), [EventFacts(*event) for event in events])


def requests_of(work: Work, after: int | None = None) -> Requests:
    """Give the actor's own drafts, and thirty requests, newest first; `after` is the ref of the last before them."""
    person_id = work.actor.person_id
    rows = work.session.execute(*_page(person_id, after)).all()
    more, rows = len(rows) > MOST, rows[:MOST]
    items: dict[int, list[Any]] = {}
    for item in work.session.execute(*_items_of(person_id, [row.id for row in rows])):
        items.setdefault(item.request_id, []).append(item)
    drafts = work.session.execute(*_drafts_of(person_id)).all()
    views = [view_of(work, row, items.get(row.id, []), []) for row in rows]
    return Requests(
        drafts=[_draft_line(work, row) for row in drafts],
        open=[view for view in views if view.open],
        ended=[view for view in views if not view.open],
        next=rows[-1].ref if more else None,
    )


@fixed
def _page(person_id: Any, after: Any) -> Select:
    return (
        select(CorrectionRequest.__table__)
        .where(CorrectionRequest.person_id == person_id, reached_request())
        .where(before(CorrectionRequest, person_id, after))
        .order_by(CorrectionRequest.id.desc())
        .limit(MOST + 1)
    )


@fixed
def _items_of(person_id: Any, request_ids: Any) -> Select:
    mine = select(Item.__table__).where(Item.person_id == person_id, Item.request_id.in_(request_ids))
    return mine.order_by(Item.request_id, Item.no)


@fixed
def _drafts_of(person_id: Any) -> Select:
    mine = select(Draft.__table__).where(Draft.person_id == person_id, reached_request(Draft))
    return mine.order_by(Draft.kept_at.desc())


def reached_request(model: Any = CorrectionRequest) -> ColumnElement[bool]:
    """Say in SQL that the record behind a request is still the person's, by a live link that is not hidden."""
    return reached_record(model.person_id, model.agency_id, model.record_id)


def text_of(field: FieldFacts, value: Any, translator: Translator) -> Words:
    """Give a raw value as text with its language; empty text for a value that is not there."""
    if value is None:
        return Words("", translator.language.bcp47)
    return values.as_words(field, value, translator)


def view_of(work: Work, row: Any, items: list[Any], events: list[EventFacts]) -> RequestView:
    """Give a request from its rows, with its words opened."""
    words = work.keys.open_json(request_place(row.person_id, row.id, row.agency_id), row.words)
    catalogue = agencies.catalogue(work)
    kind = catalogue.type(row.agency_id, words["type"])
    late = rules.is_late(row.state, nz_date(work.now), row.due_on)
    tag = rules.status(row.state, [item.decision for item in items if item.decision], late=late)
    return RequestView(
        agency=catalogue.agency(row.agency_id),
        type=kind,
        record_ref=words["record_ref"],
        status=tag.value if tag else None,
        late=late,
        reason=words["reason"],
        reply=words["reply"],
        items=[_item(work, item, kind) for item in items],
        events=events,
        **{name: getattr(row, name) for name in _PLAIN},
    )


_PLAIN = (
    "ref", "id", "reference", "person_id", "record_id", "state", "received_at", "received_on", "due_on",
    "decided_at", "applied_at", "language", "version",
)  # fmt: skip


def _item(work: Work, row: Any, kind: TypeFacts | None) -> ItemView:
    words = work.keys.open_json(item_place(row.person_id, row.request_id, row.no, row.agency_id), row.words)
    said = words.get("statement")
    return ItemView(
        no=row.no,
        field=_field(kind, row.field),
        wish=row.wish,
        held=words["held"],
        wanted=words["wanted"],
        decision=row.decision,
        value=words.get("value"),
        ground=row.ground,
        reason=words.get("reason", ""),
        statement=Statement(said["text"], said["lang"], datetime.fromisoformat(said["at"])) if said else None,
    )


def _field(kind: TypeFacts | None, key: str) -> FieldFacts:
    # A field that the agency took out of its catalogue meanwhile is still shown, under its key.
    return kind.fields[key] if kind and key in kind.fields else fields_of({"properties": {key: {}}})[key]


def _draft_line(work: Work, row: Any) -> DraftLine:
    answers = work.keys.open_json(draft_place(row.person_id, row.id, row.agency_id), row.answers)
    catalogue = agencies.catalogue(work)
    kind = catalogue.type(row.agency_id, answers["type"])
    fields = [_field(kind, key) for key in answers["fields"]]
    return DraftLine(row.ref, catalogue.agency(row.agency_id), kind, fields, row.kept_at)
