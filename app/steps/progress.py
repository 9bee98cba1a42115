"""The way through the wizard: which pages are asked, what comes next, and how far the workplace has come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from app.documents.findings import open_questions
from app.pack.answers import Standing
from app.pack.model import Page, Question, Step

Place = tuple[Step, Page]
State = Literal["not_started", "in_progress", "done"]


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a page stands: step 2 of 6, page 1 of 4."""

    step: int
    steps: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class StepState:
    """One line of the task list: the step, its asked pages, how far it has come, and how many of its questions are open."""

    step: Step
    pages: tuple[Page, ...]
    state: State
    open_points: int


def places(now: Standing) -> list[Place]:
    """The pages on which something is asked now, in order."""
    return [place for place in now.pack.pages.values() if _is_asked(now, place[1])]


def pages_of(now: Standing, step: Step) -> tuple[Page, ...]:
    """The pages of `step` on which something is asked now."""
    return tuple(page for page in step.pages if _is_asked(now, page))


def after(now: Standing, step: Step, page: Page) -> Place | None:
    """The next page that is asked on the same way, or None after the last. Works for a page that is no longer asked itself."""
    way = _way(now, step)
    later = way[way.index((step, page)) + 1 :]
    return next((place for place in later if _is_asked(now, place[1])), None)


def before(now: Standing, step: Step, page: Page) -> Place | None:
    """The page that is asked before this one on the same way, or None before the first."""
    way = _way(now, step)
    earlier = way[: way.index((step, page))]
    return next((place for place in reversed(earlier) if _is_asked(now, place[1])), None)


def _way(now: Standing, step: Step) -> list[Place]:
    """The short path, or the whole wizard: whichever the step belongs to."""
    return [(step, page) for page in step.pages] if step is now.pack.short else list(now.pack.pages.values())


def _is_asked(now: Standing, page: Page) -> bool:
    return any(q.id in now.asked for q in page.questions)


def progress(now: Standing, step: Step, page: Page) -> Progress:
    """How far along this page is."""
    pages = pages_of(now, step)
    return Progress(step.number, len(now.pack.steps), pages.index(page) + 1 if page in pages else 1, max(1, len(pages)))


def states(now: Standing) -> list[StepState]:
    """The task list."""
    still_open = {q.id for q in open_questions(now)}
    return [_state(now, step, still_open) for step in now.pack.steps]


def _state(now: Standing, step: Step, still_open: set[str]) -> StepState:
    pages = pages_of(now, step)
    asked = [[q for q in page.questions if q.id in now.asked] for page in pages]
    seen = [any(q.id in now.confirmed for q in questions) for questions in asked]
    missing = any(q.required and now.is_blank(q.id) for questions in asked for q in questions)
    state: State = "done" if all(seen) and not missing else "in_progress" if any(seen) else "not_started"
    return StepState(step, pages, state, sum(q.id in still_open for questions in asked for q in questions) if any(seen) else 0)


def where_to_go_on(now: Standing) -> Place | None:
    """The first page of which nothing has been answered, or None when all have been seen."""
    unseen = (p for p in places(now) if not any(q.id in now.confirmed for q in p[1].questions))
    return next(unseen, None)


def suggestions(now: Standing) -> list[Question]:
    """The questions whose suggested answer counts, but which nobody has confirmed."""
    return [q for id, q in now.pack.questions.items() if id in now.values and id not in now.confirmed]


def short_page(now: Standing) -> Page | None:
    """The first page of the short path with something that must be answered and is not yet, or None when all is."""
    needed = {q.id for q in open_questions(now) if q.required}
    return next((page for page in now.pack.short.pages if any(q.id in needed for q in page.questions)), None)


def suggesting(now: Standing) -> dict[str, list[Question]]:
    """The suggestions that nobody has confirmed, by the id of their step, in the order of the steps; no step without any."""
    found: dict[str, list[Question]] = {}
    for question in suggestions(now):
        found.setdefault(now.pack.place[question.id][0].id, []).append(question)
    return found
