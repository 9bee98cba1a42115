"""One line of own words, or something that has a form of its own: a number of an organisation, a time, an address."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from app.pack.answer_parsing import FORMATS, Reader
from app.pack.question import Option, Question
from app.pack.text import Text

from .base import Asked, Kind
from .samples import OF_FORMAT, WORDS


class TextKind(Kind):
    """A line of own words. What is pre-chosen is a text in every language."""

    id = "text"
    in_columns = True
    is_own_words = True

    def reader(self, asked: Asked) -> Reader:
        """Words of one line, or of the question's format."""
        return FORMATS[asked.format] if asked.format else self._plain(asked)

    def _plain(self, asked: Asked) -> Reader:
        return super().reader(asked)

    def sample(self, asked: Asked, options: Sequence[Option], lines: Sequence[str]) -> Any:
        """Some words, or a value of the question's format."""
        return OF_FORMAT.get(asked.format or "", WORDS)

    def prepared(self, default: Any) -> Any:
        """A text, like all words of the content. Raises ValueError when it is none."""
        return Text.model_validate(default)

    def preset(self, default: Any, question: Question, offers: Callable[[Option], bool], language: str) -> Any:
        """The words in `language`."""
        return getattr(default, language)
