"""Takes a record out of everything a person reads, where the Act lets an agency neither confirm nor deny it."""

from datetime import date
from typing import Any

from portal.base import clock
from portal.base.problems import Invalid, NotThere
from portal.base.work import Work
from portal.language.rules import N_
from portal.law import grounds
from portal.records import rules
from portal.records.models import Record
from portal.records.service.rows import WHOLE, add_part, open_parts, record_of

# L10n: error for staff and agencies' systems: section 47 may not be used with this reason.
NOT_ALLOWED = N_("This ground does not allow to neither confirm nor deny.")
# L10n: error for staff: what was asked for needs the name of a role.
WHO_DECIDED = N_("Write who decided this.")


def may_keep_silent(ground: str) -> bool:
    """Say whether a ground of law.grounds lets an agency neither confirm nor deny (Privacy Act 2020 section 47)."""
    found = next((one for one in grounds.ACCESS_GROUNDS if one.code == ground), None)
    return found is not None and found.enabled and found.may_neither_confirm


def keep_silent(
    work: Work, person_id: int, record_id: int, ground: str, by: str, decided_on: date | None = None
) -> None:
    """Neither confirm nor deny a record: it leaves every page, count, share, file and answer of its person.

    `ground` is a code of law.grounds that section 47 allows, `by` the role that decided, `decided_on` its day (New
    Zealand; today where none is given). For a privacy officer of the agency, its own system, or an operator whom
    it asked. The agency's staff still see the record. A second time changes nothing. Raises NotThere, and Invalid
    with a sentence. Privacy Act 2020 section 47.
    """
    record = _own(work, person_id, record_id)
    if not may_keep_silent(ground):
        raise Invalid(NOT_ALLOWED, "ground")
    if not by.strip():
        raise Invalid(WHO_DECIDED, "by")
    if record.state == rules.SILENT:
        return
    record.state = rules.SILENT
    about = {
        "ground": ground,
        "by": by.strip(),
        "decided_on": (decided_on or clock.nz_date(work.now)).isoformat(),
        "account": str(work.actor.account_id or ""),
    }
    add_part(work, record, "silent", WHOLE, about)


def end_silence(work: Work, person_id: int, record_id: int) -> None:
    """Let the person's pages show a record again. Who may is as for `keep_silent`. Raises NotThere."""
    record = _own(work, person_id, record_id)
    if record.state == rules.SILENT:
        record.state = "live"
    for part in open_parts(work, record, "silent"):
        part.ended_at = work.now


def is_silent(work: Work, person_id: int, record_id: int) -> bool:
    """Say whether nothing may be said to the person of a record: then nothing is told of it either."""
    return record_of(work, person_id, record_id).state == rules.SILENT


def _own(work: Work, person_id: int, record_id: int) -> Record:
    record = record_of(work, person_id, record_id)
    if record.state == "aside" or not _decides(work.actor, record.agency_id):
        raise NotThere()
    return record


def _decides(actor: Any, agency_id: int) -> bool:
    if actor.kind == "system":
        return True
    own = actor.agency_id == agency_id
    return own and (actor.kind == "key" or actor.role == "privacy-officer")
