"""Orders of a court, and orders that protect somebody: at the agency that wrote one down it goes before every right."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from portal.agencies import queries as agencies
from portal.agencies.rules import same_person
from portal.base import ids
from portal.base.problems import Conflict, Invalid, NotThere
from portal.base.work import Work
from portal.delegations.models import Helper, Order, OrderScope
from portal.delegations.queries import authority as queries
from portal.delegations.rules import authority as rules
from portal.delegations.service.standing import client_of, end_row
from portal.identity import queries as identity
from portal.language.rules import N_


@dataclass(frozen=True, slots=True)
class OrderDraft:
    """An order as staff write it: about which client, against whom, and what it keeps from them (`born`: of whom).

    `holder_born` may be unknown: then everybody of that name is meant.
    """

    client_ref: str
    born: date | None
    name: str
    holder_born: date | None
    saw: str
    types: frozenset[str]
    everything: bool


def record_order(work: Work, draft: OrderDraft) -> str:
    """Write an order down, which holds at once, and give its ref. Where it keeps everything, authorities end.

    Raises Invalid. Privacy Act 2020 sections 49 and 57; Family Violence Act 2018.
    """
    fault = rules.order_fault(draft.name, draft.saw, draft.types, draft.everything)
    if fault:
        raise Invalid(fault[1], fault[0])
    person_id, agency_id = client_of(work, draft.client_ref, draft.born), work.actor.agency_id or 0
    types = {""} if draft.everything else _known(work, agency_id, draft.types)
    order_id, ref = work.new_id(), ids.random63()
    said = {
        "client_ref": draft.client_ref.strip(),
        "name": draft.name.strip(),
        "born": draft.holder_born.isoformat() if draft.holder_born else "",
        "saw": draft.saw,
        "by": identity.account_name(work, work.actor.account_id),
    }
    row = Order(
        person_id=person_id,
        id=order_id,
        ref=ref,
        agency_id=agency_id,
        account_id=_account_of(work, person_id, draft.name, draft.holder_born),
        document=work.keys.seal_json(queries.order_place(order_id, person_id, agency_id), said),
        made_at=work.now,
    )
    work.session.add(row)
    work.session.add_all(
        OrderScope(person_id=person_id, order_id=order_id, type_key=key) for key in sorted(types)
    )
    if draft.everything:
        for one in queries.open_of(work, person_id, agency_id):
            if _is(draft.name, draft.holder_born, one.name, one.holder_born):
                end_row(work, one, "order", draft.saw)
    return ids.encode(ref)


def lift_order(work: Work, ref: int, words: str) -> str:
    """Say that an order does not hold any more. What it ended does not begin again by itself.

    Raises NotThere, Conflict once it is lifted, and Invalid without a reason.
    """
    found = queries.order(work, ref)
    row = work.session.get(Order, (found.person_id, found.id))
    if row is None or row.lifted_at is not None:
        raise Conflict()
    if not words.strip():
        # L10n: Staff page that says that a court's order does not hold any more: error beside an empty field.
        raise Invalid(N_("Write how you know that it is over."), "words")
    place = queries.order_place(row.id, row.person_id, row.agency_id)
    by = identity.account_name(work, work.actor.account_id)
    said = work.keys.open_json(place, row.document) | {"lifted": {"by": by, "words": words}}
    row.document, row.lifted_at = work.keys.seal_json(place, said), work.now
    return ids.encode(ref)


def refuse_against_orders(work: Work, person_id: int, draft: rules.Draft) -> None:
    """Raise Invalid where an order of the actor's agency is against whom staff want to record an authority for."""
    for one in queries.orders(work, person_id, work.actor.agency_id):
        if not _is(one.name, one.born, draft.name, draft.holder_born):
            continue
        if one.everything:
            # L10n: Staff page that records who may act for a client: error beside the name.
            raise Invalid(N_("There is an order: this person may see nothing of this client."), "name")
        if one.types & draft.types:
            # L10n: Staff page that records who may act for a client: error beside the kinds of records.
            raise Invalid(N_("There is an order: this person may not see all that you ticked."), "types")


def know(work: Work, person_id: int, account_id: int) -> None:
    """Note that an account is theirs against whom an order is, once somebody begins to help or act with it."""
    waiting = select(Order).where(
        Order.person_id == person_id, Order.account_id.is_(None), Order.lifted_at.is_(None)
    )
    rows = work.session.scalars(waiting).all()
    if not rows:
        return
    theirs = queries.name_and_birth(work, account_id)
    for row in rows:
        said = work.keys.open_json(queries.order_place(row.id, person_id, row.agency_id), row.document)
        born = date.fromisoformat(said["born"]) if said["born"] else None
        if _is(said["name"], born, *theirs):
            row.account_id = account_id


def _account_of(work: Work, person_id: int, name: str, born: date | None) -> int | None:
    """Give the account of somebody who helps or acts for a person already, if it is theirs against whom an order is."""
    known = select(Helper.account_id).where(Helper.person_id == person_id, Helper.account_id.is_not(None))
    for account_id in work.session.scalars(known.distinct()):
        if account_id is not None and _is(name, born, *queries.name_and_birth(work, account_id)):
            return account_id
    return None


def _is(name: str, born: date | None, other: str, other_born: date | None) -> bool:
    """Say whether two may be one; a birth date that nobody knows does not tell them apart."""
    day = born or other_born or date.min
    return same_person(name, born or day, other, other_born or day)


def _known(work: Work, agency_id: int, types: frozenset[str]) -> set[str]:
    found = {key for key in types if agencies.catalogue(work).type(agency_id, key) is not None}
    if not found:
        raise NotThere()
    return found
