"""What the page of the plan shows, as plain values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.documents.yearly import YearlyTask, next_day
from app.web.view_models import Day, Message, Words, message


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is done, with its number in the picture: what, by whom, and when it is done next. `month` is 0 for all year."""

    number: int
    name: Words
    text: str
    who: str
    when: Words
    month: int


def year_of(tasks: Iterable[YearlyTask], review: date | None, at: date) -> list[Line]:
    """The next twelve months from the day `at` on, in their order, with the day of the revision, be it past; then what goes on all year."""
    found = list(tasks)
    days = [(next_day(task.month, at), task) for task in found if task.month]
    dated = sorted([*days, *([(review, None)] if review else [])], key=lambda one: one[0])
    all_year = [(None, task) for task in found if not task.month]
    return [_line(number, day, task) for number, (day, task) in enumerate([*dated, *all_year], start=1)]


def _line(number: int, day: date | None, task: YearlyTask | None) -> Line:
    when, month = (Day(day), day.month) if day else (message("plan_all_year"), 0)
    if task is None:
        return Line(number, message("plan_review"), "", "", when, month)
    return Line(number, task.name, task.text if task.text != task.name else "", task.who, when, month)


def lead_of(is_in_force: bool, is_draft_newer: bool) -> Message:
    """From which text the plan is read."""
    return message("plan_lead_in_force" if is_in_force and is_draft_newer else "plan_lead" if is_in_force else "plan_lead_draft")


def ways_in(address: str) -> Sequence[tuple[str, Message]]:
    """How to subscribe in each of the three calendars."""
    return [(name, message(f"plan_in_{name}", address=address)) for name in ("outlook", "google", "apple")]
