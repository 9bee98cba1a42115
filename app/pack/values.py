"""What a stored value must look like: the rules behind `format`, shared by the wizard, the answers file and the command line."""

from __future__ import annotations

import re
from datetime import date

from .orgnr import is_orgnr
from .web import is_address, is_place

_TIME = re.compile(r"([01]\d|2[0-3])[.:][0-5]\d")


def is_date(value: str) -> bool:
    """Whether `value` is a day that exists, as YYYY-MM-DD, from 1900 to 2999."""
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return False
    return 1900 <= day.year <= 2999 and day.isoformat() == value  # not 2026-W47-6, which Python reads too


def is_time(value: str) -> bool:
    """Whether `value` is a time of day, as 16.00 or 16:00."""
    return _TIME.fullmatch(value) is not None


def is_url(value: str) -> bool:
    """Whether `value` is a whole web address, or a folder of the house."""
    return is_address(value) or is_place(value)


FORMATS = {"orgnr": is_orgnr, "time": is_time, "url": is_url}


def fits(format: str | None, value: str) -> bool:
    """Whether a text, when there is one, fits its format."""
    return not value or format is None or FORMATS[format](value)
