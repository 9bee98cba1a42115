"""Where a policy stands as a timeline: what has happened and by whom, where it is now, and what is to come, to the next look at it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, NamedTuple

from app.models.reviews import Review
from app.models.versions import Decision, Version
from app.services.versions.situation import History
from app.values.vocabulary import POLICY_STATES, PolicyState
from app.web.view_models import Day, Message, Words, counted, message

from .view_models import body_of, result_of

State = Literal["done", "current", "coming", "skipped"]
MONTH = 30.44  # days, on an average; from two months on the days are too many to be felt
NOTES: Mapping[State, tuple[str, str]] = {"done": ("status_done", "ds-sr-only"), "skipped": ("status_skipped", "way-mark")}


@dataclass(frozen=True, slots=True)
class Happened:
    """What is known of the way of a policy: when the draft was begun, the reviews of this round, the version that was signed for.

    `review_on` is the day of the next look at it; `is_over`: the review is over, while its comments are still being worked on.
    """

    state: PolicyState
    begun_at: datetime | None
    reviews: Sequence[Review] = ()
    readers: int = 0
    signed: Version | None = None
    review_on: date | None = None
    is_over: bool = False


class Milestone(NamedTuple):
    """One thing on the timeline: what, the attributes of its element, its day, who did it or what else is known, and what is said behind it."""

    name: Message
    attributes: Mapping[str, str]
    day: Day | None
    about: tuple[Words, ...]
    note: Message | None
    note_class: str


def timeline_of(happened: Happened, history: History, today: date) -> list[Milestone]:
    """The whole way, in the order in which it is gone."""
    decision = history.decisions.get(happened.signed.id) if happened.signed else None
    found = (
        _event("begun", _state(happened, "draft"), happened.begun_at),
        *_reviews(happened, history),
        _ready(happened, history),
        _decided(happened, decision),
        _in_force(happened, decision),
        *_next_look(happened, today),
    )
    return list(found)


def _state(happened: Happened, of: PolicyState) -> State:
    distance = POLICY_STATES.index(of) - POLICY_STATES.index(happened.state)
    return "current" if distance == 0 else "coming" if distance > 0 else "done"


def _event(name: str, state: State, at: datetime | date | None = None, *about: Words | None, current: str = "status_current") -> Milestone:
    attributes = {"class": state} | ({"aria-current": "step"} if state == "current" else {})
    key, look = (current, "way-mark") if state == "current" else NOTES.get(state, ("", ""))
    said = tuple(one for one in about if one)
    return Milestone(message(f"timeline_{name}"), attributes, Day(at) if at else None, said, message(key) if key else None, look)


def _who(version: Version | None, history: History) -> Words | None:
    """Who made a version, where that is known."""
    name = history.names.get(version.made_by or "") if version else None
    return message("timeline_by", name=name) if name else None


def _reviews(happened: Happened, history: History) -> Iterator[Milestone]:
    """That the text was sent to readers, and that they are done. A review that never was is passed over in one line."""
    state = _state(happened, "in_review")
    if not happened.reviews:
        yield _event("sent", "skipped" if state == "done" else state)
        return
    first, last = happened.reviews[0], happened.reviews[-1]
    read = next((one for one in history.versions if one.id == first.version_id), None)
    is_reading = state == "current" and not happened.is_over
    yield _event("sent", "current" if is_reading else "done", first.opened_at, _who(read, history), counted("timeline_readers", happened.readers))
    if last.closed_at:
        closed: State = "current" if happened.is_over else "done"
        yield _event("closed", closed, last.closed_at, current="status_read_through")
    else:
        yield _event("closed", "coming", None, message("timeline_answer_by", day=last.answer_by))


def _ready(happened: Happened, history: History) -> Milestone:
    signed = happened.signed
    number = message("timeline_version", number=signed.number) if signed else None
    return _event("ready", _state(happened, "ready"), signed.made_at if signed else None, number, _who(signed, history))


def _decided(happened: Happened, decision: Decision | None) -> Milestone:
    if decision is None:
        return _event("decided", _state(happened, "decided"))
    return _event("decided", _state(happened, "decided"), decision.decided_on, body_of(decision), result_of(decision))


def _in_force(happened: Happened, decision: Decision | None) -> Milestone:
    planned = decision.in_force_from if decision else None
    return _event("in_force", _state(happened, "in_force"), (happened.signed.in_force_on if happened.signed else None) or planned)


def _next_look(happened: Happened, today: date) -> Iterator[Milestone]:
    if happened.review_on:
        left = left_until(happened.review_on, today) if happened.state == "in_force" else None
        yield _event("next_look", "coming", happened.review_on, left)


def left_until(on: date, today: date) -> Message:
    """How long it is until a day, as one says it: in days, from two months on in months; that it is past."""
    days = (on - today).days
    if days < 0:
        return message("timeline_past")
    if days == 0:
        return message("timeline_today")
    months = round(days / MONTH)
    return counted("timeline_months", months) if months > 1 else counted("timeline_days", days)
