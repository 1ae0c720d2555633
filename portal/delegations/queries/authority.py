"""Reads of authority: who may act for a person, as an agency checked; and the orders that go before it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Row, Select, and_, select

from portal.base.crypto import SYSTEM_OWNER, Place
from portal.base.problems import NotThere
from portal.base.work import Work
from portal.delegations import rules
from portal.delegations.models import Authority, Helper, HelperCode, Order, OrderScope, Scope
from portal.delegations.queries.trusted import name_place
from portal.delegations.rules.authority import words_of
from portal.identity import queries as identity
from portal.identity.models import Account


@dataclass(frozen=True, slots=True)
class AuthorityFacts:
    """Somebody who may act for a person at one agency. `state` is waiting (for the code), live, expired, ended, or
    closed by a death.

    `last_on` is the last day in New Zealand on which it holds; `types` are keys of the agency's record types, None on
    the list. `ended` holds why (staff, person, order), by (a name) and words. Times are aware UTC.
    """

    id: int
    ref: int
    person_id: int
    agency_id: int
    kind: str
    name: str
    state: str
    until: datetime
    last_on: date
    used_at: datetime | None
    ended_at: datetime | None
    code_until: datetime | None
    checked_at: datetime
    objected_at: datetime | None
    client_ref: str
    form: str
    from_on: date
    own_yes: bool
    checks: list[tuple[str, str, date]]
    born: date
    holder_born: date
    ended: dict[str, str]
    types: frozenset[str] | None = None

    @property
    def open(self) -> bool:
        """Say whether they can see something, or will as soon as they use their code."""
        return self.state in ("waiting", "live")


@dataclass(frozen=True, slots=True)
class OrderFacts:
    """A court's order, or one that protects somebody, as an agency wrote it down. Times are aware UTC.

    `types` are keys of the agency's record types that are kept from them; `everything` says that all are.
    """

    id: int
    ref: int
    person_id: int
    client_ref: str
    name: str
    born: date | None
    saw: str
    by: str
    made_at: datetime
    lifted_at: datetime | None
    lifted: dict[str, str] = field(default_factory=dict)
    types: frozenset[str] = frozenset()

    @property
    def everything(self) -> bool:
        """Say whether it keeps everything of the agency from them."""
        return "" in self.types


def document_place(authority_id: int, person_id: int, agency_id: int) -> Place:
    """Give where stands what staff wrote of an authority."""
    return Place("delegations_authority", "document", authority_id, person_id, agency_id)


def order_place(order_id: int, person_id: int, agency_id: int) -> Place:
    """Give where stands what staff wrote of an order."""
    return Place("delegations_order", "document", order_id, person_id, agency_id)


def authorities(work: Work, most: int, before: int | None = None) -> list[AuthorityFacts]:
    """Give who may, or might, act for clients of the actor's agency, the newest first; older than that of a ref."""
    statement = (
        _facts_of().where(Authority.agency_id == _agency(work)).order_by(Authority.id.desc()).limit(most)
    )
    if before is not None:
        last = select(Authority.id).where(Authority.agency_id == _agency(work), Authority.ref == before)
        statement = statement.where(Authority.id < last.scalar_subquery())
    rows = work.session.execute(statement).all()
    work.keys.load(*{row.person_id for row in rows})
    return [_facts(work, [row]) for row in rows]


def authority(work: Work, ref: int) -> AuthorityFacts:
    """Give one authority that the actor's agency checked, with what may be seen by it. Raises NotThere."""
    return _one(work, Authority.agency_id == _agency(work), Authority.ref == ref)


def over_me(work: Work) -> list[AuthorityFacts]:
    """Give all who may, or might, act for the actor's person, at any agency, the newest first. One read."""
    mine = _with_scope().where(Authority.person_id == _person(work)).order_by(Authority.id.desc())
    rows = work.session.execute(mine).all()
    return [_facts(work, list(its)) for _, its in groupby(rows, lambda row: row.id)]


def over_me_one(work: Work, ref: int) -> AuthorityFacts:
    """Give one who may act for the actor's person. Raises NotThere."""
    return _one(work, Authority.person_id == _person(work), Authority.ref == ref)


def of_helper(work: Work, person_id: int, helper_id: int) -> AuthorityFacts:
    """Give the authority that a person's helper of this id has. Raises NotThere."""
    return _one(work, Authority.person_id == person_id, Authority.id == helper_id)


def orders(work: Work, person_id: int, agency_id: int | None = None) -> list[OrderFacts]:
    """Give the orders about a person that hold, the newest first: of one agency, or with None of all."""
    wanted = _orders().where(Order.person_id == person_id, Order.lifted_at.is_(None))
    if agency_id is not None:
        wanted = wanted.where(Order.agency_id == agency_id)
    return _order_facts(work, wanted)


def agency_orders(work: Work, most: int) -> list[OrderFacts]:
    """Give the newest orders of the actor's agency that hold."""
    newest = (
        select(Order.id)
        .where(Order.agency_id == _agency(work), Order.lifted_at.is_(None))
        .order_by(Order.id.desc())
        .limit(most)
    )
    return _order_facts(work, _orders().where(Order.agency_id == _agency(work), Order.id.in_(newest)))


