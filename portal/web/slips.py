"""What a slip shows that is printed for a request: its code and where to ask, and no name where that must not be."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for

from portal.web.core import actor, settings
from portal.web.qr import Qr, qr_of


@dataclass(frozen=True, slots=True)
class SlipPage:
    """One slip: reference, day (Pacific/Auckland), the code in fours with its address, whom to ring.

    Without a code it was not made yet. `agency` is None on a discreet one: it names nobody.
    """

    reference: str
    due_on: date
    code: str
    address: str
    qr: Qr | None
    agency: Any


def slip(ask: Any, code: str) -> SlipPage:
    """Give the slip of a request as its person's own page knows it."""
    address = settings().base_url + url_for("access_requests.where")
    return SlipPage(
        reference=ask.reference,
        due_on=ask.extended_to_on or ask.due_on,
        code=code,
        address=address,
        qr=qr_of(f"{address}#{code}") if code else None,
        agency=None if actor().discreet else ask.agency,
    )
