"""As many records as somebody adds, stored as a list of {column: value}."""

from __future__ import annotations

from typing import Any, ClassVar

from app.pack.answer_parsing import ROWS_MAX
from app.pack.question import Question

from .base import Asked, Pairs, Records, Rows, Taker
from .records import RecordsKind


class RowsKind(RecordsKind):
    """Records in order, without names."""

    id = "rows"
    nothing: ClassVar[Any] = []
    is_list = True

    def take(self, asked: Asked, value: Any, by: Taker, key: str = "") -> Any:
        """The records; of a new answer no more than may be."""
        if not isinstance(value, list) or not isinstance(asked, Question):
            by.refuse(value, key)
            return None
        most = most_rows(asked) if by.is_new else len(value)
        for at, record in enumerate(value[most:], start=most + 1):
            by.refuse(record, str(at))
        taken = [self.record(asked, record, by, str(at)) for at, record in enumerate(value[:most], start=1)]
        return [record for record in taken if record is not None]

    def records(self, value: Any, row: str = "") -> Records:
        """All of them: none has a row."""
        return list(value or [])

    def paired(self, value: Any, rows: Rows) -> Pairs:
        """Every record, without a row."""
        return [(None, record) for record in value or []]

    def by_line(self, value: Any) -> dict[str, dict[str, Any]]:
        """Numbered from 0."""
        return {str(at): record for at, record in enumerate(value or [])}

    def of_lines(self, records: dict[str, dict[str, Any]]) -> Any:
        """The records in order."""
        return list(records.values())


def most_rows(question: Question) -> int:
    """How many records a `rows` question takes."""
    return min(question.max or ROWS_MAX, ROWS_MAX)
