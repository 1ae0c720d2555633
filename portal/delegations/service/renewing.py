"""The end of help: set by the person, told to them two weeks before, and put off by them alone."""

from typing import Any

from portal.base import ids
from portal.base.clock import nz_date
from portal.base.problems import Conflict, Invalid, NotThere
from portal.base.work import Work
from portal.delegations import queries, rules
from portal.delegations.models import Helper
from portal.language.rules import N_
from portal.notices import service as notices

ENDS_SOON = "delegations.ends_soon"
"""The job that tells a person that somebody's help is nearly over."""


def go_on(work: Work, ref: int, months: int) -> str:
    """Let a helper of the actor's go on, for so many months from today, a year at most. Gives the ref as an address.

    Nothing goes on by itself. The helper is told nothing. Raises NotThere, Invalid, and Conflict once it is over.
    """
    row = work.session.get(Helper, (work.actor.person_id, queries.helper(work, ref).id))
    if row is None:
        raise NotThere()
    if months not in rules.MONTHS:
        # L10n: Page that lets a helper go on, error beside the answers.
        raise Invalid(N_("Choose for how long."), "months")
    if row.state == "ended" or row.until <= work.now:
        raise Conflict()
    put_end(work, row, months)
    return ids.encode(row.ref)


def put_end(work: Work, row: Helper, months: int) -> None:
    """Set when a person's help ends, counted from today in New Zealand, for the helper and for their rights."""
    until = rules.end_after(nz_date(work.now), months)
    if until == row.until:
        return
    row.until = until
    for grant in queries.grants_of(work, row.person_id, row.id):
        grant.until = until
    if row.state == "live":
        tell_before_end(work, row)


def tell_before_end(work: Work, row: Helper) -> None:
    """See to it that the person is told two weeks before the end as it is now."""
    about = {"person_id": str(row.person_id), "helper_id": str(row.id), "until": row.until.isoformat()}
    work.later(ENDS_SOON, about, max(work.now, row.until - rules.SOON))


def tell_ends(work: Work, about: dict[str, Any]) -> None:
    """Tell the person, by the ways that are safe for them, that somebody's help ends: go on, or let it end.

    Nothing is said where the end was changed since, or the help is over. The worker process does this; `about` holds
    person_id, helper_id and until as text. Two weeks before, whatever day that is: what is sent names nobody.
    """
    row = work.session.get(Helper, (int(about["person_id"]), int(about["helper_id"])))
    if row is None or row.state != "live" or row.until <= work.now or row.until.isoformat() != about["until"]:
        return
    notices.tell(work, row.person_id, "helper_ends", about=row.ref)
