"""Tell who must know that an account read far more than anybody needs: its person, or its privacy officer."""

from portal.base.work import Work
from portal.delegations.service.urgent import alarm
from portal.notices import service as notices


def many_reads(work: Work) -> None:
    """Tell the person behind the actor's account, or put the worker before the agency's privacy officer.

    Privacy Act 2020 principle 5: safeguards against loss, access and other misuse.
    """
    if work.actor.agency_id is not None:
        alarm(work, "many_read")
    elif work.actor.person_id is not None:
        notices.tell(work, work.actor.person_id, "many_read")
