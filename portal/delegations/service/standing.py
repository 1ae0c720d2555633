"""What authorities and orders share: finding the client whom staff mean, and ending what somebody may do."""

from datetime import date

from sqlalchemy import select

from portal.agencies import service as agencies
from portal.base.problems import Invalid, NotThere
from portal.base.work import Work
from portal.delegations.models import Authority, Helper
from portal.delegations.queries.authority import AuthorityFacts, document_place
from portal.delegations.service.grants import end as end_grants
from portal.delegations.service.trusting import forget_code
from portal.identity import queries as identity
from portal.language.rules import N_

# L10n: Staff page that records who may act for a client, error. It must not say which of the two is wrong.
NOBODY = N_("Nobody linked here has this number and birth date. Check both.")


def client_of(work: Work, client_ref: str, born: date | None) -> int:
    """Give the person of a client number of the actor's agency, whose birth date is this one.

    Raises Invalid, the same for an unknown number, another birth date and the worker's own file; NotThere for an
    actor without an agency.
    """
    agency_id = work.actor.agency_id
    if agency_id is None:
        raise NotThere()
    person_id = agencies.person_of_client(work, agency_id, client_ref) if client_ref.strip() else None
    if person_id is None or born is None or person_id == work.actor.person_id:
        raise Invalid(NOBODY, "client_ref")
    name = identity.person_facts(work, person_id).full_name
    if not agencies.is_this_person(work, person_id, agency_id, name, born):
        raise Invalid(NOBODY, "client_ref")
    return person_id


def end_row(work: Work, one: AuthorityFacts, why: str, words: str = "") -> None:
    """End an authority at once, and note who ended it and why (staff, person, order); to them it looks like any end."""
    row, said = rows_of(work, one)
    row.state, row.ended_at = "ended", work.now
    end_grants(work, one.person_id, "helper", one.id)
    forget_code(work, row)
    by = "" if why == "person" else identity.account_name(work, work.actor.account_id)
    place = document_place(one.id, one.person_id, one.agency_id)
    written = work.keys.open_json(place, said.document) | {"ended": {"why": why, "by": by, "words": words}}
    said.document = work.keys.seal_json(place, written)


def end_all(work: Work, person_id: int) -> int:
    """End whatever anybody may do for a person who died, or of whom that was a mistake; give how many were live.

    Helpers whom the person chose, and authorities of every kind. They do not come back by themselves.
    """
    mine = select(Helper).where(Helper.person_id == person_id, Helper.state.in_(("waiting", "live")))
    rows = work.session.scalars(mine).all()
    live = sum(1 for row in rows if row.state == "live" and row.until > work.now)
    for row in rows:
        row.state, row.ended_at = "closed", work.now
        end_grants(work, person_id, "helper", row.id)
        forget_code(work, row)
    return live


def rows_of(work: Work, one: AuthorityFacts) -> tuple[Helper, Authority]:
    """Give the two rows of an authority, to be changed. Raises NotThere."""
    row = work.session.get(Helper, (one.person_id, one.id))
    said = work.session.get(Authority, (one.person_id, one.id))
    if row is None or said is None:
        raise NotThere()
    return row, said
