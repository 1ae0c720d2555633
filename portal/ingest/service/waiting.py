"""Records for a client whom nobody has linked yet: kept under the agency's key for at most 90 days."""

import json
from datetime import date
from typing import Any

from sqlalchemy import select

from portal.agencies import service as agencies
from portal.base import ids
from portal.base.crypto import SYSTEM_OWNER, Place
from portal.base.work import Work
from portal.ingest.models import Waiting
from portal.ingest.service.holding import as_facts
from portal.ingest.service.incoming import WAITS, Incoming, Outcome, Who


def keep(
    work: Work, agency_id: int, client_ref: str, incoming: list[Incoming], who: Who | None, outcome: Outcome
) -> None:
    """Keep records until the person links; a newer one of the same source takes the older one's place."""
    if not incoming:
        return
    client = agencies.client_fingerprint(work, agency_id, client_ref)
    known = {row.source_fingerprint: row for row in _rows(work, agency_id, client)}
    for one in incoming:
        source = work.keys.digest("waiting-source", f"{one.type_key}\x1f{one.source_id}")
        facts = as_facts(client_ref, [one], who)
        body_key = work.keys.digest("waiting-body", json.dumps(facts, sort_keys=True))
        row = known.get(source)
        if row is not None and row.body_fingerprint == body_key:
            outcome.unchanged += 1
        else:
            if row is None:
                row = known[source] = Waiting(
                    agency_id=agency_id,
                    client_fingerprint=client,
                    source_fingerprint=source,
                    id=ids.random63(),
                )
                work.session.add(row)
            row.body = work.keys.seal_json(_place(row), facts)
            row.body_fingerprint = body_key
            row.received_at = work.now
            outcome.records += 1
        outcome.waiting += 1
        outcome.kinds["waiting"] += 1
    work.session.flush()
    outcome.warn(WAITS)


def opened(work: Work, agency_id: int, client_ref: str) -> list[tuple[Waiting, Incoming, Who | None]]:
    """Give what waits for a client, in the order in which it came."""
    client = agencies.client_fingerprint(work, agency_id, client_ref)
    found = []
    for row in sorted(_rows(work, agency_id, client), key=lambda row: (row.received_at, row.id)):
        facts = work.keys.open_json(_place(row), row.body)
        found.append((row, _incoming(facts["records"][0]), _who(facts["who"])))
    return found


def _rows(work: Work, agency_id: int, client: bytes) -> list[Waiting]:
    return list(
        work.session.scalars(
            select(Waiting).where(Waiting.agency_id == agency_id, Waiting.client_fingerprint == client)
        )
    )


def _incoming(facts: dict[str, Any]) -> Incoming:
    day = facts["recorded_on"]
    return Incoming(**{**facts, "recorded_on": date.fromisoformat(day) if day else None})


def _who(facts: dict[str, Any] | None) -> Who | None:
    if facts is None:
        return None
    born = facts["birth_date"]
    return Who(tuple(facts["names"]), date.fromisoformat(born) if born else None)


def _place(row: Waiting) -> Place:
    return Place("ingest_waiting", "body", row.id, SYSTEM_OWNER, row.agency_id)
