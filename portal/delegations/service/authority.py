"""Authority that an agency's staff checked: record it, check it again, end it; the person objects to it or stops it."""

from datetime import date, datetime
from typing import Any

from portal.agencies import queries as agencies
from portal.agencies import tasks
from portal.agencies.rules import same_person
from portal.base import ids
from portal.base.clock import nz_date
from portal.base.problems import Conflict, Ended, Invalid, NotThere
from portal.base.work import Work
from portal.delegations.models import Authority, Helper, Scope
from portal.delegations.queries import authority as queries
from portal.delegations.queries import grants_of, name_place
from portal.delegations.queries.authority import AuthorityFacts
from portal.delegations.rules import authority as rules
from portal.delegations.rules.authority import Draft
from portal.delegations.service import orders
from portal.delegations.service.standing import client_of, end_row, rows_of
from portal.delegations.service.trusting import forget_code, new_code
from portal.identity import queries as identity
from portal.identity import service as accounts
from portal.language.rules import N_
from portal.law.working_days import add_working_days
from portal.notices import service as notices

REVIEW_JOB = "delegations.authority_review"
ANSWER_WITHIN = 2
"""Working days within which staff look at an objection, or at a code in the wrong hands."""


def record_authority(work: Work, draft: Draft) -> str:
    """Let somebody act for a client at the actor's agency, as its staff checked, and give the one-time code for them.

    They see what was ticked and no more, once they use the code. The person is told. Raises Invalid.
    Privacy Act 2020 section 57.
    """
    today = nz_date(work.now)
    fault = rules.draft_fault(draft, today)
    if fault:
        raise Invalid(fault[1], fault[0])
    person_id, agency_id = client_of(work, draft.client_ref, draft.born), work.actor.agency_id or 0
    _refuse_oneself(work, person_id, draft)
    _refuse_by_death(work, person_id, draft.kind)
    orders.refuse_against_orders(work, person_id, draft)
    if len(queries.open_of(work, person_id, agency_id)) >= rules.MOST_AT_ONCE:
        # L10n: Staff page that records who may act for a client: error when as many as possible do already.
        raise Invalid(N_("Many may act for this client already. End one of them first."), "client_ref")
    born = draft.born or today
    until = _until(work, draft.kind, draft.types, born, draft.until_on, draft.own_yes)
    row = _put(work, draft, person_id, agency_id, until)
    notices.tell(work, person_id, "authority_made", agency_id)
    _review_later(work, row)
    return new_code(work, row)


def new_authority_code(work: Work, ref: int) -> str:
    """Give a new one-time code for somebody who has not begun to act. Raises NotThere, and Ended once they have."""
    row, _ = rows_of(work, queries.authority(work, ref))
    if row.state != "waiting" or row.until <= work.now:
        raise Ended()
    return new_code(work, row)


def check_again(work: Work, ref: int, until_on: date | None, saw: str, own_yes: bool = False) -> str:
    """Say that staff checked an authority again, and until when it stands from now on. Gives the ref as an address.

    Raises NotThere, Invalid, and Conflict where it is over: it is recorded anew then.
    """
    one, today = queries.authority(work, ref), nz_date(work.now)
    if not one.open:
        raise Conflict()
    if not saw.strip():
        raise Invalid(rules.NOT_SEEN, "saw")
    fault = rules.last_day_fault(one.kind, one.from_on, until_on, today)
    if fault:
        raise Invalid(fault[1], fault[0])
    until = _until(work, one.kind, one.types or frozenset(), one.born, until_on, own_yes)
    row, said = rows_of(work, one)
    row.until = until
    for grant in grants_of(work, one.person_id, one.id):
        grant.until = until
    place = queries.document_place(one.id, one.person_id, one.agency_id)
    written = work.keys.open_json(place, said.document)
    written["checks"].append(_check(work, saw))
    written["own_yes"] = own_yes
    said.document = work.keys.seal_json(place, written)
    said.checked_by, said.checked_at = work.actor.account_id or 0, work.now
    _review_later(work, row)
    return ids.encode(ref)


def end_authority(work: Work, ref: int, words: str) -> str:
    """End an authority of the actor's agency at once, with a reason. Raises NotThere, and Invalid without one."""
    one = queries.authority(work, ref)
    if not words.strip():
        # L10n: Staff page that ends somebody's authority to act for a client: error beside an empty field.
        raise Invalid(N_("Write why it ends."), "words")
    if one.state not in ("ended", "closed"):
        end_row(work, one, "staff", words)
    return ids.encode(ref)


def stop_authority(work: Work, ref: int) -> str:
    """End a written authority that the actor's person gave, at once: they gave it, they take it back.

    Raises NotThere, also for one that is not theirs to end. Privacy Act 2020 section 57.
    """
    one = queries.over_me_one(work, ref)
    if one.kind != rules.WRITTEN:
        raise NotThere()
    if one.state not in ("ended", "closed"):
        end_row(work, one, "person")
    return ids.encode(ref)


def object_to(work: Work, ref: int, words: str, language: str) -> str:
    """Say that somebody should not act for the actor's person: the agency's staff have to look at it.

    Raises NotThere, and Conflict where it is over, or was said already.
    """
    one = queries.over_me_one(work, ref)
    _, said = rows_of(work, one)
    if not one.open or said.objected_at is not None:
        raise Conflict()
    said.objected_at = work.now
    _ask_staff(work, one, rules.OBJECT_KIND, text=words, lang=language)
    return ids.encode(ref)


