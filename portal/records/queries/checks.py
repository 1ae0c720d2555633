"""What a person is asked once a year: is this still right?"""

from dataclasses import dataclass
from datetime import date

from portal.base import clock
from portal.base.problems import NotThere
from portal.base.work import Work
from portal.records import rules
from portal.records.models import Record
from portal.records.queries.loading import load
from portal.records.queries.views import Line, RecordView, checked_yearly


@dataclass(frozen=True, slots=True)
class Check:
    """A record with the values that nobody said are right for a year. `written_on` is a day in New Zealand."""

    record: RecordView
    lines: list[Line]
    written_on: date


def to_check(work: Work, ref: int | None = None) -> list[Check]:
    """Give what the actor is asked to look at again, the agency's oldest first; of one record where `ref` is given.

    Two reads, keys left out. Privacy Act 2020 principle 8.
    """
    person_id, today = work.actor.person_id, clock.nz_date(work.now)
    if person_id is None:
        raise NotThere()
    wanted = [Record.check_on <= today] if ref is None else [Record.ref == ref]
    found = [_check(view, today) for view in load(work, person_id, *wanted)]
    return sorted(
        (one for one in found if one.lines), key=lambda one: (one.record.agency.name, one.written_on)
    )


def _check(view: RecordView, today: date) -> Check:
    keys = checked_yearly(view.type)
    written_on = view.recorded_on or clock.nz_date(view.changed_at)
    lines = [
        line
        for line in view.lines
        if line.field.key in keys and not line.empty and _is_old(line, written_on, today)
    ]
    return Check(view, lines, written_on)


def _is_old(line: Line, written_on: date, today: date) -> bool:
    if line.review_ref is not None:
        # It is being looked at already.
        return False
    return rules.a_year_after(max(written_on, line.right_on or written_on)) <= today
