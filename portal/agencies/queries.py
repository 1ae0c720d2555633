"""Reads of agencies: the catalogue (kept in the process), links, and the client directory."""

import time
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import ColumnElement, Connection, Engine, Select, String, cast, exists, select

from portal.agencies import tasks
from portal.agencies.models import Agency, Client, Link, NoLetter, PlainReason, Purpose, RecordType, Stamp
from portal.agencies.rules import TOPICS, AgencyFacts, FieldFacts, ReasonFacts, TypeFacts, Words, fields_of
from portal.base import ids
from portal.base.crypto import SYSTEM_OWNER, Place
from portal.base.problems import NotThere
from portal.base.statements import fixed
from portal.base.work import Work
from portal.language.rules import sort_key
from portal.notices.models import Contact

LOOK_AGAIN_AFTER = 5.0
STAMP = 1
SHOWN = ("active", "frozen")
DRAFT = "agencies_catalogue_draft"


class Catalogue:
    """All agencies with their purposes and record types, in the order of topics, then names."""

    def __init__(self, agencies: list[AgencyFacts]):
        self.agencies = agencies
        self._by_id = {agency.id: agency for agency in agencies}
        self._by_slug = {agency.slug: agency for agency in agencies}

    def agency(self, agency_id: int) -> AgencyFacts:
        """Give an agency by its id. Raises NotThere."""
        if agency_id not in self._by_id:
            raise NotThere()
        return self._by_id[agency_id]

    def by_slug(self, slug: str) -> AgencyFacts | None:
        """Give an agency by its slug."""
        return self._by_slug.get(slug)

    def type(self, agency_id: int, key: str) -> TypeFacts | None:
        """Give a record type of an agency."""
        agency = self._by_id.get(agency_id)
        return agency.types.get(key) if agency else None


@dataclass
class _Kept:
    version: int
    catalogue: Catalogue
    checked: float


@dataclass(frozen=True, slots=True)
class LinkFacts:
    """A person's link to an agency; times are aware UTC. `state` is active or frozen on the person's screens."""

    state: str
    linked_at: datetime
    fed_at: datetime | None
    strength: str


_kept: "WeakKeyDictionary[Engine | Connection, _Kept]" = WeakKeyDictionary()


def catalogue(work: Work) -> Catalogue:
    """Give the catalogue, kept in this process; its stamp is looked at again after five seconds at most."""
    session = work.session
    if session.info.get(DRAFT) is not None and session.info[DRAFT] is session.get_transaction():
        # This transaction changed it and has not committed: nobody else may see that yet.
        return _read(work)
    engine = session.get_bind()
    kept, now = _kept.get(engine), time.monotonic()
    if kept is not None and now - kept.checked < LOOK_AGAIN_AFTER:
        return kept.catalogue
    version = session.scalar(select(Stamp.version).where(Stamp.id == STAMP)) or 0
    if kept is None or kept.version != version:
        kept = _kept[engine] = _Kept(version, _read(work), now)
    kept.checked = now
    return kept.catalogue


def forget_catalogue() -> None:
    """Forget what is kept of the catalogue, in every store of this process."""
    _kept.clear()


def _read(work: Work) -> Catalogue:
    purposes: dict[int, dict] = {}
    types: dict[int, dict] = {}
    for purpose in work.session.execute(select(Purpose.agency_id, Purpose.key, Purpose.document)):
        purposes.setdefault(purpose.agency_id, {})[purpose.key] = purpose.document
    for row in work.session.execute(select(RecordType.__table__)):
        facts = TypeFacts(fields=fields_of(row.schema), **row._mapping)
        types.setdefault(row.agency_id, {})[row.key] = facts
    reasons: dict[int, list[ReasonFacts]] = {}
    for row in work.session.execute(select(PlainReason.__table__).order_by(PlainReason.id)):
        ready = ReasonFacts(row.id, row.ground, row.words, row.version)
        reasons.setdefault(row.agency_id, []).append(ready)
    agencies = [
        AgencyFacts(
            **row._mapping,
            purposes=purposes.get(row.id, {}),
            types=types.get(row.id, {}),
            reasons=tuple(reasons.get(row.id, ())),
        )
        for row in work.session.execute(select(Agency.__table__))
    ]
    places = {topic: place for place, topic in enumerate(TOPICS)}
    agencies.sort(key=lambda one: (places.get(one.topic, len(places)), sort_key(one.name)))
    return Catalogue(agencies)


def links_of(work: Work, person_id: int | None, *among: ColumnElement[bool]) -> dict[int, LinkFacts]:
    """Give the links that a person's screens may name, by agency id: live or in doubt, and not hidden.

    What is left out (hidden, "not me", ended) looks everywhere as if it were never linked. `among` narrows them.
    """
    statement, bound = _shown_links(person_id)
    return _links(work, (statement.where(*among) if among else statement, bound))


def hidden_of(work: Work, person_id: int | None) -> dict[int, LinkFacts]:
    """Give the links that a person has hidden or said "not me" of, by agency id.

    For the one page that asks for a second factor.
    """
    hidden = Link.state.in_((*SHOWN, "ended")) & Link.hidden_at.is_not(None)
    return _links(work, (_links_where(person_id, hidden | (Link.state == "disowned")), {}))


def all_links_of(work: Work, person_id: int | None) -> dict[int, LinkFacts]:
    """Give all of a person's links by agency id, whatever their state: never for a page."""
    return _links(work, (_links_where(person_id), {}))


def unnamed(work: Work, person_id: int | None) -> set[int]:
    """Give the agencies that a person's lists leave out: hidden, in doubt, "not me", ended."""
    return set(
        _links(work, (_links_where(person_id, (Link.state != "active") | Link.hidden_at.is_not(None)), {}))
    )


