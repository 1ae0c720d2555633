"""Requests as the person's list and tracker show them; nothing here opens what only staff may read."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    LargeBinary,
    Select,
    case,
    cast,
    literal,
    null,
    select,
    union_all,
)

from portal.agencies import queries as agencies
from portal.agencies import values
from portal.agencies.rules import AgencyFacts, FieldFacts, TypeFacts, Words
from portal.base.db import Moment
from portal.base.paging import before
from portal.base.problems import NotThere
from portal.base.statements import fixed
from portal.base.work import Work
from portal.corrections import rules
from portal.corrections.models import (
    CorrectionRequest,
    Draft,
    Event,
    Item,
    Letter,
    Question,
    Recipient,
)
from portal.corrections.queries.drafts import draft_place
from portal.corrections.queries.places import letter_place, question_place, recipient_place
from portal.corrections.queries.reaching import by_oneself, reached_request
from portal.corrections.queries.views import (
    EventFacts,
    QuestionView,
    RecipientView,
    RequestView,
    field_of,
    view_of,
)
from portal.language.translation import Translator
from portal.law.letters import LetterLine
from portal.records.queries import reached_record

MOST = 30
"""Requests on the person's list, newest first."""
TOLD_AT_ONCE = ("L2", "L3", "L4")
"""Letters whose heart the tracker says itself: who are you, passed on, more time."""


@dataclass(frozen=True)
class DraftLine:
    """A draft on the list: what it is about, and when it was kept last."""

    ref: int
    agency: AgencyFacts
    type: TypeFacts | None
    fields: list[FieldFacts]
    kept_at: datetime


@dataclass(frozen=True)
class Requests:
    """A person's requests: not sent, open, ended. One that waits to be put into the record is open.

    `next` is the ref of the last one here, where older ones follow.
    """

    drafts: list[DraftLine]
    open: list[RequestView]
    ended: list[RequestView]
    next: int | None = None


def show(
    work: Work, ref: int, person_id: int | None = None, opened: tuple[str, ...] = TOLD_AT_ONCE
) -> RequestView:
    """Give a request of the actor, or of the person whom a staff flow has resolved: four reads, keys included.

    The actor's own is not there while its agency is hidden, or the link in doubt: it repeats what they hold.
    `opened` are the kinds of letters whose facts come along. Raises NotThere.
    """
    wanted = [] if person_id else [reached_request()]
    person_id = person_id or by_oneself(work)
    row = work.session.execute(
        select(*_columns()).where(
            CorrectionRequest.person_id == person_id, CorrectionRequest.ref == ref, *wanted
        )
    ).first()
    if row is None:
        raise NotThere()
    items = work.session.execute(
        select(Item.__table__).where(Item.person_id == person_id, Item.request_id == row.id).order_by(Item.no)
    ).all()
    return view_of(
        work, row, items, **papers_of(work, row, for_staff=work.actor.agency_id is not None, opened=opened)
    )


def plain(work: Work, ref: int) -> RequestView:
    """Give a request of the actor without its values and papers: two reads, keys included. Raises NotThere."""
    row = work.session.execute(
        select(*_columns()).where(
            CorrectionRequest.person_id == by_oneself(work),
            CorrectionRequest.ref == ref,
            reached_request(),
        )
    ).first()
    if row is None:
        raise NotThere()
    return view_of(work, row, ())


def papers_of(
    work: Work, row: Any, *, for_staff: bool, opened: tuple[str, ...] = TOLD_AT_ONCE
) -> dict[str, list[Any]]:
    """Give what hangs on a request beside its values: events, letters, questions, recipients. One read."""
    found: dict[str, list[Any]] = {"events": [], "letters": [], "questions": [], "recipients": []}
    for part in work.session.execute(_parts(row.person_id, row.id, for_staff, opened)):
        found[part.what].append(_READ[part.what](work, row, part))
    return found


def requests_of(work: Work, after: int | None = None) -> Requests:
    """Give the actor's own drafts, and thirty requests, newest first; `after` is the ref of the last before them."""
    person_id = by_oneself(work)
    rows = work.session.execute(*_page(person_id, after)).all()
    more, rows = len(rows) > MOST, rows[:MOST]
    items: dict[int, list[Any]] = {}
    for item in work.session.execute(*_items_of(person_id, [row.id for row in rows])):
        items.setdefault(item.request_id, []).append(item)
    drafts = work.session.execute(*_drafts_of(person_id)).all()
    views = [view_of(work, row, items.get(row.id, [])) for row in rows]
    return Requests(
        drafts=[_draft_line(work, row) for row in drafts],
        open=[view for view in views if not view.ended],
        ended=[view for view in views if view.ended],
        next=rows[-1].ref if more else None,
    )


@fixed
def _page(person_id: Any, after: Any) -> Select:
    return (
        select(*_columns())
        .where(CorrectionRequest.person_id == person_id, reached_request())
        .where(before(CorrectionRequest, person_id, after))
        .order_by(CorrectionRequest.id.desc())
        .limit(MOST + 1)
    )


