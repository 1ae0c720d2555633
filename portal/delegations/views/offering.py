"""What a person can let a helper see: groups by agency and sector, and what each tick of the form stands for."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from portal.agencies import queries as agencies
from portal.agencies.rules import TOPICS, AgencyFacts, TypeFacts
from portal.base import ids
from portal.delegations.rules import SAFETY, Group
from portal.records import queries as records
from portal.records import rules as words
from portal.web.core import work


@dataclass(frozen=True)
class OfferedAgency:
    """An agency of which something can be chosen; `ref` is its tick as a whole."""

    ref: str
    facts: AgencyFacts
    groups: list[tuple[str, TypeFacts, int]]
    """For each group its tick, its type, and how many records are shown of it now."""

    @property
    def plain(self) -> list[tuple[str, TypeFacts, int]]:
        """The groups that a tick at the whole agency stands for too."""
        return [one for one in self.groups if one[1].sensitivity != SAFETY]

    @property
    def safety(self) -> list[tuple[str, TypeFacts, int]]:
        """The groups that go along only when ticked one by one."""
        return [one for one in self.groups if one[1].sensitivity == SAFETY]


@dataclass(frozen=True)
class OfferedSector:
    """A sector with its agencies; `label` is a msgid, `ref` the tick of all of them."""

    ref: str
    label: str
    agencies: list[OfferedAgency] = field(default_factory=list)


@dataclass(frozen=True)
class Offer:
    """All that can be chosen, by sector."""

    sectors: list[OfferedSector]

    def chosen(self, ticks: Iterable[str]) -> tuple[frozenset[Group], frozenset[int]]:
        """Give the groups that ticks stand for one by one, and the agencies that they stand for as a whole."""
        ticked, groups, whole = set(ticks), set[Group](), set[int]()
        for sector in self.sectors:
            for one in sector.agencies:
                if {sector.ref, one.ref} & ticked:
                    whole.add(one.facts.id)
                groups |= {Group(one.facts.id, kind.key) for tick, kind, _ in one.groups if tick in ticked}
        return frozenset(groups), frozenset(whole)

    def ticks(self, groups: Iterable[Group]) -> set[str]:
        """Give the ticks of groups that are chosen already."""
        known = set(groups)
        return {
            tick
            for sector in self.sectors
            for one in sector.agencies
            for tick, kind, _ in one.groups
            if Group(one.facts.id, kind.key) in known
        }


def offer(present: Iterable[Group]) -> Offer:
    """Give what the actor can let somebody see: groups of agencies of which something is shown now. Two reads.

    With them those that are `present` already, also where there is no such record any more.
    """
    counts = Counter(Group(one.agency.id, one.type.key) for one in records.listed(work()))
    refs = _refs({one.agency_id for one in counts})
    groups = {one for one in (*counts, *present) if one.agency_id in refs}
    sectors = {
        topic: OfferedSector(f"all-{no}", words.TOPICS[topic]) for no, topic in enumerate(TOPICS, start=1)
    }
    for agency in agencies.catalogue(work()).agencies:
        if agency.id in refs and agency.topic in sectors:
            ref = refs[agency.id]
            kinds = [kind for kind in agency.types.values() if Group(agency.id, kind.key) in groups]
            its = [(f"{ref}.{kind.key}", kind, counts[Group(agency.id, kind.key)]) for kind in kinds]
            sectors[agency.topic].agencies.append(OfferedAgency(ref, agency, its))
    return Offer([one for one in sectors.values() if one.agencies])


def _refs(numbers: Iterable[int]) -> dict[int, str]:
    """Give what stands for each agency in the form: the end of its id, so that forty fit into a page's bytes."""
    known = sorted(numbers)
    short = {number: ids.encode(number)[-4:] for number in known}
    return short if len(set(short.values())) == len(short) else {one: ids.encode(one) for one in known}
