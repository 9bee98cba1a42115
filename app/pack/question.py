"""A question and what it is made of: shapes alone. What a kind of question needs, and what it does, is in `kinds`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from app.values.vocabulary import Tone

from .answer_parsing import NONE, TEXT_MAX
from .base import Id, Model, When
from .text import Text

OWN_ROW = "own_"  # begins the id of a row that the workplace added
LABEL = "label"  # under which its name stands in its record


class Option(Model):
    """One possible choice."""

    id: Id
    label: Text
    short: Text | None = None
    help: Text | None = None
    text: Text | None = None
    value: int | None = None
    tone: Tone | None = None
    when: When = {}
    refused: Text | None = None
    group: Id | None = None
    counts_as: Id | None = None

    @property
    def words(self) -> Text:
        """The words for the document."""
        return self.text or self.label

    @property
    def stands_alone(self) -> bool:
        """Whether it says "none of these", and is chosen together with no other."""
        return self.id == NONE


class OptionGroup(Model):
    """A heading over options that belong together."""

    id: Id
    label: Text


class Column(Model):
    """One thing asked of every row of a grid, or of every record of `rows`."""

    id: Id
    label: Text
    kind: Id
    title: Text | None = None
    help: Text | None = None
    options: list[Option] = []
    required: bool = False
    format: Literal["url"] | None = None
    max: int | None = None

    @property
    def is_long(self) -> bool:
        """Whether more may be written in it than one sees in a line."""
        return (self.max or 0) > TEXT_MAX

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


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row of a grid as it is asked: its words, or the label that the workplace gave it."""

    id: str
    label: Text | None
    words: Text | None
    own_label: str = ""


class Follows(Model):
    """What is pre-chosen in one row of a grid, by what was answered to another question that the row takes the place of."""

    row: Id
    question: Id
    values: dict[Id, Any]


class Suggestion(Model):
    """What is pre-chosen in place of the default when other answers are such."""

    when: When
    value: Any


class Question(Model):
    """One thing asked: the same in the wizard, on paper and on the check page."""

    id: Id
    kind: Id
    label: Text
    help: Text | None = None
    why: Text | None = None
    sources: list[Id]
    short: Text | None = None
    required: bool = False
    at_once: bool = False
    when: When = {}
    default: Any = None
    suggested: list[Suggestion] = []
    groups: list[OptionGroup] = []
    options: list[Option] = []
    options_from: Literal["references"] | None = None
    format: Literal["orgnr", "time", "url"] | None = None
    min: int | None = None
    max: int | None = None
    rows: list[Row] = []
    rows_from: Id | None = None
    own_rows: int = 0
    own_name: Text | None = None
    own_add: Text | None = None
    follows: list[Follows] = []
    columns: list[Column] = []
    info_only: bool = False
    formerly: Id | None = None

    def option(self, id: object) -> Option | None:
        """The option with this id, or None."""
        for option in self.options:  # a loop, not a generator: this is asked hundreds of times per page
            if option.id == id:
                return option
        return None

    def column(self, id: str) -> Column | None:
        """The column with this id, or None."""
        return next((c for c in self.columns if c.id == id), None)
