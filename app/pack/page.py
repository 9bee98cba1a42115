"""Pages and steps of questions: the grammar of the files in content/rusoff/steps."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator

from .base import Id, Model
from .kinds import KINDS, kind_of
from .question import Question
from .text import Text


def _of_known_kind(question: Question) -> Question:
    """The question with what is pre-chosen made ready. Raises ValueError when there is no such kind, of question or of column."""
    _known(question.kind, list(KINDS))
    for column in question.columns:
        _known(column.kind, [id for id, kind in KINDS.items() if kind.in_columns], f"{column.id}.")
    if question.default is None:
        return question
    return question.model_copy(update={"default": kind_of(question).prepared(question.default)})


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
