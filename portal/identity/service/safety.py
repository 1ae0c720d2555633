"""What keeps somebody safe who shares a phone: discreet pages, and a code again before hard topics."""

from sqlalchemy import update

from portal.base.problems import Refused
from portal.base.work import Work
from portal.identity.models import Account
from portal.language.rules import N_

SWITCHES = frozenset({"discreet", "ask_again"})


def switch(work: Work, name: str, on: bool) -> None:
    """Turn a protection of the actor's account on, or off: only with a second factor of the last five minutes.

    `name` is discreet or ask_again. Raises Refused where the second factor is missing, ValueError for other names.
    """
    if name not in SWITCHES:
        raise ValueError(f"There is no switch called {name}.")
    if not on and not work.actor.fresh(work.now):
        # L10n: Refusal page, when somebody turns a protection off whose last code is too long ago.
        raise Refused(N_("Write a code again first. Then you can turn this off."))
    work.session.execute(update(Account).where(Account.id == work.actor.account_id).values({name: on}))
