"""How far a draft has come, for the side of a page, its head and the task list: what is done, what is open, and how long the rest takes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import ceil
from typing import NamedTuple

from app.models.policy import Policy
from app.pack.answers import Standing
from app.pack.model import Step
from app.pack.text import Language
from app.services.revision_cache import RevisionCache
from app.services.standing_cache import standing_of
from app.web.view_models import Words, counted, message

from . import progress
from .progress import StepState
from .time_needed import minutes_for

DOT = " · "


class Line(NamedTuple):
    """What is said of some pages together: how many are done, what is open, and the minutes that are left."""

    parts: tuple[Words, ...]

    def __str__(self) -> str:
        """The parts in the language of the screen, one after another."""
        return DOT.join(map(str, self.parts))


@dataclass(frozen=True)
class Stepper:
    """The short path and the steps of a draft. Kept between requests: the minutes are counted once for each language."""

    now: Standing
    short: StepState
    steps: tuple[StepState, ...]
    _minutes: dict[tuple[str, Language], float] = field(default_factory=dict)

    @classmethod
    def of(cls, now: Standing) -> Stepper:
        """How far these answers have come."""
        return cls(now, *progress.all_states(now))

    def way(self, step: Step) -> tuple[StepState, ...]:
        """What a page of `step` is part of: the short path, or all steps."""
        return (self.short,) if step is self.now.pack.short else self.steps

    def minutes(self, states: Iterable[StepState], language: Language) -> float:
        """The minutes that are left in these steps."""
        return sum(self._minutes_in(state, language) for state in states)

    def _minutes_in(self, state: StepState, language: Language) -> float:
        key = (state.step.id, language)
        if key not in self._minutes:
            self._minutes[key] = minutes_for((q for page in state.pages for q in page.left), self.now, language)
        return self._minutes[key]

    def line(self, states: tuple[StepState, ...], language: Language) -> Line:
        """How far these steps have come together."""
        done, pages = pages_done(states)
        still_open, left = sum(state.open_points for state in states), ceil(self.minutes(states, language))
        parts: list[Words] = [message("stepper_pages", done=done, pages=pages)]
        if still_open:
            parts.append(counted("tasks_open_points", still_open))
        if left:
            parts.append(counted("stepper_minutes", left))
        return Line(tuple(parts))


class Shown(NamedTuple):
    """What a page of questions shows of it, ready to print. `done` holds steps by their id, and pages as step/page."""

    lines: Mapping[str, str] = {}
    done: frozenset[str] = frozenset()
    line: str = ""
    pages_done: int = 0
    pages: int = 1


def shown_on(stepper: Stepper, step: Step, language: Language) -> Shown:
    """What the pages of `step` show."""
    way = stepper.way(step)
    done = {state.step.id for state in way if state.state == "done"}
    done |= {f"{state.step.id}/{page.page.id}" for state in way for page in state.pages if page.is_done}
    lines = {state.step.id: str(stepper.line((state,), language)) for state in way}
    return Shown(lines, frozenset(done), str(stepper.line(way, language)), *pages_done(way))


def pages_done(states: Iterable[StepState]) -> tuple[int, int]:
    """How many pages of these steps are done, and how many are asked."""
    states = tuple(states)
    return sum(state.pages_done for state in states), sum(len(state.pages) for state in states)


_steppers: RevisionCache[Stepper] = RevisionCache(lambda policy: Stepper.of(standing_of(policy)))


def stepper_of(policy: Policy) -> Stepper:
    """How far `policy` has come, as stored."""
    return _steppers.of(policy)
