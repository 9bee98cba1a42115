"""Records: what is answered in the columns of a grid or of `rows`, and when a record counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from app.pack.question import LABEL, Column, GridRow, Option, Question

from .base import AnswerWords, Asked, Kind, Taker
from .registry import KINDS, kind_of

BETWEEN_CELLS = " · "
BLANK = (None, "")  # a cell in which nothing stands; nought is an answer


class RecordsKind(Kind):
    """What kinds with columns share."""

    parts = frozenset({"columns"})
    on_paper = "sheet"

    def conditions(self, question: Question) -> set[str]:
        """The options of its columns as well, and whether a record is complete."""
        found = super().conditions(question) | {"complete", "incomplete"}
        return found | {option.id for column in question.columns for option in column.options}

    def tokens(self, question: Question, value: Any, row: str = "") -> frozenset[str]:
        """Every option chosen in a record; complete and incomplete when at least one record is."""
        records = self.records(value, row)
        choices = [column.id for column in question.columns if column.options]
        found = {record[id] for record in records for id in choices if record.get(id) not in BLANK}
        found.add("given" if any(map(_is_answered, records)) else "blank")
        if any(is_complete(question, record) for record in records):
            found.add("complete")
        if any(_is_answered(record) and not is_complete(question, record) for record in records):
            found.add("incomplete")
        return frozenset(found)

    def free_texts(self, asked: Asked, value: Any) -> list[str]:
        """The lines of own words and the names of rows that the workplace added. Longer texts in a record tell what somebody else said."""
        columns = asked.columns if isinstance(asked, Question) else []
        typed = [column.id for column in columns if (kind := kind_of(column)).is_own_words and not kind.is_multiline] + [LABEL]
        return [str(record[id]) for record in self.records(value) for id in typed if record.get(id) not in BLANK]

    def said(self, asked: Asked, value: Any, words: AnswerWords) -> list[str]:
        """A line for every record in which something stands; its row before it, if it has one."""
        if not isinstance(asked, Question):
            return []
        return [line for row, record in self.paired(value, words.rows(asked)) if (line := _line(asked, row, record, words))]

    def sample(self, asked: Asked, options: Sequence[Option], lines: Sequence[str]) -> Any:
        """A whole record in every line."""
        return self.of_lines({line: sample_record(asked) for line in lines}) if isinstance(asked, Question) else self.nothing

    def record(self, question: Question, record: Any, by: Taker, key: str) -> dict[str, Any] | None:
        """One record as it is stored: all columns, or of a new one those that it holds. What is none keeps its place in a new answer."""
        if not isinstance(record, dict):
            by.refuse(record, key)
            return {} if by.is_new else None
        found: dict[str, Any] = {}
        for column in question.columns:
            id = column.id
            if not by.is_new or id in record:
                value = record.get(id)
                taken = None if value is None else KINDS[column.kind].take(column, value, by, f"{key}.{id}" if by.is_new else "")
                found[id] = "" if taken is None else taken
        self._beside(question, record, found, by, key)
        return found

    def _beside(self, question: Question, record: dict[str, Any], found: dict[str, Any], by: Taker, key: str) -> None:
        """Put the name of a row that the workplace added into `found`, and tell of what else stands in the record."""
        if question.own_rows and LABEL in record:
            found[LABEL] = by.label(record[LABEL], key)
        if by.is_new:
            for id in sorted(record.keys() - found.keys()):
                by.unknown(record[id], f"{key}.{id}", is_cell=True)


def _is_answered(record: Mapping[str, Any]) -> bool:
    return any(cell not in BLANK for cell in record.values())


def _line(question: Question, row: GridRow | None, record: Mapping[str, Any], words: AnswerWords) -> str:
    cells = BETWEEN_CELLS.join(_said_in_cells(question, record, words))
    if row is None:
        return cells
    name = words.label(row.label) if row.label else str(record.get(LABEL, ""))
    if name and cells:
        return f"{name}: {cells}"
    return "" if row.label else name or cells


def _said_in_cells(question: Question, record: Mapping[str, Any], words: AnswerWords) -> Iterator[str]:
    for column in question.columns:
        value = record.get(column.id)
        yield from (said for said in (kind_of(column).said(column, value, words) if value not in BLANK else ()) if said)


def sample_cell(column: Column, wanted: str | None = None) -> Any:
    """A valid answer in one cell: the option `wanted` where the column has it, else the first that is not refused."""
    options = [option for option in column.options if option.id == wanted] or [option for option in column.options if not option.refused]
    return kind_of(column).sample(column, options, ())


def sample_record(question: Question, wanted: str | None = None) -> dict[str, Any]:
    """A record with every column filled."""
    return {column.id: sample_cell(column, wanted) for column in question.columns}


def unfinished_record(question: Question) -> dict[str, Any]:
    """A record that lacks the first required column, or has only the last where none is required."""
    lacking = next((column.id for column in question.columns if column.required), None)
    kept = [column for column in question.columns if column.id != lacking] if lacking else question.columns[-1:]
    return {column.id: sample_cell(column) for column in kept}


def is_begun(record: Mapping[str, Any]) -> bool:
    """Whether anything but white space stands in it."""
    return any(str(value).strip() for value in record.values())


def needed(column: Column) -> bool:
    """Whether a record that somebody began says nothing without this column: a required one, or one whose value is reckoned with."""
    return column.required or any(option.value is not None for option in column.options)


def is_unfinished(question: Question, row: GridRow | None, record: Mapping[str, Any]) -> bool:
    """Whether a begun record lacks a column that it needs, or its name."""
    nameless = row is not None and row.label is None and not row.own_label.strip()
    return nameless or any(needed(column) and is_unsaid(record.get(column.id)) for column in question.columns)


def is_complete(question: Question, record: Mapping[str, Any]) -> bool:
    """Whether a record has every required column and no refused option, and so may count."""
    for column in question.columns:
        value = record.get(column.id)
        option = column.option(value)
        if (column.required and is_unsaid(value)) or (option and option.refused):
            return False
    return _is_answered(record)


def is_unsaid(cell: Any) -> bool:
    """Whether nothing but white space stands in a cell."""
    return cell is None or not str(cell).strip()
