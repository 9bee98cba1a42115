"""Makes what a file holds fit the questions as they are now, and notes with its words whatever does not: nothing is cut, and nothing goes unsaid."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from app.pack.answer_parsing import WRONG_CHOICE, Fault, Reader, read_label
from app.pack.kinds import Kind, Taker, kind_of
from app.pack.model import Column, Pack, Question
from app.pack.question import OWN_ROW
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


class FromFile(Taker):
    """Takes one answer of a file for one question, and notes with its words whatever does not come along."""

    def __init__(self, pack: Pack, question: Question, note: Note) -> None:
        self.pack = pack
        self.question = question
        self.note = note

    def answer(self, value: Any) -> Any:
        """The answer as it is stored; None when it cannot be used at all."""
        return kind_of(self.question).take(self.question, value, self)

    def row_ids(self, question: Question) -> set[str]:
        """All rows, and those that a workplace may add."""
        source = self.pack.questions.get(question.rows_from or "")
        own = {f"{OWN_ROW}{n}" for n in range(1, question.own_rows + 1)}
        return own | {row.id for row in question.rows} | ({o.id for o in source.options} if source else set())

    def one(self, kind: Kind, asked: Question | Column, value: Any, key: str) -> Any:
        """What the wizard would store, had the value been typed."""
        return self._read(kind.reader(asked), value, key)

    def label(self, value: Any, key: str) -> str:
        """The name, had it been typed."""
        return self._read(read_label, value, key) or ""

    def _read(self, read: Reader, value: Any, key: str) -> Any:
        words = as_typed(value)
        if words is None:
            return self._lost("value", value, key)
        try:
            return read(words) if words.strip() else ""
        except ValueError as refused:
            more = refused.args[0].values.get("more", 0)
            return self._lost("long" if more else "value", value, key, more)

    def refuse(self, value: Any, key: str) -> None:
        """Note it."""
        self._lost("value", value, key)

    def refuse_option(self, value: Any, key: str, fault: Fault = WRONG_CHOICE) -> None:
        """Note it: an option that is none by its id, anything else by its words."""
        if isinstance(value, str):
            self._lost("option", "", f"{key}.{value}" if key else value)
        else:
            self._lost("value", value, key)

    def unknown(self, value: Any, key: str, *, is_cell: bool = False) -> None:
        """Note it; a cell only when something is written in it."""
        if not is_cell or said(value):
            self._lost("option", value, key)

    def _lost(self, kind: Literal["option", "value", "long"], value: object, key: str, more: int = 0) -> None:
        """Note it. A key that is too long for one is told whole among the words."""
        name = f"{self.question.id}.{key}" if key else self.question.id
        self.note(name, kind, said(value) if len(name) <= KEY_MAX else said([key, value]), more)
