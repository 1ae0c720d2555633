"""Help somebody: begin with their code, act for them, go back to one's own pages; and note each page that is seen."""

from sqlalchemy import delete, update

from portal.access_log import service as access_log
from portal.base import ids
from portal.base.db import rows_changed
from portal.base.problems import NotThere
from portal.base.work import Work
from portal.delegations import queries, rules
from portal.delegations.models import Grant, Helped, Helper, HelperCode
from portal.delegations.rules.authority import CHOSEN, WHYS
from portal.delegations.service import authority, orders
from portal.identity import queries as identity
from portal.identity import service as accounts
from portal.notices import service as notices


def begin_to_help(work: Work, code: str) -> str | None:
    """Begin to help the person whose one-time code this is, and act for them from now on; give "taken".

    None for every failure alike: unknown, used, too old, ended, the actor's own, or an authority of which staff saw
    somebody else. The caller counts the tries. Of
    two who use a code in the same moment one begins, because using it deletes it. The person is told.
    """
    account_id = work.actor.account_id
    if account_id is None or _may_not(work):
        raise NotThere()
    row = queries.behind_code(work, code)
    if row is None or row.person_id == work.actor.person_id:
        return None
    if row.kind != CHOSEN and not authority.may_begin(work, row):
        return None
    orders.know(work, row.person_id, account_id)
    key = queries.code_key(work, code)
    used = delete(HelperCode).where(HelperCode.fingerprint == key, HelperCode.expires_at > work.now)
    if rows_changed(work.session, used) != 1:
        return None
    row.state, row.account_id = "live", account_id
    grant = Grant(
        person_id=row.person_id,
        id=work.new_id(),
        kind="helper",
        agency_id=0,
        about=row.id,
        account_id=account_id,
        given_at=work.now,
        until=row.until,
    )
    work.session.add(grant)
    work.session.add(
        Helped(account_id=account_id, ref=ids.random63(), person_id=row.person_id, helper_id=row.id)
    )
    notices.tell(work, row.person_id, "helper_began" if row.kind == CHOSEN else "authority_began")
    accounts.act_for(work, row.person_id, grant.id)
    return "taken"


def help_again(work: Work, ref: int) -> str:
    """Act for one of those whom the actor helps. Raises NotThere, the same where that is over."""
    if _may_not(work):
        raise NotThere()
    found = queries.on_call(work, ref)
    accounts.act_for(work, found.person_id, found.grant_id)
    return ids.encode(ref)


def own_pages(work: Work) -> None:
    """Go back to the actor's own pages; nothing happens to who is there already."""
    if work.actor.helping is not None:
        accounts.act_for_oneself(work)


def note_helped_page(work: Work, labels: tuple[tuple[str, int], ...]) -> None:
    """Note one page that a helper sees, by both names: the account's own, and what the person calls them.

    `labels` are what was seen, each with the agency that holds it. Privacy Act 2020 principles 5 and 11.
    """
    helping, person_id = work.actor.helping, work.actor.person_id
    if helping is None or person_id is None or helping.sealed_called is None:
        return
    work.session.execute(
        update(Helper).where(Helper.person_id == person_id, Helper.id == helping.id).values(used_at=work.now)
    )
    name = identity.account_name(work, work.actor.account_id)
    called = work.keys.open(queries.name_place(helping.id, person_id), helping.sealed_called)
    details = {
        "who": name if name == called else f"{name} ({called})",
        "role": "acting" if helping.by_authority else "helper",
        "why": WHYS.get(helping.kind, rules.HELPS),
        "records": [label for label, _ in labels],
        "held_by": [str(agency_id) for _, agency_id in labels],
    }
    access_log.note(work, person_id, "helper", 0, "record", details)


def _may_not(work: Work) -> bool:
    """Say whether the actor helps somebody already, or has a worker beside them, who would see another's pages too."""
    return work.actor.helping is not None or work.actor.beside is not None
