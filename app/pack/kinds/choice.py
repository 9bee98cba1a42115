"""One of several options, stored by its id."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from app.pack.question import Option, Question

from .base import AnswerWords, Asked, Kind, Taker


class ChoiceKind(Kind):
    """One option."""

    id = "choice"
    parts = frozenset({"options"})
    in_columns = True
    is_short = True
    on_paper = "boxes"

    def default_faults(self, question: Question, row_ids: Collection[str]) -> Iterator[str]:
        """An option is pre-chosen, or nothing."""
        if question.option(question.default) is None:
            yield f"{question.default} is not an option"

    def tokens(self, question: Question, value: Any, row: str = "") -> frozenset[str]:
        """The option, and the one that it counts as."""
        option = question.option(value)
        counts_as = {option.counts_as} if option and option.counts_as else set()
        return super().tokens(question, value, row) | counts_as

    def _named(self, value: Any) -> Collection[str]:
        return (value,)

    def take(self, asked: Asked, value: Any, by: Taker, key: str = "") -> Any:
        """An option that is offered, or nothing."""
        option = asked.option(value)
        if value == "" or (option and (not option.when or by.offers(option))):
            return value
        by.refuse_option(value, key)
        return None

    def sample(self, asked: Asked, options: Sequence[Option], lines: Sequence[str]) -> Any:
        """The first option."""
        return options[0].id

    def said(self, asked: Asked, value: Any, words: AnswerWords) -> list[str]:
        """The option."""
        option = asked.option(value)
        return [words.option(option)] if option else []
