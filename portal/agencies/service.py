"""Verbs of agencies: keep the catalogue, and say which client of an agency a person is."""

import unicodedata
from datetime import date, timedelta

from sqlalchemy import update

from portal.agencies import queries, rules, tasks
from portal.agencies.entries import put_agency, set_reachable
from portal.agencies.models import Client, Link, LinkCode
from portal.agencies.queries import LinkFacts, catalogue
from portal.base import ids
from portal.base.clock import nz_date
from portal.base.crypto import SYSTEM_OWNER, Place
from portal.base.problems import Invalid
from portal.base.work import Work
from portal.identity import passwords
from portal.identity import service as identity
from portal.identity.permissions import Actor
from portal.language.rules import N_
from portal.notices import service as notices


def organisation_name(work: Work, actor: Actor) -> str | None:
    """Name the organisation whose hat is worn; None for a person."""
    if actor.agency_id is None:
        return None
    return catalogue(work).agency(actor.agency_id).name


def client_fingerprint(work: Work, agency_id: int, client_ref: str) -> bytes:
    """Give the fingerprint under which an agency's own client number is found; it is compared as written."""
    return work.keys.digest("client", f"{agency_id}\x1f{_plain(client_ref)}")


def link(
    work: Work,
    person_id: int,
    agency_id: int,
    client_ref: str,
    strength: str = "letter",
    held: dict[str, str] | None = None,
) -> str:
    """Say that a person is this client of an agency, and give the link's state: active or frozen.

    `held` is the name and birth date (ISO) that the agency has, where staff saw the person and took them as
    the same although they differ; feeds are checked against them too.

    A second person who claims the same client freezes both links until staff have looked (principle 8:
    accuracy before use). Records that wait for this client follow in the job `ingest.release`.
    Raises Invalid when the person is already linked to another client of the agency.
    """
    present = work.session.get(Link, (person_id, agency_id))
    if present is not None:
        if queries.client_ref_of(work, person_id, agency_id) == _plain(client_ref):
            return present.state
        # L10n: Error on the page that links an agency.
        raise Invalid(N_("You are already linked to this agency."))
    key = client_fingerprint(work, agency_id, client_ref)
    owner = work.session.get(Client, (agency_id, key))
    if owner is None:
        work.session.add(Client(agency_id=agency_id, fingerprint=key, person_id=person_id))
        _add_link(work, person_id, agency_id, client_ref, strength, "active", held)
        _after_linking(work, person_id, agency_id)
        return "active"
    _freeze(work, owner.person_id, agency_id)
    _hold(work, agency_id, "claimed_twice", client_ref)
    _add_link(work, person_id, agency_id, client_ref, strength, "frozen", held)
    return "frozen"


def issue_link_code(work: Work, agency_id: int, client_ref: str, name: str, birth_date: date) -> str:
    """Make the code for a letter to a client, and give it: 8 letters, 21 days, 5 tries, only its hash is kept.

    `name` and `birth_date` are what the agency holds; they catch a letter that reached somebody else.
    A new code replaces the client's last one.
    """
    code, row_id = ids.typed_code(rules.CODE_LETTERS), ids.random63()
    held = {"client_ref": _plain(client_ref), "name": name, "birth_date": birth_date.isoformat()}
    letter = LinkCode(
        agency_id=agency_id,
        fingerprint=_letter_key(work, agency_id, client_ref),
        code_hash=passwords.hash_secret(code),
        id=row_id,
        held=work.keys.seal_json(_letter_place(agency_id, row_id), held),
        tries_left=rules.CODE_TRIES,
        expires_at=work.now + timedelta(days=rules.CODE_DAYS),
    )
    work.session.merge(letter)
    return code


def link_by_code(work: Work, slug: str, client_ref: str, code: str) -> str | None:
    """Link the actor's person by a letter's code: "linked", "held" for staff to check, or None for no match.

    None covers every failure (agency, number, code, age, tries), after the same work of one password check; it
    is a result and not a problem, so that the counted try is committed. The view gives it the form's sentence.
    A letter whose name or birth date is not the person's own links nothing: the agency's staff are asked.
    """
    person_id = work.actor.person_id
    agency = catalogue(work).by_slug(slug)
    agency_id = agency.id if agency else 0
    if agency_id in queries.links_of(work, person_id):
        raise Invalid(N_("You are already linked to this agency."))
    key = _letter_key(work, agency_id, client_ref)
    taken = work.session.scalar(
        update(LinkCode)
        .where(
            LinkCode.agency_id == agency_id,
            LinkCode.fingerprint == key,
            LinkCode.tries_left > 0,
            LinkCode.expires_at > work.now,
        )
        .values(tries_left=LinkCode.tries_left - 1)
        .returning(LinkCode.id)
    )
    row = work.session.get(LinkCode, (agency_id, key)) if taken else None
    right = passwords.matches(row.code_hash if row else None, ids.fold_code(code))
    if row is None or not right:
        return None
    return _redeem(work, row, person_id)


