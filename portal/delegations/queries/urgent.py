"""Reads of files that were opened without a request: the worker's own, the one to review, those of a week."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from portal.agencies.models import Agency
from portal.base.crypto import SYSTEM_OWNER, Place
from portal.base.problems import NotThere
from portal.base.work import Work
from portal.delegations.models import Grant, UrgentLook
from portal.identity import queries as identity
from portal.identity.models import Account, Person


@dataclass(frozen=True, slots=True)
class UrgentFile:
    """A file that is open to one worker: whose it is, by name, and until when (aware UTC)."""

    ref: int
    person_id: int
    person_name: str
    until: datetime


@dataclass(frozen=True, slots=True)
class UrgentLookFacts:
    """One opening of a file without a request. `state` is open (not reviewed), fine or wrong; times aware UTC."""

    ref: int
    person_id: int
    account_id: int
    worker: str
    reason: str
    note: str
    state: str
    at: datetime
    reviewed_at: datetime | None


def place(look_id: int, person_id: int, agency_id: int) -> Place:
    """Give where the worker's reason and the reviewer's note stand."""
    return Place("delegations_urgent_look", "reason", look_id, person_id, agency_id)


def one_at_a_time(work: Work, agency_id: int) -> None:
    """Wait until nobody else at an agency is opening a file, for the rest of the present transaction.

    Otherwise parallel presses would each see two and all become the third.
    """
    work.session.execute(select(Agency.id).where(Agency.id == agency_id).with_for_update())


def opened_in(work: Work, agency_id: int, account_id: int, since: datetime) -> list[datetime]:
    """Give when one worker opened files without a request since an aware moment, the oldest first."""
    rows = work.session.scalars(
        select(UrgentLook.at)
        .where(UrgentLook.agency_id == agency_id, UrgentLook.account_id == account_id, UrgentLook.at > since)
        .order_by(UrgentLook.at)
    )
    return list(rows)


def file(work: Work, ref: int) -> UrgentFile:
    """Give the file that the actor opened, while it is open. Raises NotThere for everybody else, and after."""
    row = work.session.execute(
        select(Grant.person_id, Grant.until, Person.full_name)
        .join(Person, Person.person_id == Grant.person_id)
        .where(
            Grant.agency_id == (work.actor.agency_id or 0),
            Grant.account_id == (work.actor.account_id or 0),
            Grant.kind == "urgent",
            Grant.about == ref,
            Grant.ended_at.is_(None),
            or_(Grant.until.is_(None), Grant.until > work.now),
        )
    ).first()
    if row is None:
        raise NotThere()
    # The worker's own name is next, and then the records: one statement for all their keys.
    work.keys.load(SYSTEM_OWNER, row.person_id)
    name = identity.open_name(work, row.person_id, row.full_name)
    return UrgentFile(ref, row.person_id, name, row.until)


def look(work: Work, ref: int) -> UrgentLookFacts:
    """Give one opening at the actor's agency, to review it. Raises NotThere, also for who has a part in it."""
    found = _looks(work, UrgentLook.id == ref)
    if not found or work.actor.account_id == found[0].account_id:
        raise NotThere()
    if work.actor.person_id == found[0].person_id:
        # Nobody reviews a look at their own file.
        raise NotThere()
    return found[0]


def last_days(work: Work, since: datetime) -> list[UrgentLookFacts]:
    """Give the openings at the actor's agency since an aware moment, the newest first."""
    return _looks(work, UrgentLook.at > since)


def _looks(work: Work, condition) -> list[UrgentLookFacts]:
    agency_id, worker = work.actor.agency_id or 0, aliased(Account)
    rows = work.session.execute(
        select(UrgentLook.__table__, worker.name)
        .outerjoin(worker, worker.id == UrgentLook.account_id)
        .where(UrgentLook.agency_id == agency_id, condition)
        .order_by(UrgentLook.at.desc())
        .limit(200)
    ).all()
    work.keys.load(SYSTEM_OWNER, *{row.person_id for row in rows})
    return [_facts(work, row) for row in rows]


def _facts(work: Work, row) -> UrgentLookFacts:
    said = work.keys.open_json(place(row.id, row.person_id, row.agency_id), row.reason)
    return UrgentLookFacts(
        ref=row.id,
        person_id=row.person_id,
        account_id=row.account_id,
        worker=work.keys.open(identity.name_place(row.account_id), row.name) if row.name else "",
        reason=said["reason"],
        note=said.get("note", ""),
        state=row.state,
        at=row.at,
        reviewed_at=row.reviewed_at,
    )


def waiting(work: Work, agency_id: int) -> int:
    """Count the openings at an agency that nobody has reviewed."""
    return (
        work.session.scalar(
            select(func.count())
            .select_from(UrgentLook)
            .where(UrgentLook.agency_id == agency_id, UrgentLook.state == "open")
        )
        or 0
    )
