"""Noting that somebody else looked: here, or in an agency's own system, which sent it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from portal.access_log import queries
from portal.access_log.models import Look
from portal.access_log.service.holding import hold_coded
from portal.base import ids
from portal.base.work import Work
from portal.language.rules import N_

TOGETHER = 500


@dataclass(frozen=True, slots=True)
class SentLook:
    """One look in an agency's own system: when (aware UTC), and in the agency's words who, what and why.

    `id` is the agency's own of this look; `code` is FV where it concerns violence in a family, else empty.
    """

    id: str
    at: datetime
    role: str
    why: str
    what: str = ""
    name: str = ""
    code: str = ""


def note(work: Work, person_id: int, by: str, agency_id: int, what: str, details: dict[str, Any]) -> None:
    """Note one page or file of a person that somebody else saw; the person's own visits are not noted.

    `by` is staff, provider, link, helper or system; `agency_id` the looker's organisation, 0 for none; `what` a key of
    `access_log.rules.WHATS`. `details` holds who (a name), role (of the permission table), why (a msgid for staff,
    else the words of the one who opened), reference, about (the ref of the request or share as text: the page leads
    there), records (labels of what was seen), code (FV: shown later), and for a share held_by (for each label the
    agency's id as text: whoever hides an agency hides it here too). Privacy Act 2020 principles 5 and 11.
    """
    own = work.actor.person_id == person_id and work.actor.agency_id is None
    if own and work.actor.helping is None:
        return
    mine = {"account": str(work.actor.account_id)} if work.actor.account_id else {}
    look_id = work.new_id()
    _put(work, person_id, look_id, work.now, by, agency_id, what, mine | details)


def note_beside(work: Work, person_id: int, agency_id: int, who: str, account_id: int, about: int) -> None:
    """Note that a worker sits beside a person while they look at their own: one row for all of the time.

    `about` is the id of that time (delegations_assist), which knows its end. Privacy Act 2020 principle 5.
    """
    look_id = work.new_id()
    details = {"who": who, "role": "frontline", "account": str(account_id), "about": str(about)}
    # L10n: on the page "Who has looked": why a worker saw the person's pages, sitting beside them.
    details["why"] = N_("To help you. You said yes to it.")
    _put(work, person_id, look_id, work.now, "staff", agency_id, "beside", details)


def receive(work: Work, person_id: int, agency_id: int, sent: list[SentLook]) -> int:
    """Take looks from an agency's own system at one person, and give how many were new.

    What was taken before is known by the agency's own id of it. Privacy Act 2020 principles 5 and 11.
    """
    taken, used = 0, set[int]()
    for start in range(0, len(sent), TOGETHER):
        part = {_fingerprint(work, agency_id, one): one for one in sent[start : start + TOGETHER]}
        known = work.session.scalars(
            select(Look.source_fingerprint).where(
                Look.person_id == person_id,
                Look.agency_id == agency_id,
                Look.source_fingerprint.in_(list(part)),
            )
        )
        for seen in set(known):
            part.pop(seen or b"", None)
        for source, one in part.items():
            # By its own moment, so that the list is in the order in which things happened.
            while (look_id := ids.ordered(one.at)) in used:
                pass
            used.add(look_id)
            details: dict[str, Any] = {"who": one.name, "role": one.role, "why": one.why, "code": one.code}
            details["records"] = [one.what] if one.what else []
            _put(work, person_id, look_id, one.at, "system", agency_id, "system", details, source)
        taken += len(part)
        work.session.flush()
    return taken


def _put(
    work: Work,
    person_id: int,
    look_id: int,
    at: datetime,
    by: str,
    agency_id: int,
    what: str,
    details: dict[str, Any],
    source: bytes | None = None,
) -> None:
    work.session.add(
        Look(
            person_id=person_id,
            id=look_id,
            at=at,
            by=by,
            agency_id=agency_id,
            what=what,
            source_fingerprint=source,
            details=work.keys.seal_json(queries.place(look_id, person_id), details),
        )
    )
    hold_coded(work, person_id, agency_id, look_id, at, str(details.get("code") or ""))


def _fingerprint(work: Work, agency_id: int, one: SentLook) -> bytes:
    return work.keys.digest("look", f"{agency_id}\x1f{one.id}")
