"""Let somebody help: say what they may see and until when, hand over a one-time code, change it, end it."""

from dataclasses import dataclass

from sqlalchemy import delete

from portal.agencies import queries as agencies
from portal.base import ids
from portal.base.clock import nz_date
from portal.base.problems import Conflict, Ended, Invalid, NotThere
from portal.base.work import Work
from portal.delegations import queries, rules
from portal.delegations.models import Helper, HelperCode, Scope
from portal.delegations.rules import Group
from portal.delegations.service.grants import end as end_grants
from portal.language.rules import N_


@dataclass(frozen=True, slots=True)
class HelperDraft:
    """What a person wants for a helper: groups, and in `whole` agencies that stand for all of theirs but safety."""

    name: str
    groups: frozenset[Group]
    months: int
    whole: frozenset[int] = frozenset()


def add_helper(work: Work, draft: HelperDraft) -> str:
    """Let somebody help the actor, and give the one-time code by which they begin: it is kept as a fingerprint only.

    Raises Invalid where something is missing, or where very many help already. Privacy Act 2020 section 57.
    """
    person_id, groups = _person(work), _checked(work, draft)
    if sum(one.open for one in queries.helpers(work)) >= rules.MOST_HELPERS:
        # L10n: Page that adds a helper, error when as many as possible help already.
        raise Invalid(N_("Many people help you already. Stop one of them first."), "name")
    helper_id = work.new_id()
    row = Helper(
        person_id=person_id,
        id=helper_id,
        ref=ids.random63(),
        name=work.keys.seal(queries.name_place(helper_id, person_id), draft.name),
        state="waiting",
        unsafe=False,
        made_at=work.now,
        until=rules.end_after(nz_date(work.now), draft.months),
    )
    work.session.add(row)
    _put_scope(work, row, groups)
    return new_code(work, row)


def new_helper_code(work: Work, ref: int) -> str:
    """Give a new one-time code for a helper who has not begun; the one before is worth nothing from now on.

    Raises NotThere, and Ended once the first was used or the help is over.
    """
    row = _row(work, ref)
    if row.state != "waiting" or row.until <= work.now:
        raise Ended()
    return new_code(work, row)


def change_helper(work: Work, ref: int, draft: HelperDraft) -> str:
    """Change what a helper may see, and until when, counted from today; at once. Gives the ref as an address.

    Raises NotThere, Invalid as `add_helper`, and Conflict where it is over: to begin again is to add them again.
    """
    row, groups = _row(work, ref), _checked(work, draft)
    if row.state not in ("waiting", "live") or row.until <= work.now:
        raise Conflict()
    row.name = work.keys.seal(queries.name_place(row.id, row.person_id), draft.name)
    row.until = rules.end_after(nz_date(work.now), draft.months)
    for grant in queries.grants_of(work, row.person_id, row.id):
        grant.until = row.until
    _put_scope(work, row, groups)
    return ids.encode(row.ref)


def stop_helper(work: Work, ref: int, unsafe: bool = False) -> str:
    """End somebody's help at once. They are told nothing: to them it is as if its time were over.

    With `unsafe` the person also notes for their own pages that they did not feel safe. Raises NotThere.
    Privacy Act 2020 section 57 (nobody gets access under threat).
    """
    row = _row(work, ref)
    row.unsafe = row.unsafe or unsafe
    if row.state in ("waiting", "live"):
        row.state, row.ended_at = "ended", work.now
        end_grants(work, row.person_id, "helper", row.id)
        forget_code(work, row)
    return ids.encode(row.ref)


def _person(work: Work) -> int:
    who = work.actor
    if who.person_id is None or who.helping is not None or who.beside is not None:
        raise NotThere()
    return work.actor.person_id


def _row(work: Work, ref: int) -> Helper:
    row = work.session.get(Helper, (_person(work), queries.helper(work, ref).id))
    if row is None:
        raise NotThere()
    return row


def _checked(work: Work, draft: HelperDraft) -> set[Group]:
    """Give the groups that a draft stands for, at agencies that the person's own lists name. Raises Invalid."""
    book, links = agencies.catalogue(work), agencies.links_of(work, _person(work))
    groups = {
        one
        for one in draft.groups
        if one.agency_id in links and book.type(one.agency_id, one.type_key) is not None
    }
    for agency_id in draft.whole & links.keys():
        groups |= rules.whole(book.agency(agency_id))
    fault = rules.draft_fault(draft.name, groups, draft.months)
    if fault:
        raise Invalid(fault[1], fault[0])
    return groups


def _put_scope(work: Work, row: Helper, groups: set[Group]) -> None:
    """Write what a helper may see: rows that stay are left, so that the ledger tells what changed."""
    for old in queries.scope_rows(work, row.person_id, row.id):
        group = Group(old.agency_id, old.type_key)
        if group in groups:
            groups = groups - {group}
        else:
            work.session.delete(old)
    for one in sorted(groups):
        work.session.add(
            Scope(person_id=row.person_id, helper_id=row.id, agency_id=one.agency_id, type_key=one.type_key)
        )


def new_code(work: Work, row: Helper) -> str:
    """Give a new one-time code for a helper; the one before is worth nothing. It is kept as a fingerprint only."""
    forget_code(work, row)
    code = ids.typed_code(rules.CODE_LETTERS)
    work.session.add(
        HelperCode(
            fingerprint=queries.code_key(work, code),
            person_id=row.person_id,
            helper_id=row.id,
            expires_at=min(work.now + rules.CODE_LIFE, row.until),
        )
    )
    return code


def forget_code(work: Work, row: Helper) -> None:
    """Take away the one-time code of a helper, if there is one."""
    work.session.execute(
        delete(HelperCode).where(HelperCode.person_id == row.person_id, HelperCode.helper_id == row.id)
    )
