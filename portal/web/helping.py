"""Somebody who asks for the person they help: where they are led, and that each page with a value is noted."""

from flask import url_for

from portal.delegations import service as delegations
from portal.web.core import actor, work


def requests_at(endpoint: str) -> str:
    """Give the address of the person's own requests, or for one who helps them of what they asked for themselves."""
    return url_for("delegations.asked" if actor().helping is not None else endpoint)


def seen(title: str, agency_id: int) -> None:
    """Let one page with values of a record ride into the person's log, where somebody sees it who helps them.

    Privacy Act 2020 principles 5 and 11.
    """
    if actor().helping is not None:
        work().also(delegations.note_helped_page, ((title, agency_id),))
