"""What options and columns must hold true, whatever stands beside them; and every text below a value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import BaseModel

from .base import RESERVED
from .kinds import kind_of
from .question import Column, Question
from .text import Text


def column_faults(column: Column) -> Iterator[str]:
    """Whether the column has options when, and only when, one chooses in it."""
    yield from options_faults(column.options, f".{column.id}")
    yield from (f".{column.id}.{fault}" for fault in kind_of(column).column_faults(column))


def options_faults(options: list[Any], key: str) -> Iterator[str]:
    """Options that stand twice or take a reserved word."""
    for id, n in Counter(o.id for o in options).items():
        if n > 1:
            yield f"{key}.options: {id} is there {n} times"
        if id in RESERVED:
            yield f"{key}.options: {id} is a reserved word"


def may_reveal(above: Question, question: Question) -> bool:
    """Whether a question above it on the same page may say whether `question` is asked: by options, which a form shows as they are chosen."""
    said = {option.id for option in above.options} | {option.counts_as for option in above.options} | {"undecided"}
    return above.id in question.when and not above.options_from and bool(above.options) and said.issuperset(question.when[above.id])


def texts_in(value: Any, key: str = "") -> Iterator[tuple[str, Text]]:
    """Every text below `value`, with its key: names, and of what stands in a list the id, or its number where it has none."""
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
    return ((str(getattr(item, "id", at)), item) for at, item in enumerate(value)) if isinstance(value, list) else ()
