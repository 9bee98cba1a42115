"""An answer in the words of the screen, as lines: for the page with all answers, and for the one that shows two texts side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from app.documents.interpolation import day
from app.pack.answers import Standing
from app.pack.kinds import kind_of
from app.pack.model import Option, Question
from app.pack.question import GridRow
from app.pack.text import Language, Text


def said(now: Standing, question: Question, value: Any, language: Language) -> list[str]:
    """What `value`, stored for `question`, says. No lines when nothing is answered or it is not decided yet."""
    if value is None or value in ("", [], {}):
        return []
    kind = kind_of(question)
    found = kind.said(question, value, _ScreenWords(now, language))
    return [line for words in found for line in words.split("\n") if line.strip()] if kind.is_own_words else found


class _ScreenWords(NamedTuple):
    """The pieces of an answer as they are called on the screen (app.pack.kinds.AnswerWords)."""

    now: Standing
    language: Language

    def own(self, words: str) -> str:
        return words

    def day(self, iso: str) -> str:
        return day(iso, self.language)

    def option(self, option: Option) -> str:
        return option.label.in_(self.language)

    def label(self, text: Text) -> str:
        return text.in_(self.language)

    def rows(self, question: Question) -> Sequence[GridRow]:
        return self.now.rows(question)
