"""An answer in the words of the screen, as lines: for the page with all answers, and for the one that shows two texts side by side."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.documents.interpolation import day
from app.pack.answers import LABEL, Standing
from app.pack.model import Column, Question
from app.pack.text import Language


def said(now: Standing, question: Question, value: Any, language: Language) -> list[str]:
    """What `value`, stored for `question`, says. No lines when nothing is answered or it is not decided yet."""
    if value is None or value in ("", [], {}):
        return []
    if question.kind == "grid":
        return list(_grid(now, question, value, language))
    if question.kind == "rows":
        return [line for record in value if (line := _cells(question, record, language))]
    return _plain(question, value, language)


def _plain(question: Question, value: Any, language: Language) -> list[str]:
    if question.kind in ("choice", "choices"):
        chosen = [value] if question.kind == "choice" else value
        return [option.label.in_(language) for option in question.options if option.id in chosen]
    if question.kind == "date":
        return [day(str(value), language)]
    return [line for line in str(value).split("\n") if line.strip()]


def _grid(now: Standing, question: Question, value: Any, language: Language) -> Iterator[str]:
    for row in now.rows(question):
        record = value.get(row.id, {})
        name = row.label.in_(language) if row.label else str(record.get(LABEL, ""))
        cells = _cells(question, record, language)
        if name and cells:
            yield f"{name}: {cells}"
        elif name or cells:
            yield from [name or cells] if row.label is None else []


def _cells(question: Question, record: dict[str, Any], language: Language) -> str:
    found = (_cell(column, record.get(column.id), language) for column in question.columns)
    return " · ".join(words for words in found if words)


def _cell(column: Column, value: Any, language: Language) -> str:
    if not value:
        return ""
    if column.kind == "date":
        return day(str(value), language)
    option = column.option(value)
    return option.label.in_(language) if option else "" if column.kind == "choice" else str(value)
