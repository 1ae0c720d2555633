"""Handling a request before its answer: see it, take it, be sure who asks, ask the person something."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from portal.access_log import service as access_log
from portal.agencies import tasks
from portal.base import ids
from portal.base.problems import Conflict, Invalid, NotThere
from portal.base.work import Work
from portal.corrections import queries, rules
from portal.corrections.models import CorrectionRequest, Question
from portal.corrections.queries import StaffFile
from portal.corrections.queries.places import question_place
from portal.corrections.service import letters
from portal.corrections.service.moving import (
    TASK,
    file_of,
    find_open,
    find_own,
    move,
    note_event,
    put_file,
    tell,
)
from portal.identity import queries as identity
from portal.language.rules import LANGUAGES, N_
from portal.records import queries as record_queries
from portal.records.queries import RecordView

# L10n: staff page of a request to fix something, error beside a text field.
WRITE = N_("Write something here.")
# L10n: staff page of a request to fix something, error beside a text field. The limit is 5,000 characters.
TOO_LONG = N_("Use 5,000 characters or fewer.")
# L10n: staff page that asks the person a question, error: another one has no answer yet.
ONE_QUESTION = N_("A question waits for the person’s answer already.")
# L10n: page on which a person answers a question of an agency, error beside an empty box.
ANSWER = N_("Write your answer, or tap “I would rather not say”.")


@dataclass(frozen=True)
class CaseView:
    """A request as staff see it: beside the record as it is now, with its row of the worklist.

    `record` is None where another agency passed the request on and this one holds no such record here. `unsafe` are
    the channels (post, email, text, phone) that others can read or hear, as the person said.
    """

    request: queries.RequestView
    record: RecordView | None
    task: tasks.TaskFacts
    person_name: str
    unsafe: frozenset[str]
    staff: StaffFile

    @property
    def post_is_safe(self) -> bool:
        """Whether a letter on paper may go to them."""
        return "post" not in self.unsafe


def case(work: Work, ref: int) -> CaseView:
    """Give a request of the actor's agency beside its record, and let the look ride along with the page.

    Four reads. Events, letters, questions and recipients are in `papers`. Call it as a read, not inside `work.do`.
    Raises NotThere without a task of the agency or a live grant.
    """
    task, request, name, unsafe, staff = queries.case(work, ref, TASK)
    record = record_queries.show(work, request.record_ref, task.person_id) if request.record_id else None
    found = CaseView(request, record, task, name, unsafe, staff)
    _note_look(work, found)
    return found


def papers(work: Work, ref: int) -> CaseView:
    """Give a request of the actor's agency with its events, letters, questions and recipients, without its record.

    Three reads; the look rides along with the page. Raises NotThere without a task of the agency or a live grant.
    """
    task, request, name, unsafe, staff = queries.case(work, ref, TASK, with_papers=True)
    found = CaseView(request, None, task, name, unsafe, staff)
    _note_look(work, found)
    return found


def take(work: Work, ref: int) -> None:
    """Take a request as one's own, and begin to look at it. Raises NotThere, Conflict once it has ended."""
    request = find_open(work, ref)
    begin(work, request)
    tasks.change(work, ref, state="looking", owner_id=work.actor.account_id, agency_id=request.agency_id)


def begin(work: Work, request: CorrectionRequest) -> None:
    """Begin to look at a request that nobody has begun with: its owner is the one who does."""
    if request.state in (rules.State.RECEIVED, rules.State.ID_CHECK):
        me = work.actor.account_id
        move(work, request, rules.State.IN_REVIEW, owner=me is not None)
        tasks.change(work, request.ref, state="looking", owner_id=me, agency_id=request.agency_id)


def check_identity(work: Work, ref: int, wanted: str) -> None:
    """Ask the person to show who they are (letter L2); the clock goes on. `wanted`: what is enough.

    Raises Invalid, Conflict, NotThere. Privacy Act 2020 ss 57 and 59.
    """
    request = find_open(work, ref)
    said = limited(wanted, "wanted")
    move(work, request, rules.State.ID_CHECK, doubt=bool(said))
    put_file(work, request, identity={"wanted": said, "at": work.now.isoformat()})
    letters.write(work, request, "L2", wanted=said)


def confirm_identity(work: Work, ref: int, how: str) -> None:
    """Note how staff know that it is the person; a request that waited for this goes on, as their own.

    Raises Invalid, Conflict, NotThere. Privacy Act 2020 ss 57 and 59.
    """
    request = find_open(work, ref)
    said = needed(how, "how")
    before = file_of(work, request).get("identity", {})
    put_file(work, request, identity=before | {"how": said, "confirmed_at": work.now.isoformat()})
    note_event(work, request, rules.Event.IDENTITY_CONFIRMED)
    if request.state == rules.State.ID_CHECK:
        begin(work, request)


