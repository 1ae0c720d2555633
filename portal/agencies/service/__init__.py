"""Verbs of agencies: keep the catalogue, and say which client of an agency a person is."""

from portal.agencies.entries import put_agency, set_reachable
from portal.agencies.queries import all_links_of, catalogue, client_ref_of, hidden_of, links_of
from portal.agencies.service.choices import disown, hide, show_again
from portal.agencies.service.counter import Shown, new_counter_code, prove, settle, turn_down
from portal.agencies.service.letters import (
    Letter,
    Tried,
    forget_codes,
    issue_link_code,
    link_by_code,
    new_letter,
    redeem,
    set_no_letter,
    try_letter,
)
from portal.agencies.service.linking import (
    accept_as,
    client_fingerprint,
    forget_link,
    is_this_person,
    link,
    note_fed,
    person_of_client,
)
from portal.agencies.service.reasons import drop_reason, keep_reason
from portal.base.work import Work
from portal.identity.permissions import Actor


def organisation_name(work: Work, actor: Actor) -> str | None:
    """Name the organisation whose hat is worn; None for a person."""
    if actor.agency_id is None:
        return None
    return catalogue(work).agency(actor.agency_id).name


__all__ = [
    "Letter",
    "Shown",
    "Tried",
    "accept_as",
    "all_links_of",
    "catalogue",
    "client_fingerprint",
    "client_ref_of",
    "disown",
    "drop_reason",
    "forget_codes",
    "forget_link",
    "hidden_of",
    "hide",
    "is_this_person",
    "issue_link_code",
    "keep_reason",
    "link",
    "link_by_code",
    "links_of",
    "new_counter_code",
    "new_letter",
    "note_fed",
    "organisation_name",
    "person_of_client",
    "prove",
    "put_agency",
    "redeem",
    "set_no_letter",
    "set_reachable",
    "settle",
    "show_again",
    "try_letter",
    "turn_down",
]
