"""Spreadsheet files: checked as a whole, read row by row, and taken client by client."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from portal.agencies.rules import AgencyFacts, TypeFacts
from portal.base.clock import nz_date
from portal.base.work import Work
from portal.ingest.rules import mapping as mappings
from portal.ingest.rules import rows as reading
from portal.ingest.rules import tables
from portal.ingest.rules.mapping import BadMapping, Mapping
from portal.ingest.service.files import Unreadable, content, read_json
from portal.ingest.service.incoming import WAITS, Incoming, Outcome, Who, faults, found_by
from portal.ingest.service.sheets import open_table
from portal.ingest.service.taking import take

SHAPE = Path(__file__).parent.parent / "mapping.schema.json"


@dataclass(frozen=True, slots=True)
class Spreadsheet:
    """A file as it was read, with every sentence for its receipt."""

    rows: list[reading.Row]
    read: int
    held_back: int
    third_party: tuple[str, ...]
    type_key: str
    warnings: list[str]


def read_mapping(path: Path, slug: str, kind: TypeFacts) -> Mapping:
    """Read a mapping file. Raises BadMapping with one sentence."""
    try:
        document = read_json(content(path))
    except Unreadable as fault:
        raise BadMapping(f"The mapping cannot be used. {fault.sentence}") from None
    shape = Draft202012Validator(json.loads(SHAPE.read_text(encoding="utf-8")))
    wrong = found_by(shape, document)
    if wrong:
        raise BadMapping(f"The mapping is not right at {wrong[0].pointer or 'its top'}: it {wrong[0].words}")
    return mappings.from_document(document, slug, kind)


def read_spreadsheet(
    path: Path, agency: AgencyFacts, kind: TypeFacts, mapping: Mapping | None
) -> Spreadsheet:
    """Read and check a spreadsheet. Raises Unreadable where nothing of it may be loaded, and BadMapping."""
    table = open_table(content(path), mapping)
    mapping = mapping or mappings.from_headings(table.headings, kind)
    try:
        tables.check_headings(table, mapping)
        tables.check_letters(table, mapping)
        tables.check_date_order(table, mapping)
        foreign = tables.foreign_columns(table, mapping, bool(agency.facts.get("hipc")))
    except tables.BadTable as fault:
        raise Unreadable(str(fault)) from None
    free = {
        one.key: one.columns[0]
        for one in mapping.fields
        if kind.fields[one.key].kind == "long-text" and not kind.fields[one.key].third_party
    }
    tables.note_free_text(table, mapping, free)
    tables.note_glottals(table, mapping)
    sheet = reading.read_rows(table, mapping, foreign, lambda body: _unfit(kind, body))
    return Spreadsheet(
        rows=sheet.rows,
        read=sheet.read,
        held_back=sheet.held_back,
        third_party=mapping.third_party,
        type_key=kind.key,
        warnings=[*table.notes, *sheet.notes],
    )


def take_spreadsheet(
    work: Work, agency: AgencyFacts, sheet: Spreadsheet, step: Callable[[int, int], None] = lambda *_: None
) -> tuple[Outcome, dict[str, int]]:
    """Take a spreadsheet, client by client, in one transaction; give the outcome and the counts of its receipt.

    `step(done, all)` is called after each client. What is newer here than in the file stays.
    """
    # Each spelling of a name is compared by itself: another person's row among a client's own is held back.
    groups: dict[tuple[str, str], list[reading.Row]] = {}
    for row in sheet.rows:
        groups.setdefault((row.client_ref, row.name), []).append(row)
    outcome = Outcome(rejected=sheet.held_back)
    for sentence in sheet.warnings:
        outcome.warn(sentence)
    linked: dict[str, bool] = {}
    for number, ((client_ref, name), rows) in enumerate(groups.items(), 1):
        became = _take_client(work, agency, sheet, client_ref, name, rows)
        linked[client_ref] = became.linked
        outcome.add(became)
        step(number, len(groups))
    in_part = sum(row.in_part for row in sheet.rows)
    return outcome, {
        "read": sheet.read,
        "loaded": outcome.records,
        "in_part": in_part,
        "held_back": outcome.rejected,
        "linked": sum(linked.values()),
        "not_linked": len(linked) - sum(linked.values()),
    }


def _take_client(
    work: Work, agency: AgencyFacts, sheet: Spreadsheet, client_ref: str, name: str, rows: list[reading.Row]
) -> Outcome:
    born = next((row.birth_date for row in rows if row.birth_date), None)
    who = Who((name,) if name else (), born)
    incoming = [
        Incoming(
            type_key=sheet.type_key,
            source_id=row.source_id,
            body=row.body,
            recorded_on=row.recorded_on or nz_date(work.now),
            third_party=[key for key in sheet.third_party if key in row.body],
        )
        for row in rows
    ]
    became = take(work, agency.id, client_ref, incoming, who, keep_newer=True)
    if became.rejected:
        numbers = ", ".join(str(row.number) for row in rows)
        became.warnings = [
            f"Row {numbers}: {sentence}" if sentence != WAITS else sentence for sentence in became.warnings
        ]
    return became


def _unfit(kind: TypeFacts, body: dict[str, Any]) -> str:
    return " ".join(fault.sentence for fault in faults(kind, body)[:5])
