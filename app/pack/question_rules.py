"""The shape of one question, whatever stands beside it; and every text below a value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import BaseModel

from .model import RESERVED, Column, Question
from .text import Text

KINDS_WITH_OPTIONS = frozenset({"choice", "choices"})


def shape_faults(q: Question) -> Iterator[str]:
    """Whether the question has what its kind needs, and nothing that it cannot use."""
    wanted = {
        "options": (bool(q.options), q.kind in KINDS_WITH_OPTIONS),
        "columns": (bool(q.columns), q.kind in ("grid", "rows")),
        "rows": (bool(q.rows or q.rows_from), q.kind == "grid"),
    }
    for key, (there, needed) in wanted.items():
        if there != needed:
            yield f".{key}: a question of kind {q.kind} {'has no' if there else 'needs'} {key}"


def column_faults(column: Column) -> Iterator[str]:
    """Whether the column has options when, and only when, one chooses in it."""
    yield from options_faults(column.options, f".{column.id}")
    if bool(column.options) != (column.kind == "choice"):
        yield f".{column.id}.options: a column of kind {column.kind} {'has no' if column.options else 'needs'} options"


def options_faults(options: list[Any], key: str) -> Iterator[str]:
    """Options that stand twice or take a reserved word."""
    for id, n in Counter(o.id for o in options).items():
        if n > 1:
            yield f"{key}.options: {id} is there {n} times"
        if id in RESERVED:
            yield f"{key}.options: {id} is a reserved word"


def answers_of(question: Question) -> set[str]:
    """Everything that a condition may say of the question."""
    columns: list[Column] = question.columns
    words = {"given", "blank", "undecided"} | ({"complete", "incomplete"} if columns else set())
    options = [*question.options, *(o for c in columns for o in c.options)]
    numbers = {str(n) for n in range(question.min or 0, (question.max or 0) + 1)} if question.kind == "number" else set()
    return words | {option.id for option in options} | numbers


def texts_in(value: Any, key: str = "") -> Iterator[tuple[str, Text]]:
    """Every text below `value`, with its key."""
    if isinstance(value, Text):
        yield key, value
        return
    for name, item in _below(value):
        yield from texts_in(item, f"{key}.{name}" if key else name)


def _below(value: Any) -> Iterable[tuple[str, Any]]:
    if isinstance(value, BaseModel):
        return [(name, getattr(value, name)) for name in type(value).model_fields]
    if isinstance(value, dict):
        return value.items()
    return ((str(at), item) for at, item in enumerate(value)) if isinstance(value, list) else ()
