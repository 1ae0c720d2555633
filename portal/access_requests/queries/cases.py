"""What staff read of one request: everything in its file, in three reads."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, LargeBinary, Select, String, cast, literal, null, or_, select, union_all

from portal.access_requests.models import AccessRequest, Event, Item, Letter, Search
from portal.access_requests.queries.places import file_place, item_place, search_place
from portal.access_requests.queries.requests import EventFacts, RequestView, view_of
from portal.agencies import tasks
from portal.agencies.models import Link, Task
from portal.base.crypto import SYSTEM_OWNER, Place
from portal.base.db import Moment
from portal.base.problems import NotThere
from portal.base.work import Work
from portal.delegations import queries as given
from portal.delegations.models import Grant
from portal.identity import queries as identity
from portal.identity.models import Person
from portal.law.letters import LetterLine


@dataclass(frozen=True)
class StaffItem:
    """One thing that was found, as staff see it. `outcome` is empty until reviewed; `on` is a day as text, or ""."""

    no: int
    outcome: str
    ground: str | None
    title: str
    on: str
    system: str
    text: str
    reason: str
    notes: dict[str, str]
    record_ref: int | None
    version: int


@dataclass(frozen=True)
class SearchFacts:
    """One line of the search log; `at` is an aware UTC moment."""

    no: int
    system: str
    what: str
    found: str
    at: datetime
    account_id: int


@dataclass(frozen=True)
class CaseView:
    """A request as staff see it.

    `file` holds what only staff read: identity, hold, proposal, silence (each may be missing). `linked` says
    whether the person has a live link to the agency, so that something can be gathered.
    """

    request: RequestView
    task: tasks.TaskFacts
    person_name: str
    birth_date: date
    transfer_by_on: date
    overdue_at: datetime | None
    proposed: str
    proposed_by: int
    linked: bool
    file: dict[str, Any]
    items: list[StaffItem]
    searches: list[SearchFacts]
    events: list[EventFacts]
    letters: list[LetterLine]
    # Somebody may press the person: nothing goes out until a worker has talked with them alone (decision 0036).
    careful: bool = False
    talked: bool = False

    @property
    def held(self) -> bool:
        """Whether a safety hold stands: nothing may be handed over, and the person must not notice (s 57)."""
        return self.request.state == "safety_hold"

    def item(self, no: int) -> StaffItem:
        """Give one item. Raises NotThere."""
        for item in self.items:
            if item.no == no:
                return item
        raise NotThere()


def case(work: Work, ref: int, kind: str) -> CaseView:
    """Give a request of the actor's agency with all of its file. Raises NotThere without a live grant.

    Three reads: the row with its person, the keys, and all that hangs on it.
    """
    row = work.session.execute(_case(work, ref, kind)).first()
    # Nobody answers a request of their own, whatever their role.
    if work.actor.agency_id is None or row is None or row.Task.person_id == work.actor.person_id:
        raise NotThere()
    request, person_id = row.AccessRequest, row.Task.person_id
    work.keys.load(SYSTEM_OWNER, person_id)
    found: dict[str, list[Any]] = {"item": [], "search": [], "event": [], "letter": []}
    for part in work.session.execute(_parts(person_id, request.id)):
        found[part.what].append(_read(work, request, part))
    born = work.keys.open(Place("identity_person", "birth_date", person_id, person_id), row.birth_date)
    return CaseView(
        request=view_of(work, request),
        task=tasks.facts_of(work, row.Task),
        person_name=identity.open_name(work, person_id, row.full_name),
        birth_date=date.fromisoformat(born),
        transfer_by_on=request.transfer_by_on,
        overdue_at=request.overdue_at,
        proposed=request.proposed,
        proposed_by=request.proposed_by,
        linked=row.link == "active",
        careful=row.on_hold,
        talked=row.talked,
        file=work.keys.open_json(file_place(request), request.file),
        items=found["item"],
        searches=found["search"],
        events=found["event"],
        letters=found["letter"],
    )


def _case(work: Work, ref: int, kind: str) -> Select:
    return (
        select(
            *(Task, AccessRequest, Person.full_name, Person.birth_date, Link.state.label("link")),
            given.on_hold(Task.person_id, Task.agency_id, Task.ref).label("on_hold"),
            given.talked_about(Task.person_id, Task.ref).label("talked"),
        )
        .join(
            Grant,
            (Grant.person_id == Task.person_id)
            & (Grant.agency_id == Task.agency_id)
            & (Grant.about == Task.ref)
            & (Grant.kind == "case"),
        )
        .join(AccessRequest, (AccessRequest.person_id == Task.person_id) & (AccessRequest.ref == Task.ref))
        .join(Person, Person.person_id == Task.person_id)
        .outerjoin(Link, (Link.person_id == Task.person_id) & (Link.agency_id == Task.agency_id))
        .where(
            Task.agency_id == work.actor.agency_id,
            Task.ref == ref,
            Task.kind == kind,
            AccessRequest.agency_id == work.actor.agency_id,
            ~given.helps(work.actor.account_id, Task.person_id),
            Grant.ended_at.is_(None),
            or_(Grant.until.is_(None), Grant.until > work.now),
        )
    )


def _parts(person_id: int, request_id: int) -> Any:
    words, text = cast(null(), LargeBinary), cast(null(), String)
    mine = [
        (table.person_id == person_id, table.request_id == request_id)
        for table in (Item, Search, Event, Letter)
    ]
    return union_all(
        select(
            literal("item").label("what"), cast(Item.no, BigInteger).label("no"), cast(null(), Moment).label("at"),
            Item.outcome.label("name"), literal("").label("by"), Item.ground, Item.words,
            cast(Item.version, BigInteger).label("number"),
        ).where(*mine[0]),
        select(
            literal("search"), cast(Search.no, BigInteger), Search.at, literal(""), literal(""), text, Search.words,
            Search.account_id,
        ).where(*mine[1]),
        select(
            literal("event"), Event.id, Event.at, Event.name, Event.by, text, words, Event.account_id
        ).where(*mine[2]),
        select(
            literal("letter"), cast(Letter.no, BigInteger), Letter.at, Letter.kind, literal(""), text, words,
            literal(0, BigInteger),
        ).where(*mine[3]),
    ).order_by("what", "no")  # fmt: skip


def _read(work: Work, request: Any, part: Any) -> Any:
    where = (request.person_id, request.id, part.no, request.agency_id)
    if part.what == "event":
        return EventFacts(part.name, part.by, part.at, part.number)
    if part.what == "letter":
        return LetterLine(part.no, part.name, part.at)
    if part.what == "search":
        words = work.keys.open_json(search_place(*where), part.words)
        return SearchFacts(part.no, words["system"], words["what"], words["found"], part.at, part.number)
    words = work.keys.open_json(item_place(*where), part.words)
    return StaffItem(
        no=part.no,
        outcome=part.name,
        ground=part.ground,
        version=part.number,
        **{"record_ref": None, **words},
    )
