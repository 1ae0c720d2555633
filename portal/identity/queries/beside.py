"""The worker who sits beside a person at one device: read with the session, in one statement."""

from typing import Any

from sqlalchemy import Select, and_
from sqlalchemy.orm import aliased

from portal.base.crypto import SYSTEM_OWNER
from portal.base.work import Work
from portal.identity.models import Account, Membership, SignInSession
from portal.identity.permissions import Beside


def with_beside(session_row: Select) -> Select:
    """Let the statement that reads a session read who sits beside its person too.

    Without a name where nobody does, or where the worker has left, is shut out, or has another role.
    """
    worker, works = aliased(Account), aliased(Membership)
    still = and_(
        works.account_id == SignInSession.beside_account_id,
        works.agency_id == SignInSession.beside_agency_id,
        works.state == "active",
        works.role == "frontline",
    )
    return (
        session_row.add_columns(
            *(SignInSession.beside_account_id, SignInSession.beside_agency_id),
            *(SignInSession.beside_until, SignInSession.beside_ref),
            worker.name.label("worker_name"),
        )
        .outerjoin(works, still)
        .outerjoin(worker, and_(worker.id == works.account_id, worker.state == "active"))
    )


def beside_of(work: Work, row: Any) -> Beside | None:
    """Give the worker beside the person of a session's row; None for nobody.

    None too once the time is up, or the worker may not sit there any more: it is looked at on every page.
    """
    if row.beside_account_id is None or row.worker_name is None:
        return None
    if row.beside_until is not None and work.now >= row.beside_until:
        return None
    # Every page names the worker, and then opens what is the person's: one statement for all their keys.
    work.keys.load(SYSTEM_OWNER, row.account_id, *([row.person_id] if row.person_id else []))
    return Beside(
        row.beside_account_id,
        row.beside_agency_id,
        row.worker_name,
        row.beside_until,
        row.beside_ref or 0,
    )
