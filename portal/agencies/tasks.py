"""An agency's worklist: rows written by the room that makes the work, counts kept in the same transaction."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from portal.agencies.models import Task, TaskCount
from portal.agencies.rules import due_ranges
from portal.base import ids
from portal.base.clock import nz_date
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
    version: int
    summary: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Worklist:
    """A page of rows, most urgent first, and the key after which the next page starts."""

    rows: list[TaskFacts]
    next: str | None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many open tasks each filter would show."""

    late: int
    week: int
    later: int
    mine: int
    nobody: int
    others: int

    @property
    def open(self) -> int:
        """All open tasks."""
        return self.late + self.week + self.later


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
        summary=sealed,
    )
    work.session.add(task)
    _count(work, task, 1)


def find(work: Work, ref: int) -> TaskFacts:
    """Give a row of the actor's agency. Raises NotThere for any other."""
    row = work.session.execute(
        select(Task.__table__).where(Task.agency_id == _agency(work), Task.ref == ref, *_for_me(work, Task))
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
    task = work.session.get(Task, (agency_id or _agency(work), ref))
    if task is None:
        raise NotThere()
    _count(work, task, -1)
    task.state = state if state is not None else task.state
    task.owner_id = owner_id if owner_id is not None else task.owner_id
    task.due_on = due_on if due_on is not None else task.due_on
    _count(work, task, 1)


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


def worklist(
    work: Work,
    *,
    due: set[str] | frozenset[str] = frozenset(),
    owner: set[str] | frozenset[str] = frozenset(),
    states: set[str] | frozenset[str] = OPEN,
    after: str | None = None,
    most: int = 25,
) -> Worklist:
    """Give rows of the actor's agency, most urgent first.

    `due` holds late, week, later; `owner` holds mine, nobody, others; an empty set means all. `after` is the
    `next` of the page before; anything else given there starts from the top.
    """
    wanted = [Task.agency_id == _agency(work), Task.state.in_(states), *_for_me(work, Task)]
    if "closed" not in states:
        # Says it in the words of the partial index.
        wanted.append(Task.state != "closed")
    ranges = due_ranges(nz_date(work.now))
    chosen = [Task.due_on.between(*ranges[name]) for name in sorted(due & ranges.keys())]
    if chosen:
        wanted.append(or_(*chosen))
    owners = _owners(work)
    mine = [owners[name] for name in sorted(owner & owners.keys())]
    if mine:
        wanted.append(or_(*mine))
    start = _read_key(after)
    if start:
        day, ref = start
        wanted.append(or_(Task.due_on > day, and_(Task.due_on == day, Task.ref > ref)))
    rows = work.session.execute(
        select(Task.__table__).where(*wanted).order_by(Task.due_on, Task.ref).limit(most + 1)
    ).all()
    more = f"{rows[most - 1].due_on}.{ids.encode(rows[most - 1].ref)}" if len(rows) > most else None
    return Worklist([facts_of(work, row) for row in rows[:most]], more)


def counts(work: Work, today: date) -> Counts:
    """Count the open rows of the actor's agency for each filter; `today` is a day in Pacific/Auckland."""
    rows = work.session.execute(
        select(TaskCount.due_on, TaskCount.owner_id, TaskCount.n).where(
            TaskCount.agency_id == _agency(work),
            TaskCount.state != "closed",
            TaskCount.n > 0,
            *_for_me(work, TaskCount),
        )
    ).all()
    ranges, me = due_ranges(today), work.actor.account_id
    due = {name: sum(r.n for r in rows if low <= r.due_on <= high) for name, (low, high) in ranges.items()}
    mine = sum(r.n for r in rows if r.owner_id == me)
    nobody = sum(r.n for r in rows if r.owner_id == 0)
    return Counts(**due, mine=mine, nobody=nobody, others=sum(r.n for r in rows) - mine - nobody)


def _for_me(work: Work, table: type[Task] | type[TaskCount]) -> list[Any]:
    return [] if work.actor.role == "privacy-officer" else [table.kind.not_in(sorted(WATCHED))]


def _owners(work: Work) -> dict[str, Any]:
    me = work.actor.account_id or -1
    return {
        "mine": Task.owner_id == me,
        "nobody": Task.owner_id == 0,
        "others": and_(Task.owner_id != me, Task.owner_id != 0),
    }


def _read_key(text: str | None) -> tuple[date, int] | None:
    day, _, code = (text or "").partition(".")
    ref = ids.decode(code)
    try:
        return (date.fromisoformat(day), ref) if ref is not None else None
    except ValueError:
        return None


def _count(work: Work, task: Task, step: int) -> None:
    dialect = sqlite if work.session.get_bind().dialect.name == "sqlite" else postgresql
    key = {name: getattr(task, name) for name in ("agency_id", "due_on", "kind", "state", "owner_id")}
    row = dialect.insert(TaskCount).values(**key, n=step)
    work.session.execute(row.on_conflict_do_update(index_elements=list(key), set_={"n": TaskCount.n + step}))


def _agency(work: Work) -> int:
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
