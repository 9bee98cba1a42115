"""Makes what a file holds fit the questions as they are now, and notes with its words whatever does not: nothing is cut, and nothing goes unsaid."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from app.pack.answer_parsing import NONE, most_rows, read_label, reader_of
from app.pack.answers import LABEL, OWN_ROW
from app.pack.model import Column, Pack, Question
from app.pack.text import clean_text

KEY_MAX = 80  # characters; a longer one is cut where it is shown
Note = Callable[[str, Literal["option", "value", "long"], str, int], None]  # key, why, the words, how many characters too long


def said(value: object) -> str:
    """All that is written in a value of a file, whatever its shape."""
    found, ahead = [], [value]
    while ahead:
        one = ahead.pop()
        if isinstance(one, dict | list):
            ahead += reversed(list(one.values()) if isinstance(one, dict) else one)
        elif one not in (None, ""):
            found.append(clean_text(str(one)))
    return "; ".join(found)


def as_typed(value: object) -> str | None:
    """A value of a file as somebody would type it; None when nobody could."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value) if abs(value) < 10**15 else None
    return clean_text(value) if isinstance(value, str) else None


class Fit:
    """One value for one question. What cannot be used at all is None."""

    def __init__(self, pack: Pack, question: Question, note: Note) -> None:
        self.pack = pack
        self.question = question
        self.note = note

    def value(self, value: Any) -> Any:
        """The answer as it is stored."""
        return getattr(self, f"_{self.question.kind}")(value)

    def _lost(self, kind: Literal["option", "value", "long"], value: object, key: str = "", more: int = 0) -> Any:
        """Note it, and give nothing in its place. A key that is too long for one is told whole among the words."""
        name = f"{self.question.id}.{key}" if key else self.question.id
        return self.note(name, kind, said(value) if len(name) <= KEY_MAX else said([key, value]), more)

    def _read(self, read: Callable[[str], Any], value: Any, key: str = "") -> Any:
        """What the wizard would store, had the value been typed."""
        words = as_typed(value)
        if words is None:
            return self._lost("value", value, key)
        try:
            return read(words) if words.strip() else ""
        except ValueError as refused:
            more = refused.args[0].values.get("more", 0)
            return self._lost("long" if more else "value", value, key, more)

    def _text(self, value: Any) -> Any:
        return self._read(reader_of(self.question), value)

    _long_text = _date = _number = _text

    def _choice(self, value: Any) -> Any:
        if value == "" or self.question.option(value) is not None:
            return str(value)
        return self._no_option(value)

    def _no_option(self, value: Any, within: str = "") -> Any:
        """Note a value that is none of the options, in the record `within`."""
        if isinstance(value, str):
            return self._lost("option", "", f"{within}.{value}" if within else value)
        return self._lost("value", value, within)

    def _choices(self, value: Any) -> Any:
        given = [value] if isinstance(value, str) else value
        if not isinstance(given, list):
            return self._lost("value", value)
        known = [o.id for o in self.question.options if o.id in given]
        kept = [id for id in known if id != NONE or len(known) == 1][: self.question.max]
        for id in [id for id in known if id not in kept] + [id for id in given if id not in known]:
            self._no_option(id)
        return kept

    def _grid(self, value: Any) -> Any:
        if not isinstance(value, dict):
            return self._lost("value", value)
        rows = self._row_ids()
        for id in value:
            if id not in rows:
                self._lost("option", value[id], id)
        return {id: self._record(record, id) for id, record in value.items() if id in rows}

    def _rows(self, value: Any) -> Any:
        if not isinstance(value, list):
            return self._lost("value", value)
        most = most_rows(self.question)
        for at, record in enumerate(value[most:], start=most + 1):
            self._lost("value", record, str(at))
        return [self._record(record, str(at)) for at, record in enumerate(value[:most], start=1)]

    def _row_ids(self) -> set[str]:
        source = self.pack.questions.get(self.question.rows_from or "")
        own = {f"{OWN_ROW}{n}" for n in range(1, self.question.own_rows + 1)}
        return own | {row.id for row in self.question.rows} | ({o.id for o in source.options} if source else set())

    def _record(self, record: Any, key: str) -> dict[str, str]:
        if not isinstance(record, dict):
            self._lost("value", record, key)
            return {}
        fit = {column.id: self._cell(column, record[column.id], f"{key}.{column.id}") for column in self.question.columns if column.id in record}
        if self.question.own_rows and LABEL in record:
            fit[LABEL] = self._read(read_label, record[LABEL], key) or ""
        self._unknown(record, fit, key)
        return fit

    def _unknown(self, record: dict[str, Any], fit: dict[str, str], key: str) -> None:
        for id in sorted(record.keys() - fit.keys()):
            if said(record[id]):
                self._lost("option", record[id], f"{key}.{id}")

    def _cell(self, column: Column, value: Any, key: str) -> str:
        if column.kind == "choice":
            if value not in ("", None) and column.option(value) is None:
                self._no_option(value, key)
            return str(value) if column.option(value) else ""
        return "" if value is None else self._read(reader_of(column), value, key) or ""
