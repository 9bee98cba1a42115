"""A day, stored as an ISO date."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.pack.answer_parsing import Reader, read_day
from app.pack.question import Option
from app.values.dates import is_date
from app.values.parsing import show_date

from .base import AnswerWords, Asked, Kind
from .samples import DAY


class DateKind(Kind):
    """A day."""

    id = "date"
    in_columns = True
    is_day = True
    is_short = True

    def is_stored(self, value: Any) -> bool:
        """An ISO date."""
        return isinstance(value, str) and is_date(value)

    def reader(self, asked: Asked) -> Reader:
        """A date however it is typed."""
        return read_day

    def sample(self, asked: Asked, options: Sequence[Option], lines: Sequence[str]) -> Any:
        """Some day."""
        return DAY

    def typed(self, value: Any) -> str:
        """As it is typed here, 12.03.2027."""
        return show_date(value)

    def said(self, asked: Asked, value: Any, words: AnswerWords) -> list[str]:
        """The date with its month in letters."""
        return [words.day(str(value))]
