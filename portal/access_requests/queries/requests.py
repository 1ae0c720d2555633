"""Requests as the person's list and page show them: nothing here opens what only staff may read."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, LargeBinary, Select, String, cast, literal, null, select, union_all

from portal.access_requests import rules
from portal.access_requests.models import AccessRequest, Event, Item, Letter
from portal.access_requests.queries.places import day_of, item_place, named_request, words_place
from portal.access_requests.rules import charges
from portal.agencies import queries as agencies
from portal.agencies.rules import AgencyFacts
from portal.base.clock import nz_date
from portal.base.db import Moment
from portal.base.paging import before
from portal.base.problems import NotThere
from portal.base.statements import fixed
from portal.base.work import Work
from portal.corrections.queries.reaching import by_oneself
from portal.law import clocks
from portal.law.letters import LetterLine

MOST = 30
"""Requests on the person's list, newest first."""


@dataclass(frozen=True)
class ShownItem:
    """One thing of an answer as its person sees it. `parts`, once handed over: ["text", words] or ["gone", ground]."""

    no: int
    outcome: str
    ground: str | None
    title: str
    on: date | None
    reason: str
    parts: list[list[str]]


@dataclass(frozen=True)
class EventFacts:
    """Something that happened to a request; `by` is person, staff, officer or system."""

    name: str
    by: str
    at: datetime
    account_id: int = 0


@dataclass(frozen=True)
class RequestView:
    """A request as its person sees it. Dates are Pacific/Auckland days, moments aware UTC.

    `status` is a key of rules.STATUS_WORDS, `acts` person, agency or nobody. `words` holds scope, since, until,
    topic, names, births, form, urgent, why, hand_on, `origin` (an agency's name) where another passed it on, and
    `taken` (a key of rules.WAYS) where staff wrote it down, `helped` {name, organisation} of a worker beside them.
    """

    ref: int
    id: int
    batch: int
    reference: str
    person_id: int
    agency: AgencyFacts
    state: str
    status: str
    acts: str
    late: bool
    received_at: datetime
    received_on: date
    due_on: date
    extended_to_on: date | None
    decided_at: datetime | None
    released_at: datetime | None
    language: str
    words: dict[str, Any]
    version: int
    items: list[ShownItem] = field(default_factory=list)
    events: list[EventFacts] = field(default_factory=list)
    letters: list[LetterLine] = field(default_factory=list)

    @property
    def since(self) -> date | None:
        """The first day that was asked about, where there is one."""
        return day_of(self.words["since"])

    @property
    def until(self) -> date | None:
        """The last day that was asked about, where there is one."""
        return day_of(self.words["until"])

    @property
    def charge(self) -> dict[str, Any] | None:
        """What the agency asks to be paid: amount, why, asked_on, answer, less, settled; None where it asks nothing."""
        return self.words.get("charge")

    @property
    def may_answer_charge(self) -> bool:
        """Whether the person can still say something to what the agency asks to be paid."""
        return self.state == rules.State.FEE_WAIT and not charges.is_settled(self.charge)

    @property
    def open(self) -> bool:
        """Whether the agency still owes a decision."""
        return self.state in rules.OPEN

    @property
    def ended(self) -> bool:
        """Whether nothing more is to come."""
        return self.acts == "nobody"

    def skips(self) -> tuple[clocks.Skip, ...]:
        """List the holidays that were passed over on the way to the due date."""
        return clocks.skips(self.received_on, self.due_on)

    def happened_at(self, name: str) -> datetime | None:
        """Give when an event of this name happened last."""
        return max((event.at for event in self.events if event.name == name), default=None)


def show(work: Work, ref: int) -> RequestView:
    """Give a request of the actor: three reads, keys included. Raises NotThere."""
    row = work.session.execute(_mine(by_oneself(work)).where(AccessRequest.ref == ref)).first()
    if row is None:
        raise NotThere()
    items: list[ShownItem] = []
    events: list[EventFacts] = []
    letters: list[LetterLine] = []
    for part in work.session.execute(_parts(row.person_id, row.id)):
        if part.what == "item":
            items.append(_item(work, row, part))
        elif part.what == "event":
            events.append(EventFacts(part.name, part.by, part.at))
        else:
            letters.append(LetterLine(part.no, part.name, part.at))
    return view_of(work, row, items=items, events=events, letters=letters)


