"""Pages and steps of questions: the grammar of the files in content/rusoff/steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import AfterValidator

from .base import Id, Model
from .kinds import KINDS, kind_of
from .question import Question
from .text import Text

SHORT = "short"  # the id of the short path, in the place of a step


def _of_known_kind(question: Question) -> Question:
    """The question with what is pre-chosen made ready. Raises ValueError when there is no such kind, of question or of column."""
    _known(question.kind, list(KINDS))
    for column in question.columns:
        _known(column.kind, [id for id, kind in KINDS.items() if kind.in_columns], f"{column.id}.")
    if question.default is None:
        return question
    prepared = kind_of(question).prepared
    suggested = [one.model_copy(update={"value": prepared(one.value)}) for one in question.suggested]
    return question.model_copy(update={"default": prepared(question.default), "suggested": suggested})


def _known(kind: str, kinds: list[str], key: str = "") -> None:
    if kind not in kinds:
        raise ValueError(f"{key}kind: {kind} is none of {', '.join(kinds)}")


class Page(Model):
    """One screen of questions; `shows` what is usual at the kind of workplace, above them."""

    id: Id
    title: Text
    intro: Text | None = None
    shows: Literal["risks"] | None = None
    questions: list[Annotated[Question, AfterValidator(_of_known_kind)]]


class Step(Model):
    """One of the six RusOff points."""

    id: Id
    number: int
    title: Text
    intro: Text
    pages: list[Page]


class ShortPage(Model):
    """One screen of the short path; its questions by their ids."""

    id: Id
    title: Text
    intro: Text | None = None
    shows: Literal["risks"] | None = None
    questions: list[Id]

    def asking(self, questions: Mapping[str, Question]) -> Page:
        """The page with its questions. What no step asks is left out."""
        asked = [questions[id] for id in self.questions if id in questions]
        return Page.model_construct(id=self.id, title=self.title, intro=self.intro, shows=self.shows, questions=asked)


class ShortPath(Model):
    """The pages that hold everything that must be answered, and may hold a little more."""

    title: Text
    intro: Text
    pages: list[ShortPage]

    def as_step(self, questions: Mapping[str, Question]) -> Step:
        """The short path as the wizard walks it: a step of its own, beside the numbered ones."""
        pages = [page.asking(questions) for page in self.pages]
        return Step.model_construct(id=SHORT, number=0, title=self.title, intro=self.intro, pages=pages)
