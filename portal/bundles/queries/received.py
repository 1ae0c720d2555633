"""Who received a value through a person's shares: whoever has to be told once it is put right (principle 7(5))."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from portal.base.clock import nz_date
from portal.base.work import Work
from portal.bundles import rules
from portal.bundles.models import Opening, Share
from portal.bundles.queries.shares import opening_place, place


@dataclass(frozen=True, slots=True)
class Received:
    """A share that was opened and held a value. `live`: it can still be opened, and then shows what is right now.

    `recipient` is for whom the person made it, `name` the name that they gave in it; `last_on` the New Zealand day
    of its last opening; `fields` those that it held. `organisations` are those whose workers opened it signed in.
    """

    ref: int
    id: int
    fields: list[str]
    recipient: str
    name: str
    live: bool
    last_on: date
    organisations: frozenset[int]


def who_received(work: Work, person_id: int, record_id: int, fields: Collection[str]) -> list[Received]:
    """Give the shares of a person through which somebody read one of these fields of a record. Two reads.

    For verbs that act on the person's own request; what it says is for the person alone, and no agency's staff.
    """
    rows = work.session.execute(
        select(
            Share.id,
            Share.ref,
            Share.chosen,
            Share.state,
            Share.expires_at,
            Share.tries_left,
            Share.opens,
            Share.most_opens,
        ).where(Share.person_id == person_id, Share.state != "draft", Share.opens > 0)
    ).all()
    opened = {row.id: row for row in rows}
    said = {row.id: work.keys.open_json(place("chosen", row.id, person_id), row.chosen) for row in rows}
    held = [one for one in opened if _held_of(said[one], record_id, fields)]
    if not held:
        return []
    seen = _seen(work, person_id, held)
    return [
        Received(
            ref=opened[one].ref,
            id=one,
            fields=_held_of(said[one], record_id, fields),
            recipient=said[one].get("recipient", ""),
            name=said[one].get("name", ""),
            live=_state(work, opened[one]) == "live",
            last_on=max(day for day, _ in seen[one]),
            organisations=frozenset(agency for _, agency in seen[one] if agency),
        )
        for one in held
        if one in seen
    ]


def _seen(work: Work, person_id: int, held: list[int]) -> dict[int, list[tuple[date, int]]]:
    """Give by share when it was opened, and by which organisation, 0 for none."""
    seen: dict[int, list[tuple[date, int]]] = {}
    for row in work.session.execute(
        select(Opening.id, Opening.share_id, Opening.at, Opening.recipient).where(
            Opening.person_id == person_id, Opening.share_id.in_(held)
        )
    ):
        who = work.keys.open_json(opening_place(row.id, person_id), row.recipient)
        seen.setdefault(row.share_id, []).append((nz_date(row.at), int(who.get("agency") or 0)))
    return seen


def _held_of(chosen: dict, record_id: int, fields: Collection[str]) -> list[str]:
    """Give those of the fields that a share holds of a record."""
    return [
        key
        for line in chosen.get("lines", [])
        if line["record"] == record_id
        for key in line["fields"]
        if key in fields
    ]


def _state(work: Work, row) -> str:
    spent = rules.is_spent(row.opens, row.most_opens)
    return rules.state_of(row.state, row.expires_at, row.tries_left, work.now, spent=spent)
