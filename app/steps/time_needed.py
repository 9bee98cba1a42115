"""How long the wizard takes, counted from what stands on its pages: words to read, and controls to use.

Both rates are our own estimate, on the slow side: somebody who reads every word, and decides on every option. What must be asked for elsewhere – who
is to decide, whether there is an AMU – is not in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from math import ceil

from app.pack.answers import Standing, standing
from app.pack.engine import SECTOR
from app.pack.load import the_pack
from app.pack.question import Column, Option, Question
from app.pack.text import LANGUAGES, Language, Text
from app.web.answer_text import said

from . import progress
from .visible_questions import Asked, asked_on

WORDS_A_MINUTE = 200
SECONDS_A_CONTROL = 3  # to see an option, weigh it and tick it or leave it; the same for the keystrokes of a short word
STEP = 5  # a figure that is an estimate is not told more exactly than this


@cache
def longest() -> int:
    """The minutes of the short path for the kind of workplace, and the language, with most to read; rounded up."""
    kinds = [option.id for option in the_pack().questions[SECTOR].options]
    return max(rounded(minutes(kind, language)) for kind in kinds for language in LANGUAGES)


def rounded(needed: float) -> int:
    """Minutes as they are told."""
    return ceil(needed / STEP) * STEP


def minutes(kind: str, language: Language) -> float:
    """The minutes that the short path and the looking over of suggestions take at this kind of workplace."""
    now = standing(the_pack(), {SECTOR: kind})
    words = _words(_short(now), language) + sum(map(_count, _looks(now, language)))
    return words / WORDS_A_MINUTE + _controls(now) * SECONDS_A_CONTROL / 60


def _words(texts: Iterator[Text | None], language: Language) -> int:
    return sum(_count(text.in_(language)) for text in texts if text)


def _count(words: str) -> int:
    return len(words.split())


def _short(now: Standing) -> Iterator[Text | None]:
    """Every text on the pages of the short path, but what is folded away."""
    yield from (now.pack.short.title, now.pack.short.intro)
    for page in now.pack.short.pages:
        yield from (page.title, page.intro)
        yield from now.sector.risks if now.sector and page.shows == "risks" else ()
        for asked in asked_on(page, now):
            yield from _of(asked)


def _of(asked: Asked) -> Iterator[Text | None]:
    yield from (asked.question.label, asked.question.help, asked.example)
    for group in asked.groups:
        yield group.heading
        yield from (text for option in group.options for text in (option.label, option.help))


def _controls(now: Standing) -> int:
    return sum(len(group.options) or 1 for page in now.pack.short.pages for asked in asked_on(page, now) for group in asked.groups)


def _looks(now: Standing, language: Language) -> Iterator[str]:
    """Every line on the pages where the suggestions are looked over, but those to what the short path asks itself."""
    asked = {question.id for page in now.pack.short.pages for question in page.questions}
    for question in progress.suggestions(now):
        if question.id not in asked:
            yield question.label.in_(language)
            yield from said(now, question, now.values[question.id], language)


def minutes_for(questions: Iterable[Question], now: Standing, language: Language) -> float:
    """The minutes that these questions take: what is read and used of each, and of a table as many rows as are asked now."""
    kind = now.sector.id if now.sector else ""
    return sum(_minutes_of(q.id, kind, language) * (_lines(q, now) if q.columns else 1) for q in questions)


def _lines(question: Question, now: Standing) -> int:
    """How many rows of a table are filled in: those that are asked; of a list, and of rows of one's own, one."""
    return max(1, sum(row.label is not None for row in now.rows(question)))


@lru_cache(maxsize=4096)
def _minutes_of(id: str, kind: str, language: Language) -> float:
    """The minutes of a question, or of one row of a table, at this kind of workplace; nothing that is folded away is counted."""
    question, sector = the_pack().questions[id], the_pack().sectors.get(kind)
    folded = sector.fold.get(id, ()) if sector else ()
    if sector and id in sector.fold_questions:
        return 0.0
    options = [option for option in question.options if option.id not in folded]
    lines: list[Option | Column] = [*options, *question.columns]
    texts = [question.label, question.help, *(text for line in lines for text in (line.label, line.help))]
    return _words(iter(texts), language) / WORDS_A_MINUTE + (len(lines) or 1) * SECONDS_A_CONTROL / 60
