"""Showing looks later: one person asks on a ground and with an end, another agrees; at the end they are shown."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from portal.access_log import queries, rules
from portal.access_log.models import Hold
from portal.access_log.queries import HoldFacts, LookFacts
from portal.agencies import tasks
from portal.base import ids
from portal.base.clock import nz_date
from portal.base.problems import Conflict, Invalid, NotThere
from portal.base.work import Work
from portal.identity import queries as identity


@dataclass(frozen=True, slots=True)
class Wanted:
    """What shall be shown later: whose, from which day, until which day (Pacific/Auckland), on what ground, why."""

    person_id: int
    client: str
    ground: str
    reason: str
    from_on: date
    until_on: date


def hold_back(work: Work, wanted: Wanted) -> str:
    """Ask that looks of the actor's organisation at one person are shown later, and give the ref.

    Nothing is held back until a privacy officer who is somebody else has agreed. Raises Invalid.
    Privacy Act 2020 ss 24, 49 and 53; Family Violence Act 2018 s 20.
    """
    today = nz_date(work.now)
    days = (wanted.from_on, wanted.until_on)
    fault = rules.hold_fault(wanted.ground, wanted.reason, *days, today)
    if fault:
        raise Invalid(fault[1], fault[0])
    words = {"client": wanted.client, "reason": wanted.reason}
    span = (rules.start_of(wanted.from_on), rules.end_of(wanted.until_on))
    return _ask(work, wanted.person_id, 0, wanted.ground, span, words)


def renew(work: Work, ref: int, until_on: date, reason: str) -> str:
    """Ask that what a hold is for is shown later still, and give the new ref; a second person has to agree again.

    Raises NotThere, Invalid, and Conflict where the hold is over.
    """
    found = queries.hold(work, ref)
    if found.state not in ("coded", "agreed") or found.until_at <= work.now:
        raise Conflict()
    fault = rules.end_fault(until_on, nz_date(work.now))
    if not fault and not reason.strip():
        fault = ("reason", rules.NEEDS_REASON)
    if fault:
        raise Invalid(fault[1], fault[0])
    words = {"client": found.client, "reason": reason}
    span = (found.from_at, rules.end_of(until_on))
    return _ask(work, found.person_id, found.look_id, found.ground, span, words)


def hold_coded(work: Work, person_id: int, agency_id: int, look_id: int, at: datetime, code: str) -> None:
    """Hold one look back as it comes where its code says so, until a second person has looked at it.

    Family Violence Act 2018 s 20: to show it could bring somebody into danger.
    """
    if code != rules.CODE or not agency_id:
        return
    span = (at, rules.end_of(nz_date(work.now) + timedelta(days=rules.CODE_DAYS)))
    words = {"reason": rules.CODE_REASON}
    _put(work, "coded", person_id, agency_id, look_id, rules.CODE_GROUND, span, words)


def agree(work: Work, ref: int, note: str = "") -> str:
    """Agree, as a second person, that looks are shown later; a coded one for as long as may be at once.

    Raises NotThere, Invalid for the one who asked, and Conflict once it is decided or its end has passed.
    """
    row = _to_decide(work, ref)
    if row.until_at <= work.now:
        raise Conflict()
    if row.state == "coded":
        row.until_at = rules.end_of(nz_date(row.asked_at) + timedelta(days=rules.MOST_DAYS))
    return _decided(work, row, "agreed", note)


def say_no(work: Work, ref: int, note: str = "") -> str:
    """Say, as a second person, that looks are not shown later; a coded one is shown from now on.

    Raises NotThere, Invalid for the one who asked, and Conflict once it is decided.
    """
    return _decided(work, _to_decide(work, ref), "refused", note)


def lift(work: Work, ref: int) -> str:
    """Show at once what was held back: showing needs no second person. Raises NotThere, Conflict."""
    row = _row(work, ref)
    if row.state != "agreed":
        raise Conflict()
    row.state, row.decided_by, row.decided_at = "lifted", work.actor.account_id, work.now
    return ids.encode(ref)


def hold(work: Work, ref: int) -> HoldFacts:
    """Give one hold of the actor's organisation. Raises NotThere."""
    return queries.hold(work, ref)


def holds(work: Work, most: int, before: int | None = None) -> list[HoldFacts]:
    """Give what the actor's organisation holds back or wants to, the newest first."""
    return queries.holds(work, most, before)


def covered(work: Work, held: HoldFacts) -> list[LookFacts]:
    """Give the looks that a hold is for, the newest first."""
    return queries.covered(work, held)


def shown_from(work: Work, person_id: int, agency_id: int) -> datetime | None:
    """Give when a look at this moment is shown to the person (aware UTC), where that is later; None for at once."""
    return queries.shown_from(work, person_id, agency_id)


def _ask(
    work: Work,
    person_id: int,
    look_id: int,
    ground: str,
    span: tuple[datetime, datetime],
    words: dict[str, str],
) -> str:
    if work.actor.agency_id is None or work.actor.account_id is None:
        raise NotThere()
    if work.actor.person_id == person_id:
        raise Invalid(rules.OWN_FILE, "client_ref")
    words["by"] = identity.account_name(work, work.actor.account_id)
    made = _put(work, "asked", person_id, work.actor.agency_id, look_id, ground, span, words)
    return ids.encode(made)


def _put(
    work: Work,
    state: str,
    person_id: int,
    agency_id: int,
    look_id: int,
    ground: str,
    span: tuple[datetime, datetime],
    words: dict[str, str],
) -> int:
    hold_id = work.new_id()
    work.session.add(
        Hold(
            person_id=person_id,
            id=hold_id,
            agency_id=agency_id,
            look_id=look_id,
            ground=ground,
            from_at=span[0],
            until_at=span[1],
            state=state,
            asked_by=(work.actor.account_id or 0) if state == "asked" else 0,
            asked_at=work.now,
            words=work.keys.seal_json(queries.hold_place(hold_id, person_id, agency_id), words),
        )
    )
    summary = {"worker": words.get("by", ""), "labels": [], "client_ref": words.get("client", "")}
    due_on = nz_date(work.now + rules.CHECK_WITHIN)
    tasks.add(work, agency_id, hold_id, rules.HOLD_KIND, due_on, person_id, summary)
    return hold_id


def _to_decide(work: Work, ref: int) -> Hold:
    row = _row(work, ref)
    if row.state not in ("asked", "coded"):
        raise Conflict()
    if row.asked_by == work.actor.account_id:
        raise Invalid(rules.SOMEBODY_ELSE)
    return row


def _decided(work: Work, row: Hold, state: str, note: str) -> str:
    place = queries.hold_place(row.id, row.person_id, row.agency_id)
    words = work.keys.open_json(place, row.words) | {"note": note}
    row.words = work.keys.seal_json(place, words)
    row.state, row.decided_by, row.decided_at = state, work.actor.account_id, work.now
    tasks.close(work, row.agency_id, row.id)
    return ids.encode(row.id)


def _row(work: Work, ref: int) -> Hold:
    found = queries.hold(work, ref)
    wanted = select(Hold).where(Hold.person_id == found.person_id, Hold.id == ref)
    return work.session.scalars(wanted.with_for_update()).one()
