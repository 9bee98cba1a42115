"""Dates that must not lie too far behind another: what is said beside their field, and the quick choice of one year."""

from __future__ import annotations

from datetime import date
from functools import cache

from app.clock import today
from app.documents.findings import applies
from app.pack.answers import Standing
from app.pack.kinds import kind_of
from app.pack.load import the_pack
from app.pack.text import Language


@cache
def spaced() -> frozenset[str]:
    """The dates that a check of the content holds against another."""
    return frozenset(check.mend for check in the_pack().checks if check.later and kind_of(the_pack().questions[check.mend]).is_day)


def told(now: Standing, language: Language) -> dict[str, str]:
    """What is to be said beside such a date as it stands, by the id of its question."""
    return {check.mend: check.message.in_(language) for check in the_pack().checks if check.mend in spaced() and check.later and applies(check, now)}


def in_a_year(now: Standing, id: str) -> str:
    """One year after the date that this one is held against, or from today when that is not set; as it is stored."""
    base = next((check.later.than for check in the_pack().checks if check.later and check.later.question == id and check.later.months), "")
    try:
        begins = date.fromisoformat(str(now.values.get(base) or ""))
    except ValueError:
        begins = today()
    leap = (begins.month, begins.day) == (2, 29)
    return begins.replace(year=begins.year + 1, day=28 if leap else begins.day).isoformat()
