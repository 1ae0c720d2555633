"""What staff read of requests: one of them with its row of the worklist, and what waits to be put into records."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Select, exists, or_, select, tuple_

from portal.agencies import queries as agencies
from portal.agencies import tasks
from portal.agencies.models import Link, Task
from portal.agencies.rules import FieldFacts
from portal.base.crypto import SYSTEM_OWNER
from portal.base.problems import NotThere
from portal.base.work import Work
from portal.corrections.models import CorrectionRequest, Item, Question
from portal.corrections.queries.places import file_place, item_place, request_place
from portal.corrections.queries.requests import papers_of, question_of
from portal.corrections.queries.views import RequestView, field_of, view_of
from portal.delegations import queries as given
from portal.delegations.models import Grant
from portal.identity import queries as identity
from portal.identity.models import Person
from portal.notices.models import Contact

A_PAGE = 25
"""Values on a page of those that wait for the agency's own record."""
CHANNELS = ("post", "email", "text", "phone")
"""Ways to reach a person, each of which they may have called unsafe."""


@dataclass(frozen=True)
class StaffFile:
    """What only staff read of a request.

    `proposed` is decided_part, decided_no, extended or statement_off, or empty; `proposed_by` an account. `kept` holds
    identity {wanted, how}, proposal, sent_back {why}, extension; each may be missing. A proposed decision is
    {"decisions": [{no, decision, value, ground, reason}]}, a longer time {ground, until_on, reason}, taking a
    statement away {no, reason}.
    """

    proposed: str = ""
    proposed_by: int = 0
    kept: dict[str, Any] = field(default_factory=dict)
    # Somebody may press the person: nothing goes out until a worker has talked with them alone (decision 0036).
    careful: bool = False
    talked: bool = False


@dataclass(frozen=True)
class ToApply:
    """A value that was accepted and that the record does not say yet. `apply_by_on` is a Pacific/Auckland day.

    `client` is the agency's own number of the person; empty where the link has gone.
    """

    ref: int
    reference: str
    no: int
    person_id: int
    request_id: int
    field: FieldFacts
    held: Any
    value: Any
    apply_by_on: date
    type_key: str = ""
    client: str = ""


def case(
    work: Work, ref: int, kind: str, *, with_papers: bool = False
) -> tuple[tasks.TaskFacts, RequestView, str, frozenset[str], StaffFile]:
    """Give a request of the actor's agency: its row of the worklist, itself, the person's name, what is not safe.

    The last but one are the channels (post, email, text, phone) that the person said others can read or hear.

    Raises NotThere without a live grant. Two reads: the rows, and the keys of the agency's worklist and of the person;
    a third one `with_papers` (events, letters, recipients). Questions are always there.
    """
    rows = work.session.execute(_case(work, ref, kind)).all()
    if work.actor.agency_id is None or not rows:
        raise NotThere()
    work.keys.load(SYSTEM_OWNER, rows[0].Task.person_id)
    items = {row.Item.no: row.Item for row in rows}
    row = rows[0].CorrectionRequest
    asked = {one.Question.no: one.Question for one in rows if one.Question is not None}
    papers: dict[str, Any] = {"questions": [question_of(work, row, one) for one in asked.values()]}
    if with_papers:
        papers = papers_of(work, row, for_staff=True)
    request = view_of(work, row, list(items.values()), **papers)
    name = identity.open_name(work, rows[0].Task.person_id, rows[0].full_name)
    unsafe = frozenset(channel for channel in CHANNELS if getattr(rows[0], f"unsafe_{channel}"))
    return tasks.facts_of(work, rows[0].Task), request, name, unsafe, _file(work, rows[0])


