"""What a person is asked once a year: is this still right?"""

from dataclasses import dataclass
from datetime import date

from portal.base import clock
from portal.base.problems import NotThere
from portal.base.work import Work
from portal.records import rules
from portal.records.models import Record, Version
from portal.records.queries.loading import is_older, statement_of, views_of
from portal.records.queries.reach import reading, within_reach
from portal.records.queries.views import Line, RecordView, checked_yearly

MOST = 15


@dataclass(frozen=True, slots=True)
class Check:
    """A record with the values that nobody said are right for a year. `written_on` is a day in New Zealand."""

    record: RecordView
    lines: list[Line]
    written_on: date


def to_check(work: Work, after: int | None = None) -> tuple[list[Check], int | None]:
    """Give what the actor is asked to look at again, by agency, the oldest first.

    Fifteen records at a time, newest first: the ref of the last comes along where older ones follow; `after` is such
    a ref. Two reads, keys left out. Privacy Act 2020 principle 8.
    """
    person_id, today = work.actor.person_id, clock.nz_date(work.now)
    if person_id is None:
        raise NotThere()
    statement = statement_of(person_id, Record.check_on <= today, Version.no == Record.version_no)
    if after is not None:
        statement = statement.where(is_older(person_id, after))
    bound = within_reach(statement.limit(MOST + 1), person_id, *reading(work))
    rows = work.session.execute(bound).all()
    found = [_check(view, today) for view in views_of(work, person_id, rows[:MOST])]
    shown = sorted(
        (one for one in found if one.lines), key=lambda one: (one.record.agency.name, one.written_on)
    )
    return shown, rows[MOST - 1].ref if len(rows) > MOST else None


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
