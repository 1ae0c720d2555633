"""Who else is looking at a row of the worklist: kept with the row itself, for colleagues and for a few minutes."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import update

from portal.agencies.models import Task
from portal.agencies.tasks.keeping import TaskFacts
from portal.base.crypto import SYSTEM_OWNER, Place
from portal.base.work import Work

LATELY = timedelta(minutes=15)
MOST = 5


@dataclass(frozen=True, slots=True)
class Opened:
    """A colleague who opened a row, so many whole minutes ago."""

    name: str
    minutes: int


def open_row(work: Work, task: TaskFacts, name: str) -> list[Opened]:
    """Say which colleagues opened an open row in the last minutes, and let it be noted that the actor does now.

    `name` is the actor's own. Call it as a read: the note rides along with the page, and no further row is read for
    it. The person whom it is about never sees this; they see each look in their own list.
    """
    if task.state == "closed" or not work.actor.account_id:
        return []
    place = Place("agencies_task", "opened", task.ref, SYSTEM_OWNER, task.agency_id)
    kept = work.keys.open_json(place, task.opened) if task.opened else []
    others = [
        one for one in kept if one["account"] != str(work.actor.account_id) and work.now - _at(one) <= LATELY
    ]
    mine = {"account": str(work.actor.account_id), "name": name, "at": work.now.isoformat()}
    work.also(_note, task.agency_id, task.ref, work.keys.seal_json(place, [mine, *others[: MOST - 1]]))
    return [Opened(one["name"], int((work.now - _at(one)).total_seconds() // 60)) for one in others]


def _at(one: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(one["at"])


def _note(work: Work, agency_id: int, ref: int, sealed: bytes) -> None:
    # Past the version: to look at a row changes nothing of it.
    work.session.execute(
        update(Task)
        .where(Task.agency_id == agency_id, Task.ref == ref, Task.state != "closed")
        .values(opened=sealed, version=Task.version)
        .execution_options(synchronize_session=False)
    )
