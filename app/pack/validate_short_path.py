"""What the short path must hold true: everything that must be answered is on it, in an order in which it can be asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from .engine import SECTOR
from .model import Pack
from .page import SHORT
from .question import Question
from .question_rules import may_reveal

MAX_SHORT, MAX_QUESTIONS = 5, 8


def short_path_faults(pack: Pack) -> Iterator[str]:
    """Every fault of short_path.yaml, each naming its key."""
    yield from (f"short_path.yaml: {fault}" for fault in (*_shape(pack), *_questions(pack), *_order(pack)))


def _shape(pack: Pack) -> Iterator[str]:
    pages = pack.short_path.pages
    if not 1 <= len(pages) <= MAX_SHORT:
        yield f"pages: 1 to {MAX_SHORT} pages, not {len(pages)}"
    yield from (f"pages: {id}: this id is there {n} times" for id, n in Counter(page.id for page in pages).items() if n > 1)
    for page in pages:
        if not 1 <= len(page.questions) <= MAX_QUESTIONS:
            yield f"{page.id}.questions: 1 to {MAX_QUESTIONS} questions, not {len(page.questions)}"
    if any(step.id == SHORT for step in pack.steps):
        yield f"pages: a step has the id {SHORT}, which is the address of the short path"


def _questions(pack: Pack) -> Iterator[str]:
    named = Counter(id for page in pack.short_path.pages for id in page.questions)
    yield from (f"pages: there is no question {id}" for id in named if id not in pack.questions)
    yield from (f"pages: {id} is there {n} times" for id, n in named.items() if n > 1)
    yield from (f"pages: {id} must be answered, and is not there" for id, question in pack.questions.items() if question.required and id not in named)


def _order(pack: Pack) -> Iterator[str]:
    """What a question depends on is asked on an earlier page, or chosen above it; and so is the kind of workplace where it suggests an answer."""
    suggested = {id for sector in pack.sectors.values() for id in sector.suggest}
    before: set[str] = set()
    for page in pack.short.pages:
        for at, question in enumerate(page.questions):
            revealed_by = {one.id for one in page.questions[:at] if may_reveal(one, question)}
            needed = (_needed(question) - revealed_by) | ({SECTOR} if question.id in suggested else set())
            yield from (f"{page.id}.questions: {question.id} needs {id}, which is not on an earlier page" for id in sorted(needed - before))
        before |= {question.id for question in page.questions}


def _needed(question: Question) -> set[str]:
    whens = [question.when, *(option.when for option in question.options)]
    return {key.partition(".")[0] for when in whens for key in when}
