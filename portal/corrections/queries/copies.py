"""What an agency takes home: words beside its values, and what it fixed, in the order in which they came about."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, literal, or_, select, tuple_

from portal.agencies import queries as agencies
from portal.agencies.models import Link
from portal.agencies.rules import FieldFacts
from portal.base import ids
from portal.base.crypto import SYSTEM_OWNER
from portal.base.db import Moment
from portal.base.problems import NotThere
from portal.base.work import Work
from portal.corrections.models import CorrectionRequest, Item
from portal.corrections.queries.places import item_place, request_place
from portal.corrections.queries.views import Statement, field_of
from portal.records.models import Record

_START = datetime(2020, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)

Key = tuple[datetime, int, int]
"""Where a row stands: its moment (aware UTC), the request's number, the value's. No number of a person is in it."""


@dataclass(frozen=True)
class Copied:
    """One value of an agency's own linked client, with what belongs beside it. Times are aware UTC.

    `statement` are the person's words as they stand now; `taken_off` says that they were taken away again. `changed`
    says that the record was put right: from `held` to `value` at `applied_at`. `held` is None where another agency
    passed the request on: that value is the other's. `record_ref` is None where the agency has no such record here.
    """

    ref: int
    no: int
    reference: str
    person_id: int
    client: str
    field: FieldFacts
    at: datetime
    record_ref: int | None
    type_key: str
    recorded_on: date | None
    statement: Statement | None
    taken_off: bool
    changed: bool
    held: Any
    value: Any
    applied_at: datetime | None


@dataclass(frozen=True)
class CopyPart:
    """How many rows a part has, from when to when (aware UTC), and where it ends."""

    count: int
    first_at: datetime | None = None
    last_at: datetime | None = None
    end: str = ""


def copied(
    work: Work, most: int, after: Key | None = None, until: datetime | None = None
) -> tuple[list[Copied], str, bool]:
    """Give rows after a place, where they end, and whether more follows. Two reads, keys included.

    Of clients whose link is live; nothing of a record that a wrong link had brought, and nothing about the actor
    themselves. `until` (aware UTC) leaves out what came about later. Raises NotThere without an agency.
    """
    chosen = _among(work, after, until).add_columns(
        Item, CorrectionRequest, Link.client_ref, Link.pairwise_id, Record.ref.label("record_ref"),
        *(Record.type_key, Record.recorded_on),
    )  # fmt: skip
    rows = work.session.execute(chosen.limit(most + 1)).all()
    shown = rows[:most]
    work.keys.load(SYSTEM_OWNER, *{row.Item.person_id for row in shown})
    end = cursor(_key(shown[-1])) if shown else ""
    return list(_copied(work, shown)), end, len(rows) > most


def copy_part(work: Work, most: int, after: Key | None = None) -> CopyPart:
    """Say what the next part of an agency's copy holds, and open nothing of it. One read. Raises NotThere."""
    rows = work.session.execute(_among(work, after, None).limit(most)).all()
    if not rows:
        return CopyPart(0)
    return CopyPart(len(rows), rows[0].outcome_at, rows[-1].outcome_at, cursor(_key(rows[-1])))


def cursor(key: Key) -> str:
    """Write a place as the text that stands in an address."""
    return f"{ids.encode((key[0] - _START) // _TICK)}.{ids.encode(key[1])}.{key[2]}"


def place_of(text: str) -> Key | None:
    """Read a place from an address; None for what `cursor` would not have written."""
    ticks, number, no = ([*text.split("."), "", "", ""])[:3]
    moment, request_id = ids.decode(ticks), ids.decode(number)
    if moment is None or request_id is None or not (no.isascii() and no.isdigit() and len(no) < 4):
        return None
    try:
        key = (_START + moment * _TICK, request_id, int(no))
    except OverflowError:
        return None
    return key if cursor(key) == text else None


def _among(work: Work, after: Key | None, until: datetime | None) -> Select:
    if work.actor.agency_id is None:
        raise NotThere()
    key = (Item.outcome_at, Item.request_id, Item.no)
    wanted = [
        Item.agency_id == work.actor.agency_id,
        Item.outcome_at.is_not(None),
        Item.person_id != (work.actor.person_id or 0),
        or_(CorrectionRequest.record_id == 0, Record.state.in_(("live", "silent"))),
    ]
    if after is not None:
        wanted.append(tuple_(*key) > tuple_(literal(after[0], Moment), *after[1:]))
    if until is not None:
        wanted.append(Item.outcome_at < until)
    asked = and_(CorrectionRequest.person_id == Item.person_id, CorrectionRequest.id == Item.request_id)
    linked = and_(Link.person_id == Item.person_id, Link.agency_id == Item.agency_id, Link.state == "active")
    kept = and_(
        Record.person_id == Item.person_id,
        Record.id == CorrectionRequest.record_id,
        Record.agency_id == Item.agency_id,
    )
    joined = select(*key).join(CorrectionRequest, asked).join(Link, linked).outerjoin(Record, kept)
    return joined.where(*wanted).order_by(*key)


def _key(row: Any) -> Key:
    return row.outcome_at, row.request_id, row.no


def _copied(work: Work, rows: Iterable[Any]) -> Iterable[Copied]:
    for row in rows:
        item, request = row.Item, row.CorrectionRequest
        place = request_place(request.person_id, request.id, request.agency_id)
        asked = work.keys.open_json(place, request.words)
        kind = agencies.catalogue(work).type(asked.get("type_of", request.agency_id), asked["type"])
        where = item_place(item.person_id, item.request_id, item.no, item.agency_id)
        words = work.keys.open_json(where, item.words)
        said, own = words.get("statement"), row.record_ref is not None
        client = agencies.client_place(row.pairwise_id, item.person_id, item.agency_id)
        yield Copied(
            ref=request.ref,
            no=item.no,
            reference=request.reference,
            person_id=item.person_id,
            client=work.keys.open(client, row.client_ref),
            field=field_of(kind, item.field),
            at=item.outcome_at,
            record_ref=row.record_ref,
            type_key=row.type_key or "",
            recorded_on=row.recorded_on,
            statement=Statement(said["text"], said["lang"], datetime.fromisoformat(said["at"]))
            if said
            else None,
            taken_off=bool(words.get("off")) and not said,
            changed=item.applied_at is not None,
            held=words["held"] if own else None,
            value=words.get("value"),
            applied_at=item.applied_at,
        )
