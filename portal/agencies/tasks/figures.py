"""Figures of what an agency decided: counters that name nobody, kept in the same transaction as each decision."""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, func, select
from sqlalchemy.dialects import postgresql, sqlite

from portal.agencies.models import Outcome
from portal.agencies.rules import MOST_DAYS
from portal.agencies.tasks.keeping import own_agency
from portal.base.clock import nz_date
from portal.base.work import Work
from portal.law import clocks

GROUND = "ground"
READ_AGAIN_AFTER = 600.0


@dataclass(frozen=True, slots=True)
class Decided:
    """So many decisions of one sort. `days` are working days from receipt; `outcome` is "ground" for a ground."""

    kind: str
    outcome: str
    ground: str
    language: str
    on_time: bool
    days: int
    n: int


@dataclass(frozen=True, slots=True)
class _Kept:
    span: tuple[date, date]
    read_at: float
    found: dict[int, list[Decided]]


_kept: "WeakKeyDictionary[Engine | Connection, _Kept]" = WeakKeyDictionary()


def decided(
    work: Work,
    agency_id: int,
    kind: str,
    outcome: str,
    *,
    language: str,
    received_on: date,
    due_on: date,
    grounds: Iterable[str] = (),
) -> None:
    """Count one decision of an agency, made now, with the grounds it rests on; call it where the decision is saved.

    `kind` is the kind of its row on the worklist; `outcome` is yes, part, no, none (nothing is held) or silent
    (neither confirmed nor denied). The days are Pacific/Auckland ones. Nothing of the person is kept.
    """
    today = nz_date(work.now)
    days = sum(one.number is not None for one in clocks.counted_days(received_on, today))
    key = {
        "agency_id": agency_id,
        "on": today,
        "kind": kind,
        "language": language,
        "on_time": today <= due_on,
        "days": min(days, MOST_DAYS),
    }
    _count(work, key | {"outcome": outcome, "ground": ""})
    for ground in sorted(set(grounds) - {""}):
        _count(work, key | {"outcome": GROUND, "ground": ground})


def figures(work: Work, first_on: date) -> list[Decided]:
    """Give the counters of the actor's agency from a Pacific/Auckland day on, summed over days."""
    by = (Outcome.kind, Outcome.outcome, Outcome.ground, Outcome.language, Outcome.on_time, Outcome.days)
    rows = work.session.execute(
        select(*by, func.sum(Outcome.n).label("n"))
        .where(Outcome.agency_id == own_agency(work), Outcome.on >= first_on)
        .group_by(*by)
    )
    return [
        Decided(row.kind, row.outcome, row.ground, row.language, row.on_time, row.days, int(row.n))
        for row in rows
    ]


def figures_of_all(work: Work, first_on: date, last_on: date) -> dict[int, list[Decided]]:
    """Give the counters of every agency, by its id, over Pacific/Auckland days that are past; without grounds.

    They are the same for everybody and hardly move any more, so they are kept in the process for some minutes:
    whoever asks, and however often, the counters of all agencies are summed no more often than that.
    """
    engine, now = work.session.get_bind(), time.monotonic()
    kept = _kept.get(engine)
    if kept is None or kept.span != (first_on, last_on) or now - kept.read_at >= READ_AGAIN_AFTER:
        kept = _kept[engine] = _Kept((first_on, last_on), now, _read_all(work, first_on, last_on))
    return kept.found


def _read_all(work: Work, first_on: date, last_on: date) -> dict[int, list[Decided]]:
    by = (Outcome.agency_id, Outcome.kind, Outcome.outcome, Outcome.on_time, Outcome.days)
    found: dict[int, list[Decided]] = {}
    for row in work.session.execute(
        select(*by, func.sum(Outcome.n).label("n"))
        .where(Outcome.on.between(first_on, last_on), Outcome.outcome != GROUND)
        .group_by(*by)
    ):
        one = Decided(row.kind, row.outcome, "", "", row.on_time, row.days, int(row.n))
        found.setdefault(row.agency_id, []).append(one)
    return found


def _count(work: Work, key: dict[str, object]) -> None:
    dialect = sqlite if work.session.get_bind().dialect.name == "sqlite" else postgresql
    row = dialect.insert(Outcome).values(**key, n=1)
    work.session.execute(row.on_conflict_do_update(index_elements=list(key), set_={"n": Outcome.n + 1}))
