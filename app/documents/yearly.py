"""The year wheel as plain lines: what is done, in which month of the year, and who is responsible. The plan shows them, its calendar sends them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from app.pack.engine import REVIEW_DATE, WHEEL, WHEEL_TIME, WHEEL_WHO
from app.pack.question import GridRow
from app.values.dates import is_date

from .draft import Draft
from .interpolation import Wording, capital, tidy
from .model import Wheel, WheelMark

MONDAY = 0


class YearlyTask(NamedTuple):
    """One line of the year wheel. `row` is its id for good; `month` is from 1 to 12, or 0 for what goes on all year. `is_season`: the wheel names no
    month, and the content has put it into one.
    """

    row: str
    name: str
    text: str
    who: str
    month: int
    is_season: bool


def yearly_tasks(draft: Draft) -> list[YearlyTask]:
    """Every line of the year wheel in which something stands, in its order, in the language of the draft."""
    return list(_tasks(draft))


def _tasks(draft: Draft) -> Iterator[YearlyTask]:
    question, now = draft.pack.questions[WHEEL], draft.standing
    words = Wording(draft.pack, now, draft.language)
    time, who = question.column(WHEEL_TIME), question.column(WHEEL_WHO)
    assert time
    assert who
    for row, record in now.records(question) if question.id in now.asked else ():
        chosen = time.option(record.get(WHEEL_TIME))
        season = draft.pack.manifest.seasons.get(chosen.id, 0) if chosen else 0
        month = (chosen.value or season) if chosen else 0
        name, text = _named(row, words)
        if row and name:
            yield YearlyTask(row.id, name, text, _who(words, who, record), month, bool(season))


def _named(row: GridRow | None, words: Wording) -> tuple[str, str]:
    if row is None or row.label is None:
        name = tidy(row.own_label) if row else ""
        return name, name
    return capital(words.plain(row.label)), capital(words.plain(row.words or row.label))


def _who(words: Wording, column: Any, record: dict[str, Any]) -> str:
    chosen = column.option(record.get(column.id))
    return words.plain(chosen.label) if chosen else ""


def wheel_of(draft: Draft, months: Sequence[int]) -> Wheel:
    """The picture of the year with the numbers 1, 2, 3 … of what is done in these months; 0 for all year."""
    time = draft.pack.questions[WHEEL].column(WHEEL_TIME)
    names = [option.label.in_(draft.language)[:3] for option in (time.options if time else ()) if option.value]
    marks = tuple(WheelMark(at, month) for at, month in enumerate(months, start=1))
    alt = draft.pack.word("wheel_alt", draft.language).replace("{count}", str(len(marks)))
    return Wheel("", alt, tuple(names), draft.pack.word("wheel_all_year", draft.language), marks)


def review_day(draft: Draft) -> date | None:
    """The day on which the policy is to be looked at again, when somebody has named it."""
    planned = draft.standing.values.get(REVIEW_DATE)
    return date.fromisoformat(planned) if isinstance(planned, str) and is_date(planned) else None


def first_monday(year: int, month: int) -> date:
    """The day in a month on which the plan has what is to be done in it."""
    first = date(year, month, 1)
    return first.replace(day=1 + (MONDAY - first.weekday()) % 7)


def next_day(month: int, from_day: date) -> date:
    """The first such day of a month that is not before `from_day`."""
    this_year = first_monday(from_day.year, month)
    return this_year if this_year >= from_day else first_monday(from_day.year + 1, month)