def _case(work: Work, ref: int, kind: str) -> Select:
    return (
        select(
            *(Task, CorrectionRequest, Item, Question, Person.full_name, *_unsafe()),
            given.on_hold(Task.person_id, Task.agency_id, Task.ref).label("on_hold"),
            given.talked_about(Task.person_id, Task.ref).label("talked"),
        )
        .join(
            Grant,
            (Grant.person_id == Task.person_id)
            & (Grant.agency_id == Task.agency_id)
            & (Grant.about == Task.ref)
            & (Grant.kind == "case"),
        )
        .join(
            CorrectionRequest,
            (CorrectionRequest.person_id == Task.person_id) & (CorrectionRequest.ref == Task.ref),
        )
        .join(Item, (Item.person_id == Task.person_id) & (Item.request_id == CorrectionRequest.id))
        .join(Person, Person.person_id == Task.person_id)
        .outerjoin(
            Question,
            (Question.person_id == Task.person_id) & (Question.request_id == CorrectionRequest.id),
        )
        .where(
            Task.agency_id == work.actor.agency_id,
            Task.ref == ref,
            Task.kind == kind,
            CorrectionRequest.agency_id == work.actor.agency_id,
            ~given.helps(work.actor.account_id, Task.person_id),
            Grant.ended_at.is_(None),
            or_(Grant.until.is_(None), Grant.until > work.now),
        )
        .order_by(Item.no, Question.no)
    )


def _unsafe() -> list[Any]:
    """Say in SQL for each channel whether the person said that others can read it."""
    return [
        exists()
        .where(Contact.person_id == Task.person_id, Contact.channel == channel, Contact.unsafe.is_(True))
        .label(f"unsafe_{channel}")
        for channel in CHANNELS
    ]


def to_apply(
    work: Work, most: int = A_PAGE, after: tuple[date, int, int, int] | None = None
) -> list[ToApply]:
    """Give what the actor's agency accepted and has not put into its records yet, the longest waiting first.

    `after` is (apply_by_on, person_id, request_id, no) of the last one shown. Raises NotThere without an agency.
    """
    if work.actor.agency_id is None:
        raise NotThere()
    wanted = [
        Item.agency_id == work.actor.agency_id,
        Item.apply_by_on.is_not(None),
        Item.applied_at.is_(None),
        # Nobody puts their own into the record, whatever their role.
        Item.person_id != (work.actor.person_id or 0),
    ]
    if after:
        key = (Item.apply_by_on, Item.person_id, Item.request_id, Item.no)
        wanted.append(tuple_(*key) > tuple_(*after))
    rows = work.session.execute(
        select(Item, CorrectionRequest, Link.client_ref, Link.pairwise_id)
        .join(
            CorrectionRequest,
            (CorrectionRequest.person_id == Item.person_id) & (CorrectionRequest.id == Item.request_id),
        )
        .outerjoin(Link, (Link.person_id == Item.person_id) & (Link.agency_id == Item.agency_id))
        .where(*wanted)
        .order_by(Item.apply_by_on, Item.person_id, Item.request_id, Item.no)
        .limit(most)
    ).all()
    work.keys.load(*{row.Item.person_id for row in rows})
    return list(_to_apply(work, rows))


def _to_apply(work: Work, rows: Iterable[Any]) -> Iterable[ToApply]:
    for row in rows:
        item, request = row.Item, row.CorrectionRequest
        place = request_place(request.person_id, request.id, request.agency_id)
        asked = work.keys.open_json(place, request.words)
        kind = agencies.catalogue(work).type(asked.get("type_of", request.agency_id), asked["type"])
        words = work.keys.open_json(
            item_place(item.person_id, item.request_id, item.no, item.agency_id), item.words
        )
        yield ToApply(
            ref=request.ref,
            reference=request.reference,
            no=item.no,
            person_id=item.person_id,
            request_id=item.request_id,
            field=field_of(kind, item.field),
            held=words["held"],
            value=words.get("value"),
            apply_by_on=item.apply_by_on,
            type_key=asked["type"],
            client=_client(work, row),
        )


def _client(work: Work, row: Any) -> str:
    if row.client_ref is None:
        return ""
    place = agencies.client_place(row.pairwise_id, row.Item.person_id, row.Item.agency_id)
    return work.keys.open(place, row.client_ref)


def _file(work: Work, found: Any) -> StaffFile:
    row = found.CorrectionRequest
    kept = work.keys.open_json(file_place(row), row.file) if row.file else {}
    return StaffFile(row.proposed or "", row.proposed_by or 0, kept, found.on_hold, found.talked)
