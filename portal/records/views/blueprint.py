"""The blueprint that this room's screens hang on, and how a helper's looks are noted."""

from collections.abc import Iterable

from flask import Blueprint

from portal.agencies.rules import AgencyFacts
from portal.delegations import service as delegations
from portal.web.core import actor, work

blueprint = Blueprint("records", __name__)


def helped(seen: Iterable[tuple[str, AgencyFacts]]) -> bool:
    """Say whether the actor reads to help somebody; if so, this page is noted with the labels of what is on it.

    Each label comes with the agency that holds it. Privacy Act 2020 principles 5 and 11.
    """
    if actor().helping is None:
        return False
    labels = dict.fromkeys((label, agency.id) for label, agency in seen)
    work().also(delegations.note_helped_page, tuple(labels))
    return True