def requests_of(work: Work, after: int | None = None) -> tuple[list[RequestView], int | None]:
    """Give the actor's own requests without their items, newest first: two reads, keys included.

    Thirty at a time: the ref of the last comes along where older ones follow; `after` is such a ref.
    """
    rows = work.session.execute(*_page(by_oneself(work), after)).all()
    return [view_of(work, row) for row in rows[:MOST]], rows[MOST - 1].ref if len(rows) > MOST else None


def sent_with(work: Work, batch: int) -> list[RequestView]:
    """Give the actor's requests that came from one draft, in the order of sending. Raises NotThere."""
    rows = work.session.execute(
        _mine(by_oneself(work)).where(AccessRequest.batch == batch).order_by(AccessRequest.id)
    ).all()
    if not rows:
        raise NotThere()
    return [view_of(work, row) for row in rows]


def view_of(work: Work, row: Any, **more: Any) -> RequestView:
    """Give a request from its row, with the person's own words opened."""
    late = rules.is_late(row.state, nz_date(work.now), row.due_on)
    words = work.keys.open_json(words_place(row), row.words)
    waits = charges.is_unanswered(row.state, words.get("charge"))
    word = rules.status(row.state, late=late, unanswered=waits)
    return RequestView(
        agency=agencies.catalogue(work).agency(row.agency_id),
        status=word,
        acts=rules.who_acts(word),
        late=late,
        words=words,
        **{name: getattr(row, name) for name in _PLAIN},
        **more,
    )


_PLAIN = (
    "ref", "id", "batch", "reference", "person_id", "state", "received_at", "received_on", "due_on",
    "extended_to_on", "decided_at", "released_at", "language", "version",
)  # fmt: skip


@fixed
def _page(person_id: Any, after: Any) -> Select:
    older = _mine(person_id).where(before(AccessRequest, person_id, after))
    return older.order_by(AccessRequest.id.desc()).limit(MOST + 1)


def _mine(person_id: Any) -> Select:
    # Whoever may only see a request never reads the column `file`.
    columns = [
        column for column in AccessRequest.__table__.columns if column.name not in ("file", "proposed_by")
    ]
    return select(*columns).where(AccessRequest.person_id == person_id, named_request())


def _parts(person_id: int, request_id: int) -> Any:
    """Items, events and letters in one read; items only where the person may know of them, and never silent ones."""
    items = (
        select(
            literal("item").label("what"), cast(Item.no, BigInteger).label("no"), cast(null(), Moment).label("at"),
            literal("").label("name"), literal("").label("by"), Item.outcome, Item.ground, Item.shown,
        )
        .join(
            AccessRequest,
            (AccessRequest.person_id == Item.person_id) & (AccessRequest.id == Item.request_id),
        )
        .where(
            Item.person_id == person_id,
            Item.request_id == request_id,
            Item.outcome.in_(rules.TOLD),
            Item.shown.is_not(None),
            AccessRequest.state.in_(rules.ITEMS_SHOWN),
        )
    )  # fmt: skip
    empty = (literal(""), cast(null(), String), cast(null(), LargeBinary))
    events = select(literal("event"), Event.id, Event.at, Event.name, Event.by, *empty).where(
        Event.person_id == person_id, Event.request_id == request_id, Event.name.in_(rules.TOLD_EVENTS)
    )
    letters = select(
        literal("letter"), cast(Letter.no, BigInteger), Letter.at, Letter.kind, literal(""), *empty
    ).where(Letter.person_id == person_id, Letter.request_id == request_id)
    return union_all(items, events, letters).order_by("what", "no")


def _item(work: Work, row: Any, part: Any) -> ShownItem:
    place = item_place(row.person_id, row.id, part.no, row.agency_id, "shown")
    shown = work.keys.open_json(place, part.shown)
    return ShownItem(
        no=part.no,
        outcome=part.outcome,
        ground=part.ground,
        title=shown["title"],
        on=day_of(shown["on"]),
        reason=shown["reason"],
        parts=shown["parts"],
    )
