"""Reads of records: what each agency holds, and each record with all that stands beside its values."""

from portal.records.queries.agency_page import AgencyPage, Group, of_agency
from portal.records.queries.holdings import AgencyHolding, Change, Index, index
from portal.records.queries.loading import (
    all_shareable,
    for_record_ids,
    held_by,
    part_place,
    show,
    version_place,
)
from portal.records.queries.reach import Reader, reached_record, reader_of
from portal.records.queries.search import Results, search
from portal.records.queries.sectors import Sector, SectorPage, of_sector, sectors
from portal.records.queries.timeline import Timeline, Wanted, timeline
from portal.records.queries.views import (
    DisclosureFacts,
    Line,
    RecordView,
    StatementFacts,
    VersionFacts,
    WithheldFacts,
)

__all__ = [
    "AgencyHolding",
    "AgencyPage",
    "Change",
    "DisclosureFacts",
    "Group",
    "Index",
    "Line",
    "Reader",
    "RecordView",
    "Results",
    "Sector",
    "SectorPage",
    "StatementFacts",
    "Timeline",
    "VersionFacts",
    "Wanted",
    "WithheldFacts",
    "all_shareable",
    "for_record_ids",
    "held_by",
    "index",
    "of_agency",
    "of_sector",
    "part_place",
    "reached_record",
    "reader_of",
    "search",
    "sectors",
    "show",
    "timeline",
    "version_place",
]
