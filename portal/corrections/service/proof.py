"""Photos and files that show what a request says: taken in, taken back, handed on, and gone with their draft."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from portal.access_log import service as access_log
from portal.base import pictures
from portal.base.pictures import Picture
from portal.base.problems import Invalid, NotThere
from portal.base.work import Work
from portal.corrections import rules
from portal.corrections.models import CorrectionRequest, Draft, File, FilePage
from portal.corrections.queries import proof as files
from portal.corrections.rules.proof import MOST_FILES, MOST_UNSENT, REFUSALS, plain_name
from portal.corrections.service import moving
from portal.identity import queries as identity
from portal.language.rules import N_
from portal.records.queries import reached_record


@dataclass(frozen=True, repr=False)
class NewFile:
    """A file that was drawn anew, ready to be kept."""

    name: str
    kind: str
    pages: list[Picture]


def read_file(name: str, data: bytes) -> NewFile:
    """Draw a file anew, outside of any transaction: it takes a second, at most half a minute.

    name: as the person's device calls it, one line. Raises Invalid with a sentence that says what can be done.
    """
    try:
        drawn = pictures.redraw(data)
    except pictures.CannotTake as fault:
        raise refusal(fault.code) from None
    return NewFile(plain_name(name), drawn.kind, drawn.pages)


def refusal(code: str) -> Invalid:
    """Give the sentence for a file that is not taken; `code` is one of rules.proof.REFUSALS."""
    return Invalid(REFUSALS[code], "file")


def check_room(work: Work, ref: int) -> None:
    """Say that the actor's draft takes one more file, before anything is done with it. Raises NotThere, Invalid."""
    draft = _draft(work, ref)
    rows = work.session.execute(
        select(File.request_ref, File.size)
        .outerjoin(
            CorrectionRequest,
            (CorrectionRequest.person_id == File.person_id) & (CorrectionRequest.ref == File.request_ref),
        )
        .where(File.person_id == draft.person_id, CorrectionRequest.ref.is_(None))
    ).all()
    if sum(row.request_ref == ref for row in rows) >= MOST_FILES:
        raise refusal("full")
    if sum(row.size for row in rows) >= MOST_UNSENT:
        raise refusal("unsent")


def add_file(work: Work, ref: int, new: NewFile) -> None:
    """Keep a file with the actor's draft, sealed under the key of the asked agency. Raises NotThere, Invalid."""
    check_room(work, ref)
    draft = _draft(work, ref)
    # The draft is not touched for 30 days from now, and two that add at once meet here.
    draft.kept_at = work.now
    _put(work, draft, ref, new)


def take_back(work: Work, ref: int, no: int) -> None:
    """Delete one of the actor's own files, in a draft or an open request; once more is harmless.

    Raises NotThere, and Invalid once the request is decided: it is part of what was decided upon then.
    """
    files.check_number(no)
    person_id = _person(work)
    request = moving.find_request(work, person_id, ref)
    if request is None:
        _draft(work, ref)
    elif request.state not in rules.OPEN:
        # L10n: above the page of what a person sent with a request; the agency was faster.
        raise Invalid(N_("They have decided already. They keep what you sent with it."))
    _delete(work, person_id, File.request_ref == ref, File.no == no)


def files_of(work: Work, request: CorrectionRequest) -> list[files.FileFacts]:
    """Give the files of a request that a service has found."""
    return files.files_of(work, request.ref, request.person_id)


def hand_on(work: Work, request: CorrectionRequest, to_request: CorrectionRequest) -> int:
    """Give the files of a request to another of the same person, as when it is passed on; give how many.

    They are sealed anew under the key of the other agency. The first request keeps its own: it may be passed on
    in part, and its agency answers for what it saw.
    """
    rows = work.session.scalars(
        select(File)
        .where(File.person_id == request.person_id, File.request_ref == request.ref)
        .order_by(File.no)
    ).all()
    for row in rows:
        name = work.keys.open(files.name_place(row.person_id, row.id, row.agency_id), row.name)
        _put(work, to_request, to_request.ref, NewFile(name, row.kind, _pages(work, row)))
    return len(rows)