def order(work: Work, ref: int) -> OrderFacts:
    """Give one order of the actor's agency, lifted or not. Raises NotThere."""
    found = _order_facts(work, _orders().where(Order.agency_id == _agency(work), Order.ref == ref))
    if not found:
        raise NotThere()
    return found[0]


def open_of(work: Work, person_id: int, agency_id: int) -> list[AuthorityFacts]:
    """Give who may, or might, act for a person at an agency now."""
    mine = _facts_of().where(Authority.person_id == person_id, Authority.agency_id == agency_id)
    found = [
        _facts(work, [row]) for row in work.session.execute(mine.where(Helper.state.in_(("waiting", "live"))))
    ]
    return [one for one in found if one.open]


def name_and_birth(work: Work, account_id: int) -> tuple[str, date | None]:
    """Give the name and birth date of an account's own person; of one without a person its name alone."""
    person_id = work.session.scalar(select(Account.person_id).where(Account.id == account_id))
    if person_id is None:
        return identity.account_name(work, account_id), None
    own = identity.person_facts(work, person_id)
    return own.full_name, own.birth_date


def _agency(work: Work) -> int:
    if work.actor.agency_id is None:
        raise NotThere()
    return work.actor.agency_id


def _person(work: Work) -> int:
    if work.actor.person_id is None or work.actor.helping is not None:
        raise NotThere()
    return work.actor.person_id


def _one(work: Work, *conditions: Any) -> AuthorityFacts:
    rows = work.session.execute(_with_scope().where(*conditions)).all()
    if not rows:
        raise NotThere()
    # What the client's records and the frame of the page need next: one read for both.
    work.keys.load(rows[0].person_id, SYSTEM_OWNER)
    return _facts(work, list(rows))


def _facts_of() -> Select:
    return (
        select(
            *(Authority.person_id, Authority.id, Authority.ref, Authority.agency_id, Authority.document),
            *(Authority.checked_at, Authority.objected_at),
            *(Helper.kind, Helper.name, Helper.state, Helper.until, Helper.used_at, Helper.ended_at),
            HelperCode.expires_at.label("code_until"),
        )
        .join(Helper, and_(Helper.person_id == Authority.person_id, Helper.id == Authority.id))
        .outerjoin(
            HelperCode,
            and_(HelperCode.person_id == Helper.person_id, HelperCode.helper_id == Helper.id),
        )
    )


def _with_scope() -> Select:
    scope = and_(Scope.person_id == Authority.person_id, Scope.helper_id == Authority.id)
    return _facts_of().add_columns(Scope.type_key).outerjoin(Scope, scope)


def _facts(work: Work, rows: list[Row]) -> AuthorityFacts:
    row = rows[0]
    said = work.keys.open_json(document_place(row.id, row.person_id, row.agency_id), row.document)
    state = "expired" if row.state in ("waiting", "live") and row.until <= work.now else row.state
    types = [one.type_key for one in rows if one.type_key is not None] if "type_key" in row._fields else None
    plain = ("id", "ref", "person_id", "agency_id", "kind", "until", "used_at", "ended_at", "checked_at")
    return AuthorityFacts(
        **{name: getattr(row, name) for name in plain},
        name=work.keys.open(name_place(row.id, row.person_id), row.name),
        state=state,
        last_on=rules.last_day(row.until),
        code_until=row.code_until if row.code_until and row.code_until > work.now else None,
        objected_at=row.objected_at,
        client_ref=said["client_ref"],
        form=said["form"],
        from_on=date.fromisoformat(said["from_on"]),
        own_yes=bool(said.get("own_yes")),
        checks=words_of(said["checks"]),
        born=date.fromisoformat(said["born"]),
        holder_born=date.fromisoformat(said["holder_born"]),
        ended=said.get("ended") or {},
        types=frozenset(types) if types is not None else None,
    )


def _orders() -> Select:
    scope = and_(OrderScope.person_id == Order.person_id, OrderScope.order_id == Order.id)
    return select(Order.__table__, OrderScope.type_key).join(OrderScope, scope).order_by(Order.id.desc())


def _order_facts(work: Work, statement: Select) -> list[OrderFacts]:
    found = []
    for _, its in groupby(work.session.execute(statement).all(), lambda row: row.id):
        rows = list(its)
        row = rows[0]
        said = work.keys.open_json(order_place(row.id, row.person_id, row.agency_id), row.document)
        born = date.fromisoformat(said["born"]) if said.get("born") else None
        words = {name: said[name] for name in ("client_ref", "name", "saw", "by")}
        found.append(
            OrderFacts(
                *(row.id, row.ref, row.person_id),
                **words,
                born=born,
                made_at=row.made_at,
                lifted_at=row.lifted_at,
                lifted=said.get("lifted") or {},
                types=frozenset(one.type_key for one in rows),
            )
        )
    return found
