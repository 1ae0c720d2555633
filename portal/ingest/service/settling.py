"""Settling what was held back: staff look, and show it to the linked person or send it back to whoever sent it.

Where both the name and the birth date contradict, two people have to agree. Privacy Act 2020 principles 5 and 8.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from portal.agencies import service as agencies
from portal.agencies import tasks
from portal.agencies.queries import catalogue
from portal.base.problems import Conflict, Invalid, NotThere
from portal.base.work import Work
from portal.ingest import queries
from portal.ingest.models import Held, Settlement
from portal.ingest.queries import HeldFacts, LinkSaid
from portal.ingest.service.holding import as_facts
from portal.ingest.service.incoming import Incoming
from portal.ingest.service.taking import take
from portal.language.rules import N_
from portal.notices import service as notices

MOST_LISTED = 50
MOST_WORDS = 1_000
# L10n: staff page about records that were held back, error beside an empty field.
SAY_WHY = N_("Write how you know, in a sentence.")
# L10n: staff page about records that were held back, error beside a text field. The limit is 1,000 characters.
SHORTER = N_("Use 1,000 characters or fewer.")
# L10n: staff page about records that were held back, error.
NOBODY = N_("Nobody is linked to this client now. Send the records back, or link the person first.")
# L10n: staff page about records that were held back, error: a second person has to agree.
SECOND = N_("You proposed this. A colleague has to look too, since name and birth date are both different.")

# L10n: staff page of a request to see something, error.
OFFICER = N_("Only a privacy officer can do this.")


@dataclass(frozen=True, slots=True)
class HeldView:
    """Something held back, as staff see it. Nothing of the linked person is in it but what the link says.

    `sent` holds what was sent as (title of its type, the agency's own number, its day as text or None);
    `names` and `birth_date` are those that came with it. `contradicts` names what is not the linked person's: name,
    birth_date; it is empty where nothing speaks against showing it any more, and `linked_at` None where nobody is
    linked now. `known_as` is the other name that staff took as the person's before.
    """

    ref: int
    client_ref: str
    received_at: datetime
    sent: list[tuple[str, str, str | None]]
    names: tuple[str, ...]
    birth_date: date | None
    contradicts: tuple[str, ...] = ()
    linked_at: datetime | None = None
    strength: str = ""
    known_as: str = ""
    proposed_by: int = 0
    proposed_why: str = ""

    @property
    def needs_two(self) -> bool:
        """Whether two people have to agree before it is shown."""
        return len(self.contradicts) > 1


def held(work: Work, ref: int) -> HeldView:
    """Give something held back at the actor's agency, beside what the link says: four reads. Raises NotThere."""
    found = queries.held_one(work, ref)
    said = _link(work, found)
    view = _view(work, found)
    if said is None:
        return view
    if said.person_id == work.actor.person_id:
        # Nobody looks into what is held about themselves, whatever their role.
        raise NotThere()
    return HeldView(
        *(view.ref, view.client_ref, view.received_at, view.sent, view.names, view.birth_date),
        *(said.contradicts, said.linked_at, said.strength, said.known_as),
        *(found.proposed_by, found.proposed_why),
    )


def held_list(work: Work) -> list[HeldView]:
    """Give what is held back at the actor's agency, the newest first: two reads."""
    return [_view(work, found) for found in queries.held_of(work, MOST_LISTED)]


def show_held(work: Work, ref: int, why: str) -> str:
    """Say that it is the linked person all the same, and show them what was held; gives "shown" or "proposed".

    Where name and birth date both contradict it is proposed first, and shown once somebody else says the same. From
    then on the agency's feeds may carry this name and birth date. The person is told only where something appears.
    `why`: how staff know. Raises Invalid, Conflict, NotThere. Privacy Act 2020 principle 8.
    """
    row, found, said_why = _open(work, ref, why)
    said = _link(work, found)
    if said is None:
        raise Invalid(NOBODY)
    if said.person_id == work.actor.person_id:
        raise NotThere()
    if work.actor.role != "privacy-officer" and any(one["silent"] for one in found.facts["records"]):
        # Section 47: what is kept silent is kept so by them alone, and must never be loaded without it.
        raise Invalid(OFFICER)
    if len(said.contradicts) > 1:
        if not found.proposed_by:
            _note(work, row, "proposed", said_why)
            tasks.change(work, ref, state="waiting", agency_id=row.agency_id)
            return "proposed"
        if found.proposed_by == work.actor.account_id:
            raise Invalid(SECOND)
    if said.contradicts:
        names, born = _who(found)
        name = names[0] if names else said.full_name
        agencies.accept_as(work, said.person_id, row.agency_id, name, born or said.born)
    client_ref = found.facts["client_ref"]
    records = [_incoming(one) for one in found.facts["records"]]
    outcome = take(work, row.agency_id, client_ref, records, nothing_held=not records, keep_newer=True)
    if outcome.seen:
        notices.tell(work, said.person_id, "records_added", row.agency_id)
    _end(work, row, found, "shown", said_why)
    return "shown"


def send_back(work: Work, ref: int, why: str) -> None:
    """Say that it is about somebody else: what was sent is deleted here, and nobody sees it. `why`: how staff know.

    Raises Invalid, Conflict, NotThere. Privacy Act 2020 principles 5 and 8.
    """
    row, found, said_why = _open(work, ref, why)
    said = _link(work, found)
    if said is not None and said.person_id == work.actor.person_id:
        raise NotThere()
    _end(work, row, found, "sent-back", said_why)


def _open(work: Work, ref: int, why: str) -> tuple[Held, HeldFacts, str]:
    found = queries.held_one(work, ref)
    row = work.session.scalars(
        select(Held).where(Held.agency_id == work.actor.agency_id, Held.id == found.id).with_for_update()
    ).one()
    if row.settled_at is not None:
        raise Conflict()
    said = (why or "").strip()
    if not said:
        raise Invalid(SAY_WHY, "why")
    if len(said) > MOST_WORDS:
        raise Invalid(SHORTER, "why")
    return row, found, said


def _end(work: Work, row: Held, found: HeldFacts, outcome: str, why: str) -> None:
    _note(work, row, outcome, why)
    row.settled_at = work.now
    # It stands in the records now, or is not the agency's to keep here.
    rest = as_facts(found.facts["client_ref"], [], None)
    row.body = work.keys.seal_json(queries.held_place(row.id, row.agency_id), rest)
    tasks.close(work, row.agency_id, row.ref)


def _note(work: Work, row: Held, outcome: str, why: str) -> None:
    number = work.new_id()
    place = queries.settlement_place(number, row.agency_id)
    work.session.add(
        Settlement(
            agency_id=row.agency_id,
            id=number,
            held_id=row.id,
            outcome=outcome,
            account_id=work.actor.account_id or 0,
            at=work.now,
            words=work.keys.seal_json(place, {"why": why}),
        )
    )


def _link(work: Work, found: HeldFacts) -> LinkSaid | None:
    agency_id = work.actor.agency_id or 0
    fingerprint = agencies.client_fingerprint(work, agency_id, found.facts["client_ref"])
    return queries.link_said(work, agency_id, fingerprint, *_who(found))


def _view(work: Work, found: HeldFacts) -> HeldView:
    types = catalogue(work).agency(work.actor.agency_id or 0).types
    sent = [
        (types[one["type_key"]].title if one["type_key"] in types else one["type_key"], one["source_id"],
         one["recorded_on"])
        for one in found.facts["records"]
    ]  # fmt: skip
    return HeldView(found.ref, found.facts["client_ref"], found.received_at, sent, *_who(found))


def _who(found: HeldFacts) -> tuple[tuple[str, ...], date | None]:
    who = found.facts["who"] or {"names": [], "birth_date": None}
    return tuple(who["names"]), date.fromisoformat(who["birth_date"]) if who["birth_date"] else None


def _incoming(facts: dict[str, Any]) -> Incoming:
    day = facts["recorded_on"]
    return Incoming(**{**facts, "recorded_on": date.fromisoformat(day) if day else None})
