"""Own words of several lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.pack.answer_parsing import LONG_MAX, Reader, read_words
from app.pack.question import Option, Question

from .base import Asked
from .samples import WORDS
from .text import TextKind


class LongTextKind(TextKind):
    """A text of several lines."""

    id = "long_text"
    is_multiline = True
    paper_lines = 4

    def longest(self, asked: Asked) -> int:
        """Some pages, unless the content says otherwise."""
        return asked.max or LONG_MAX

    def sample(self, asked: Asked, options: Sequence[Option], lines: Sequence[str]) -> Any:
        """Two lines, in a cell one."""
        return f"{WORDS}.\nOg noen til." if isinstance(asked, Question) else WORDS

    def _plain(self, asked: Asked) -> Reader:
        return read_words(self.longest(asked), lines=True)
