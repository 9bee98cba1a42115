"""The way through the wizard: which pages are asked, what comes next, and how far the workplace has come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

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


class PageState(NamedTuple):
    """A page that is asked: whether anything on it is answered, how many of its questions are open, and which are left to answer or look over.
    One `waits` while nothing on it is answered, or something is not that must be.
    """

    page: Page
    is_seen: bool
    waits: bool
    open_points: int
    left: tuple[Question, ...]

    @property
    def is_done(self) -> bool:
        """Whether somebody has been here, and nothing is left."""
        return self.is_seen and not self.left


@dataclass(frozen=True, slots=True)
class StepState:
    """One line of the task list: the step, its asked pages, and how far it has come. Of a step that nobody has begun, nothing is called open."""

    step: Step
    pages: tuple[PageState, ...]

    @property
    def state(self) -> State:
        """Done when every page is; begun when somebody has been on one."""
        return "done" if all(page.is_done for page in self.pages) else "in_progress" if self._is_begun else "not_started"

    @property
    def open_points(self) -> int:
        """How many of its questions are open."""
        return sum(page.open_points for page in self.pages) if self._is_begun else 0

    @property
    def pages_done(self) -> int:
        """How many of its pages are done."""
        return sum(page.is_done for page in self.pages)

    @property
    def _is_begun(self) -> bool:
        return any(page.is_seen for page in self.pages)


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
    return list(all_states(now)[1])


def all_states(now: Standing) -> tuple[StepState, tuple[StepState, ...]]:
    """The short path, and every step."""
    still_open = {q.id for q in open_questions(now)}
    return _state(now, now.pack.short, still_open), tuple(_state(now, step, still_open) for step in now.pack.steps)


def _state(now: Standing, step: Step, still_open: set[str]) -> StepState:
    return StepState(step, tuple(_page_state(now, page, still_open) for page in pages_of(now, step)))


def _page_state(now: Standing, page: Page, still_open: set[str]) -> PageState:
    asked = [q for q in page.questions if q.id in now.asked]
    is_seen = any(q.id in now.confirmed for q in asked)
    missing = [q for q in asked if q.required and now.is_blank(q.id)]
    left = tuple(q for q in asked if q in missing or _is_only_suggested(now, q) or (not is_seen and q.id not in now.confirmed))
    return PageState(page, is_seen, not is_seen or bool(missing), sum(q.id in still_open for q in asked), left)


def _is_only_suggested(now: Standing, question: Question) -> bool:
    return question.id in now.values and question.id not in now.confirmed


def where_to_go_on(now: Standing) -> Place | None:
    """The first page of which nothing has been answered, or None when all have been seen."""
    unseen = (p for p in places(now) if not any(q.id in now.confirmed for q in p[1].questions))
    return next(unseen, None)


def suggestions(now: Standing) -> list[Question]:
    """The questions whose suggested answer counts, but which nobody has confirmed."""
    return [q for q in now.pack.questions.values() if _is_only_suggested(now, q)]


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
