"""A client died: two of the agency's staff say so, and everything that acts in their name stops. So for a mistake."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from portal.agencies import tasks
from portal.base import ids
from portal.base.clock import nz_date
from portal.base.problems import Conflict, Invalid, NotThere
from portal.base.work import Work
from portal.bundles import service as bundles
from portal.casework.models import Death
from portal.casework.queries import DeathFacts, death, death_place
from portal.delegations import service as delegations
from portal.identity import queries as names
from portal.identity import service as identity
from portal.language.rules import N_
from portal.law.working_days import add_working_days
from portal.notices import service as notices

AGREE_KIND, OPEN_KIND = "death_agree", "death_open"
WITHIN = 2
"""Working days within which a second person looks, and staff of each agency at what is open with them."""


@dataclass(frozen=True, slots=True)
class DeathDraft:
    """What one of the staff says: of which client, when they died (a day in New Zealand), and what was seen."""

    client_ref: str
    born: date | None
    died_on: date | None
    saw: str


def record_death(work: Work, draft: DeathDraft) -> str:
    """Say that a client died, and give the ref. Nothing stops before somebody else of the agency agrees.

    Raises Invalid.
    """
    person_id = delegations.client_of(work, draft.client_ref, draft.born)
    if draft.died_on is None or draft.born is None:
        # L10n: Staff page that records a client's death: error beside the day.
        raise Invalid(N_("Write the day on which they died."), "died_on")
    if not draft.born <= draft.died_on <= nz_date(work.now):
        # L10n: Staff page that records a client's death: error beside the day.
        raise Invalid(N_("Check this day. It lies ahead, or before their birth."), "died_on")
    if not draft.saw.strip():
        raise Invalid(N_("Write what you saw. Do not copy the paper."), "saw")
    if identity.has_died(work, person_id) or _waits(work, person_id):
        # L10n: Staff page that records a client's death: error when that was done before.
        raise Invalid(N_("This was written down already. Look at your list."), "client_ref")
    number, agency_id = work.new_id(), tasks.own_agency(work)
    said: dict[str, Any] = {
        "client_ref": draft.client_ref.strip(),
        "died_on": draft.died_on.isoformat(),
        "said": [{"by": _name(work), "words": draft.saw}],
    }
    row = Death(
        person_id=person_id,
        id=number,
        ref=ids.random63(),
        agency_id=agency_id,
        state="asked",
        document=work.keys.seal_json(death_place(number, person_id, agency_id), said),
        asked_by=work.actor.account_id or 0,
        asked_at=work.now,
    )
    work.session.add(row)
    _ask_second(work, row, said["client_ref"])
    return ids.encode(row.ref)


def say_mistake(work: Work, ref: int, words: str) -> str:
    """Say that the client lives; nothing changes before somebody else agrees. Raises NotThere, Conflict, Invalid."""
    found = death(work, ref)
    row = _row(work, found, "dead")
    if not words.strip():
        # L10n: Staff page of a client's death that was a mistake: error beside an empty field.
        raise Invalid(N_("Write how you know that they live."), "words")
    _add_words(work, row, words)
    row.state, row.asked_by = "undoing", work.actor.account_id or 0
    _ask_second(work, row, found.client_ref)
    return ids.encode(ref)


def second(work: Work, ref: int, agrees: bool, words: str) -> str:
    """Agree, as a second person, that a client died or lives; or do not, and nothing changes.

    Raises NotThere, Conflict once it is decided, and Invalid for the one who asked.
    """
    found = death(work, ref)
    row = _row(work, found, "asked", "undoing")
    if row.asked_by == work.actor.account_id:
        # L10n: Staff page of a client's death: error for the one who wrote it down.
        raise Invalid(N_("You wrote this down. Someone else has to agree."))
    if not words.strip():
        # L10n: Staff page of a client's death: error beside an empty field.
        raise Invalid(N_("Write what you checked."), "words")
    dies = row.state == "asked"
    stopped = (_stop_all(work, row) if dies else _let_live(work, row)) if agrees else {}
    _add_words(work, row, words, **stopped)
    row.state = ("dead" if dies else "undone") if agrees else ("refused" if dies else "dead")
    row.decided_at = work.now
    tasks.close_if_open(work, row.agency_id, ids.decode(_read(work, row)["task"]) or 0)
    return ids.encode(ref)


def _stop_all(work: Work, row: Death) -> dict[str, int]:
    """Stop what acts in the person's name; what agencies hold stays as it is."""
    person_id = row.person_id
    identity.shut_for_death(work, person_id)
    stopped = {
        "shares": bundles.end_all(work, person_id),
        "helpers": delegations.end_all(work, person_id),
    }
    for agency_id in sorted(tasks.open_agencies(work, person_id, (AGREE_KIND, OPEN_KIND))):
        due_on = add_working_days(nz_date(work.now), WITHIN)
        tasks.add(work, agency_id, ids.random63(), OPEN_KIND, due_on, person_id, {})
    return stopped


def _let_live(work: Work, row: Death) -> dict[str, int]:
    """Let the person sign in again, and say honestly what does not come back by itself."""
    identity.open_after_mistake(work, row.person_id)
    delegations.end_all(work, row.person_id)
    notices.tell(work, row.person_id, "death_undone", row.agency_id)
    return {}


def _ask_second(work: Work, row: Death, client_ref: str) -> None:
    due_on, ref = add_working_days(nz_date(work.now), WITHIN), ids.random63()
    tasks.add(
        work,
        row.agency_id,
        ref,
        AGREE_KIND,
        due_on,
        0,
        {"client_ref": client_ref, "about": ids.encode(row.ref)},
    )
    _write(work, row, {"task": ids.encode(ref)})


def _add_words(work: Work, row: Death, words: str, **stopped: int) -> None:
    before = _read(work, row)
    more = {"said": [*before["said"], {"by": _name(work), "words": words}]}
    _write(work, row, more | ({"stopped": stopped} if stopped else {}))


def _read(work: Work, row: Death) -> dict[str, Any]:
    return work.keys.open_json(death_place(row.id, row.person_id, row.agency_id), row.document)


def _write(work: Work, row: Death, more: dict[str, Any]) -> None:
    place = death_place(row.id, row.person_id, row.agency_id)
    row.document = work.keys.seal_json(place, _read(work, row) | more)


def _waits(work: Work, person_id: int) -> bool:
    mine = (Death.person_id == person_id, Death.agency_id == tasks.own_agency(work), Death.state == "asked")
    return work.session.scalar(select(Death.id).where(*mine)) is not None


def _row(work: Work, found: DeathFacts, *states: str) -> Death:
    wanted = select(Death).where(Death.person_id == found.person_id, Death.id == found.id)
    row = work.session.scalars(wanted.with_for_update()).one_or_none()
    if row is None:
        raise NotThere()
    if row.state not in states:
        raise Conflict()
    return row


def _name(work: Work) -> str:
    return names.account_name(work, work.actor.account_id)
