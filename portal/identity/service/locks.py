"""The lock on linking: while it is on, no further agency can be linked to the account's person."""

from sqlalchemy import select

from portal.base.problems import NotThere
from portal.base.work import Work
from portal.identity.models import Account


def link_locked(work: Work, person_id: int | None) -> bool:
    """Say whether a person has locked linking."""
    return bool(work.session.scalar(select(Account.link_locked).where(Account.person_id == person_id)))


def lock_links(work: Work, locked: bool) -> None:
    """Lock linking for the actor's own account, or unlock it (the view has asked for a second factor). NotThere."""
    account = work.session.get(Account, work.actor.account_id)
    if account is None:
        raise NotThere()
    account.link_locked = locked
