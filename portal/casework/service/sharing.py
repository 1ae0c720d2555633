"""Sharing the work out: give rows of the worklist to a colleague, or tell people that their requests were seen.

These two are all that may be done with several rows at once. Nothing here decides anything about anybody.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from portal.access_requests import service as access_requests
from portal.agencies import tasks
from portal.base.problems import Conflict, Invalid, NotThere
from portal.base.work import Work
from portal.casework import queries
from portal.casework.queries import Colleague
from portal.casework.service.taking import TAKES
from portal.corrections import service as corrections
from portal.language.rules import N_
from portal.notices import service as notices

MOST = 100
# How a person is told that their request was seen, by its kind.
SEEN = {corrections.TASK: "request_seen", access_requests.TASK: "access_seen"}

WHY: dict[str, str] = {
    # L10n: staff page, after rows were given to a colleague: why one was left out
    "own": N_("It is about you. A colleague has to do this."),
    # L10n: staff page, after rows were given to a colleague: why one was left out
    "theirs": N_("It is about the colleague you chose."),
    # L10n: staff page, after rows were given to a colleague: why one was left out
    "officer": N_("Only a privacy officer may have it."),
    # L10n: staff page, after something was done with several rows: why one was left out
    "closed": N_("It is no longer on the list."),
    # L10n: staff page, after something was done with several rows: why one was left out
    "quicker": N_("Somebody changed it before you. Look at it again."),
    # L10n: staff page, after people were told that their requests were seen: why one was left out
    "told": N_("They were told before."),
    # L10n: staff page, after people were told that their requests were seen: why one was left out
    "nobody": N_("It is no request of a person, so there is nobody to tell."),
}
# L10n: staff worklist, error: no row was ticked
NONE = N_("Tick at least one row of the list.")
# L10n: staff worklist, error beside the list of colleagues
WHO = N_("Choose a colleague.")


@dataclass(frozen=True, slots=True)
class Tick:
    """A row as the worker saw it: its id, and its version then."""

    ref: int
    version: int


@dataclass(frozen=True, slots=True)
class Shared:
    """What came of it: the rows that were done, and those that were left out, each with a key of WHY.

    A row that is not on the agency's list has no facts.
    """

    done: list[tasks.TaskFacts] = field(default_factory=list)
    left: list[tuple[tasks.TaskFacts | None, str]] = field(default_factory=list)


def assign(work: Work, ticks: list[Tick], code: str) -> Shared:
    """Give rows of the actor's agency to the colleague whom a code stands for, who may be the actor.

    Nobody gets, or gives away, what is about themselves. A row that was changed since it was seen is left out.
    Raises Invalid without a row or colleague.
    """
    to = queries.desk(work).colleague(code)
    if to is None:
        raise Invalid(WHO, "to")
    return _each(work, ticks, lambda tick, task: _assign(work, tick, task, to))


def say_seen(work: Work, ticks: list[Tick]) -> Shared:
    """Tell the people whose requests these are that they have been seen, each once, on their screen only.

    It decides nothing and stops no clock. Raises Invalid without a row.
    """
    return _each(work, ticks, lambda _tick, task: _say_seen(work, task))


def _each(work: Work, ticks: list[Tick], verb: Callable[[Tick, tasks.TaskFacts], str]) -> Shared:
    if not ticks:
        raise Invalid(NONE)
    shared = Shared()
    for tick in ticks[:MOST]:
        try:
            task = tasks.find(work, tick.ref)
        except NotThere:
            shared.left.append((None, "closed"))
            continue
        why = "closed" if task.state == "closed" else "own" if _is_own(work, task) else verb(tick, task)
        if why:
            shared.left.append((task, why))
        else:
            shared.done.append(task)
    return shared


def _is_own(work: Work, task: tasks.TaskFacts) -> bool:
    # About the worker as a person, or about what they did as a worker.
    mine = task.person_id and task.person_id == work.actor.person_id
    return bool(mine) or task.summary.get("by") == str(work.actor.account_id)


def _assign(work: Work, tick: Tick, task: tasks.TaskFacts, to: Colleague) -> str:
    if (task.person_id and task.person_id == to.person_id) or task.summary.get("by") == str(to.account_id):
        return "theirs"
    if task.kind in tasks.WATCHED and to.role != "privacy-officer":
        return "officer"
    if task.owner_id == to.account_id:
        return ""
    if task.version != tick.version:
        return "quicker"
    try:
        if to.account_id == work.actor.account_id and task.kind in TAKES:
            TAKES[task.kind](work, task.ref)
        else:
            tasks.change(work, task.ref, owner_id=to.account_id)
    except (Conflict, NotThere):
        return "closed"
    return ""


def _say_seen(work: Work, task: tasks.TaskFacts) -> str:
    kind = SEEN.get(task.kind)
    if kind is None:
        return "nobody"
    if not tasks.tell_once(work, task.ref):
        return "told"
    notices.tell(work, task.person_id, kind, task.agency_id, task.ref, mail=False)
    return ""
