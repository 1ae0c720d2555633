"""Open a file without a request when somebody cannot wait (break-glass): told, noted, short, and reviewed."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from portal.access_log import service as access_log
from portal.agencies import service as agencies
from portal.agencies import tasks
from portal.base import ids
from portal.base.clock import nz_date
from portal.base.problems import Conflict, Invalid, NotThere, TooMany
from portal.base.work import Work
from portal.delegations import queries, rules
from portal.delegations.models import UrgentLook
from portal.delegations.queries import UrgentFile, UrgentLookFacts
from portal.delegations.service.grants import grant
from portal.identity import queries as identity
from portal.language.rules import N_
from portal.notices import service as notices

REVIEW_KIND = "urgent_review"
MANY_KIND = "urgent_many"
TELL_LATER = "delegations.tell_later"


def open_urgently(work: Work, client_ref: str, reason: str) -> str:
    """Open what the actor's agency holds about a client to this one worker for 60 minutes, and give its ref.

    The person is told at once, sees it among who has looked, and a privacy officer has to review it within a day:
    nothing here can be done quietly. Only where two people agreed before, on a ground and with an end, that the
    agency's looks are shown later, the person is told at that end. Raises Invalid, the same for an
    unknown number and for one that nobody is linked to, and TooMany at a worker's fourth in 24 hours.
    Privacy Act 2020 principles 5, 10(1)(f) and 11(1)(f).
    """
    agency_id, account_id = _worker(work)
    fault = rules.reason_fault(reason)
    if fault:
        raise Invalid(fault, "reason")
    _refuse_a_fourth(work, agency_id, account_id)
    person_id = agencies.person_of_client(work, agency_id, client_ref)
    if person_id is None:
        # L10n: staff page that opens a file without a request, error. It must not say whether there is such a client.
        raise Invalid(
            N_("No file can be opened with this number. Check it, or ask a colleague."), "client_ref"
        )
    if person_id == work.actor.person_id:
        # L10n: staff page that opens a file without a request, error.
        raise Invalid(N_("This file is about you. Sign in as yourself to see it."), "client_ref")
    return ids.encode(_open(work, person_id, agency_id, account_id, reason))


def see(work: Work, ref: int) -> UrgentFile:
    """Give the file that the actor opened, and note the look. Raises NotThere once the 60 minutes are over."""
    found = queries.file(work, ref)
    work.also(access_log.note, found.person_id, "staff", work.actor.agency_id, "record", _details(work))
    return found


def look(work: Work, ref: int) -> UrgentLookFacts:
    """Give one opening at the actor's agency, for its review by somebody else. Raises NotThere."""
    return queries.look(work, ref)


def look_again(work: Work, ref: int, verdict: str, note: str) -> str:
    """Say that an opening was fine or wrong, once, by a second person; if it was wrong, the person is told.

    `verdict` is fine or wrong. Raises NotThere, also for the worker who opened it and for the person whose file
    it is, Invalid without a note, and Conflict once it has been reviewed.
    """
    queries.look(work, ref)
    if verdict not in ("fine", "wrong"):
        # L10n: staff page that reviews a file opened without a request, error.
        raise Invalid(N_("Choose one of the answers."), "verdict")
    if not note:
        # L10n: staff page that reviews a file opened without a request, error.
        raise Invalid(N_("Write what you found."), "note")
    row = work.session.scalars(
        select(UrgentLook)
        .where(UrgentLook.agency_id == work.actor.agency_id, UrgentLook.id == ref)
        .with_for_update()
    ).one()
    if row.state != "open":
        raise Conflict()
    where = queries.place(row.id, row.person_id, row.agency_id)
    said = work.keys.open_json(where, row.reason) | {"note": note}
    row.reason = work.keys.seal_json(where, said)
    row.state, row.reviewed_by, row.reviewed_at = verdict, work.actor.account_id, work.now
    tasks.close(work, row.agency_id, row.id)
    if verdict == "wrong":
        _tell(work, row.person_id, "urgent_wrong", row.agency_id, row.id)
    return ids.encode(ref)


def last_days(work: Work) -> list[UrgentLookFacts]:
    """Give the openings of the last seven days at the actor's agency: the weekly report."""
    return queries.last_days(work, work.now - timedelta(days=rules.REPORT_DAYS))


def to_review(work: Work, agency_id: int) -> int:
    """Count the openings at an agency that wait for a review."""
    return queries.waiting(work, agency_id)


def alarm(work: Work, kind: str = MANY_KIND) -> None:
    """Put a worker who went past a limit before the agency's privacy officer (`kind`: urgent_many, many_read)."""
    agency_id, account_id = _worker(work)
    summary = {"worker": identity.account_name(work, account_id), "labels": [], "by": str(account_id)}
    tasks.add(work, agency_id, ids.random63(), kind, nz_date(work.now + rules.REVIEW_WITHIN), 0, summary)


def tell_later(work: Work, about: dict[str, Any]) -> None:
    """Tell a person of an opening once its look is shown; later still where it is not shown yet.

    The worker process does this; `about` holds kind, and person_id, agency_id and look_id as text.
    """
    person_id, agency_id, look_id = (int(about[name]) for name in ("person_id", "agency_id", "look_id"))
    _tell(work, person_id, about["kind"], agency_id, look_id)


def _tell(work: Work, person_id: int, kind: str, agency_id: int, look_id: int) -> None:
    shown_at = access_log.shown_from(work, person_id, agency_id)
    if shown_at is None:
        notices.tell(work, person_id, kind, agency_id=agency_id, about=look_id)
        return
    about = {"person_id": str(person_id), "agency_id": str(agency_id), "look_id": str(look_id)}
    work.later(TELL_LATER, about | {"kind": kind}, shown_at)


def _worker(work: Work) -> tuple[int, int]:
    if work.actor.agency_id is None or work.actor.account_id is None:
        raise NotThere()
    return work.actor.agency_id, work.actor.account_id


def _refuse_a_fourth(work: Work, agency_id: int, account_id: int) -> None:
    queries.one_at_a_time(work, agency_id)
    times = queries.opened_in(work, agency_id, account_id, work.now - rules.A_DAY)
    if len(times) >= rules.MOST_A_DAY:
        free_at = times[-rules.MOST_A_DAY] + rules.A_DAY
        raise TooMany(max(1, int((free_at - work.now).total_seconds())))


def _open(work: Work, person_id: int, agency_id: int, account_id: int, reason: str) -> int:
    look_id = work.new_id()
    row = UrgentLook(person_id=person_id, id=look_id, agency_id=agency_id, account_id=account_id)
    row.reason = work.keys.seal_json(queries.place(look_id, person_id, agency_id), {"reason": reason})
    row.state, row.at = "open", work.now
    work.session.add(row)
    grant(work, person_id, agency_id, "urgent", look_id, work.now + rules.OPEN_FOR, account_id)
    access_log.note(work, person_id, "staff", agency_id, "record", _details(work))
    _tell(work, person_id, "urgent_look", agency_id, look_id)
    due_on = nz_date(work.now + rules.REVIEW_WITHIN)
    worker = identity.account_name(work, account_id)
    tasks.add(work, agency_id, look_id, REVIEW_KIND, due_on, person_id, {"worker": worker, "labels": []})
    return look_id


def _details(work: Work) -> dict[str, Any]:
    name = identity.account_name(work, work.actor.account_id)
    return {"who": name, "role": work.actor.role or "", "why": rules.WHY, "records": []}
