"""The worker who sits beside a person at one device: read with the session, and only where it has one."""

from typing import Any

from sqlalchemy import select

from portal.base.crypto import SYSTEM_OWNER
from portal.base.work import Work
from portal.identity.models import Account, Membership
from portal.identity.permissions import Beside


def beside_of(work: Work, row: Any) -> Beside | None:
    """Give the worker beside the person of a session's row; None for nobody.

    None too once the time is up, or the worker has left, is shut out, or has another role: it is looked at on every
    page. Only a session with a worker beside it costs these reads.
    """
    if row.beside_account_id is None or (row.beside_until is not None and work.now >= row.beside_until):
        return None
    name = work.session.scalar(
        select(Account.name)
        .join(Membership, Membership.account_id == Account.id)
        .where(
            Account.id == row.beside_account_id,
            Account.state == "active",
            Membership.agency_id == row.beside_agency_id,
            Membership.state == "active",
            Membership.role == "frontline",
        )
    )
    if name is None:
        return None
    # Every page names the worker, and then opens what is the person's: one statement for all their keys.
    work.keys.load(SYSTEM_OWNER, row.account_id, *([row.person_id] if row.person_id else []))
    return Beside(row.beside_account_id, row.beside_agency_id, name, row.beside_until, row.beside_ref or 0)
