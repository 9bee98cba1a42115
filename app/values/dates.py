"""What a stored value must look like."""

from __future__ import annotations

from datetime import date


def is_date(value: str) -> bool:
    """Whether `value` is a day that exists, as YYYY-MM-DD, from 1900 to 2999."""
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return False
    return 1900 <= day.year <= 2999 and day.isoformat() == value  # not 2026-W47-6, which Python reads too
