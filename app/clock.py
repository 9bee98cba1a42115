"""The day in Norway. Times are stored in UTC, and at midnight the two disagree about the date for an hour or two."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from app.db import now

OSLO = ZoneInfo("Europe/Oslo")


def day_of(at: datetime) -> date:
    """The day in Norway on which something happened. `at` is aware."""
    return at.astimezone(OSLO).date()


def today() -> date:
    """The day that it is in Norway now."""
    return day_of(now())
