"""What agencies hold about a person, by sector: six of them, whatever agencies there are."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Row

from portal.agencies.queries import Catalogue, catalogue
from portal.agencies.rules import TOPICS, AgencyFacts, TypeFacts
from portal.base import clock
from portal.base.problems import NotThere
from portal.base.work import Work
from portal.records import rules
from portal.records.queries.holdings import AgencyHolding, holdings_of

MOST = 50


@dataclass(frozen=True, slots=True)
class Sector:
    """One sector: `no` stands in addresses, because the sector's own word there would tell what is read."""

    no: int
    topic: str
    holdings: list[AgencyHolding]

    @property
    def linked(self) -> list[AgencyHolding]:
        """The sector's agencies that the person has linked."""
        return [one for one in self.holdings if one.state != "not-linked"]

    @property
    def count(self) -> int | None:
        """How many records are shown; None where nothing is, and one of them has not said that it holds nothing."""
        count = sum(one.count for one in self.linked)
        return count if count or (self.linked and all(one.state == "none" for one in self.linked)) else None


@dataclass(frozen=True, slots=True)
class Listed:
    """A record on a list, without any of its values. `on` is when it was written down, or came here.

    `kept` counts the parts that its agency keeps from the person.
    """

    id: int
    ref: int
    agency: AgencyFacts
    type: TypeFacts
    on: date
    looked_at: bool
    kept: int


@dataclass(frozen=True, slots=True)
class SectorPage:
    """One sector's newest records; `next` is the last that is shown, where there are older ones."""

    sector: Sector
    records: list[Listed]
    next: int | None

    @property
    def plain(self) -> list[Listed]:
        """Those that stand on the list as they are."""
        return [one for one in self.records if not rules.warns(one.type.sensitivity)]

    @property
    def hard(self) -> list[Listed]:
        """Those that may be hard to read: folded until the person opens the list."""
        return [one for one in self.records if rules.warns(one.type.sensitivity)]


def sectors(work: Work) -> list[Sector]:
    """Give the six sectors with how their agencies stand to the actor's person. Two reads. Principle 6."""
    return _sectors(holdings_of(work, _person(work))[0])


def of_sector(work: Work, no: int, after: int | None = None) -> SectorPage:
    """Give one sector with its newest records. Two reads. Raises NotThere.

    `after` is the ref of a record: the fifty that are older follow. One that is not there starts from the top.
    """
    holdings, rows = holdings_of(work, _person(work))
    if not 0 < no <= len(TOPICS):
        raise NotThere()
    sector = _sectors(holdings)[no - 1]
    ours = {one.agency.id for one in sector.holdings}
    found = _newest_first(work, [row for row in rows if row.agency_id in ours])
    start = next((at + 1 for at, one in enumerate(found) if one.ref == after), 0)
    shown = found[start : start + MOST]
    return SectorPage(sector, shown, shown[-1].ref if start + MOST < len(found) else None)


def listed(work: Work) -> list[Listed]:
    """Give all records of the actor's person without their values, newest first. Two reads."""
    return _newest_first(work, holdings_of(work, _person(work))[1])


def _person(work: Work) -> int:
    if work.actor.person_id is None:
        raise NotThere()
    return work.actor.person_id


def _sectors(holdings: list[AgencyHolding]) -> list[Sector]:
    return [
        Sector(no, topic, [one for one in holdings if one.agency.topic == topic])
        for no, topic in enumerate(TOPICS, start=1)
    ]


def _newest_first(work: Work, rows: list[Row]) -> list[Listed]:
    book = catalogue(work)
    found = [one for row in rows if (one := _listed(book, row)) is not None]
    return sorted(found, key=lambda one: (one.on, one.id), reverse=True)


def _listed(book: Catalogue, row: Row) -> Listed | None:
    kind = book.type(row.agency_id, row.type_key)
    if kind is None:
        return None
    on = row.recorded_on or clock.nz_date(row.changed_at)
    agency = book.agency(row.agency_id)
    return Listed(row.id, row.ref, agency, kind, on, bool(row.review), row.withheld)
