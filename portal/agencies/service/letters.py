"""Letter codes: issued for one client, tried without telling anything, used once.

Comparing a code is slow on purpose, so it is done before the write transaction; what it found is told to nobody
before the transaction has counted the try.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import delete, select, update

from portal.agencies import queries, rules
from portal.agencies.models import CounterCode, Link, LinkCode, NoLetter
from portal.agencies.queries import catalogue, letter_key, letter_place, plain_ref
from portal.agencies.service.linking import ALREADY, hold, link, tell_of_link
from portal.base import ids
from portal.base.problems import Invalid
from portal.base.work import Work
from portal.identity import passwords
from portal.identity import service as identity
from portal.identity.service.locks import link_locked
from portal.language.rules import N_

# L10n: Error on the pages that link an agency: the person has locked linking.
LOCKED = N_("You have locked linking. Unlock it first, then try again.")
# L10n: To staff who want to send a letter with a code.
NO_LETTER = N_("Do not post anything to this client. A letter could harm them. Link them in person.")


@dataclass(frozen=True, slots=True)
class Letter:
    """A fresh code for a letter, and the hash under which it is kept."""

    code: str
    code_hash: str


@dataclass(frozen=True, slots=True)
class Tried:
    """A try with a letter's number and code: which row it met, if any, and whether the code fits it."""

    agency_id: int
    fingerprint: bytes
    row_id: int
    right: bool


def new_letter() -> Letter:
    """Make a code of 8 letters with its hash. Slow on purpose: outside any transaction."""
    code = ids.typed_code(rules.CODE_LETTERS)
    return Letter(code, passwords.hash_secret(code))


def issue_link_code(
    work: Work, agency_id: int, client_ref: str, name: str, birth_date: date, letter: Letter | None = None
) -> str:
    """Keep the code for a letter to a client, and give it: 21 days, 5 tries, only its hash is kept.

    `name` and `birth_date` are what the agency holds; they catch a letter that reached somebody else. A new
    code replaces the client's last one. Raises Invalid for a client to whom no letter may go: the agency's flag,
    or the person's own word that somebody else reads their post. Privacy Act 2020 principles 5 and 11.
    """
    if queries.no_letter(work, agency_id, client_ref):
        raise Invalid(NO_LETTER)
    letter, row_id = letter or new_letter(), ids.random63()
    held = {"client_ref": plain_ref(client_ref), "name": name, "birth_date": birth_date.isoformat()}
    row = LinkCode(
        agency_id=agency_id,
        fingerprint=letter_key(work, agency_id, client_ref),
        code_hash=letter.code_hash,
        id=row_id,
        held=work.keys.seal_json(letter_place(agency_id, row_id), held),
        tries_left=rules.CODE_TRIES,
        expires_at=work.now + timedelta(days=rules.CODE_DAYS),
        used_at=None,
    )
    work.session.merge(row)
    return letter.code


def set_no_letter(work: Work, agency_id: int, client_ref: str, flagged: bool = True) -> None:
    """Say that no letter may go to a client, or that one may again. A letter that is on its way is worth nothing."""
    key = letter_key(work, agency_id, client_ref)
    present = work.session.get(NoLetter, (agency_id, key))
    if flagged and present is None:
        work.session.add(NoLetter(agency_id=agency_id, fingerprint=key, at=work.now))
        work.session.execute(
            delete(LinkCode).where(LinkCode.agency_id == agency_id, LinkCode.fingerprint == key)
        )
    elif present is not None and not flagged:
        work.session.delete(present)


def try_letter(work: Work, slug: str, client_ref: str, code: str) -> Tried:
    """Compare a code with a client's letter, before the write transaction. The same work for every number."""
    agency = catalogue(work).by_slug(slug)
    agency_id = agency.id if agency else 0
    key = letter_key(work, agency_id, client_ref)
    row = work.session.execute(
        select(LinkCode.id, LinkCode.code_hash).where(
            LinkCode.agency_id == agency_id, LinkCode.fingerprint == key
        )
    ).first()
    right = passwords.matches(row.code_hash if row else None, ids.fold_code(code))
    return Tried(agency_id, key, row.id if row else 0, right)


