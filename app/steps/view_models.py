"""What the task list leads with, and where it leads on, as plain values."""

from __future__ import annotations

from typing import NamedTuple

from app.pack.answers import Standing
from app.services.delegations import Tally
from app.web.view_models import AddressOf, ContentWords, Link, Notice, Words, counted, message

from . import progress
from .progress import Place
from .time_needed import longest


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
