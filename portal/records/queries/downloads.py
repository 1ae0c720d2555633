"""Reads of files that a person takes with them: what can be in one, which there are, and their bytes."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, select

from portal.agencies.queries import catalogue, reached
from portal.agencies.rules import AgencyFacts
from portal.base.crypto import Place
from portal.base.problems import NotThere
from portal.base.statements import fixed
from portal.base.work import Work
from portal.records.models import Download, DownloadPart, Record
from portal.records.queries.holdings import AgencyHolding
from portal.records.queries.holdings import index as holdings
from portal.records.queries.loading import NEWEST_FIRST, load
from portal.records.queries.reach import Reader, is_shown, reading, within_reach
from portal.records.queries.views import RecordView

# A file that is not there by then will not come by itself: the person is told, and can ask again.
TOO_LATE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class DownloadFacts:
    """One file. `kind` is pdf, json or fhir; `state` waiting, ready, failed or too-much; `size` is in bytes.

    `no` counts a person's files; `part` of `parts` tells which this is where an agency's came in several, else
    both are None; times are aware UTC.
    """

    ref: int
    id: int
    no: int
    agency: AgencyFacts
    kind: str
    state: str
    asked_at: datetime
    expires_at: datetime
    size: int
    part: int | None
    parts: int | None


def offered(work: Work) -> list[AgencyHolding]:
    """Give the agencies of which the actor has something to take along. Principle 6; two reads."""
    return [one for one in holdings(work).holdings if one.count and one.state in ("held", "unreachable")]


def whole(work: Work, person_id: int, agency_id: int) -> list[RecordView]:
    """Give all that a person's own screens show of an agency, with older versions, newest first. Three reads."""
    return load(work, person_id, agency_id=[agency_id], history=True)


def part_of(
    work: Work, person_id: int, agency_id: int, part: int, size: int, *, last: bool
) -> list[RecordView]:
    """Give one part of what `whole` gives: `size` records, and in the last part all that are left.

    Parts are counted from 1 in the order of the pages. Four reads, and only this part is opened.
    """
    book = catalogue(work)
    reader, rests_on = reading(work)
    found = work.session.execute(*_in_order(person_id, agency_id, rests_on, reader=reader))
    numbers = [row.id for row in found if is_shown(row, book.type(row.agency_id, row.type_key))]
    wanted = numbers[(part - 1) * size : None if last else part * size]
    return load(work, person_id, id=wanted, history=True)


@fixed
def _in_order(person_id: Any, agency_id: Any, rests_on: Any, *, reader: Reader) -> Select:
    mine = select(Record.id, Record.agency_id, Record.type_key).where(
        Record.person_id == person_id, Record.agency_id == agency_id
    )
    return within_reach(mine.order_by(*NEWEST_FIRST), person_id, reader, rests_on)


def downloads_of(work: Work) -> list[DownloadFacts]:
    """Give the actor's files that are not over, the newest first, those of one agency from part 1 on. One read.

    Left out is what an agency whose link has ended, is in doubt or hidden holds: as if it were never made.
    """
    book = catalogue(work)
    rows = sorted(work.session.execute(_own(work)), key=lambda row: ((row.part or 1) - row.no, row.part or 1))
    return [_facts(work, row, book.agency(row.agency_id)) for row in rows]


def download(work: Work, ref: int) -> DownloadFacts:
    """Give one of the actor's files that are not over. Raises NotThere."""
    row = work.session.execute(_own(work).where(Download.ref == ref)).first()
    if row is None:
        raise NotThere()
    return _facts(work, row, catalogue(work).agency(row.agency_id))


def download_bytes(work: Work, found: DownloadFacts) -> bytes:
    """Give the bytes of one of the actor's files that is ready."""
    person_id = work.actor.person_id
    rows = work.session.execute(
        select(DownloadPart.no, DownloadPart.body)
        .where(DownloadPart.person_id == person_id, DownloadPart.download_id == found.id)
        .order_by(DownloadPart.no)
    )
    # A part that was put in another's place does not open.
    return b"".join(
        work.keys.open_bytes(download_place(found.id, row.no, person_id or 0), row.body) for row in rows
    )


def download_place(download_id: int, no: int, person_id: int) -> Place:
    """Give where a part of a file stands."""
    return Place("records_download_part", f"body/{no}", download_id, person_id)


def _own(work: Work) -> Select:
    return select(Download.__table__).where(
        Download.person_id == work.actor.person_id,
        Download.expires_at > work.now,
        reached(Download.person_id, Download.agency_id),
    )


def _facts(work: Work, row: Row, agency: AgencyFacts) -> DownloadFacts:
    late = row.state == "waiting" and row.asked_at <= work.now - TOO_LATE
    return DownloadFacts(
        ref=row.ref,
        id=row.id,
        no=row.no,
        agency=agency,
        kind=row.kind,
        state="failed" if late else row.state,
        asked_at=row.asked_at,
        expires_at=row.expires_at,
        size=row.size,
        part=row.part,
        parts=row.parts,
    )
