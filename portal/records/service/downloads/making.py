"""Making a file, in three steps, so that nothing is held meanwhile: read it, draw it, keep it."""

import json
from dataclasses import dataclass

from sqlalchemy import exists, select

from portal.agencies.queries import catalogue
from portal.base import pdf
from portal.base.pdf import Block
from portal.base.work import Work
from portal.identity import queries as identity
from portal.language import service as language
from portal.notices import service as notices
from portal.records import queries
from portal.records.models import Download, DownloadPart
from portal.records.queries import RecordView
from portal.records.service.downloads import asking, health, readable, structured
from portal.records.service.downloads.saying import Teller

PART = 512 * 1024
LARGEST = 20 * 1024 * 1024


@dataclass(frozen=True, repr=False)
class Draft:
    """What goes into a file: blocks to draw, or bytes that are ready."""

    lang: str
    title: str
    blocks: list[Block]
    body: bytes = b""


@dataclass(frozen=True, repr=False)
class Made:
    """What came of making a file: its bytes, or why there are none (a state of a file)."""

    state: str
    body: bytes = b""


NOT_MADE = Made("failed")


def read_for_file(work: Work, about: dict[str, str]) -> Draft | None:
    """Read what goes into a file; None where nobody waits for it any more, or nothing is there to be read.

    As the person's own screens show it: what they hid, what a weak link does not open, and what is neither
    confirmed nor denied has no part in it (Privacy Act 2020 section 47).
    """
    person_id, download_id = _key(about)
    row = work.session.get(Download, (person_id, download_id))
    if row is None or row.state != "waiting":
        return None
    agency = catalogue(work).agency(row.agency_id)
    views = _views(work, row)
    if not views:
        return None
    lang = language.translator(row.language).language.bcp47
    if row.kind == "pdf":
        teller = Teller(row.language)
        title = readable.title(teller, agency, row.part, row.parts)
        return Draft(lang, title, readable.blocks(teller, agency, views, work.now))
    if row.kind == "fhir":
        reader = identity.reader_of(work, person_id)
        name = reader.name if reader else ""
        data = health.document(name, row.language, agency, views, work.now, str(row.ref))
    else:
        data = structured.document(row.language, agency, views, work.now)
    return Draft(lang, "", [], json.dumps(data, ensure_ascii=False, indent=1).encode())


def _views(work: Work, row: Download) -> list[RecordView]:
    if row.part is None:
        return queries.whole(work, row.person_id, row.agency_id)
    last = row.part == row.parts
    return queries.part_of(work, row.person_id, row.agency_id, row.part, asking.A_PART, last=last)


def draw_file(draft: Draft | None) -> Made:
    """Make the bytes of a file; nothing of the store is needed for it. Raises pdf.CannotDraw."""
    if draft is None:
        return NOT_MADE
    try:
        body = draft.body or pdf.render(
            "document", {"blocks": draft.blocks}, lang=draft.lang, title=draft.title
        )
    except pdf.TooMuch:
        return Made("too-much")
    return Made("ready", body) if len(body) <= LARGEST else Made("too-much")


def keep_file(work: Work, about: dict[str, str], made: Made) -> None:
    """Keep a file, sealed, for a day, or note why there is none; once none is waited for, the person is told."""
    person_id, download_id = _key(about)
    row = work.session.get(Download, (person_id, download_id))
    if row is None or row.state != "waiting":
        return
    row.state, row.size, row.expires_at = made.state, len(made.body), work.now + asking.LIFE
    for no, start in enumerate(range(0, len(made.body), PART)):
        place = queries.download_place(download_id, no, person_id)
        sealed = work.keys.seal_bytes(place, made.body[start : start + PART])
        work.session.add(DownloadPart(person_id=person_id, download_id=download_id, no=no, body=sealed))
    work.session.flush()
    waiting = exists().where(Download.person_id == person_id, Download.state == "waiting")
    if not work.session.scalar(select(waiting)):
        # It says nothing of whose information it is, so that it may stand anywhere.
        notices.tell(work, person_id, "download_ready")


def file_name(no: int, kind: str, discreet: bool) -> str:
    """Give the name under which a file is kept on a phone: no agency, no topic, no name of anybody."""
    ending = {"pdf": "pdf", "json": "json", "fhir": "json"}[kind]
    return f"{'file' if discreet else 'my-information'}-{no}.{ending}"


def _key(about: dict[str, str]) -> tuple[int, int]:
    return int(about["person_id"]), int(about["download_id"])
