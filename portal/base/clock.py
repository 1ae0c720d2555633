"""The one place that asks the machine what time it is; everything else is told."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

NZ = ZoneInfo("Pacific/Auckland")


def utc_now() -> datetime:
    """Give the present moment as an aware UTC datetime, whole microseconds."""
    return datetime.now(UTC)


def nz_date(moment: datetime) -> date:
    """Give the calendar day in Pacific/Auckland on which an aware moment falls (the Act counts these days)."""
    return moment.astimezone(NZ).date()
