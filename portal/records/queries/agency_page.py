"""One agency as its person sees it: how it stands, how much it holds, and its records fifty at a time."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Subquery, and_, func, select, true

from portal.agencies.queries import LinkFacts, catalogue
from portal.agencies.rules import AgencyFacts, TypeFacts, shows
from portal.base.problems import NotThere
from portal.base.work import Work
from portal.records import rules
from portal.records.models import Record, Version
from portal.records.queries.holdings import AgencyHolding, beside_records, state_of
from portal.records.queries.loading import is_older, statement_of, views_of
from portal.records.queries.reach import Reader, links_within, reading, within_reach
from portal.records.queries.views import RecordView

MOST = 50


@dataclass(frozen=True, slots=True)
class Group:
    """The records of one type at one agency, newest first."""

    type: TypeFacts
    records: list[RecordView]

    @property
    def hard(self) -> bool:
        """Say whether these may be hard to read: heading first, nothing of their words on a list."""
        return rules.warns(self.type.sensitivity)


@dataclass(frozen=True, slots=True)
class AgencyPage:
    """One agency with its newest records by type; `next` is the last that is shown, where there are older ones."""

    holding: AgencyHolding
    groups: list[Group]
    next: int | None = None

    @property
    def purposes(self) -> list[dict[str, Any]]:
        """The agency's purposes behind what is shown here, each once."""
        keys = dict.fromkeys(group.type.purpose for group in self.groups)
        return [self.holding.agency.purposes[key] for key in keys if key in self.holding.agency.purposes]


def of_agency(work: Work, agency_id: int, after: int | None = None) -> AgencyPage:
    """Give one agency and its newest records about the actor's person, by type. Four reads. Raises NotThere.

    `after` is the ref of a record: the fifty that are older follow. One that is not there starts from the top.
    """
    person_id = work.actor.person_id
    agency = catalogue(work).agency(agency_id)
    if person_id is None:
        raise NotThere()
    link = links_within(work, person_id).get(agency_id)
    if link is None and reading(work)[0] is Reader.HELPER:
        raise NotThere()
    rows = _rows(work, person_id, agency, link, after)
    if not rows and after is not None:
        rows = _rows(work, person_id, agency, link, None)
    views = views_of(work, person_id, rows[:MOST])
    count = rows[0].all_count if rows else 0
    holding = AgencyHolding(
        agency=agency,
        state=state_of(agency, link, count),
        count=count,
        changed_at=rows[0].all_changed_at if rows else None,
        open_requests=rows[0].all_review if rows else 0,
        kept=rows[0].all_withheld if rows else 0,
        link=link,
    )
    groups = [
        Group(kind, its) for kind in agency.types.values() if (its := [v for v in views if v.type is kind])
    ]
    return AgencyPage(holding, groups, views[-1].ref if len(rows) > MOST else None)


def _rows(
    work: Work, person_id: int, agency: AgencyFacts, link: LinkFacts | None, after: int | None
) -> list[Row]:
    """Read the newest records, and beside each the totals of all: one statement, so that a page has no fifth."""
    strength = link.strength if link else "letter"
    kinds = [key for key, kind in agency.types.items() if shows(strength, kind.sensitivity)]
    mine = and_(Record.agency_id == agency.id, Record.type_key.in_(kinds))
    totals = _totals(work, person_id, mine)
    statement = statement_of(person_id, mine, Version.no == Record.version_no)
    statement = statement.add_columns(*totals.c).join(totals, true())
    if after is not None:
        statement = statement.where(is_older(person_id, after))
    bound = within_reach(statement.limit(MOST + 1), person_id, *reading(work))
    return list(work.session.execute(bound).all())


def _totals(work: Work, person_id: int, mine: Any) -> Subquery:
    each = select(Record.id, Record.changed_at).where(Record.person_id == person_id, mine)
    seen = within_reach(each, person_id, *reading(work)).subquery()
    beside = beside_records(person_id, reading(work)[0])
    return (
        select(
            func.count().label("all_count"),
            func.max(seen.c.changed_at).label("all_changed_at"),
            func.coalesce(func.sum(beside.c.review), 0).label("all_review"),
            func.coalesce(func.sum(beside.c.withheld), 0).label("all_withheld"),
        )
        .select_from(seen)
        .outerjoin(beside, beside.c.record_id == seen.c.id)
        .subquery()
    )
