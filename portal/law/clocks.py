"""The legal clocks of a request: when an answer is due, how that date came about, and how near it is."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from portal.law.working_days import WEEKEND, add_working_days, is_working_day, why_not

NZ = ZoneInfo("Pacific/Auckland")
"""The only clock for legal days, also for the Chatham Islands."""

WORKING_DAYS = {"correction": 20, "access": 20, "transfer": 10, "statement": 20}
"""Working days each kind of duty may take at most: Privacy Act 2020 ss 63, 44, 43 and 62, 64.

For a lawyer to check: the 20 days for deciding on a statement of correction (s 64).
"""

SOON = 5
"""A due date is near when this many working days, or fewer, are left."""

Nearness = Literal["late", "today", "soon", "later"]


@dataclass(frozen=True)
class CountedDay:
    """One calendar day on the way to a due date: its number if it counts, else why it does not (a msgid)."""

    on: date
    number: int | None
    why_not: str | None


@dataclass(frozen=True)
class Skip:
    """A run of days that did not count for one reason (a msgid); first and last may be the same day."""

    first_on: date
    last_on: date
    why_not: str


def due_on(kind: str, received_on: date) -> date:
    """Give the last day for an answer; the law wants it sooner where that is reasonably practicable.

    kind: a key of WORKING_DAYS. received_on: the Pacific/Auckland day of receipt, by the agency that now
    holds the request. Raises ValueError for an unknown kind, CalendarEnds (a ValueError) for a year the law
    does not list. Privacy Act 2020 ss 43, 44, 62, 63, 64.
    """
    if kind not in WORKING_DAYS:
        raise ValueError(f"There is no clock of this kind. Use one of: {', '.join(WORKING_DAYS)}.")
    return add_working_days(received_on, WORKING_DAYS[kind])


def earlier_due(kind: str, received_on: date, promised_on: date) -> date | None:
    """Give the due date by the calendar as it is now, where it is before the one that was promised; else None.

    A due date that the person was told never moves to a later day. All are Pacific/Auckland days.
    """
    now = due_on(kind, received_on)
    return now if now < promised_on else None


def counted_days(received_on: date, due_on: date) -> tuple[CountedDay, ...]:
    """List every day after receipt up to the due date, with its number or the reason it was passed over.

    Both are Pacific/Auckland days. Empty when due_on is not after received_on. Privacy Act 2020 s 7.
    """
    days, number = [], 0
    for ahead in range(1, (due_on - received_on).days + 1):
        day = received_on + timedelta(days=ahead)
        reason = why_not(day)
        number += reason is None
        days.append(CountedDay(day, None if reason else number, reason))
    return tuple(days)


def skips(received_on: date, due_on: date) -> tuple[Skip, ...]:
    """List the holidays passed over between receipt and due date, weekends left out, runs joined.

    Meant for a page that shows how the date was worked out: "26 October: Labour Day, not counted".
    Both are Pacific/Auckland days. Privacy Act 2020 s 7.
    """
    runs: list[Skip] = []
    for day in counted_days(received_on, due_on):
        if day.why_not in (None, WEEKEND):
            continue
        last = runs[-1] if runs else None
        if last and last.why_not == day.why_not and last.last_on + timedelta(days=1) == day.on:
            runs[-1] = Skip(last.first_on, day.on, last.why_not)
        else:
            runs.append(Skip(day.on, day.on, day.why_not))
    return tuple(runs)


def days_left(today: date, due_on: date) -> int:
    """Count what is left: working days until due (0 on the day), or minus the calendar days it is late.

    Lateness is in calendar days because that is what the person has waited. Both are Pacific/Auckland days.
    """
    if today > due_on:
        return -(today - due_on).days
    ahead = (today + timedelta(days=n) for n in range(1, (due_on - today).days + 1))
    return sum(is_working_day(day) for day in ahead)


def state_of(today: date, due_on: date) -> Nearness:
    """Say how near a due date is: late, today, soon (SOON working days or fewer) or later.

    Both are Pacific/Auckland days. Late is refusal in law (Privacy Act 2020 s 69).
    """
    if today > due_on:
        return "late"
    if today == due_on:
        return "today"
    return "soon" if days_left(today, due_on) <= SOON else "later"


def nz_today(now_utc: datetime) -> date:
    """Give the calendar day in New Zealand at a moment.

    now_utc: an aware datetime, in any zone. Raises ValueError for a naive one.
    """
    if now_utc.tzinfo is None:
        raise ValueError("A time without a zone has no New Zealand day.")
    return now_utc.astimezone(NZ).date()


def send_by_at(due_on: date) -> datetime:
    """Give the UTC moment by which a notice must go out: 5 pm in New Zealand on the due date.

    A notice sent later may count as served the next day (Privacy Regulations 2020, regs 5 and 6).
    """
    return datetime.combine(due_on, time(17), NZ).astimezone(UTC)