def forget(work: Work, person_id: int, refs: Iterable[int]) -> None:
    """Delete the files of drafts that are no more (principle 9)."""
    _delete(work, person_id, File.request_ref.in_(list(refs)))


def case_files(work: Work, ref: int) -> files.CaseFiles:
    """Give the files of a request of the actor's agency, and let the look ride along with the page.

    Call it as a read, not inside `work.do`. Raises NotThere without a task of the agency or a live grant.
    """
    found = files.case_files(work, ref, moving.TASK)
    _note(work, found.task, found.reference)
    return found


def case_picture(work: Work, ref: int, no: int, page: int) -> bytes:
    """Give one picture to staff, as its page does: each look is noted. Raises NotThere."""
    found = files.case_files(work, ref, moving.TASK)
    body = files.case_picture(work, ref, moving.TASK, no, page)
    _note(work, found.task, found.reference)
    return body


def _note(work: Work, task: Any, reference: str) -> None:
    look: dict[str, Any] = {
        "who": identity.account_name(work, work.actor.account_id) if work.actor.account_id else "",
        "role": work.actor.role or "",
        # L10n: on the page "Who has looked": why staff of an agency saw something.
        "why": N_("To answer your request to fix something"),
        "reference": reference,
        "about": str(task.ref),
        "records": [],
    }
    work.also(access_log.note, task.person_id, "staff", task.agency_id, "proof", look)


def _put(work: Work, whose: Draft | CorrectionRequest, ref: int, new: NewFile) -> None:
    person_id, agency_id = whose.person_id, whose.agency_id
    mine = (File.person_id == person_id, File.request_ref == ref)
    last = work.session.scalar(select(func.max(File.no)).where(*mine)) or 0
    row = File(
        person_id=person_id,
        id=work.new_id(),
        request_ref=ref,
        no=last + 1,
        agency_id=agency_id,
        record_id=whose.record_id,
        kind=new.kind,
        pages=len(new.pages),
        size=sum(len(page.body) for page in new.pages),
        added_at=work.now,
    )
    row.name = work.keys.seal(files.name_place(person_id, row.id, agency_id), new.name)
    work.session.add(row)
    for page, one in enumerate(new.pages, 1):
        body = work.keys.seal_bytes(files.page_place(person_id, row.id, page, agency_id), one.body)
        facts = {"agency_id": agency_id, "width": one.width, "height": one.height, "body": body}
        work.session.add(FilePage(person_id=person_id, file_id=row.id, page=page, **facts))
    work.session.flush()


def _pages(work: Work, row: File) -> list[Picture]:
    found = work.session.scalars(
        select(FilePage)
        .where(FilePage.person_id == row.person_id, FilePage.file_id == row.id)
        .order_by(FilePage.page)
    )
    return [
        Picture(
            one.width,
            one.height,
            work.keys.open_bytes(files.page_place(row.person_id, row.id, one.page, one.agency_id), one.body),
        )
        for one in found
    ]


def _delete(work: Work, person_id: int, *which: Any) -> None:
    for row in work.session.scalars(select(File).where(File.person_id == person_id, *which)).all():
        pages = select(FilePage).where(FilePage.person_id == person_id, FilePage.file_id == row.id)
        for page in work.session.scalars(pages).all():
            work.session.delete(page)
        work.session.delete(row)
    work.session.flush()


def _draft(work: Work, ref: int) -> Draft:
    row = work.session.scalars(
        select(Draft).where(
            Draft.person_id == _person(work),
            Draft.ref == ref,
            reached_record(Draft.person_id, Draft.agency_id, Draft.record_id),
        )
    ).first()
    if row is None:
        raise NotThere()
    return row


def _person(work: Work) -> int:
    if work.actor.person_id is None:
        raise NotThere()
    return work.actor.person_id