def ask_person(work: Work, ref: int, words: str, why: str = "") -> int:
    """Ask the person something about their request, and give the question's number. No clock stops for it.

    `why` says what the answer is needed for, and may be left out. One question at a time.
    Raises Invalid, Conflict, NotThere. Privacy Act 2020 s 61.
    """
    request = find_open(work, ref)
    said, because = needed(words, "words"), limited(why, "why")
    if request.asked_at is not None:
        raise Invalid(ONE_QUESTION, "words")
    newest = select(func.max(Question.no)).where(
        Question.person_id == request.person_id, Question.request_id == request.id
    )
    no = (work.session.scalar(newest) or 0) + 1
    place = question_place(request.person_id, request.id, no, request.agency_id)
    work.session.add(
        Question(
            person_id=request.person_id,
            request_id=request.id,
            no=no,
            agency_id=request.agency_id,
            state="asked",
            account_id=work.actor.account_id or 0,
            asked_at=work.now,
            words=work.keys.seal_json(place, {"asked": said, "why": because}),
        )
    )
    request.asked_at = work.now
    note_event(work, request, rules.Event.QUESTION_ASKED)
    tell(work, request, "request_question")
    return no


def answer_question(work: Work, ref: int, text: str, lang: str = "en", *, declined: bool = False) -> str:
    """Answer the question that staff asked about the actor's own request, or say that one would rather not.

    Neither changes anything about the clock, or is held against the person. Raises Invalid, NotThere, and Conflict
    where nothing waits for an answer any more.
    """
    request = find_own(work, ref)
    said = (text or "").strip()
    if not declined and not said:
        raise Invalid(ANSWER, "text")
    if len(said) > rules.MAX_REASON:
        raise Invalid(TOO_LONG, "text")
    if request.state not in rules.OPEN or not _end_question(work, request, said, lang, declined):
        raise Conflict()
    note_event(work, request, rules.Event.QUESTION_ANSWERED)
    return ids.encode(ref)


def close_question(work: Work, request: CorrectionRequest) -> None:
    """End a question that waits, because the request was decided or has gone."""
    if request.asked_at is not None:
        _end_question(work, request, None, "", False)


def _end_question(
    work: Work, request: CorrectionRequest, said: str | None, lang: str, declined: bool
) -> bool:
    row = work.session.scalars(
        select(Question).where(
            Question.person_id == request.person_id,
            Question.request_id == request.id,
            Question.state == "asked",
        )
    ).first()
    request.asked_at = None
    if row is None:
        return False
    if said is None:
        row.state = "over"
        return True
    place = question_place(row.person_id, row.request_id, row.no, row.agency_id)
    words = work.keys.open_json(place, row.words)
    row.state = "declined" if declined else "answered"
    row.answered_at = work.now
    answer = "" if declined else said
    row.words = work.keys.seal_json(
        place, words | {"answer": answer, "lang": lang if lang in LANGUAGES else "en"}
    )
    return True


def needed(text: str, box: str) -> str:
    """Give a text that staff must write, without outer spaces. Raises Invalid when it is empty or too long."""
    said = limited(text, box)
    if not said:
        raise Invalid(WRITE, box)
    return said


def limited(text: str, box: str) -> str:
    """Give a text without outer spaces. Raises Invalid when it is too long."""
    said = (text or "").strip()
    if len(said) > rules.MAX_REASON:
        raise Invalid(TOO_LONG, box)
    return said


def gone(work: Work, ref: int) -> str:
    """Say why staff no longer find a request that was theirs: "withdrawn" or "transferred". Raises NotThere.

    It tells nothing of the person or of what they asked: only that the work is over.
    """
    task = tasks.find(work, ref)
    if task.kind != TASK or task.person_id == work.actor.person_id:
        raise NotThere()
    state = work.session.scalar(
        select(CorrectionRequest.state).where(
            CorrectionRequest.person_id == task.person_id,
            CorrectionRequest.ref == ref,
            CorrectionRequest.agency_id == task.agency_id,
        )
    )
    if state not in (rules.State.WITHDRAWN, rules.State.TRANSFERRED):
        raise NotThere()
    return state


def note_look(work: Work, person_id: int, ref: int, reference: str, records: list[str] | None = None) -> None:
    """Let a look of staff at a request ride along with the page, for the log that its person reads."""
    look: dict[str, Any] = {
        "who": identity.account_name(work, work.actor.account_id) if work.actor.account_id else "",
        "role": work.actor.role or "",
        # L10n: on the page "Who has looked": why staff of an agency saw something.
        "why": N_("To answer your request to fix something"),
        "reference": reference,
        "about": str(ref),
        "records": records or [],
    }
    work.also(access_log.note, person_id, "staff", work.actor.agency_id, "request", look)


def _note_look(work: Work, found: CaseView) -> None:
    ask = found.request
    note_look(work, found.task.person_id, ask.ref, ask.reference, [ask.type.title] if ask.type else [])