@fixed
def _items_of(person_id: Any, request_ids: Any) -> Select:
    mine = select(Item.__table__).where(Item.person_id == person_id, Item.request_id.in_(request_ids))
    return mine.order_by(Item.request_id, Item.no)


@fixed
def _drafts_of(person_id: Any) -> Select:
    within = reached_record(Draft.person_id, Draft.agency_id, Draft.record_id)
    own = (Draft.person_id == person_id, Draft.helper_id == 0)
    return select(Draft.__table__).where(*own, within).order_by(Draft.kept_at.desc())


def text_of(field: FieldFacts, value: Any, translator: Translator) -> Words:
    """Give a raw value as text with its language; empty text for a value that is not there."""
    if value is None:
        return Words("", translator.language.bcp47)
    return values.as_words(field, value, translator)


def _columns() -> list[Any]:
    # Whoever may only see a request never reads the column `file`, nor who proposed what.
    hidden = ("file", "proposed", "proposed_by")
    return [column for column in CorrectionRequest.__table__.columns if column.name not in hidden]


def _parts(person_id: int, request_id: int, for_staff: bool, opened: tuple[str, ...]) -> Any:
    words, text, moment = cast(null(), LargeBinary), literal(""), cast(null(), Moment)

    def mine(table: Any) -> tuple[Any, ...]:
        return table.person_id == person_id, table.request_id == request_id

    told = [] if for_staff else [Event.name.not_in(sorted(rules.FOR_STAFF))]
    # Letters to others are listed for the person by whom they went to.
    own = [] if for_staff else [Letter.kind != "L8"]
    # Through whom the person shared it is for the person alone.
    theirs = [Recipient.kind == "disclosure"] if for_staff else []
    return union_all(
        select(
            literal("events").label("what"), Event.id.label("no"), Event.at.label("at"), Event.name.label("name"),
            Event.by.label("by"), text.label("how"), moment.label("until"), words.label("words"),
        ).where(*mine(Event), *told),
        select(
            literal("letters"), cast(Letter.no, BigInteger), Letter.at, Letter.kind, text, text, moment,
            case((Letter.kind.in_(opened), Letter.facts), else_=words),
        ).where(*mine(Letter), *own),
        select(
            literal("questions"), cast(Question.no, BigInteger), Question.asked_at, Question.state, text, text,
            Question.answered_at, Question.words,
        ).where(*mine(Question)),
        select(
            literal("recipients"), cast(Recipient.no, BigInteger), Recipient.told_at, Recipient.state,
            Recipient.kind, Recipient.how, moment, Recipient.words,
        ).where(*mine(Recipient), *theirs),
    ).order_by("what", "no")  # fmt: skip


def _event(_work: Work, _row: Any, part: Any) -> EventFacts:
    return EventFacts(part.name, part.by, part.at)


def _letter(work: Work, row: Any, part: Any) -> LetterLine:
    place = letter_place(row.person_id, row.id, part.no, row.agency_id)
    facts = work.keys.open_json(place, part.words) if part.words else {}
    return LetterLine(part.no, part.name, part.at, facts)


def question_of(work: Work, row: Any, question: Any) -> QuestionView:
    """Open a question about a request from its own row."""
    place = question_place(row.person_id, row.id, question.no, row.agency_id)
    words = work.keys.open_json(place, question.words)
    return QuestionView(
        no=question.no,
        state=question.state,
        asked=words["asked"],
        asked_at=question.asked_at,
        answer=words.get("answer", ""),
        lang=words.get("lang", "en"),
        answered_at=question.answered_at,
    )


def _question(work: Work, row: Any, part: Any) -> QuestionView:
    words = work.keys.open_json(question_place(row.person_id, row.id, part.no, row.agency_id), part.words)
    return QuestionView(
        no=part.no,
        state=part.name,
        asked=words["asked"],
        why=words.get("why", ""),
        asked_at=part.at,
        answer=words.get("answer", ""),
        lang=words.get("lang", "en"),
        answered_at=part.until,
    )


def _recipient(work: Work, row: Any, part: Any) -> RecipientView:
    words = work.keys.open_json(recipient_place(row.person_id, row.id, part.no, row.agency_id), part.words)
    return RecipientView(
        no=part.no,
        kind=part.by,
        state=part.name,
        how=part.how,
        to=words["to"],
        on=date.fromisoformat(words["on"]) if words.get("on") else None,
        what=words["what"],
        reason=words.get("reason", ""),
        told_at=part.at,
    )


_READ = {"events": _event, "letters": _letter, "questions": _question, "recipients": _recipient}


def _draft_line(work: Work, row: Any) -> DraftLine:
    answers = work.keys.open_json(draft_place(row.person_id, row.id, row.agency_id), row.answers)
    catalogue = agencies.catalogue(work)
    kind = catalogue.type(row.agency_id, answers["type"])
    fields = [field_of(kind, key) for key in answers["fields"]]
    return DraftLine(row.ref, catalogue.agency(row.agency_id), kind, fields, row.kept_at)
