"""The desk's verbs about looks: answer a question and tell the person, and ask that a client's are shown later."""

from datetime import date

from portal.access_log import service as access_log
from portal.agencies import service as agencies
from portal.base import ids
from portal.base.problems import Invalid, NotThere
from portal.base.work import Work
from portal.language.rules import N_
from portal.notices import service as notices


def answer(work: Work, ref: int, outcome: str, words: str) -> str:
    """Answer a question about a look, once, and tell the person. `outcome` is fine or wrong.

    Raises NotThere, Invalid, and Conflict once it is answered. Privacy Act 2020 principle 6.
    """
    asked = access_log.answer(work, ref, outcome, words)
    notices.tell(work, asked.task.person_id, "look_answered", asked.look.agency_id, asked.look.id)
    return ids.encode(ref)


def hold_back(
    work: Work, client_ref: str, ground: str, reason: str, from_on: date | None, until_on: date | None
) -> str:
    """Ask that the looks of the actor's agency at one of its clients are shown later, and give the ref.

    The days are Pacific/Auckland ones. Raises Invalid, the same for an unknown number and for one that nobody is
    linked to. Privacy Act 2020 ss 24, 49 and 53; Family Violence Act 2018 s 20.
    """
    if work.actor.agency_id is None:
        raise NotThere()
    person_id = agencies.person_of_client(work, work.actor.agency_id, client_ref)
    if person_id is None:
        # L10n: staff page that asks to show looks later, error. It must not say whether there is such a client.
        raise Invalid(N_("Nothing can be done with this number. Check it, or ask a colleague."), "client_ref")
    for day, name in ((from_on, "from_on"), (until_on, "until_on")):
        if day is None:
            # L10n: staff page that asks to show looks later, error beside a date.
            raise Invalid(N_("Write the day."), name)
    assert from_on and until_on
    wanted = access_log.Wanted(person_id, client_ref, ground, reason, from_on, until_on)
    return access_log.hold_back(work, wanted)
