"""The fields of each kind of question, for WTForms: which there are, what stands in them for an answer, and the answer that they give."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from app.pack.answer_parsing import read_label
from app.pack.kinds import kind_of, reader_of
from app.pack.kinds.records import BLANK
from app.pack.model import Column
from app.pack.question import LABEL
from app.web.choices import UNDECIDED, One, Several
from app.web.fields import Tick, Typed

from .visible_questions import Asked, cell, labels, undecided

Values = Callable[[str], Any]  # gives the stored form of one field, by its name


class Fields(NamedTuple):
    """What one kind of question needs on a page."""

    fields: Callable[[Asked], Iterator[tuple[str, Any]]]
    typed: Callable[[Asked, Any], Iterator[tuple[str, str]]]
    given: Callable[[Asked, Values], Any]


# ── one value, typed ──


def _typed_fields(asked: Asked) -> Iterator[tuple[str, Any]]:
    yield asked.id, Typed(reader_of(asked.question))
    yield undecided(asked.id), Tick()


def _typed_words(asked: Asked, value: Any) -> Iterator[tuple[str, str]]:
    if value is None:
        yield undecided(asked.id), "yes"
    elif value != "":
        yield asked.id, kind_of(asked.question).typed(value)


def _typed_given(asked: Asked, value: Values) -> Any:
    return None if value(undecided(asked.id)) else value(asked.id)


# ── options ──


def _one_field(asked: Asked) -> Iterator[tuple[str, Any]]:
    yield asked.id, One(asked.question, frozenset(o.id for o in asked.options), may_wait=True)


def _one_chosen(asked: Asked, value: Any) -> Iterator[tuple[str, str]]:
    if value is None or value:
        yield asked.id, UNDECIDED if value is None else value


def _several_field(asked: Asked) -> Iterator[tuple[str, Any]]:
    yield asked.id, Several(asked.question, frozenset(o.id for o in asked.options))


def _several_chosen(asked: Asked, value: Any) -> Iterator[tuple[str, str]]:
    for id in [UNDECIDED] if value is None else value or []:
        yield asked.id, id


def _chosen_given(asked: Asked, value: Values) -> Any:
    return value(asked.id)


# ── records ──


def _record_fields(asked: Asked) -> Iterator[tuple[str, Any]]:
    for _, name, column in asked.cells():
        yield name, _cell_field(column)
    for name in labels(asked).values():
        yield name, Typed(read_label)
    yield undecided(asked.id), Tick()


def _cell_field(column: Column) -> Any:
    return One(column, frozenset(o.id for o in column.options)) if column.options else Typed(reader_of(column))


def _record_words(asked: Asked, value: Any) -> Iterator[tuple[str, str]]:
    if value is None:
        yield undecided(asked.id), "yes"
        return
    for line, record in _records(asked, value):
        for column in asked.question.columns:
            if (value := record.get(column.id)) not in BLANK:
                yield cell(asked.id, line, column.id), kind_of(column).typed(value)
        if record.get(LABEL):
            yield cell(asked.id, line, LABEL), record[LABEL]


def _records(asked: Asked, value: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """The records by line: all of a list, of a grid those whose row is asked."""
    kind, shown = kind_of(asked.question), frozenset(asked.lines())
    return ((line, record) for line, record in kind.by_line(value).items() if kind.is_list or line in shown)


def _records_given(asked: Asked, value: Values) -> Any:
    if value(undecided(asked.id)):
        return None
    records: dict[str, dict[str, str]] = {line: {} for line in asked.lines()}
    for line, name, column in asked.cells():
        records[line][column.id] = value(name)
    for line, name in labels(asked).items():
        records[line][LABEL] = value(name)
    filled = {line: {key: cell for key, cell in record.items() if cell not in BLANK} for line, record in records.items()}
    return kind_of(asked.question).of_lines({line: record for line, record in filled.items() if record})


TYPED = Fields(_typed_fields, _typed_words, _typed_given)
ONE = Fields(_one_field, _one_chosen, _chosen_given)
SEVERAL = Fields(_several_field, _several_chosen, _chosen_given)
RECORDS = Fields(_record_fields, _record_words, _records_given)
FIELDS: dict[str, Fields] = {
    "text": TYPED, "long_text": TYPED, "number": TYPED, "date": TYPED, "choice": ONE, "choices": SEVERAL, "grid": RECORDS, "rows": RECORDS,
}  # fmt: skip
