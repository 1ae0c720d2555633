"""What each agency holds about a person: counts, states kept apart, and what changed lately."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, Subquery, and_, case, func, literal, select

from portal.agencies.queries import Catalogue, LinkFacts, catalogue
from portal.agencies.rules import AgencyFacts, TypeFacts
from portal.base.clock import nz_date
from portal.base.problems import NotThere
from portal.base.statements import fixed
from portal.base.work import Work
from portal.records import rules
from portal.records.models import Part, Record, Version
from portal.records.queries.reach import Reader, is_shown, links_within, reading, within_reach

MOST_CHANGES = 2


@dataclass(frozen=True, slots=True)
class AgencyHolding:
    """What one agency holds. `state` is one of held, none, waiting, not-linked, unreachable, checking, letter.

    none: they said that they hold nothing, at `link.fed_at`. waiting: linked, and nothing came yet. unreachable:
    since `agency.unreachable_since`; the copy is from `link.fed_at`. checking: the link is in doubt. letter: a
    letter shows nothing of what an agency of this kind may hold, whether it holds something or not.
    `open_requests` counts values that they are looking at; `kept` parts kept from the person; `came_back` old
    values that they sent again after a fix.
    """

    agency: AgencyFacts
    state: str
    count: int = 0
    changed_at: datetime | None = None
    open_requests: int = 0
    kept: int = 0
    came_back: int = 0
    link: LinkFacts | None = None

    @property
    def wants_proof(self) -> bool:
        """Say whether a stronger link could show more; from the catalogue and the link, never from records."""
        return (
            self.link is not None
            and self.link.state == "active"
            and self.agency.wants_proof(self.link.strength)
        )


@dataclass(frozen=True, slots=True)
class Change:
    """A record that changed lately. `first`: it is new. `changed_by`: agency, system, person, correction."""

    ref: int
    agency: AgencyFacts
    type: TypeFacts
    at: datetime
    first: bool
    changed_by: str
    recorded_on: date | None


@dataclass(frozen=True, slots=True)
class Index:
    """The first page: holdings in the catalogue's order, the last changes, and records to look at again."""

    holdings: list[AgencyHolding]
    changes: list[Change]
    came_back: list[Change]
    # Something was not said to be right for a year.
    to_check: bool = False

    @property
    def open_requests(self) -> int:
        """How many values agencies are looking at now."""
        return sum(one.open_requests for one in self.holdings)


def index(work: Work) -> Index:
    """Give what each agency holds about the actor's person. Two reads. Principle 6.

    Parts of which nothing may be said (section 47) are not counted.
    """
    person_id = work.actor.person_id
    if person_id is None:
        raise NotThere()
    book = catalogue(work)
    holdings, rows = holdings_of(work, person_id)
    known = [change for row in rows if (change := _change(book, row)) is not None]
    back = {row.ref for row in rows if row.came_back}
    shown = [change for change in known if rules.in_timelines(change.type.sensitivity)]
    today = nz_date(work.now)
    old = any(row.check_on is not None and row.check_on <= today for row in rows)
    return Index(holdings, shown[:MOST_CHANGES], [change for change in known if change.ref in back], old)


def holdings_of(work: Work, person_id: int) -> tuple[list[AgencyHolding], list[Row]]:
    """Give how each agency stands, and a row for each record that is shown, the last changed first. Two reads."""
    book, links = catalogue(work), links_within(work, person_id)
    reader, rests_on = reading(work)
    found = work.session.execute(*_summary(person_id, rests_on, reader=reader))
    rows = [row for row in found if is_shown(row, book.type(row.agency_id, row.type_key))]
    by_agency: dict[int, list[Row]] = {}
    for row in rows:
        by_agency.setdefault(row.agency_id, []).append(row)
    holdings = [
        _holding(agency, links.get(agency.id), by_agency.get(agency.id, []))
        for agency in book.agencies
        # To a helper an agency of which nothing was chosen is not there, linked or not.
        if reader is not Reader.HELPER or agency.id in links
    ]
    return holdings, rows


def beside_records(person_id: Any, reader: Reader = Reader.PERSON) -> Subquery:
    """Count what stands beside each record of a person: columns review, withheld, came_back. A HELPER counts none."""

    def _count(kind: str):
        if reader is Reader.HELPER:
            return literal(0).label(kind.replace("-", "_"))
        return func.sum(case((Part.kind == kind, 1), else_=0)).label(kind.replace("-", "_"))

    return (
        select(Part.record_id, _count("review"), _count("withheld"), _count("came-back"))
        .where(Part.person_id == person_id, Part.ended_at.is_(None))
        .group_by(Part.record_id)
        .subquery()
    )


@fixed
def _summary(person_id: Any, rests_on: Any, *, reader: Reader) -> Select:
    """One row per record, without any value: who holds it, when it changed, what stands beside it."""
    beside = beside_records(person_id, reader)
    statement = (
        select(
            *(Record.id, Record.ref, Record.agency_id, Record.type_key, Record.recorded_on),
            *(Record.changed_at, Record.version_no, Record.check_on, Version.changed_by),
            *(func.coalesce(beside.c[name], 0).label(name) for name in ("review", "withheld", "came_back")),
        )
        .join(
            Version,
            and_(
                Version.person_id == Record.person_id,
                Version.record_id == Record.id,
                Version.no == Record.version_no,
            ),
        )
        .outerjoin(beside, beside.c.record_id == Record.id)
        .where(Record.person_id == person_id, Version.person_id == person_id)
        .order_by(Record.changed_at.desc(), Record.id.desc())
    )
    return within_reach(statement, person_id, reader, rests_on)


def _holding(agency: AgencyFacts, link: LinkFacts | None, rows: list[Row]) -> AgencyHolding:
    return AgencyHolding(
        agency=agency,
        state=state_of(agency, link, len(rows)),
        count=len(rows),
        changed_at=rows[0].changed_at if rows else None,
        open_requests=sum(row.review for row in rows),
        kept=sum(row.withheld for row in rows),
        came_back=sum(row.came_back for row in rows),
        link=link,
    )


def state_of(agency: AgencyFacts, link: LinkFacts | None, count: int) -> str:
    """Name how an agency stands that shows `count` records: one of the states of AgencyHolding."""
    if link is None:
        return "not-linked"
    if link.state != "active":
        return "checking"
    if not count and agency.wants_proof(link.strength):
        return "letter"
    if agency.unreachable_since is not None:
        return "unreachable"
    if count:
        return "held"
    return "none" if link.fed_at is not None else "waiting"


def _change(book: Catalogue, row: Row) -> Change | None:
    kind = book.type(row.agency_id, row.type_key)
    if kind is None:
        return None
    return Change(
        ref=row.ref,
        agency=book.agency(row.agency_id),
        type=kind,
        at=row.changed_at,
        first=row.version_no == 1,
        changed_by=row.changed_by,
        recorded_on=row.recorded_on,
    )
