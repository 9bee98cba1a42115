"""Clauses: the grammar of the files in content/rusoff/policy and content/rusoff/guides."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from app.values.vocabulary import Part

from .base import Id, Key, Model, When
from .text import Text

Listing = Literal["sources", "references", "open_points", "findings", "statements", "dilemmas", "tally"]


class Line(Model):
    """One bullet, one line to fill in, or one signature. One with an `id` may be said on a page for managers too."""

    text: Text
    when: When = {}
    id: Id | None = None


class Standard(Model):
    """What stands in a blank cell of `column`, chosen by the answer in the column `by`."""

    column: Id
    by: Id
    texts: dict[Key, Text]

    def text(self, row: str, option: str) -> Text | None:
        """What stands there in this row, with this answer: the row's own words for it, those of the row, or those of the answer."""
        return self.texts.get(f"{row}.{option}") or self.texts.get(row) or self.texts.get(option)


class Block(Model):
    """One piece of a clause. Exactly one of the fields before `when` is given."""

    paragraph: Text | None = None
    bullets: list[Line] | None = None
    numbered: list[Line] | None = None
    each: Id | None = None
    note: Text | None = None
    subheading: Text | None = None
    own: Id | None = None
    table: Id | None = None
    chart: Id | None = None
    fields: list[Line] | None = None
    signatures: list[Line] | None = None
    listing: Listing | None = Field(default=None, alias="list")
    when: When = {}
    fixed: bool = False
    caption: Text | None = None
    head: Text | None = None
    columns: Annotated[tuple[Id, ...] | None, Field(strict=False)] = None
    by: Id | None = None
    months: Id | None = None
    filled: Id | None = None
    briefly: Text | None = None
    rows: Annotated[tuple[Id, ...] | None, Field(strict=False)] = None
    standard: Standard | None = None
    id: Id | None = None

    @property
    def kind(self) -> str:
        """The name of the one field that is given."""
        return next(name for name in BLOCK_KINDS if getattr(self, name) is not None)


BLOCK_KINDS = tuple(Block.model_fields)[:12]


class Clause(Model):
    """A passage of source text with a condition, under the first of `headings` that holds, else under its `heading`.

    One that is `fixed` says what the law says: a workplace adds to it, and does not word it anew. Those that name the same `annex` are also a
    file of their own, called so.
    """

    id: Id
    level: Literal[1, 2] = 1
    part: Part = "body"
    annex: Id | None = None
    when: When = {}
    heading: Text
    headings: list[Line] = []
    sources: list[Id]
    fixed: bool = False
    blocks: list[Block]
