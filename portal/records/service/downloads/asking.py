"""Asking for files of what agencies hold, throwing them away, and clearing up what is over."""

from datetime import timedelta

from sqlalchemy import delete, func, select

from portal.base import ids
from portal.base.problems import Invalid, NotThere
from portal.base.work import Work
from portal.language.rules import N_
from portal.records import queries, rules
from portal.records.models import Download, DownloadPart
from portal.records.service.downloads import health

JOB = "records.make_download"
LIFE = timedelta(hours=24)
MOST_AT_ONCE = 200
# Records in one readable file: about 5 MB, for which drawing takes some seconds and 400 MB.
A_PART = 500


def ask_files(work: Work, agency_ids: list[int], kind: str, tag: str) -> None:
    """Ask for one file of each agency; the worker makes them. `kind` is a key of rules.FILES, `tag` a language.

    A readable file of very many records comes in parts, each a whole file of its own.
    A file of the same agency and kind that is there already is thrown away for the new one. Raises Invalid with
    a sentence for agencies of which nothing can be taken along, and for a kind that does not fit. Privacy Act
    2020 principle 6; section 56 (the person chooses the form).
    """
    person_id = _person(work)
    found = {one.agency.id: one for one in queries.offered(work)}
    if not agency_ids:
        # L10n: Error on the page for files to take along, beside the list of agencies.
        raise Invalid(N_("Choose one agency or more."), "agencies")
    if kind not in rules.FILES:
        # L10n: Error beside a question that has a list of answers.
        raise Invalid(N_("Choose one of the answers."), "kind")
    for number in agency_ids:
        if number not in found:
            # L10n: Error on the page for files to take along: an agency of the list is not linked any more.
            raise Invalid(N_("Your agencies have changed. Look at the list and choose again."), "agencies")
        if kind == "fhir" and not health.fits(found[number].agency):
            # L10n: Error on the page for files to take along: a kind of file that is for health information only.
            message = N_("What %(agency)s holds does not fit this kind of file. Choose another kind.")
            raise Invalid(message, "kind", agency=found[number].agency.name)
    for number in dict.fromkeys(agency_ids):
        parts = -(-found[number].count // A_PART) if kind == "pdf" else 1
        _put(work, person_id, number, kind, tag, parts)


def ask_again(work: Work, ref: int) -> None:
    """Ask once more for a file that could not be made. Raises NotThere."""
    found = queries.download(work, ref)
    if found.state == "failed":
        row = _row(work, found.id)
        row.state, row.asked_at, row.expires_at = "waiting", work.now, work.now + LIFE
        _make(work, row)


def drop_file(work: Work, ref: int) -> None:
    """Throw away one of the actor's files. Raises NotThere."""
    _drop(work, _row(work, queries.download(work, ref).id))


def expire_downloads(work: Work) -> int:
    """Delete files whose day is over, and give how many there were (the worker calls it)."""
    rows = work.session.scalars(
        select(Download)
        .where(Download.expires_at <= work.now)
        .limit(MOST_AT_ONCE)
        .with_for_update(skip_locked=True)
    ).all()
    for row in rows:
        _drop(work, row)
    return len(rows)


def _put(work: Work, person_id: int, agency_id: int, kind: str, tag: str, parts: int) -> None:
    last = work.session.scalar(select(func.max(Download.no)).where(Download.person_id == person_id)) or 0
    before = work.session.scalars(
        select(Download).where(
            Download.person_id == person_id, Download.agency_id == agency_id, Download.kind == kind
        )
    ).all()
    for row in before:
        _drop(work, row)
    for part in range(1, parts + 1):
        row = Download(
            person_id=person_id,
            id=work.new_id(),
            ref=ids.random63(),
            no=last + part,
            agency_id=agency_id,
            kind=kind,
            state="waiting",
            language=tag,
            asked_at=work.now,
            expires_at=work.now + LIFE,
        )
        if parts > 1:
            row.part, row.parts = part, parts
        work.session.add(row)
        work.session.flush()
        _make(work, row)


def _make(work: Work, row: Download) -> None:
    work.later(JOB, {"person_id": str(row.person_id), "download_id": str(row.id)})


def _drop(work: Work, row: Download) -> None:
    parts = (DownloadPart.person_id == row.person_id) & (DownloadPart.download_id == row.id)
    work.session.execute(delete(DownloadPart).where(parts))
    work.session.delete(row)


def _row(work: Work, download_id: int) -> Download:
    row = work.session.get(Download, (_person(work), download_id))
    if row is None:
        raise NotThere()
    return row


def _person(work: Work) -> int:
    if work.actor.person_id is None:
        raise NotThere()
    return work.actor.person_id
