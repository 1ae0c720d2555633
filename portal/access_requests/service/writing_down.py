"""A request that somebody makes by phone, on paper or at the counter: staff write it down, and it is as good as any.

Privacy Act 2020 sections 40 to 44: a request needs no form, and its clock begins on the day on which it came in.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from portal.access_requests import rules
from portal.access_requests.service.asking import KEPT, receive
from portal.access_requests.service.drafts import answered
from portal.access_requests.service.moving import note_event
from portal.base import ids
from portal.base.work import Work
from portal.corrections.service import came_in


@dataclass(frozen=True, slots=True)
class Heard:
    """What staff heard or read: whose request (client number and birth date), when and how it came, and what it asks.

    `received_on` is a Pacific/Auckland day, `how` one of rules.WAYS; `answers` holds scope, since, until, topic,
    names, births, form, language, urgent, why and hand_on, as the person's own form gives them.
    """

    client_ref: str
    born: date | None
    received_on: date | None
    how: str
    answers: dict[str, Any]


def write_down(work: Work, heard: Heard) -> str:
    """Receive a request of a linked client that came in another way, and give its id for an address.

    The clock runs from the day on which it came in, also where it is written down later. The person is told as of
    any request, and finds it on their own list. Raises Invalid, with one sentence for an unknown number, a client
    whom nobody is linked to, a birth date that is not theirs, and the worker's own file. Privacy Act 2020 ss 40 to 44.
    """
    person_id = came_in.who_asks(work, heard.client_ref, heard.born)
    received_on, how = came_in.day_of(work, heard.received_on), came_in.way_of(heard.how)
    kept = answered(work, heard.answers)
    words = {name: kept[name] for name in KEPT} | {"taken": how}
    request = receive(
        work,
        person_id,
        work.actor.agency_id or 0,
        kept["language"],
        words,
        ids.random63(),
        received_on=received_on,
    )
    note_event(work, request, rules.Event.WRITTEN_DOWN)
    return ids.encode(request.ref)
