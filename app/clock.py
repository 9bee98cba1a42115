"""The time now, and the day in Norway. Times are stored in UTC; at midnight UTC and Norway disagree about the date for an hour or two."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")


def now() -> datetime:
    """The time now, in UTC."""
    return datetime.now(UTC)


def day_of(at: datetime) -> date:
    """The day in Norway on which something happened. `at` is aware."""
    return at.astimezone(OSLO).date()


def today() -> date:
    """The day that it is in Norway now."""
    return day_of(now())
