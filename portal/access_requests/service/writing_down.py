"""A request that somebody makes by phone, on paper or at the counter: staff write it down, and it is as good as any.

Privacy Act 2020 sections 40 to 44: a request needs no form, and its clock begins on the day on which it came in.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from portal.access_requests import rules
from portal.access_requests.service.asking import KEPT, receive
from portal.access_requests.service.drafts import answered
from portal.access_requests.service.moving import note_event
from portal.agencies import service as agencies
from portal.base import ids
from portal.base.clock import nz_date
from portal.base.problems import Invalid, NotThere
from portal.base.work import Work
from portal.identity import service as identity
from portal.language.rules import N_

OLDEST = timedelta(days=366)
"""How long ago a request may have come in: an older day is a slip of the pen."""

# L10n: staff page that writes down a request made by phone or on paper, error. It must not say which of the two is
# wrong, nor whether there is such a client.
NOBODY = N_("Nobody linked here has this number and birth date. Check both, and read below what to do.")
# L10n: staff page that writes down a request made by phone or on paper, error beside a date.
AHEAD = N_("This day lies ahead. Write the day on which the request reached you.")
# L10n: staff page that writes down a request made by phone or on paper, error beside a date.
TOO_OLD = N_("This day is more than a year ago. Check the year.")
# L10n: staff page that writes down a request made by phone or on paper, error beside a date.
NO_DAY = N_("Write the day on which the request reached you.")
# L10n: staff page that writes down a request made by phone or on paper, error beside a question.
WHICH_WAY = N_("Choose how the request reached you.")


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
    if work.actor.agency_id is None:
        raise NotThere()
    person_id = _who(work, heard)
    received_on = _day(work, heard.received_on)
    if heard.how not in rules.WAYS:
        raise Invalid(WHICH_WAY, "how")
    kept = answered(work, heard.answers)
    words = {name: kept[name] for name in KEPT} | {"taken": heard.how}
    request = receive(
        work,
        person_id,
        work.actor.agency_id,
        kept["language"],
        words,
        ids.random63(),
        received_on=received_on,
    )
    note_event(work, request, rules.Event.WRITTEN_DOWN)
    return ids.encode(request.ref)


def _who(work: Work, heard: Heard) -> int:
    agency_id = work.actor.agency_id or 0
    person_id = agencies.person_of_client(work, agency_id, heard.client_ref) if heard.client_ref else None
    own = person_id is not None and person_id == work.actor.person_id
    if person_id is None or own or heard.born is None:
        raise Invalid(NOBODY, "client_ref")
    # Two digits that changed places must not put one client's request before another.
    name = identity.person_facts(work, person_id).full_name
    if not agencies.is_this_person(work, person_id, agency_id, name, heard.born):
        raise Invalid(NOBODY, "client_ref")
    return person_id


def _day(work: Work, on: date | None) -> date:
    today = nz_date(work.now)
    if on is None:
        raise Invalid(NO_DAY, "received_on")
    if on > today:
        raise Invalid(AHEAD, "received_on")
    if on < today - OLDEST:
        raise Invalid(TOO_OLD, "received_on")
    return on
