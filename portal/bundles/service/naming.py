"""Share with a provider by its name: whom one can choose, the right that it gets, and opening under it.

Its workers sign in here to open it. There is no link, code or passcode, and it is never called a SMART Health Link.
"""

from portal.agencies.queries import catalogue
from portal.agencies.rules import AgencyFacts
from portal.base.problems import Invalid, NotThere
from portal.base.work import Work
from portal.bundles import queries, rules
from portal.bundles.models import Share
from portal.bundles.queries import SharesWithUs
from portal.bundles.service.opening import Knock, Visit, admit
from portal.delegations import service as delegations
from portal.identity import queries as identity
from portal.language.rules import N_, search_key


def providers(work: Work, typed: str = "", chosen: int = 0) -> tuple[list[AgencyFacts], int]:
    """Give the organisations to share with by name, and how many there are in all. No read.

    Where they are many, those whose name holds what was `typed`, and the `chosen` one.
    """
    known = [one for one in catalogue(work).agencies if rules.takes_shares(one)]
    if len(known) <= rules.LISTED:
        return known, len(known)
    asked = search_key(typed)
    fit = [one for one in known if asked and asked in search_key(one.name)][: rules.LISTED]
    mine = [one for one in known if one.id == chosen and one not in fit]
    return [*mine, *fit], len(known)


def named_provider(work: Work, agency_id: int) -> AgencyFacts:
    """Give an organisation that one can share with at this moment. Raises Invalid."""
    for one in catalogue(work).agencies:
        if one.id == agency_id and rules.takes_shares(one):
            return one
    # L10n: Error beside the list of providers to share with, step 4 of sharing.
    raise Invalid(N_("Choose a provider from the list."), "provider")


def let_in(work: Work, row: Share, agency_id: int) -> None:
    """Give an organisation the right to open a share, until the share's own end. Raises Invalid."""
    named_provider(work, agency_id)
    delegations.grant(work, row.person_id, agency_id, "share", row.ref, row.expires_at)


def shares_with_us(work: Work, after: int | None = None) -> tuple[list[SharesWithUs], int | None]:
    """Give who shares with the actor's organisation now, 30 at a time; `after` is the ref of the last. Two reads."""
    return queries.shares_with_us(work, after)


def ending_first(work: Work, most: int) -> list[SharesWithUs]:
    """Give who shares with the actor's organisation now, up to `most`, those whose share ends first on top."""
    return queries.ending_first(work, most)


def share_with_us(work: Work, ref: int) -> SharesWithUs:
    """Give one share that names the actor's organisation, while it can be opened. Raises NotThere."""
    return queries.share_with_us(work, ref)


def worker_name(work: Work) -> str:
    """Name the worker who opens a share, as the person will see them. Raises NotThere for anybody else."""
    if work.actor.account_id is None:
        raise NotThere()
    return identity.account_name(work, work.actor.account_id)


def open_named(work: Work, ref: int, why: str, browser: str) -> str:
    """Open a share that names the actor's organisation, for one browser and the rest of its visit, with a reason.

    Noted and told as any opening is, under the worker's own name. Gives the share's ref. Raises NotThere.
    """
    found = queries.share_with_us(work, ref)
    admitted = admit(work, Knock(found.door, True), Visit("name", worker_name(work), why), browser, "visit")
    if admitted is None:
        raise NotThere()
    return admitted.ref
