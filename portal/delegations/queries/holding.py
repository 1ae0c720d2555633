"""Reads of holds: which requests an agency is careful with, because somebody may press the person (section 57)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, or_, select

from portal.base.crypto import Place
from portal.base.problems import NotThere
from portal.base.work import Work
from portal.delegations.models import Assist, Helper, Hold, Talk
from portal.delegations.queries.trusted import name_place


@dataclass(frozen=True, slots=True)
class Mark:
    """Somebody because of whom agencies are careful, and since when (aware UTC). `name` is empty for a worker."""

    helper_id: int
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class TalkFacts:
    """A talk with the person alone, as a worker wrote it down; `account_id` is theirs, `at` when they did."""

    who: str
    on: date
    how: str
    account_id: int
    at: datetime


def on_hold(person_id: Any, agency_id: Any, ref: Any) -> ColumnElement[bool]:
    """Say in SQL, of three columns, that a request is held: somebody may press its person, and no one talked yet.

    A talk counts for the one request that it was about, and for what was marked before it.
    """
    talked = exists().where(Talk.person_id == person_id, Talk.ref == ref, Talk.at >= Hold.at)
    held = exists().where(
        Hold.person_id == person_id,
        or_(Hold.agency_id == agency_id, Hold.agency_id == 0),
        Hold.lifted_at.is_(None),
        # One inside the other: the columns are those of the statement around both.
        ~talked.correlate_except(Talk),
    )
    return held.correlate_except(Hold)


def talked_about(person_id: Any, ref: Any) -> ColumnElement[bool]:
    """Say in SQL that a worker noted a talk with the person alone about a request."""
    return exists().where(Talk.person_id == person_id, Talk.ref == ref)


def helps(account_id: int | None, person_id: Any) -> ColumnElement[bool]:
    """Say in SQL that an account helps a person, or did, or sat beside them: whatever became of it.

    Nobody answers a request of somebody they help. It is so before anything is marked, so that nothing changes then.
    """
    me = account_id or 0
    named = exists().where(Helper.person_id == person_id, Helper.account_id == me)
    return named | exists().where(Assist.person_id == person_id, Assist.account_id == me)


def marks(work: Work) -> list[Mark]:
    """Give those because of whom agencies are careful with the actor's own requests, each once. One read."""
    who = work.actor
    if who.person_id is None or who.helping is not None or who.beside is not None:
        raise NotThere()
    rows = work.session.execute(
        select(Hold.helper_id, Hold.at, Helper.name)
        .outerjoin(Helper, (Helper.person_id == Hold.person_id) & (Helper.id == Hold.helper_id))
        .where(Hold.person_id == who.person_id, Hold.lifted_at.is_(None))
        .order_by(Hold.id.desc())
    )
    found: dict[int, Mark] = {}
    for row in rows:
        name = work.keys.open(name_place(row.helper_id, who.person_id), row.name) if row.name else ""
        found[row.helper_id] = Mark(row.helper_id, name, row.at)
    return list(found.values())


def is_held(work: Work, person_id: int, agency_id: int, ref: int) -> bool:
    """Say whether a request is held now."""
    return bool(work.session.scalar(select(on_hold(person_id, agency_id, ref))))


def held_since(work: Work, person_id: int, agency_id: int) -> datetime | None:
    """Give since when (aware UTC) an agency is careful with a person; None where it need not be."""
    return work.session.scalar(
        select(Hold.at)
        .where(
            Hold.person_id == person_id,
            or_(Hold.agency_id == agency_id, Hold.agency_id == 0),
            Hold.lifted_at.is_(None),
        )
        .order_by(Hold.at.desc())
        .limit(1)
    )


def talks(work: Work, person_id: int, agency_id: int, ref: int) -> list[TalkFacts]:
    """Give what an agency's workers wrote down of talks with a person alone about a request, the last first."""
    rows = work.session.scalars(
        select(Talk)
        .where(Talk.person_id == person_id, Talk.agency_id == agency_id, Talk.ref == ref)
        .order_by(Talk.id.desc())
    )
    found = []
    for row in rows:
        said = work.keys.open_json(talk_place(row.id, person_id, agency_id), row.words)
        on = date.fromisoformat(said["on"])
        found.append(TalkFacts(said["who"], on, said["how"], row.account_id, row.at))
    return found


def talk_place(talk_id: int, person_id: int, agency_id: int) -> Place:
    """Give where the words of a talk stand."""
    return Place("delegations_talk", "words", talk_id, person_id, agency_id)