def links_of(work: Work, person_id: int | None) -> dict[int, LinkFacts]:
    """Give a person's links by agency id."""
    return queries.links_of(work, person_id)


def person_of_client(work: Work, agency_id: int, client_ref: str) -> int | None:
    """Give the person who is this client; None while nobody is linked, or while the link is frozen."""
    return queries.person_of_client(work, agency_id, client_fingerprint(work, agency_id, client_ref))


def client_ref_of(work: Work, person_id: int, agency_id: int) -> str:
    """Give the agency's own client number of a person. Raises NotThere."""
    return queries.client_ref_of(work, person_id, agency_id)


def is_this_person(work: Work, person_id: int, agency_id: int, name: str, birth_date: date | None) -> bool:
    """Say whether a feed's name and birth date may be this linked person's (principle 8: accuracy before use).

    Compared with the person's own, and with those that staff took as the same at linking; a missing birth
    date does not contradict.
    """
    own = identity.person_facts(work, person_id)
    known = [(own.full_name, own.birth_date), *queries.held_facts(work, person_id, agency_id)]
    return any(rules.same_person(name, birth_date or born, known_name, born) for known_name, born in known)


def note_fed(work: Work, person_id: int, agency_id: int) -> None:
    """Note that an agency has just sent something for this person, be it "nothing held"."""
    work.session.execute(
        update(Link).where(Link.person_id == person_id, Link.agency_id == agency_id).values(fed_at=work.now)
    )


def _redeem(work: Work, row: LinkCode, person_id: int) -> str:
    held = work.keys.open_json(_letter_place(row.agency_id, row.id), row.held)
    own = identity.person_facts(work, person_id)
    agency_id = row.agency_id
    # A code works once, whatever comes of it.
    work.session.delete(row)
    born = date.fromisoformat(held["birth_date"])
    if not rules.same_person(held["name"], born, own.full_name, own.birth_date):
        _hold(work, agency_id, "letter_differs", held["client_ref"])
        return "held"
    return "linked" if link(work, person_id, agency_id, held["client_ref"]) == "active" else "held"


def _add_link(
    work: Work,
    person_id: int,
    agency_id: int,
    client_ref: str,
    strength: str,
    state: str,
    held: dict[str, str] | None,
) -> None:
    pairwise_id = ids.random63()
    client, other = (
        place(pairwise_id, person_id, agency_id) for place in (queries.client_place, queries.held_place)
    )
    work.session.add(
        Link(
            person_id=person_id,
            agency_id=agency_id,
            pairwise_id=pairwise_id,
            client_ref=work.keys.seal(client, _plain(client_ref)),
            held=work.keys.seal_json(other, held) if held else None,
            strength=strength,
            state=state,
            linked_at=work.now,
        )
    )


def _after_linking(work: Work, person_id: int, agency_id: int) -> None:
    work.later("ingest.release", {"person_id": str(person_id), "agency_id": str(agency_id)})
    if work.actor.person_id != person_id:
        notices.tell(work, person_id, "records_linked", agency_id)


def _freeze(work: Work, person_id: int, agency_id: int) -> None:
    other = work.session.get(Link, (person_id, agency_id))
    if other is not None:
        other.state = "frozen"


def _hold(work: Work, agency_id: int, reason: str, client_ref: str) -> None:
    # The agency learns its own client number and the reason: nothing of who tried.
    due_on = nz_date(work.now) + timedelta(days=7)
    tasks.add(
        work, agency_id, ids.random63(), "link_held", due_on, 0, {"reason": reason, "client_ref": client_ref}
    )


def _plain(client_ref: str) -> str:
    return unicodedata.normalize("NFC", client_ref).strip()


def _letter_key(work: Work, agency_id: int, client_ref: str) -> bytes:
    return work.keys.digest("letter", f"{agency_id}\x1f{ids.fold_code(_plain(client_ref))}")


def _letter_place(agency_id: int, row_id: int) -> Place:
    return Place("agencies_link_code", "held", row_id, SYSTEM_OWNER, agency_id)


__all__ = [
    "catalogue",
    "client_fingerprint",
    "client_ref_of",
    "is_this_person",
    "issue_link_code",
    "link",
    "link_by_code",
    "links_of",
    "note_fed",
    "organisation_name",
    "person_of_client",
    "put_agency",
    "set_reachable",
]
