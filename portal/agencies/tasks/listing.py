"""An agency's worklist as its staff read it: most urgent first, by key, with counts for every filter."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, false, func, or_, select, tuple_

from portal.agencies.models import Task, TaskCount
from portal.agencies.rules import KINDS, due_ranges, group_of
from portal.agencies.tasks.keeping import OPEN, TaskFacts, facts_of, for_me, own_agency
from portal.base import ids
from portal.base.clock import nz_date
from portal.base.work import Work


@dataclass(frozen=True, slots=True)
class Worklist:
    """A page of rows, most urgent first, the key after which the next page starts, and which rows are marked."""

    rows: list[TaskFacts]
    next: str | None
    marked: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows are asked for; an empty set means all.

    `due` holds late, week, later; `owner` holds mine, nobody, others; `colleague` is one more owner, 0 for none;
    `kinds` holds keys of `rules.KINDS`; `languages` holds tags.
    """

    due: AbstractSet[str] = frozenset()
    owner: AbstractSet[str] = frozenset()
    colleague: int = 0
    kinds: AbstractSet[str] = frozenset()
    languages: AbstractSet[str] = frozenset()
    states: AbstractSet[str] = OPEN


ALL = Wanted()


@dataclass(frozen=True, slots=True)
class Fits:
    """So many open rows have these five things in common."""

    due: str
    kind: str
    state: str
    owner_id: int
    language: str
    n: int


@dataclass(frozen=True, slots=True)
class Counts:
    """How many open rows each filter would show, and any of them together. `me` is the reader's account."""

    parts: list[Fits]
    me: int

    @property
    def open(self) -> int:
        """All open rows."""
        return self.fit(ALL)

    @property
    def late(self) -> int:
        """Rows whose day has passed."""
        return self.fit(Wanted(due={"late"}))

    @property
    def week(self) -> int:
        """Rows due within seven days from today."""
        return self.fit(Wanted(due={"week"}))

    @property
    def later(self) -> int:
        """Rows due after that."""
        return self.fit(Wanted(due={"later"}))

    @property
    def mine(self) -> int:
        """Rows of the reader."""
        return self.fit(Wanted(owner={"mine"}))

    @property
    def nobody(self) -> int:
        """Rows that nobody has."""
        return self.fit(Wanted(owner={"nobody"}))

    @property
    def others(self) -> int:
        """Rows of colleagues."""
        return self.fit(Wanted(owner={"others"}))

    def of(self, name: str) -> dict[Any, int]:
        """Count by one thing: kind (a key of `rules.KINDS`), state, owner_id or language."""
        found: dict[Any, int] = {}
        for part in self.parts:
            key = getattr(part, name)
            found[key] = found.get(key, 0) + part.n
        return found

    def fit(self, wanted: Wanted) -> int:
        """Count the rows that fit all that is asked for."""
        return sum(part.n for part in self.parts if self._fits(part, wanted))

    def _fits(self, part: Fits, wanted: Wanted) -> bool:
        owner = "nobody" if not part.owner_id else "mine" if part.owner_id == self.me else "others"
        anybody = not wanted.owner and not wanted.colleague
        return (
            (not wanted.due or part.due in wanted.due)
            and (anybody or owner in wanted.owner or part.owner_id == (wanted.colleague or -1))
            and (not wanted.kinds or part.kind in wanted.kinds)
            and (not wanted.languages or part.language in wanted.languages)
            and part.state in wanted.states
        )


def worklist(
    work: Work,
    wanted: Wanted | None = None,
    *,
    after: str | None = None,
    most: int = 25,
    marked: ColumnElement[bool] | None = None,
    **filters: Any,
) -> Worklist:
    """Give rows of the actor's agency, most urgent first. Raises NotThere for who has no agency.

    The rows are said by `wanted`, or by its fields. `after` is the `next` of the page before; anything else given
    there starts from the top. `marked` is a condition that another room has for some rows: which, comes along.
    """
    asked = wanted or Wanted(**filters)
    agency_id = own_agency(work)
    conditions = [Task.agency_id == agency_id, *for_me(work, Task)]
    if asked.states != OPEN:
        conditions.append(Task.state.in_(asked.states))
    if "closed" not in asked.states:
        # Says it in the words of the partial index.
        conditions.append(Task.state != "closed")
    conditions += _due(asked, nz_date(work.now)) + _owner(asked, work.actor.account_id or -1) + _kinds(asked)
    if asked.languages:
        conditions.append(Task.language.in_(asked.languages))
    start = _read_key(after)
    if start:
        # As one row value: the database then begins there, and reads nothing of the pages before.
        conditions.append(tuple_(Task.due_on, Task.ref) > tuple_(*start))
    rows = work.session.execute(
        select(Task.__table__, (marked if marked is not None else false()).label("marked"))
        .where(*conditions)
        .order_by(Task.due_on, Task.ref)
        .limit(most + 1)
    ).all()
    more = f"{rows[most - 1].due_on}.{ids.encode(rows[most - 1].ref)}" if len(rows) > most else None
    shown = rows[:most]
    return Worklist([facts_of(work, row) for row in shown], more, {row.ref for row in shown if row.marked})


def counts(work: Work, today: date) -> Counts:
    """Count the open rows of the actor's agency for each filter; `today` is a day in Pacific/Auckland."""
    ranges = due_ranges(today)
    due = case(
        (TaskCount.due_on <= ranges["late"][1], "late"),
        (TaskCount.due_on <= ranges["week"][1], "week"),
        else_="later",
    ).label("due")
    by = (TaskCount.kind, TaskCount.state, TaskCount.owner_id, TaskCount.language)
    rows = work.session.execute(
        select(due, *by, func.sum(TaskCount.n).label("n"))
        .where(TaskCount.agency_id == own_agency(work), TaskCount.n > 0, *for_me(work, TaskCount))
        .group_by("due", *by)
    )
    parts = [
        Fits(row.due, group_of(row.kind), row.state, row.owner_id, row.language, int(row.n)) for row in rows
    ]
    return Counts(parts, work.actor.account_id or -1)


def _due(asked: Wanted, today: date) -> list[ColumnElement[bool]]:
    chosen = [one for name, one in due_ranges(today).items() if name in asked.due]
    if not chosen:
        return []
    # The outer ends first: they are what the index can begin and stop at.
    ends = Task.due_on.between(chosen[0][0], chosen[-1][1])
    return [ends, or_(*(Task.due_on.between(*one) for one in chosen))] if len(chosen) > 1 else [ends]


def _owner(asked: Wanted, me: int) -> list[ColumnElement[bool]]:
    known = {
        "mine": Task.owner_id == me,
        "nobody": Task.owner_id == 0,
        "others": and_(Task.owner_id != me, Task.owner_id != 0),
    }
    chosen = [one for name, one in known.items() if name in asked.owner]
    if asked.colleague:
        chosen.append(Task.owner_id == asked.colleague)
    return [or_(*chosen)] if chosen else []


def _kinds(asked: Wanted) -> list[ColumnElement[bool]]:
    named = [kind for group in sorted(asked.kinds) for kind in KINDS.get(group, ())]
    chosen = [Task.kind.in_(named)] if named else []
    if "other" in asked.kinds:
        chosen.append(Task.kind.not_in([kind for kinds in KINDS.values() for kind in kinds]))
    return [or_(*chosen)] if chosen else []


def _read_key(text: str | None) -> tuple[date, int] | None:
    day, _, code = (text or "").partition(".")
    ref = ids.decode(code)
    try:
        return (date.fromisoformat(day), ref) if ref is not None else None
    except ValueError:
        return None
