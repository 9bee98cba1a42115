"""Dates that must not lie too far behind another: what is said beside their field, and the quick choice of one year or two."""

from __future__ import annotations

from datetime import date
from functools import cache

from app.clock import today
from app.documents.findings import applies
from app.pack.answers import Standing
from app.pack.kinds import kind_of
from app.pack.load import the_pack
from app.pack.text import Language
from app.values.parsing import show_date

MOST_YEARS = 2  # for which there is a button


@cache
def spaced() -> dict[str, tuple[int, ...]]:
    """The dates that a check of the content holds against another, each with the years after it that may be chosen by a button."""
    checks = [check for check in the_pack().checks if check.later and kind_of(the_pack().questions[check.mend]).is_day]
    return {check.mend: _years(check.mend) for check in checks}


def _years(id: str) -> tuple[int, ...]:
    most = max((check.later.months for check in the_pack().checks if check.later and check.later.question == id), default=0)
    return tuple(range(1, min(most // 12, MOST_YEARS) + 1))


def told(now: Standing, language: Language) -> dict[str, str]:
    """What is to be said beside such a date as it stands, by the id of its question."""
    return {check.mend: check.message.in_(language) for check in the_pack().checks if check.mend in spaced() and check.later and applies(check, now)}


def buttons(now: Standing) -> dict[tuple[str, str], str]:
    """What each button writes into its field, by question and years."""
    return {(id, str(years)): show_date(in_years(now, id, years)) for id, found in spaced().items() for years in found}


def in_years(now: Standing, id: str, years: int) -> str:
    """So many years after the date that this one is held against, or from today when that is not set; as it is stored."""
    base = next((check.later.than for check in the_pack().checks if check.later and check.later.question == id and check.later.months), "")
    try:
        begins = date.fromisoformat(str(now.values.get(base) or ""))
    except ValueError:
        begins = today()
    leap = (begins.month, begins.day) == (2, 29)
    return begins.replace(year=begins.year + years, day=28 if leap else begins.day).isoformat()
