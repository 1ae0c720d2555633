"""Reads for an organisation's desk: a question about one of its looks, and its looks that are shown later."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from portal.access_log.models import Hold, Look, Question
from portal.access_log.queries.own import IN_FORCE, LookFacts, facts_of, wide
from portal.base.crypto import SYSTEM_OWNER, Place
from portal.base.problems import NotThere
from portal.base.work import Work


@dataclass(frozen=True, slots=True)
class HoldFacts:
    """Looks that are shown later. `look_id` is 0 for all of the organisation's from `from_at` on.

    `state` is coded, asked, agreed, refused or lifted; times are aware UTC; `client` the organisation's own number,
    `by` the name of who asked (empty where the organisation's system did), `note` what the second person wrote.
    """

    ref: int
    person_id: int
    look_id: int
    ground: str
    from_at: datetime
    until_at: datetime
    state: str
    asked_by: int
    asked_at: datetime
    client: str
    by: str
    reason: str
    note: str


def hold_place(hold_id: int, person_id: int, agency_id: int) -> Place:
    """Give where the reason for showing looks later stands."""
    return Place("access_log_hold", "words", hold_id, person_id, agency_id)


def question(work: Work, person_id: int, ref: int) -> LookFacts:
    """Give the look at the actor's organisation about which a question was asked. Raises NotThere."""
    row = work.session.execute(
        wide().where(
            Look.person_id == person_id,
            Question.person_id == person_id,
            Question.ref == ref,
            Question.agency_id == (work.actor.agency_id or 0),
        )
    ).first()
    if row is None:
        raise NotThere()
    return facts_of(work, person_id, row)


def hold(work: Work, ref: int) -> HoldFacts:
    """Give one hold of the actor's organisation, also one that is over. Raises NotThere."""
    found = _holds(work, Hold.id == ref)
    if not found or (work.actor.person_id is not None and found[0].person_id == work.actor.person_id):
        # Nobody learns of a hold at their own file.
        raise NotThere()
    return found[0]


def holds(work: Work, most: int, before: int | None = None) -> list[HoldFacts]:
    """Give what the actor's organisation holds back or wants to, the newest first; `before` is the last ref shown."""
    wanted = [Hold.until_at > work.now, Hold.state.in_(("asked", *IN_FORCE))]
    if before is not None:
        wanted.append(Hold.id < before)
    if work.actor.person_id is not None:
        wanted.append(Hold.person_id != work.actor.person_id)
    return _holds(work, *wanted, most=most)


def covered(work: Work, held: HoldFacts, most: int = 25) -> list[LookFacts]:
    """Give the looks that a hold is for, the newest first, whether it is in force or not."""
    wanted = [
        Look.person_id == held.person_id,
        Look.agency_id == (work.actor.agency_id or 0),
        Look.at >= held.from_at,
        Look.at < held.until_at,
        Question.look_id.is_(None),
    ]
    if held.look_id:
        wanted.append(Look.id == held.look_id)
    rows = work.session.execute(wide().where(*wanted).order_by(Look.id.desc()).limit(most))
    return [facts_of(work, held.person_id, row) for row in rows]


def shown_from(work: Work, person_id: int, agency_id: int) -> datetime | None:
    """Give when a look of an organisation at this moment is shown, where that is later; None for at once."""
    return work.session.scalar(
        select(func.max(Hold.until_at)).where(
            Hold.person_id == person_id,
            Hold.agency_id == agency_id,
            Hold.look_id == 0,
            Hold.from_at <= work.now,
            Hold.until_at > work.now,
            Hold.state.in_(IN_FORCE),
        )
    )


def _holds(work: Work, *wanted, most: int = 1) -> list[HoldFacts]:
    agency_id = work.actor.agency_id or 0
    rows = work.session.execute(
        select(Hold.__table__)
        .where(Hold.agency_id == agency_id, *wanted)
        .order_by(Hold.id.desc())
        .limit(most)
    ).all()
    work.keys.load(SYSTEM_OWNER, *{row.person_id for row in rows})
    return [_facts(work, row) for row in rows]


def _facts(work: Work, row: Any) -> HoldFacts:
    words = work.keys.open_json(hold_place(row.id, row.person_id, row.agency_id), row.words)
    said: dict[str, Any] = {name: str(words.get(name) or "") for name in ("client", "by", "reason", "note")}
    plain = ("person_id", "look_id", "ground", "from_at", "until_at", "state", "asked_by", "asked_at")
    return HoldFacts(ref=row.id, **said, **{name: getattr(row, name) for name in plain})
