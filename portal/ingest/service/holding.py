"""Work for an agency's staff: records held back because they contradict the linked person, values that came back."""

import json
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from portal.agencies import tasks
from portal.agencies.rules import AgencyFacts
from portal.base import ids
from portal.base.clock import nz_date
from portal.base.work import Work
from portal.ingest import queries
from portal.ingest.models import Held
from portal.ingest.service.incoming import Incoming, Who

LOOK_WITHIN = timedelta(days=7)


def as_facts(client_ref: str, incoming: list[Incoming], who: Who | None) -> dict[str, Any]:
    """Give what was sent as JSON values, to be sealed."""
    return {
        "client_ref": client_ref,
        "who": None if who is None else {"names": list(who.names), "birth_date": _day(who.birth_date)},
        "records": [{**asdict(one), "recorded_on": _day(one.recorded_on)} for one in incoming],
    }


def hold(work: Work, agency: AgencyFacts, client_ref: str, incoming: list[Incoming], who: Who | None) -> None:
    """Keep records away from everyone until staff have looked; the same again makes no second task. Principle 8."""
    facts = as_facts(client_ref, incoming, who)
    key = work.keys.digest("held", f"{agency.id}\x1f{json.dumps(facts, sort_keys=True)}")
    row = work.session.scalar(select(Held).where(Held.agency_id == agency.id, Held.fingerprint == key))
    if row is None:
        row = Held(agency_id=agency.id, id=ids.random63(), reason="not_this_person", fingerprint=key)
        work.session.add(row)
    elif row.settled_at is None:
        return
    # What was sent back before, and comes again as it was, is looked at again.
    row.ref = ref = ids.random63()
    row.body = work.keys.seal_json(queries.held_place(row.id, agency.id), facts)
    row.received_at, row.settled_at = work.now, None
    # Nothing of the linked person goes to staff: they learn their own client number and what it was about.
    _ask(work, agency, ref, "held", 0, client_ref, sorted({one.type_key for one in incoming}))


def ask_about_old_value(
    work: Work, agency: AgencyFacts, person_id: int, client_ref: str, type_key: str
) -> None:
    """Ask staff to fix their own system, which sent a value that a decision had replaced."""
    _ask(work, agency, ids.random63(), "came_back", person_id, client_ref, [type_key])


def _ask(
    work: Work,
    agency: AgencyFacts,
    ref: int,
    kind: str,
    person_id: int,
    client_ref: str,
    type_keys: list[str],
) -> None:
    labels = [agency.types[key].title for key in type_keys if key in agency.types]
    summary = {"client_ref": client_ref, "labels": labels}
    tasks.add(work, agency.id, ref, kind, nz_date(work.now) + LOOK_WITHIN, person_id, summary)


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None
