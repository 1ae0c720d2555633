"""Reads of a person's own looks, newest first: none of a hidden agency, none that is shown later."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, exists, or_, select

from portal.access_log.models import Hold, Look, Question
from portal.agencies.models import Link
from portal.base.crypto import Place
from portal.base.problems import NotThere
from portal.base.work import Work

# States in which a hold keeps looks back, until its end.
IN_FORCE = ("coded", "agreed")
# In place of an agency: looks by those to whom the person is not linked, such as whoever opened a share.
OTHERS = 0


@dataclass(frozen=True, slots=True)
class QuestionFacts:
    """What the person asked about a look. `state` is sent or answered, `outcome` fine, wrong or empty.

    Times are aware UTC, `due_on` a day in Pacific/Auckland; `lang` is the language tag of the person's words.
    """

    look_id: int
    ref: int
    agency_id: int
    state: str
    asked_at: datetime
    due_on: date
    outcome: str
    answered_at: datetime | None
    asked: str
    lang: str
    answer: str


@dataclass(frozen=True, slots=True)
class LookFacts:
    """One look: when (aware UTC), by staff, provider, link or system, of which organisation (0 for none), at what, why.

    `why` is a msgid for staff, else words of the one who opened or of the agency that sent it; `who` a name as the
    looker's organisation gives it; `records` labels of what was seen; `held_by` for each of them the agency that
    holds it, where the records of several agencies were seen at once; `about` the ref of the request or share
    under which it was seen, 0 for none; `account` the looker's account.
    """

    id: int
    at: datetime
    by: str
    agency_id: int
    what: str
    who: str
    role: str
    why: str
    reference: str
    records: list[str]
    held_by: list[int]
    about: int = 0
    account: int = 0
    question: QuestionFacts | None = None

    def named(self, agency_ids: Collection[int]) -> list[str]:
        """Give the labels that a page may show which names these agencies only."""
        if not self.held_by:
            return self.records
        # 0 stands for the person themselves: their own story is no agency's.
        shown = {0, *agency_ids}
        return [one for one, held in zip(self.records, self.held_by, strict=True) if held in shown]


def place(look_id: int, person_id: int) -> Place:
    """Give where the sealed details of a look stand: they are the person's own."""
    return Place("access_log_look", "details", look_id, person_id)


def question_place(look_id: int, person_id: int) -> Place:
    """Give where a question and its answer stand: they are the person's own."""
    return Place("access_log_question", "words", look_id, person_id)


def looks(
    work: Work,
    person_id: int,
    most: int,
    before: int | None,
    by: int | None = None,
    linked: Collection[int] = (),
) -> list[LookFacts]:
    """Give a person's looks older than the id `before`, newest first, each with what was asked about it.

    None by an agency that they hid, or to which their link is in doubt: the log is a screen like the others. None
    that is shown later. `by` wants one agency's looks, or with OTHERS those of nobody among `linked`.
    """
    wanted = [Look.id < before] if before is not None else []
    if by == OTHERS:
        wanted.append(Look.agency_id.not_in(sorted(linked)))
    elif by is not None:
        wanted.append(Look.agency_id == by)
    found = _shown(work, person_id).where(*wanted).order_by(Look.id.desc()).limit(most)
    return [facts_of(work, person_id, row) for row in work.session.execute(found)]


def find(work: Work, person_id: int, look_id: int) -> LookFacts:
    """Give one look that the person's screens show. Raises NotThere for any other."""
    row = work.session.execute(_shown(work, person_id).where(Look.id == look_id)).first()
    if row is None:
        raise NotThere()
    return facts_of(work, person_id, row)


def wide() -> Select:
    """Select looks with what was asked about each."""
    return select(
        *(Look.id, Look.at, Look.by, Look.agency_id, Look.what, Look.details),
        *(Question.ref, Question.state, Question.asked_at, Question.due_on, Question.outcome),
        *(Question.answered_at, Question.words),
    ).outerjoin(Question, and_(Question.person_id == Look.person_id, Question.look_id == Look.id))


def holds_back(now: datetime) -> ColumnElement[bool]:
    """Say in SQL that a hold is for a look, and is not over; a look that was asked about stays on the page."""
    return and_(
        Hold.person_id == Look.person_id,
        Hold.agency_id == Look.agency_id,
        or_(Hold.look_id == 0, Hold.look_id == Look.id),
        Hold.from_at <= Look.at,
        Hold.until_at > now,
        Hold.state.in_(IN_FORCE),
        Question.look_id.is_(None),
    )


def _shown(work: Work, person_id: int) -> Select:
    unnamed = exists().where(
        Link.person_id == person_id,
        Link.agency_id == Look.agency_id,
        (Link.state != "active") | Link.hidden_at.is_not(None),
    )
    held = exists().where(holds_back(work.now)).correlate(Look, Question)
    return wide().where(Look.person_id == person_id, ~unnamed, ~held)


def facts_of(work: Work, person_id: int, row: Row[Any]) -> LookFacts:
    """Give a row of `wide` with its details and its question opened."""
    details = work.keys.open_json(place(row.id, person_id), row.details)
    return LookFacts(
        id=row.id,
        at=row.at,
        by=row.by,
        agency_id=row.agency_id,
        what=row.what,
        who=str(details.get("who") or ""),
        role=str(details.get("role") or ""),
        why=str(details.get("why") or ""),
        reference=str(details.get("reference") or ""),
        records=[str(one) for one in details.get("records") or []],
        held_by=[int(one) for one in details.get("held_by") or []],
        about=int(details.get("about") or 0),
        account=int(details.get("account") or 0),
        question=_question(work, person_id, row) if row.words is not None else None,
    )


def _question(work: Work, person_id: int, row: Row[Any]) -> QuestionFacts:
    words = work.keys.open_json(question_place(row.id, person_id), row.words)
    return QuestionFacts(
        look_id=row.id,
        ref=row.ref,
        agency_id=row.agency_id,
        state=row.state,
        asked_at=row.asked_at,
        due_on=row.due_on,
        outcome=row.outcome or "",
        answered_at=row.answered_at,
        asked=words["asked"],
        lang=words["lang"],
        answer=words.get("answer", ""),
    )
