"""The slip of a request to fix: a code on paper with which one asks where it is."""

from portal.agencies.service import slips
from portal.base.work import Work
from portal.corrections.queries import RequestView, plain


def print_slip(work: Work, ref: int) -> None:
    """Let a request of the actor's be asked after on paper. Raises NotThere."""
    ask = plain(work, ref)
    slips.make(work, ask.person_id, ask.agency.id, ask.ref)


def slip_of(work: Work, ref: int) -> tuple[RequestView, str]:
    """Give a request of the actor's with the code of its slip; empty before it was made. Raises NotThere."""
    ask = plain(work, ref)
    return ask, slips.codes_of(work, [(ask.agency.id, ask.ref)]).get(ask.ref, "")
