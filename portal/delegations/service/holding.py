"""Somebody may be pressed: agencies are careful, quietly, until a worker has talked with the person alone.

Privacy Act 2020 section 57: an agency must not give access while it has reason to believe that the request is made
under a threat. No clock of the law stops, and nothing that the helper can see changes.
"""

from datetime import date

from sqlalchemy import select

from portal.base import ids
from portal.base.clock import nz_date
from portal.base.problems import Invalid, NotThere
from portal.base.work import Work
from portal.delegations import queries, rules
from portal.delegations.models import Hold, Talk
from portal.delegations.rules import Group
from portal.language.rules import N_

# L10n: staff page of a request, error: somebody may be pressing the person, so no answer may go out yet.
HELD = N_("Nothing can go out yet. Talk with this person alone first, and write that down.")


def be_careful_here(work: Work) -> None:
    """Let every agency be careful, because of the worker who sits beside the actor: what they see is all of it.

    Raises NotThere where nobody does.
    """
    beside = work.actor.beside
    if beside is None or not beside.ref or work.actor.person_id is None:
        raise NotThere()
    put_holds(work, beside.ref, {0})


def put_holds(work: Work, helper_id: int, agency_ids: set[int]) -> None:
    """Hold the actor's requests at agencies, where they are not held for this reason already."""
    person_id = work.actor.person_id
    assert person_id is not None
    before = set(work.session.scalars(select(Hold.agency_id).where(*_live(person_id, helper_id))))
    for agency_id in sorted(agency_ids - before):
        _add(work, person_id, helper_id, agency_id)


def follow_scope(work: Work, helper_id: int, groups: set[Group]) -> None:
    """Hold at agencies that were chosen later for a helper because of whom agencies are careful. None is let go."""
    person_id = work.actor.person_id
    live = select(Hold.id).where(*_live(person_id, helper_id)).limit(1)
    if work.session.scalar(live) is not None:
        put_holds(work, helper_id, {group.agency_id for group in groups})


def pass_hold(work: Work, person_id: int, agency_id: int) -> None:
    """Let the agency that a request is passed on to be as careful as the actor's own, who passes it on."""
    own = work.actor.agency_id
    if own is None or own == agency_id:
        return
    here = select(Hold.helper_id).where(
        Hold.person_id == person_id, Hold.agency_id == own, Hold.lifted_at.is_(None)
    )
    for helper_id in set(work.session.scalars(here)):
        there = select(Hold.id).where(*_live(person_id, helper_id), Hold.agency_id == agency_id).limit(1)
        if work.session.scalar(there) is None:
            _add(work, person_id, helper_id, agency_id)


def lift(work: Work, helper_id: int) -> None:
    """Say, as the person and by themselves, that agencies need not be careful because of this helper any more."""
    if not any(one.helper_id == helper_id for one in queries.marks(work)):
        raise NotThere()
    live = _live(work.actor.person_id, helper_id)
    # By row, so that the ledger tells of each.
    for row in work.session.scalars(select(Hold).where(*live)):
        row.lifted_at = work.now


def refuse_while_held(work: Work, person_id: int, agency_id: int, ref: int) -> None:
    """Stop what would send or show something about a request that is held. Raises Invalid. Section 57."""
    if queries.is_held(work, person_id, agency_id, ref):
        raise Invalid(HELD)


def note_talk(
    work: Work, person_id: int, agency_id: int, ref: int, *, who: str, on: date | None, how: str
) -> None:
    """Write down that a worker talked with the person alone about a request: its answer may go out from now on.

    `on` is a day in New Zealand, not before the day on which the person said it, and not after today. Raises Invalid,
    also where nothing is held. Called by the room of the request, which found it for the actor.
    """
    since = queries.held_since(work, person_id, agency_id)
    if since is None or not queries.is_held(work, person_id, agency_id, ref):
        # L10n: staff page that notes a talk with a person alone, error: there is no need any more.
        raise Invalid(N_("This request is not held any more. You can go on."))
    fault = rules.talk_fault(who, on, how, since=nz_date(since), today=nz_date(work.now))
    if fault or on is None:
        field, sentence = fault or ("on", "")
        raise Invalid(sentence, field)
    talk_id = work.new_id()
    said = {"who": who.strip(), "on": on.isoformat(), "how": how.strip()}
    place = queries.talk_place(talk_id, person_id, agency_id)
    work.session.add(
        Talk(
            person_id=person_id,
            id=talk_id,
            agency_id=agency_id,
            ref=ref,
            account_id=work.actor.account_id or 0,
            at=work.now,
            words=work.keys.seal_json(place, said),
        )
    )


def _live(person_id: int | None, helper_id: int) -> tuple:
    return Hold.person_id == person_id, Hold.helper_id == helper_id, Hold.lifted_at.is_(None)


def _add(work: Work, person_id: int, helper_id: int, agency_id: int) -> None:
    work.session.add(
        Hold(
            person_id=person_id,
            id=ids.random63(),
            helper_id=helper_id,
            agency_id=agency_id,
            at=work.now,
            lifted_at=None,
        )
    )
    work.session.flush()
