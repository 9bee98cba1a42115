"""Questions: the grammar of the files in content/rusoff/steps."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import ValidationInfo, field_validator

from app.values.vocabulary import Tone

from .base import Id, Model, When
from .text import Text

Kind = Literal["text", "long_text", "number", "date", "choice", "choices", "grid", "rows"]


class Option(Model):
    """One possible choice."""

    id: Id
    label: Text
    help: Text | None = None
    text: Text | None = None
    value: int | None = None
    tone: Tone | None = None
    when: When = {}
    refused: Text | None = None

    @property
    def words(self) -> Text:
        """The words for the document."""
        return self.text or self.label


class Column(Model):
    """One thing asked of every row of a grid, or of every record of `rows`."""

    id: Id
    label: Text
    kind: Literal["text", "long_text", "choice", "date"]
    title: Text | None = None
    help: Text | None = None
    options: list[Option] = []
    required: bool = False
    format: Literal["url"] | None = None
    max: int | None = None

    def option(self, id: object) -> Option | None:
        """The option with this id, or None."""
        return next((o for o in self.options if o.id == id), None)


class Row(Model):
    """One row of a grid."""

    id: Id
    label: Text
    help: Text | None = None
    text: Text | None = None
    when: When = {}

    @property
    def words(self) -> Text:
        """The words for the document."""
        return self.text or self.label


class Question(Model):
    """One thing asked: the same in the wizard, on paper and on the check page."""

    id: Id
    kind: Kind
    label: Text
    help: Text | None = None
    why: Text | None = None
    sources: list[Id]
    required: bool = False
    when: When = {}
    default: Any = None
    options: list[Option] = []
    options_from: Literal["references"] | None = None
    format: Literal["orgnr", "time", "url"] | None = None
    min: int | None = None
    max: int | None = None
    rows: list[Row] = []
    rows_from: Id | None = None
    own_rows: int = 0
    columns: list[Column] = []
    info_only: bool = False
    formerly: Id | None = None

    @field_validator("default")
    @classmethod
    def _default(cls, default: Any, info: ValidationInfo) -> Any:
        """Pre-chosen words are a text in every language, like all words."""
        return Text.model_validate(default) if default is not None and info.data.get("kind") in ("text", "long_text") else default

    def option(self, id: object) -> Option | None:
        """The option with this id, or None."""
        for option in self.options:  # a loop, not a generator: this is asked hundreds of times per page
            if option.id == id:
                return option
        return None

    def column(self, id: str) -> Column | None:
        """The column with this id, or None."""
        return next((c for c in self.columns if c.id == id), None)


class Page(Model):
    """One screen of questions."""

    id: Id
    title: Text
    intro: Text | None = None
    questions: list[Question]


class Step(Model):
    """One of the six RusOff points."""

    id: Id
    number: int
    title: Text
    intro: Text
    pages: list[Page]
