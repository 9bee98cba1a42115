"""The year wheel as a calendar (ICS) for Outlook, Google and Apple: whole days, each with an alarm, and what came away as cancelled.

No time zone stands in it, and no hour: the zone of libraries puts meetings in summer an hour late in some readers. The day is the first Monday of
the month, which every year has. Every event keeps its identity from version to version, whatever its words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from icalendar import Alarm, Calendar, Event
from icalendar.prop import vDuration, vText

from app.pack.engine import REVIEW_DATE
from app.pack.text import Language
from app.ui_texts import say

from .draft import Draft
from .yearly import YearlyTask, next_day, review_day, yearly_tasks

DAY = timedelta(days=1)
MORNING = timedelta(hours=9)  # nobody's telephone rings at midnight
BEFORE_TASK = (timedelta(days=7),)
BEFORE_REVIEW = (timedelta(days=30), timedelta(days=7))


class Edition(NamedTuple):
    """A version of the policy that is or was in force: its number and language, since when, when its state changed last (UTC), and its answers."""

    number: int
    language: Language
    since: date
    changed_at: datetime
    draft: Draft


class CalendarEvent(NamedTuple):
    """One event: its id within the policy, what it says, the first day, every year or once, and how long before there is an alarm."""

    id: str
    summary: str
    description: str
    day: date
    month: int
    alarms: tuple[timedelta, ...]
    is_cancelled: bool = False


def calendar(policy_id: str, name: str, editions: Sequence[Edition], address: str = "") -> bytes:
    """The calendar of a policy called `name`: `editions` are the versions that have been in force, the one that is now first.

    `address` leads to the page of the plan.
    """
    newest = editions[0]
    made = Calendar()
    made.add("prodid", "-//RusOff//plan//NO")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    called = vText(say("calendar_name", newest.language, workplace=name))  # as a plain string it would be written as it is, with every ; in it
    made.add("name", called)
    made.add("x-wr-calname", called)
    made.add("refresh-interval", vDuration(DAY), parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", vText("P1D"))  # both ask readers to come once a day
    for event in events_of(editions):
        made.add_component(_drawn(event, policy_id, newest, address))
    return bytes(made.to_ical())


def events_of(editions: Sequence[Edition]) -> list[CalendarEvent]:
    """What stands in the calendar of these versions, the newest first; then what stood in an earlier one and does not any more."""
    newest = editions[0]
    tasks = [yearly_tasks(one.draft) for one in editions]
    events = [_task(task, next_day(task.month, _since(task, editions, tasks)), newest.language) for task in tasks[0] if task.month]
    events += _review(newest, newest.language)
    there = {event.id for event in events}
    for edition, earlier in zip(editions[1:], tasks[1:], strict=True):
        stood = [_task(task, next_day(task.month, edition.since), newest.language) for task in earlier if task.month]
        for event in (*stood, *_review(edition, newest.language)):
            if event.id not in there:
                there.add(event.id)
                events.append(event._replace(is_cancelled=True, alarms=()))
    return events


def _since(task: YearlyTask, editions: Sequence[Edition], tasks: Sequence[Sequence[YearlyTask]]) -> date:
    """From when the task stands in this month without a break: what was done in earlier years stays in the calendar."""
    since = editions[0].since
    for edition, found in zip(editions, tasks, strict=True):
        if not any((one.row, one.month) == (task.row, task.month) for one in found):
            break
        since = edition.since
    return since


def _task(task: YearlyTask, day: date, language: Language) -> CalendarEvent:
    lines = [f"{task.text}."] if task.text != task.name else []
    lines += [say("calendar_who", language, who=task.who)] if task.who else []
    lines.append(say("calendar_season" if task.is_season else "calendar_month", language))
    return CalendarEvent(task.row, say("calendar_summary", language, what=task.name), "\n".join(lines), day, task.month, BEFORE_TASK)


def _review(edition: Edition, language: Language) -> Iterator[CalendarEvent]:
    if day := review_day(edition.draft):
        words = say("calendar_review", language), say("calendar_review_text", language)
        yield CalendarEvent(REVIEW_DATE, *words, day, 0, BEFORE_REVIEW)


def _drawn(event: CalendarEvent, policy_id: str, newest: Edition, address: str) -> Event:
    made = Event()
    made.add("uid", f"{event.id}-{policy_id}@rusoff")
    made.add("dtstamp", newest.changed_at)
    made.add("last-modified", newest.changed_at)
    made.add("sequence", newest.number)
    made.add("summary", event.summary)
    made.add("description", event.description)
    made.add("dtstart", event.day)
    made.add("dtend", event.day + DAY)
    if event.month:
        made.add("rrule", {"freq": "yearly", "bymonth": event.month, "byday": "1MO"})
    made.add("status", "CANCELLED" if event.is_cancelled else "CONFIRMED")
    made.add("transp", "TRANSPARENT")  # a task fills nobody's day
    made.add("x-microsoft-cdo-busystatus", vText("FREE"))
    if address:
        made.add("url", address)
    for before in event.alarms:
        made.add_component(_alarm(event, before))
    return made


def _alarm(event: CalendarEvent, before: timedelta) -> Alarm:
    made = Alarm()
    made.add("action", "DISPLAY")
    made.add("description", event.summary)
    made.add("trigger", MORNING - before)
    return made
