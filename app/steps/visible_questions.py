"""A page as it is asked now: which questions, options, rows and cells, and the names of their fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.pack.answers import Standing
from app.pack.kinds import kind_of, most_rows
from app.pack.model import Column, Option, Page, Question
from app.pack.question import LABEL, OWN_ROW, GridRow

Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as it is asked now. `count` is how many records of a `rows` question are shown."""

    question: Question
    options: tuple[Option, ...] = ()
    rows: tuple[GridRow, ...] = ()
    count: int = 0

    @property
    def id(self) -> str:
        """The question's id, which is also the name of its field."""
        return self.question.id

    @property
    def most(self) -> int:
        """How many records there may be."""
        return most_rows(self.question)

    @property
    def shown(self) -> frozenset[str]:
        """The ids of the options or rows on the page, or the numbers of the records."""
        return frozenset(option.id for option in self.options).union(self.lines())

    @property
    def key(self) -> Key:
        """Everything that decides how the question is drawn, beside what stands in its fields."""
        return (self.id, tuple(o.id for o in self.options), tuple(r.id for r in self.rows), self.count)

    def lines(self) -> list[str]:
        """The ids of the grid's rows, or the numbers of the records."""
        return [row.id for row in self.rows] or [str(n) for n in range(self.count)]

    def cells(self) -> Iterator[tuple[str, str, Column]]:
        """Row id, field name and column of every cell."""
        for line in self.lines():
            for column in self.question.columns:
                yield line, cell(self.id, line, column.id), column


def cell(question: str, line: str, column: str) -> str:
    """The name of the field for one cell. Ids hold no hyphen followed by another id of the same question, so this is unique."""
    return f"{question}-{line}-{column}"


def undecided(question: str) -> str:
    """The name of the tick box "not decided yet"."""
    return f"{question}-undecided"


def labels(asked: Asked) -> dict[str, str]:
    """The fields in which the workplace names its own rows: row id to field name."""
    return {row.id: cell(asked.id, row.id, LABEL) for row in asked.rows if row.label is None and row.id.startswith(OWN_ROW)}


def asked_on(page: Page, now: Standing, counts: Mapping[str, int] | None = None) -> tuple[Asked, ...]:
    """The questions of `page` that are asked now. `counts` says how many records to show, where that is not what is stored."""
    return tuple(_asked(q, now, (counts or {}).get(q.id)) for q in page.questions if q.id in now.asked)


def _asked(question: Question, now: Standing, count: int | None) -> Asked:
    kind = kind_of(question)
    options = tuple(now.options(question)) if "options" in kind.parts else ()
    rows = tuple(now.rows(question)) if "rows" in kind.parts else ()
    return Asked(question, options, rows, _count(question, now, count) if kind.is_list else 0)


def _count(question: Question, now: Standing, count: int | None) -> int:
    stored = len(now.values.get(question.id) or [])
    most = max(most_rows(question), stored)  # what is stored is shown, however it came there: what is not shown would be lost with the next save
    return max(1, min(most, stored if count is None else count))


def counts_in(page: Page, posted: Mapping[str, Any]) -> dict[str, int]:
    """How many records of each `rows` question were posted, whatever their numbers."""
    counts: dict[str, int] = {}
    for question in page.questions:
        if kind_of(question).is_list:
            numbers = [name[len(question.id) + 1 :].partition("-")[0] for name in posted if name.startswith(f"{question.id}-")]
            counts[question.id] = max((int(n) + 1 for n in numbers if n.isascii() and n.isdigit() and len(n) < 4), default=0)
    return counts
