"""What the task list shows and leads with, and what is said after the last answer, as plain values."""

from __future__ import annotations

from typing import NamedTuple

from app.pack.answers import Standing
from app.pack.text import Language
from app.services.delegations import Tally
from app.web.view_models import AddressOf, Color, ContentWords, Link, Notice, Tag, Words, counted, message

from . import progress
from .progress import Place, StepState
from .stepper import Line, Stepper, pages_done
from .time_needed import longest

COLORS: dict[progress.State, Color] = {"done": "success", "in_progress": "info", "not_started": "neutral"}


class Task(NamedTuple):
    """One step on the task list: its id, the way to it, how far it has come, and in a word."""

    id: str
    number: int
    link: Link
    line: Line
    tag: Tag
    is_done: bool


class TaskList(NamedTuple):
    """The steps, and how far they have come together."""

    tasks: tuple[Task, ...]
    line: Line
    pages_done: int
    pages: int


def task_list(id: str, stepper: Stepper, language: Language, address: AddressOf) -> TaskList:
    """The task list of a draft."""
    tasks = tuple(_task(id, state, stepper.line((state,), language), address) for state in stepper.steps)
    return TaskList(tasks, stepper.line(stepper.steps, language), *pages_done(stepper.steps))


def _task(id: str, state: StepState, line: Line, address: AddressOf) -> Task:
    step = state.step
    first = state.pages[0].page if state.pages else step.pages[0]
    link = Link(ContentWords(step.title), address("steps.page", id=id, step=step.id, page=first.id))
    return Task(step.id, step.number, link, line, Tag(message(f"tasks_state_{state.state}"), COLORS[state.state]), state.state == "done")


class Next(NamedTuple):
    """One thing to do now, and what it is good for."""

    link: Link
    text: Words


class Moment(NamedTuple):
    """What is said after the last page: how it stands, what still waits, and three things that may be next."""

    title: Words
    lead: Words
    waits: Link | None
    ways: tuple[Next, ...]


def moment_of(id: str, stepper: Stepper, is_short: bool, address: AddressOf) -> Moment:
    """After the last page of the short path, or of the whole wizard."""
    now = stepper.now
    ways = (_to_look_over(id, now, address), *_to_use(id, address))
    way = (stepper.short,) if is_short else stepper.steps
    if waiting := [(state.step, page.page) for state in way for page in state.pages if page.waits]:
        step, page = waiting[0]
        link = Link(message("tasks_go_on", page=ContentWords(page.title)), address("steps.page", id=id, step=step.id, page=page.id))
        return Moment(message("answered_left_title"), counted("answered_left", len(waiting)), link, ways)
    kind = "answered_short" if is_short else "answered"
    return Moment(message(f"{kind}_title"), message(f"{kind}_lead"), None, ways)


def _to_look_over(id: str, now: Standing, address: AddressOf) -> Next:
    if count := len(progress.suggestions(now)):
        return Next(Link(message("look_begin"), address("looks.first", id=id)), counted("answered_look_text", count))
    return Next(Link(message("nav_check"), address("steps.check", id=id)), message("answered_check_text"))


def _to_use(id: str, address: AddressOf) -> tuple[Next, Next]:
    send = Next(Link(message("answered_send"), address("review.overview", id=id)), message("answered_send_text"))
    return send, Next(Link(message("answered_download"), address("documents.download", id=id)), message("answered_download_text"))


class First(NamedTuple):
    """The one thing to do first: what it is, what it takes, and the way to it."""

    heading: Words
    text: Words
    link: Link


def first_of(id: str, now: Standing, address: AddressOf) -> First | None:
    """The short path while something on it must be answered, then the suggestions that nobody has looked over; None when both are done."""
    short, page, open_steps = now.pack.short, progress.short_page(now), progress.suggesting(now)
    if page:
        link = Link(message("short_go_on", page=ContentWords(page.title)), address("steps.page", id=id, step=short.id, page=page.id))
        return First(ContentWords(short.title), message("short_text", minutes=longest()), link)
    if open_steps:
        count, step = sum(map(len, open_steps.values())), next(iter(open_steps))
        link = Link(message("look_begin"), address("looks.look", id=id, step=step))
        return First(message("look_title"), counted("look_text", count), link)
    return None


def onward_of(id: str, place: Place | None, may_change: bool, is_locked: bool, address: AddressOf) -> Link | None:
    """The one button of the list: to the `place` where there is something to answer; to what is next for the policy, where nothing is left."""
    if place:
        step, page = place
        words = message("tasks_go_on", page=ContentWords(page.title))
        return Link(words, address("steps.page", id=id, step=step.id, page=page.id)) if may_change else None
    return None if is_locked else Link(message("tasks_status_go_on"), address("decisions.status", id=id))


def colleagues_notice(id: str, tally: Tally, address: AddressOf) -> Notice | None:
    """What colleagues were asked, and whether there are answers to look at; None when nobody was asked."""
    if not tally.asked:
        return None
    waiting = (counted("delegation_tally_waiting", tally.waiting),) if tally.waiting else ()
    answered = (counted("delegation_tally_answered", tally.answered),) if tally.answered else ()
    unreached = (message("delegation_undelivered_tally"),) if tally.unreached else ()
    words = (*answered, *waiting, *unreached) or (message("delegation_tally_done"),)
    link = message("delegation_look" if answered else "delegation_see")
    return Notice("warning" if unreached else "success" if answered else "info", words, Link(link, address("delegation.overview", id=id)))
