"""What holds for every request that staff write down: whose it is, on what day it came, and in which way.

Privacy Act 2020 sections 40 and 59: a request needs no form, and its clock begins on the day on which it came in.
"""

from datetime import UTC, date, datetime, time, timedelta

from portal.agencies import service as agencies
from portal.base.clock import NZ, nz_date
from portal.base.problems import Invalid, NotThere
from portal.base.work import Work
from portal.identity import service as identity
from portal.language.rules import N_
from portal.law.ways import WAYS

OLDEST = timedelta(days=366)
"""How long ago a request may have come in: an older day is a slip of the pen."""
NOON = time(12)

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


def who_asks(work: Work, client_ref: str, born: date | None) -> int:
    """Give the person of a client number of the actor's agency, whose birth date is this one.

    Raises Invalid, with one sentence for an unknown number, a client whom nobody is linked to, a birth date that is
    not theirs, and the worker's own file; NotThere for an actor without an agency.
    """
    agency_id = work.actor.agency_id
    if agency_id is None:
        raise NotThere()
    person_id = agencies.person_of_client(work, agency_id, client_ref) if client_ref else None
    own = person_id is not None and person_id == work.actor.person_id
    if person_id is None or own or born is None:
        raise Invalid(NOBODY, "client_ref")
    # Two digits that changed places must not put one client's request before another.
    name = identity.person_facts(work, person_id).full_name
    if not agencies.is_this_person(work, person_id, agency_id, name, born):
        raise Invalid(NOBODY, "client_ref")
    return person_id


def day_of(work: Work, on: date | None) -> date:
    """Give the Pacific/Auckland day on which a request came in. Raises Invalid for one that cannot be meant."""
    today = nz_date(work.now)
    if on is None:
        raise Invalid(NO_DAY, "received_on")
    if on > today:
        raise Invalid(AHEAD, "received_on")
    if on < today - OLDEST:
        raise Invalid(TOO_OLD, "received_on")
    return on


def way_of(how: str) -> str:
    """Give in which way a request came, a key of WAYS. Raises Invalid for any other."""
    if how not in WAYS:
        raise Invalid(WHICH_WAY, "how")
    return how


def moment_of(work: Work, received_on: date) -> datetime:
    """Give the present moment, or noon of an earlier day: nobody notes the minute of a letter."""
    if received_on == nz_date(work.now):
        return work.now
    return datetime.combine(received_on, NOON, NZ).astimezone(UTC)
