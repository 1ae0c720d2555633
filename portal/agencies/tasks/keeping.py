"""Rows of an agency's worklist: put there by the room that makes the work, with counts kept in the same transaction."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from portal.agencies.models import Task, TaskCount
from portal.base.crypto import SYSTEM_OWNER, Place
from portal.base.problems import NotThere
from portal.base.work import Work

OPEN = frozenset({"new", "looking", "waiting"})
# What a worker did past a limit, or without a request: for the privacy officer, not for the desk that did it.
WATCHED = frozenset(
    {
        "access_late", "correction_complaint", "correction_late", "look_hold", "look_wrong", "many_read",
        "urgent_many", "urgent_review",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TaskFacts:
    """One row of the worklist. `owner_id` 0 means no one yet, `person_id` 0 that it is about no linked person."""

    agency_id: int
    ref: int
    kind: str
    due_on: date
    state: str
    owner_id: int
    person_id: int
    language: str
    # When the person was told that their request had been seen; aware UTC.
    told_at: datetime | None
    version: int
    # As it is stored: `presence` opens it.
    opened: bytes | None
    summary: dict[str, Any]


def add(
    work: Work, agency_id: int, ref: int, kind: str, due_on: date, person_id: int, summary: dict[str, Any]
) -> None:
    """Put a new row on an agency's worklist; `due_on` is a day in Pacific/Auckland, `ref` the id in its address."""
    sealed = work.keys.seal_json(_place(agency_id, ref), summary)
    task = Task(
        agency_id=agency_id,
        ref=ref,
        kind=kind,
        due_on=due_on,
        state="new",
        owner_id=0,
        person_id=person_id,
        language=str(summary.get("language") or ""),
        summary=sealed,
    )
    work.session.add(task)
    _count(work, task, 1)


def find(work: Work, ref: int) -> TaskFacts:
    """Give a row of the actor's agency. Raises NotThere for any other."""
    row = work.session.execute(
        select(Task.__table__).where(Task.agency_id == own_agency(work), Task.ref == ref, *for_me(work, Task))
    ).first()
    if row is None:
        raise NotThere()
    return facts_of(work, row)


def change(
    work: Work,
    ref: int,
    *,
    state: str | None = None,
    owner_id: int | None = None,
    agency_id: int | None = None,
    due_on: date | None = None,
) -> None:
    """Change a row's state, owner or due day, in the actor's agency unless one is named. Raises NotThere, Conflict."""
    task = work.session.get(Task, (agency_id or own_agency(work), ref))
    if task is None:
        raise NotThere()
    _count(work, task, -1)
    task.state = state if state is not None else task.state
    task.owner_id = owner_id if owner_id is not None else task.owner_id
    task.due_on = due_on if due_on is not None else task.due_on
    if task.state == "closed":
        task.opened = None
    _count(work, task, 1)


def tell_once(work: Work, ref: int) -> bool:
    """Note that the person is told that their request was seen, and say whether this is the first time."""
    task = work.session.get(Task, (own_agency(work), ref))
    if task is None or task.told_at is not None:
        return False
    task.told_at = work.now
    return True


def close(work: Work, agency_id: int, ref: int) -> None:
    """Take a row off the worklist. Raises NotThere."""
    change(work, ref, state="closed", agency_id=agency_id)


def close_if_open(work: Work, agency_id: int, ref: int) -> bool:
    """Take a row off the worklist where it still is, and say whether it was."""
    task = work.session.get(Task, (agency_id, ref))
    if task is None or task.state == "closed":
        return False
    close(work, agency_id, ref)
    return True


def open_agencies(work: Work, person_id: int, but: tuple[str, ...]) -> set[int]:
    """Give the agencies that have open work about a person, of other kinds than these."""
    mine = (Task.person_id == person_id, Task.state != "closed", Task.kind.not_in(but))
    return set(work.session.scalars(select(Task.agency_id).where(*mine).distinct()))


def give_back(work: Work, about: dict[str, Any]) -> None:
    """Take a colleague's name off all open rows of an agency: they left, or have no desk there any more.

    The worker process does this; `about` holds agency_id and account_id as text.
    """
    agency_id, account_id = int(about["agency_id"]), int(about["account_id"])
    mine = select(Task).where(
        Task.agency_id == agency_id, Task.owner_id == account_id, Task.state != "closed"
    )
    for task in work.session.scalars(mine):
        _count(work, task, -1)
        task.owner_id = 0
        _count(work, task, 1)


def _count(work: Work, task: Task, step: int) -> None:
    if task.state == "closed":
        # Nobody asks how many there were: `figures` counts decisions.
        return
    dialect = sqlite if work.session.get_bind().dialect.name == "sqlite" else postgresql
    key = {
        name: getattr(task, name) for name in ("agency_id", "due_on", "kind", "state", "owner_id", "language")
    }
    row = dialect.insert(TaskCount).values(**key, n=step)
    work.session.execute(row.on_conflict_do_update(index_elements=list(key), set_={"n": TaskCount.n + step}))


def for_me(work: Work, table: type[Task] | type[TaskCount]) -> list[Any]:
    """Give the conditions under which the actor sees rows of a table of work."""
    return [] if work.actor.role == "privacy-officer" else [table.kind.not_in(sorted(WATCHED))]


def own_agency(work: Work) -> int:
    """Give the agency whose hat the actor wears. Raises NotThere without one."""
    if work.actor.agency_id is None:
        raise NotThere()
    return work.actor.agency_id


def _place(agency_id: int, ref: int) -> Place:
    return Place("agencies_task", "summary", ref, SYSTEM_OWNER, agency_id)


def facts_of(work: Work, row: Any) -> TaskFacts:
    """Give a row of the worklist with its summary opened."""
    summary = work.keys.open_json(_place(row.agency_id, row.ref), row.summary)
    plain = {name: getattr(row, name) for name in TaskFacts.__slots__ if name != "summary"}
    return TaskFacts(**plain, summary=summary)
