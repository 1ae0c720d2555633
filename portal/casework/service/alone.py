"""Noting a talk with a person alone, found for the worker as their agency's own case."""

from datetime import date

from portal.access_requests.service.moving import TASK as ACCESS
from portal.agencies import tasks
from portal.base.problems import NotThere
from portal.base.work import Work
from portal.corrections.service.moving import TASK as FIX
from portal.delegations import service as delegations


def note_talk(work: Work, ref: int, *, who: str, on: date | None, how: str) -> None:
    """Note that somebody talked with the person of a request alone: its answer may go out from now on.

    Raises NotThere, also for whoever helps the person, and Invalid. Privacy Act 2020 section 57.
    """
    task = tasks.find(work, ref)
    mine = task.kind in (ACCESS, FIX) and task.person_id != work.actor.person_id
    if not mine or not delegations.may(work, task.person_id, task.agency_id, "case", ref):
        raise NotThere()
    delegations.note_talk(work, task.person_id, task.agency_id, ref, who=who, on=on, how=how)