def may_begin(work: Work, row: Helper) -> bool:
    """Say whether the actor is whom staff saw, by name and birth date; not so, the code is worth nothing any more.

    Then the code is in the wrong hands, or a name was written wrongly: staff are asked to look, and the person is
    told. Nobody begins to act who recorded it themselves.
    """
    one = queries.of_helper(work, row.person_id, row.id)
    _, said = rows_of(work, one)
    name, born = queries.name_and_birth(work, work.actor.account_id or 0)
    theirs = born is not None and same_person(one.name, one.holder_born, name, born)
    if theirs and said.checked_by != work.actor.account_id:
        return True
    forget_code(work, row)
    _ask_staff(work, one, rules.CODE_KIND)
    notices.tell(work, row.person_id, "authority_tried", one.agency_id)
    return False


def review_authority(work: Work, about: dict[str, Any]) -> None:
    """Ask staff to look at an authority before it is over; nothing where it ended, or goes on for longer meanwhile.

    The worker process does this; `about` holds person_id and id as text. The end itself needs no such job.
    """
    row = work.session.get(Helper, (int(about["person_id"]), int(about["id"])))
    if row is None or row.state not in ("waiting", "live") or not rules.is_near(row.until, work.now):
        return
    one = queries.of_helper(work, row.person_id, row.id)
    _ask_staff(work, one, rules.REVIEW_KIND, due_on=one.last_on)


def _refuse_oneself(work: Work, person_id: int, draft: Draft) -> None:
    own = identity.person_facts(work, person_id)
    if draft.holder_born and same_person(draft.name, draft.holder_born, own.full_name, own.birth_date):
        # L10n: Staff page that records who may act for a client: error beside the name.
        raise Invalid(N_("This is the client. Write who acts for them."), "name")


def _refuse_by_death(work: Work, person_id: int, kind: str) -> None:
    died = accounts.has_died(work, person_id)
    if died and kind != rules.EXECUTOR:
        # L10n: Staff page that records who may act for a client: error beside the kinds of authority.
        raise Invalid(N_("This client died. Only an executor or administrator can act now."), "kind")
    if kind == rules.EXECUTOR and not died:
        # L10n: Staff page that records who may act for a client: error beside the kinds of authority.
        raise Invalid(N_("Two of you have to record the death first."), "kind")


def _until(
    work: Work, kind: str, types: frozenset[str], born: date, until_on: date | None, own_yes: bool
) -> datetime:
    agency = agencies.catalogue(work).agency(work.actor.agency_id or 0)
    if not types <= {one.key for one in rules.offered(agency, kind)}:
        # L10n: Staff page that records who may act for a client: error beside the kinds of records.
        raise Invalid(N_("A parent cannot see all that you ticked. Tick less."), "types")
    latest, fault = None, None
    if kind == rules.PARENT:
        latest, fault = rules.parent_until(agency, types, born, own_yes, nz_date(work.now))
    if fault:
        raise Invalid(fault[1], fault[0])
    return rules.until_of(until_on, latest)


def _put(work: Work, draft: Draft, person_id: int, agency_id: int, until: datetime) -> Helper:
    number, ref, name = work.new_id(), ids.random63(), draft.name.strip()
    said = {
        "client_ref": draft.client_ref.strip(),
        "born": draft.born.isoformat() if draft.born else "",
        "holder_born": draft.holder_born.isoformat() if draft.holder_born else "",
        "form": draft.form.strip(),
        "from_on": draft.from_on.isoformat() if draft.from_on else "",
        "own_yes": draft.own_yes,
        "checks": [_check(work, draft.saw)],
    }
    row = Helper(
        person_id=person_id,
        id=number,
        ref=ref,
        kind=draft.kind,
        name=work.keys.seal(name_place(number, person_id), name),
        state="waiting",
        unsafe=False,
        made_at=work.now,
        until=until,
    )
    work.session.add(row)
    work.session.add(
        Authority(
            person_id=person_id,
            id=number,
            ref=ref,
            agency_id=agency_id,
            document=work.keys.seal_json(queries.document_place(number, person_id, agency_id), said),
            checked_by=work.actor.account_id or 0,
            checked_at=work.now,
        )
    )
    for key in sorted(draft.types):
        scope = Scope(person_id=person_id, helper_id=number, agency_id=agency_id, type_key=key)
        work.session.add(scope)
    return row


def _check(work: Work, saw: str) -> dict[str, str]:
    by = identity.account_name(work, work.actor.account_id)
    return {"by": by, "saw": saw, "on": nz_date(work.now).isoformat()}


def _review_later(work: Work, row: Helper) -> None:
    at = row.until - rules.REVIEW_BEFORE
    if at > work.now:
        work.later(REVIEW_JOB, {"person_id": str(row.person_id), "id": str(row.id)}, at)


def _ask_staff(work: Work, one: AuthorityFacts, kind: str, due_on: date | None = None, **words: str) -> None:
    summary = {"client_ref": one.client_ref, "about": ids.encode(one.ref), **words}
    due_on = due_on or add_working_days(nz_date(work.now), ANSWER_WITHIN)
    tasks.add(work, one.agency_id, ids.random63(), kind, due_on, one.person_id, summary)
