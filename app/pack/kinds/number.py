"""A whole number, stored as an integer."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from app.pack.answer_parsing import Reader, read_between
from app.pack.question import Option, Question

from .base import Asked, Kind


class NumberKind(Kind):
    """A whole number, between `min` and `max` where the content sets them. A condition may name every number between."""

    id = "number"

    def default_faults(self, question: Question, row_ids: Collection[str]) -> Iterator[str]:
        """A number is pre-chosen, or nothing."""
        if not isinstance(question.default, int):
            yield "a number was expected"

    def conditions(self, question: Question) -> set[str]:
        """The numbers from the least to the largest as well."""
        return super().conditions(question) | {str(n) for n in range(question.min or 0, (question.max or 0) + 1)}

    def _named(self, value: Any) -> Collection[str]:
        return (str(value),)

    def sample(self, asked: Asked, options: Sequence[Option], lines: Sequence[str]) -> Any:
        """The least that may be, but not nought."""
        return getattr(asked, "min", None) or 1

    def extremes(self, question: Question) -> Sequence[Any]:
        """The least and the largest number."""
        return sorted({question.min or 0, question.max or 1})

    def named(self, token: str) -> Any:
        """The number."""
        return int(token)

    def is_stored(self, value: Any) -> bool:
        """True and False are numbers to Python alone."""
        return isinstance(value, int) and not isinstance(value, bool)

    def reader(self, asked: Asked) -> Reader:
        """A number within the limits."""
        return read_between(getattr(asked, "min", None), asked.max)
