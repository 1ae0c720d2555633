"""Proof in person: the person shows a short-lived code at a counter, and named staff say what they saw."""

from dataclasses import dataclass

from sqlalchemy import delete, select

from portal.agencies import queries, rules, tasks
from portal.agencies.models import Client, CounterCode, Link
from portal.agencies.queries import plain_ref, proof_place
from portal.agencies.service.letters import LOCKED
from portal.agencies.service.linking import (
    after_linking,
    ask_to_tell,
    client_fingerprint,
    end_link,
    link,
    others_who_claim,
    tell_of_link,
)
from portal.base import ids
from portal.base.problems import Invalid, NotThere
from portal.base.work import Work
from portal.identity.service.locks import link_locked
from portal.notices import service as notices


@dataclass(frozen=True, slots=True)
class Shown:
    """What a person shows at a counter, and what staff type: the code, their own client number, what they saw."""

    code: str
    client_ref: str
    saw: tuple[str, ...]


def new_counter_code(work: Work) -> str:
    """Make the code that the actor shows at a counter, and give it: 8 letters, 15 minutes, the last one only.

    Raises Invalid where the person has locked linking.
    """
    person_id = work.actor.person_id
    if person_id is None:
        raise NotThere()
    if link_locked(work, person_id):
        raise Invalid(LOCKED)
    work.session.execute(delete(CounterCode).where(CounterCode.person_id == person_id))
    code = ids.typed_code(rules.CODE_LETTERS)
    work.session.add(
        CounterCode(
            fingerprint=_key(work, code), person_id=person_id, expires_at=work.now + rules.COUNTER_LIFE
        )
    )
    return code


def prove(work: Work, shown: Shown, settling: bool = False) -> str | None:
    """Link the person behind a counter code in person, or make their link stronger. For staff of the agency.

    Gives "proved", or "held" where somebody else claims the client too and staff must settle that first. None
    for every failure, whether of the code, its age, or what the person has already: staff learn nothing of it.
    The caller counts the tries. With `settling` the others' claims in doubt end. Principles 5 and 8.
    """
    agency_id = _agency(work)
    person_id = _behind(work, shown.code)
    if person_id is None or not _may(work, person_id, agency_id, shown.client_ref):
        return None
    work.session.execute(delete(CounterCode).where(CounterCode.person_id == person_id))
    before = work.session.get(Link, (person_id, agency_id))
    known = before is not None and before.state == "active"
    others = others_who_claim(work, agency_id, shown.client_ref, person_id)
    # A live link of somebody else is never ended in passing: this one freezes both.
    settling = settling and not any(other.state == "active" for other in others)
    link(work, person_id, agency_id, shown.client_ref, "in-person")
    mine = work.session.get_one(Link, (person_id, agency_id))
    mine.proved_by = work.actor.account_id
    place = proof_place(mine.pairwise_id, person_id, agency_id)
    mine.proof = work.keys.seal_json(place, {"saw": list(shown.saw), "at": work.now.isoformat()})
    if settling:
        _prefer(work, mine, others, shown.client_ref)
    if mine.state != "active":
        return "held"
    if known:
        notices.tell(work, person_id, "link_proved", agency_id)
        ask_to_tell(work, agency_id, shown.client_ref)
    else:
        tell_of_link(work, person_id, agency_id, shown.client_ref)
    return "proved"


def settle(work: Work, ref: int, code: str, saw: tuple[str, ...]) -> str | None:
    """Say that the person behind a counter code is the client of a held link; other claims end. None as in `prove`.

    Raises NotThere where the row is not a held link of the actor's agency, or is done.
    """
    task = queries.held_link(work, ref)
    done = prove(work, Shown(code, task.summary["client_ref"], saw), settling=True)
    if done == "proved" and task.summary.get("name"):
        # The letter has another name or birth date, and staff took the person as the same: feeds may carry it.
        mine = work.session.scalars(
            select(Link).where(
                Link.agency_id == task.agency_id,
                Link.client_fingerprint
                == client_fingerprint(work, task.agency_id, task.summary["client_ref"]),
                Link.state == "active",
            )
        ).one()
        place = queries.held_place(mine.pairwise_id, mine.person_id, mine.agency_id)
        held = {key: task.summary[key] for key in ("name", "birth_date")}
        mine.held = work.keys.seal_json(place, held)
    if done is not None:
        tasks.close(work, task.agency_id, ref)
    return done


def turn_down(work: Work, ref: int) -> str:
    """Say that none of those who claim a client in doubt is the client: their links end, at once for all.

    What the agency holds stays as it is. Raises NotThere as in `settle`.
    """
    task = queries.held_link(work, ref)
    client_ref = task.summary["client_ref"]
    for other in others_who_claim(work, task.agency_id, client_ref, 0):
        if other.state != "active":
            end_link(work, other)
            _leave_directory(work, other, client_ref)
    tasks.close(work, task.agency_id, ref)
    return ids.encode(ref)


def _prefer(work: Work, mine: Link, others: list[Link], client_ref: str) -> None:
    for other in others:
        end_link(work, other)
    key = client_fingerprint(work, mine.agency_id, client_ref)
    owner = work.session.get(Client, (mine.agency_id, key))
    if owner is None:
        work.session.add(Client(agency_id=mine.agency_id, fingerprint=key, person_id=mine.person_id))
    else:
        owner.person_id = mine.person_id
    if mine.state == "frozen":
        mine.state = "active"
        after_linking(work, mine.person_id, mine.agency_id)


def _leave_directory(work: Work, gone: Link, client_ref: str) -> None:
    key = client_fingerprint(work, gone.agency_id, client_ref)
    owner = work.session.get(Client, (gone.agency_id, key))
    if owner is not None and owner.person_id == gone.person_id:
        work.session.delete(owner)


def _behind(work: Work, code: str) -> int | None:
    return work.session.scalar(
        select(CounterCode.person_id).where(
            CounterCode.fingerprint == _key(work, ids.fold_code(code)), CounterCode.expires_at > work.now
        )
    )


def _may(work: Work, person_id: int, agency_id: int, client_ref: str) -> bool:
    """Nobody proves themselves; who has locked linking, or is another client here, stays as they are."""
    if person_id == work.actor.person_id or link_locked(work, person_id):
        return False
    present = work.session.get(Link, (person_id, agency_id))
    if present is None:
        return True
    same = queries.client_ref_of(work, person_id, agency_id) == plain_ref(client_ref)
    return same and present.state != "ended"


def _agency(work: Work) -> int:
    if work.actor.agency_id is None:
        raise NotThere()
    return work.actor.agency_id


def _key(work: Work, code: str) -> bytes:
    return work.keys.digest("counter", code)
