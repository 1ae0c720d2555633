"""Reads of records: what each agency holds, and each record with all that stands beside its values."""

from portal.records.queries.holdings import AgencyHolding, AgencyPage, Change, Group, Index, index, of_agency
from portal.records.queries.loading import (
    all_shareable,
    for_record_ids,
    held_by,
    part_place,
    show,
    version_place,
)
from portal.records.queries.reach import Reader, reached_record, reader_of
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
    "StatementFacts",
    "VersionFacts",
    "WithheldFacts",
    "all_shareable",
    "for_record_ids",
    "held_by",
    "index",
    "of_agency",
    "part_place",
    "reached_record",
    "reader_of",
    "show",
    "version_place",
]
