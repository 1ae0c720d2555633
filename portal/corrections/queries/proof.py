"""Photos and files that were sent with a request: the person's own, and what staff with the case may see."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, or_, select

from portal.agencies import tasks
from portal.agencies.models import Task
from portal.base.crypto import SYSTEM_OWNER, Place
from portal.base.problems import NotThere
from portal.base.work import Work
from portal.corrections import rules
from portal.corrections.models import CorrectionRequest, File, FilePage
from portal.corrections.queries.reaching import reached_request
from portal.delegations.models import Grant

MOST_NUMBER = 100_000
"""Files are numbered on as others are removed; nobody adds so many within the hours of a draft."""


@dataclass(frozen=True, slots=True)
class FileFacts:
    """One file: `name` is what the person's device calls it, `kind` picture or pdf, `size` bytes after shrinking."""

    no: int
    name: str
    kind: str
    pages: int
    size: int
    added_at: datetime


@dataclass(frozen=True)
class SentFiles:
    """What the person sees of the files of a request; `open` says that they may still take one back."""

    ref: int
    reference: str
    open: bool
    files: list[FileFacts]


@dataclass(frozen=True)
class CaseFiles:
    """What staff see of the files of a request, with its row of the worklist."""

    task: tasks.TaskFacts
    reference: str
    files: list[FileFacts]


def beside(files: list[FileFacts], no: int, at: int) -> list[tuple[int, int] | None]:
    """Give the pictures before and after one, as (file, page); None at the ends. Raises NotThere for no picture."""
    every = [(one.no, page) for one in files for page in range(1, one.pages + 1)]
    if (no, at) not in every:
        raise NotThere()
    here = every.index((no, at))
    return [every[here - 1] if here else None, every[here + 1] if here + 1 < len(every) else None]


def check_number(*numbers: int) -> None:
    """Raise NotThere for a number that no file and no page has: of an address, and larger than a column holds."""
    if not all(0 < number <= MOST_NUMBER for number in numbers):
        raise NotThere()


def name_place(person_id: int, file_id: int, agency_id: int) -> Place:
    """Give where the sealed name of a file stands."""
    return Place("corrections_file", "name", file_id, person_id, agency_id)


def page_place(person_id: int, file_id: int, page: int, agency_id: int) -> Place:
    """Give where a sealed picture of a file stands."""
    return Place("corrections_file_page", f"body/{page}", file_id, person_id, agency_id)


def files_of(work: Work, ref: int, person_id: int) -> list[FileFacts]:
    """Give the files of a draft or request of a person whom a flow has resolved, in order. One read."""
    rows = work.session.execute(
        select(File.__table__).where(File.person_id == person_id, File.request_ref == ref).order_by(File.no)
    )
    return [facts_of(work, row) for row in rows]


def own_files(work: Work, ref: int) -> list[FileFacts]:
    """Give the files of a draft or request of the actor, while what it is about is theirs to see. Two reads."""
    rows = work.session.execute(
        select(File.__table__)
        .where(File.person_id == work.actor.person_id, File.request_ref == ref, reached_request(File))
        .order_by(File.no)
    )
    return [facts_of(work, row) for row in rows]


def sent_files(work: Work, ref: int) -> SentFiles:
    """Give a request of the actor with its files. Raises NotThere, also for a draft. Two reads, keys included."""
    rows = work.session.execute(
        select(CorrectionRequest.reference, CorrectionRequest.state, File)
        .outerjoin(
            File,
            (File.person_id == CorrectionRequest.person_id) & (File.request_ref == CorrectionRequest.ref),
        )
        .where(
            CorrectionRequest.person_id == work.actor.person_id,
            CorrectionRequest.ref == ref,
            reached_request(),
        )
        .order_by(File.no)
    ).all()
    if not rows:
        raise NotThere()
    files = [facts_of(work, row.File) for row in rows if row.File is not None]
    return SentFiles(ref, rows[0].reference, rows[0].state in rules.OPEN, files)


def picture(work: Work, ref: int, no: int, page: int) -> bytes:
    """Give a picture of the actor's own file: a JPEG. Raises NotThere.

    It is not there while its agency is hidden, or the link in doubt. Two reads, keys included.
    """
    own = (File.person_id == work.actor.person_id, reached_request(File))
    return _picture(work, _pages(ref, no, page).where(*own))


def facts_of(work: Work, row: Any) -> FileFacts:
    """Give a file from its row, with its name opened."""
    name = work.keys.open(name_place(row.person_id, row.id, row.agency_id), row.name)
    return FileFacts(row.no, name, row.kind, row.pages, row.size, row.added_at)


def case_files(work: Work, ref: int, kind: str) -> CaseFiles:
    """Give the files of a request of the actor's agency. Raises NotThere without a task and a live grant. Two reads."""
    rows = work.session.execute(
        _case(
            work,
            ref,
            kind,
            select(Task, CorrectionRequest.reference, File)
            .join(
                CorrectionRequest,
                (CorrectionRequest.person_id == Task.person_id) & (CorrectionRequest.ref == Task.ref),
            )
            .outerjoin(
                File,
                (File.person_id == Task.person_id)
                & (File.request_ref == Task.ref)
                & (File.agency_id == Task.agency_id),
            ),
        ).order_by(File.no)
    ).all()
    if work.actor.agency_id is None or not rows:
        raise NotThere()
    work.keys.load(SYSTEM_OWNER, rows[0].Task.person_id)
    files = [facts_of(work, row.File) for row in rows if row.File is not None]
    return CaseFiles(tasks.facts_of(work, rows[0].Task), rows[0].reference, files)


def case_picture(work: Work, ref: int, kind: str, no: int, page: int) -> bytes:
    """Give a picture of a file of a request of the actor's agency. Raises NotThere, as for its page."""
    if work.actor.agency_id is None:
        raise NotThere()
    asked = _pages(ref, no, page).join(
        Task,
        (Task.person_id == File.person_id)
        & (Task.ref == File.request_ref)
        & (Task.agency_id == File.agency_id),
    )
    return _picture(work, _case(work, ref, kind, asked))


def _case(work: Work, ref: int, kind: str, asked: Select) -> Select:
    """Narrow to what the actor's agency has as a task of this kind, and a live grant for."""
    return asked.join(
        Grant,
        (Grant.person_id == Task.person_id)
        & (Grant.agency_id == Task.agency_id)
        & (Grant.about == Task.ref)
        & (Grant.kind == "case"),
    ).where(
        Task.agency_id == work.actor.agency_id,
        Task.ref == ref,
        Task.kind == kind,
        Grant.ended_at.is_(None),
        or_(Grant.account_id.is_(None), Grant.account_id == (work.actor.account_id or 0)),
        or_(Grant.until.is_(None), Grant.until > work.now),
    )


def _pages(ref: int, no: int, page: int) -> Select:
    check_number(no, page)
    return (
        select(FilePage.__table__)
        .select_from(File)
        .join(FilePage, (FilePage.person_id == File.person_id) & (FilePage.file_id == File.id))
        .where(File.request_ref == ref, File.no == no, FilePage.page == page)
    )


def _picture(work: Work, asked: Select) -> bytes:
    row: Row[Any] | None = work.session.execute(asked).first()
    if row is None:
        raise NotThere()
    return work.keys.open_bytes(page_place(row.person_id, row.file_id, row.page, row.agency_id), row.body)