def nameable(work: Work, person_id: int | None) -> dict[int, bool]:
    """Say of all of a person's links, by agency id, whether their lists name it: live, and not hidden. One read."""
    rows = work.session.execute(
        select(Link.agency_id, Link.state, Link.hidden_at).where(Link.person_id == person_id)
    )
    return {row.agency_id: row.state == "active" and row.hidden_at is None for row in rows}


def reached(person_id: Any, agency_id: Any) -> ColumnElement[bool]:
    """Say in SQL that the link between two columns is live and not hidden: the person's screens may show it."""
    return exists().where(
        Link.person_id == person_id,
        Link.agency_id == agency_id,
        Link.state == "active",
        Link.hidden_at.is_(None),
    )


def _links(work: Work, statement: tuple[Select, dict[str, Any]]) -> dict[int, LinkFacts]:
    rows = work.session.execute(*statement)
    return {row.agency_id: LinkFacts(row.state, row.linked_at, row.fed_at, row.strength) for row in rows}


@fixed
def _shown_links(person_id: Any) -> Select:
    return _links_where(person_id, Link.state.in_(SHOWN), Link.hidden_at.is_(None))


def _links_where(person_id: Any, *conditions: ColumnElement[bool]) -> Select:
    columns = (Link.agency_id, Link.state, Link.linked_at, Link.fed_at, Link.strength)
    return select(*columns).where(Link.person_id == person_id, *conditions)


def no_letter(work: Work, agency_id: int, client_ref: str) -> bool:
    """Say whether a letter could harm: the agency flagged the client, or the linked person's post is not safe."""
    key = letter_key(work, agency_id, client_ref)
    if work.session.get(NoLetter, (agency_id, key)) is not None:
        return True
    # Few people say so of their post, so their numbers can be compared as a letter's code compares them.
    unsafe = Contact.unsafe | cast(Contact.purposes, String).contains("never")
    people = work.session.scalars(
        select(Contact.person_id)
        .join(Link, Link.person_id == Contact.person_id)
        .where(Link.agency_id == agency_id, Contact.channel == "post", unsafe)
    ).all()
    folded = ids.fold_code(plain_ref(client_ref))
    return any(ids.fold_code(client_ref_of(work, one, agency_id)) == folded for one in people)


def held_link(work: Work, ref: int) -> tasks.TaskFacts:
    """Give a row of the actor's agency about a link in doubt that is not done. Raises NotThere."""
    found = tasks.find(work, ref)
    if found.kind not in ("link_held", "link_disowned") or found.state == "closed":
        raise NotThere()
    return found


def plain_ref(client_ref: str) -> str:
    """Give a client number as it is compared."""
    return unicodedata.normalize("NFC", client_ref).strip()


def letter_key(work: Work, agency_id: int, client_ref: str) -> bytes:
    """Give the fingerprint of a client number as it is typed from a letter: case and spaces do not matter."""
    return work.keys.digest("letter", f"{agency_id}\x1f{ids.fold_code(plain_ref(client_ref))}")


def letter_place(agency_id: int, row_id: int) -> Place:
    """Give where what an agency knows of a letter's client stands."""
    return Place("agencies_link_code", "held", row_id, SYSTEM_OWNER, agency_id)


def person_of_client(work: Work, agency_id: int, fingerprint: bytes) -> int | None:
    """Give the person actively linked to a client; None while nobody is, or while the link is in doubt."""
    return work.session.scalar(
        select(Client.person_id)
        .join(Link, (Link.person_id == Client.person_id) & (Link.agency_id == Client.agency_id))
        .where(Client.agency_id == agency_id, Client.fingerprint == fingerprint, Link.state == "active")
    )


def client_ref_of(work: Work, person_id: int, agency_id: int) -> str:
    """Give the agency's own client number of a person. Raises NotThere."""
    row = work.session.execute(
        select(Link.client_ref, Link.pairwise_id).where(
            Link.person_id == person_id, Link.agency_id == agency_id
        )
    ).first()
    if row is None:
        raise NotThere()
    return work.keys.open(client_place(row.pairwise_id, person_id, agency_id), row.client_ref)


def held_facts(work: Work, person_id: int, agency_id: int) -> list[tuple[str, date]]:
    """Give the differing name and birth date that staff took as the same person's: none or one pair."""
    row = work.session.execute(
        select(Link.held, Link.pairwise_id).where(Link.person_id == person_id, Link.agency_id == agency_id)
    ).first()
    if row is None or row.held is None:
        return []
    held = work.keys.open_json(held_place(row.pairwise_id, person_id, agency_id), row.held)
    return [(held["name"], date.fromisoformat(held["birth_date"]))]


def held_place(pairwise_id: int, person_id: int, agency_id: int) -> Place:
    """Give where a sealed differing name stands."""
    return Place("agencies_link", "held", pairwise_id, person_id, agency_id)


def proof_place(pairwise_id: int, person_id: int, agency_id: int) -> Place:
    """Give where stands what staff saw of a person."""
    return Place("agencies_link", "proof", pairwise_id, person_id, agency_id)


def client_place(pairwise_id: int, person_id: int, agency_id: int) -> Place:
    """Give where a sealed client number stands."""
    return Place("agencies_link", "client_ref", pairwise_id, person_id, agency_id)


__all__ = [
    "AgencyFacts",
    "Catalogue",
    "FieldFacts",
    "LinkFacts",
    "TypeFacts",
    "Words",
    "catalogue",
    "client_place",
    "client_ref_of",
    "forget_catalogue",
    "links_of",
    "person_of_client",
]
