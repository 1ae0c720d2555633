"""The agency's own copy: what belongs beside its data goes home with it, and each person sees that it was taken."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from portal.access_log import service as access_log
from portal.agencies import values
from portal.agencies.rules import FieldFacts
from portal.base import ids
from portal.base.problems import Invalid
from portal.base.work import Work
from portal.corrections import queries
from portal.corrections.queries import Copied, CopyPart
from portal.identity import queries as identity
from portal.language.rules import LANGUAGES, N_

IN_A_CALL = 50
"""Rows that an agency's system gets at once."""
IN_A_COPY = 200
"""Rows in one file."""
SETTLED = timedelta(minutes=1)
"""What is younger may stand before something that is still being saved: a system that goes on from its place then
never passes anything over."""
# L10n: on the page "Who has looked": why an agency took a person's own words and what was fixed into its own system.
WHY = N_("To keep it with what they hold about you")
# L10n: error where an agency's copy was asked for from a place that the portal never gave; "after" is a name.
NO_SUCH_PLACE = N_("The value of “after” is none that we gave. Leave it out to begin at the start.")


@dataclass(frozen=True)
class Copy:
    """Rows of an agency's copy, where they end (empty where there are none), and whether more follows now."""

    rows: list[Copied]
    end: str
    more: bool


def part_of_copy(work: Work, after: str = "") -> CopyPart:
    """Say what the next file of the actor's agency would hold after a place; nothing of it is opened. One read."""
    return queries.copy_part(work, IN_A_COPY, queries.place_of(after))


def copy(work: Work, after: str = "") -> Copy:
    """Give staff of an agency the rows of one file, from a place on; the looks ride along with it.

    Two reads. Raises NotThere, and Invalid for a place that is none. Privacy Act 2020 s 64, principle 7(3)-(4).
    """
    found = queries.copied(work, IN_A_COPY, _place(after))
    return _noted(work, Copy(*found), "staff")


def copy_home(work: Work, after: str = "") -> Copy:
    """Give an agency's own system the rows after a place; the looks ride along. What is a minute old, or older.

    Two reads. Raises NotThere, and Invalid for a place that is none. Privacy Act 2020 s 64, principle 7(3)-(4).
    """
    found = queries.copied(work, IN_A_CALL, _place(after), work.now - SETTLED)
    return _noted(work, Copy(*found), "system")


def as_document(one: Copied) -> dict[str, Any]:
    """Give a row as an agency's system reads it: the schema Correction of the agency API."""
    said, record = one.statement, None
    if one.record_ref is not None:
        record = {
            "id": ids.encode(one.record_ref),
            "type": one.type_key,
            "recorded_on": _day(one.recorded_on),
        }
    changed = {
        "from": _value(one.field, one.held),
        "to": _value(one.field, one.value),
        "at": _moment(one.applied_at),
    }
    return {
        "id": f"{ids.encode(one.ref)}.{one.no}",
        "at": _moment(one.at),
        "client": one.client,
        "reference": one.reference,
        "record": record,
        "field": one.field.key,
        "label": one.field.label,
        "statement": {"text": said.text, "lang": _language(said.lang), "at": _moment(said.at)}
        if said
        else None,
        "statement_taken_off": one.taken_off,
        "change": changed if one.changed else None,
    }


def _place(after: str) -> queries.Key | None:
    found = queries.place_of(after) if after else None
    if after and found is None:
        raise Invalid(NO_SUCH_PLACE, "after")
    return found


def _noted(work: Work, found: Copy, by: str) -> Copy:
    """Let one look for each person ride along with the page, however many of their values are on it."""
    seen: dict[int, list[str]] = {}
    for one in found.rows:
        seen.setdefault(one.person_id, []).append(one.field.label)
    staff = {}
    if seen and work.actor.account_id:
        staff = {"who": identity.account_name(work, work.actor.account_id), "role": work.actor.role or ""}
    for person_id, labels in seen.items():
        details = {"who": "", "role": "", "why": WHY, "records": list(dict.fromkeys(labels))} | staff
        work.also(access_log.note, person_id, by, work.actor.agency_id, "copy", details)
    return found


def _value(field: FieldFacts, value: Any) -> Any:
    # As staff see it: an identifier shows its end only.
    return values.masked(str(value)) if field.masked and value is not None else value


def _language(tag: str) -> str:
    return LANGUAGES[tag].bcp47 if tag in LANGUAGES else tag


def _day(on: date | None) -> str | None:
    return on.isoformat() if on else None


def _moment(at: datetime | None) -> str | None:
    return at.isoformat(timespec="seconds").replace("+00:00", "Z") if at else None
