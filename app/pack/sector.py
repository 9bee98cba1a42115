"""A kind of workplace: what is usual there. The grammar of the files in content/rusoff/sectors.

Its id is an option of the question that asks what kind of workplace it is. Nothing in it is an answer: what it suggests counts like any default,
until somebody answers, and what is irrelevant there is folded away, never taken away.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any

from pydantic import Field

from .base import Id, Model
from .kinds import kind_of
from .question import Option, Question
from .text import Text

IndustryCode = Annotated[str, Field(pattern=r"^\d\d(\.\d{1,3})?$")]


def fitting(starts: Iterable[tuple[str, str]], code: str) -> str:
    """What is named for the longest of the `starts` with which an industry code (88.911) begins; empty when it begins with none."""
    found = [(len(start), named) for start, named in starts if code.startswith(start)]
    return max(found, default=(0, ""))[1]


class Sector(Model):
    """One kind of workplace. `suggest` stands over the defaults of questions, `names` over the labels of options; the rest is shown beside them."""

    id: Id
    suggest: dict[Id, Any] = {}
    names: dict[Id, dict[Id, Text]] = {}
    fold: dict[Id, list[Id]] = {}
    fold_questions: list[Id] = []
    risks: list[Text]
    examples: dict[Id, Text] = {}
    safety_rep_asks: list[Text]
    industry_codes: list[IndustryCode] = []
    sources: list[Id]

    def named(self, question: str, option: Option) -> Option:
        """The option as it is called there, on the screen and in the names of rows; its words in a sentence stay."""
        name = self.names.get(question, {}).get(option.id)
        return option.model_copy(update={"label": name, "text": option.text or option.label}) if name else option

    def over(self, questions: Mapping[str, Question]) -> Sector:
        """The same, with each suggestion made ready and laid over the default of its question. What no question asks stays as it is."""
        known = {id: _laid_over(questions[id], value) for id, value in self.suggest.items() if id in questions}
        return self.model_copy(update={"suggest": self.suggest | known})


def _laid_over(question: Question, suggestion: Any) -> Any:
    return kind_of(question).overlaid(question.default, suggestion)
