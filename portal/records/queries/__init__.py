"""Reads of records: what each agency holds, and each record with all that stands beside its values."""

from portal.records.queries.agency_page import AgencyPage, Group, of_agency
from portal.records.queries.beside import earlier_notes, part_place
from portal.records.queries.checks import to_check
from portal.records.queries.downloads import (
    DownloadFacts,
    download,
    download_bytes,
    download_place,
    downloads_of,
    offered,
    part_of,
    whole,
)
from portal.records.queries.edits import edit_task
from portal.records.queries.holdings import AgencyHolding, Change, Index, index
from portal.records.queries.loading import (
    all_shareable,
    for_record_ids,
    for_refs,
    held_by,
    show,
    version_place,
)
from portal.records.queries.reach import Reader, reached_record, reader_of
from portal.records.queries.search import Results, search
from portal.records.queries.sectors import Listed, Sector, SectorPage, listed, of_sector, sectors
from portal.records.queries.timeline import Timeline, Wanted, timeline
from portal.records.queries.views import (
    DisclosureFacts,
    Line,
    NoteFacts,
    RecordView,
    StatementFacts,
    VersionFacts,
    WithheldFacts,
    checked_yearly,
)

__all__ = [
    "AgencyHolding",
    "AgencyPage",
    "Change",
    "DisclosureFacts",
    "DownloadFacts",
    "Group",
    "Index",
    "Line",
    "Listed",
    "NoteFacts",
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
    "checked_yearly",
    "download",
    "download_bytes",
    "download_place",
    "downloads_of",
    "earlier_notes",
    "edit_task",
    "for_record_ids",
    "for_refs",
    "held_by",
    "index",
    "listed",
    "of_agency",
    "of_sector",
    "offered",
    "part_of",
    "part_place",
    "reached_record",
    "reader_of",
    "search",
    "sectors",
    "show",
    "timeline",
    "to_check",
    "version_place",
    "whole",
]