def redeem(work: Work, tried: Tried) -> str | None:
    """Count a try, and link the actor's person where it was right.

    Gives "linked", "held" (staff must check), "used" or "expired" (told only to who has the right number and
    code), or None for everything else. It is a result and not a problem, so that the counted try is committed.
    A letter whose name or birth date is not the person's own links nothing: the agency's staff are asked.
    Raises Invalid where linking is locked or the person is linked already.
    """
    person_id = work.actor.person_id
    _check(work, person_id, tried.agency_id)
    taken = work.session.execute(
        update(LinkCode)
        .where(
            LinkCode.agency_id == tried.agency_id,
            LinkCode.fingerprint == tried.fingerprint,
            LinkCode.id == tried.row_id,
            LinkCode.tries_left > 0,
        )
        .values(tries_left=LinkCode.tries_left - 1)
        .returning(LinkCode.expires_at, LinkCode.used_at)
        .execution_options(synchronize_session=False)
    ).first()
    if taken is None or not tried.right or _is_hidden(work, person_id, tried.agency_id):
        return None
    if taken.used_at is not None:
        return "used"
    if taken.expires_at <= work.now:
        return "expired"
    return _use(work, tried, person_id)


def link_by_code(work: Work, slug: str, client_ref: str, code: str) -> str | None:
    """Try a letter and redeem it in one go: for the command line and the demonstration, where nobody waits."""
    return redeem(work, try_letter(work, slug, client_ref, code))


def forget_codes(work: Work) -> None:
    """Delete letter codes a month after their end, and counter codes that are too old (the worker calls this)."""
    work.session.execute(delete(CounterCode).where(CounterCode.expires_at < work.now))
    work.session.execute(delete(LinkCode).where(LinkCode.expires_at < work.now - rules.KEEP_LETTERS))


def _check(work: Work, person_id: int, agency_id: int) -> None:
    if link_locked(work, person_id):
        raise Invalid(LOCKED)
    known = queries.links_of(work, person_id).get(agency_id)
    if known is not None and rules.STRENGTHS.index(_strength(work)) <= rules.STRENGTHS.index(known.strength):
        raise Invalid(ALREADY)


def _use(work: Work, tried: Tried, person_id: int) -> str | None:
    row = work.session.scalars(
        select(LinkCode).where(LinkCode.agency_id == tried.agency_id, LinkCode.id == tried.row_id)
    ).one()
    held = work.keys.open_json(letter_place(row.agency_id, row.id), row.held)
    # A code works once, whatever comes of it; the number alone stays, so that "used" can be said.
    row.used_at = work.now
    row.held = work.keys.seal_json(letter_place(row.agency_id, row.id), {})
    own = identity.person_facts(work, person_id)
    born = date.fromisoformat(held["birth_date"])
    client_ref = held["client_ref"]
    if queries.no_letter(work, row.agency_id, client_ref):
        # Said since the letter went out: whoever opened it is not the client. The same answer as for a wrong code.
        return None
    if not rules.same_person(held["name"], born, own.full_name, own.birth_date):
        told = {"name": held["name"], "birth_date": held["birth_date"]}
        hold(work, row.agency_id, "letter_differs", client_ref, **told)
        return "held"
    if link(work, person_id, row.agency_id, client_ref, _strength(work)) != "active":
        return "held"
    tell_of_link(work, person_id, row.agency_id, client_ref)
    return "linked"


def _is_hidden(work: Work, person_id: int, agency_id: int) -> bool:
    """Say whether the person hid this agency: for whoever holds the phone the answer is that of a wrong code."""
    mine = work.session.get(Link, (person_id, agency_id))
    return mine is not None and mine.hidden_at is not None


def _strength(work: Work) -> str:
    """Give the strength of a link by letter: with an identity that a provider has checked, it is verified."""
    return "verified" if identity.is_verified(work) else "letter"
