"""The same asked of every row, stored as {row: {column: value}}. Rows are named by the content, chosen on an earlier page, or the workplace's own."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, ClassVar

from app.pack.question import Question

from .base import Asked, Pairs, Records, Rows, Taker
from .records import RecordsKind


class GridKind(RecordsKind):
    """Records by row."""

    id = "grid"
    nothing: ClassVar[Any] = {}
    parts = frozenset({"columns", "rows"})

    def default_faults(self, question: Question, row_ids: Collection[str]) -> Iterator[str]:
        """What is pre-chosen in known rows and columns."""
        if not isinstance(question.default, dict):
            return
        for row, record in question.default.items():
            if row not in row_ids:
                yield f"{row} is not a row"
            for id, value in record.items():
                column = question.column(id)
                if column is None or (column.options and column.option(value) is None):
                    yield f"{row}.{id}: {value} is not an option"

    def overlaid(self, default: Any, suggestion: Any) -> Any:
        """Row by row: what is not suggested otherwise stays."""
        return suggestion if default is None or not isinstance(suggestion, dict) else default | suggestion

    def take(self, asked: Asked, value: Any, by: Taker, key: str = "") -> Any:
        """The records of rows that may be answered."""
        if not isinstance(value, dict) or not isinstance(asked, Question):
            by.refuse(value, key)
            return None
        ids = by.row_ids(asked)
        for id in (id for id in value if id not in ids):
            by.unknown(value[id], id)
        taken = {id: self.record(asked, record, by, id) for id, record in value.items() if id in ids}
        return {id: record for id, record in taken.items() if record is not None}

    def records(self, value: Any, row: str = "") -> Records:
        """Of a row in which nothing is answered, an empty record."""
        return [(value or {}).get(row, {})] if row else list((value or {}).values())

    def paired(self, value: Any, rows: Rows) -> Pairs:
        """Every row of `rows`, in order, with its record."""
        return [(row, (value or {}).get(row.id, {})) for row in rows]

    def by_line(self, value: Any) -> dict[str, dict[str, Any]]:
        """As they are stored."""
        return value or {}

    def merged(self, stored: Any, given: Any, shown: Collection[str]) -> Any:
        """Rows that are not asked just now keep their record."""
        if not isinstance(given, dict) or not isinstance(stored, dict):
            return given
        return {row: record for row, record in stored.items() if row not in shown} | given
