"""Answers made up so that a condition holds, or a question has some answer: for previews and for tests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.pack.answers import Standing, standing
from app.pack.model import Column, Pack, Question, When

WORDS, DAY, ADDRESS = "Noen ord", "2027-03-01", "https://eksempel.example/"
_BY_FORMAT = {"orgnr": "974760673", "time": "16.00", "url": ADDRESS}
_BLANK: dict[str, Any] = {"choices": [], "grid": {}, "rows": []}


def cell(column: Column, wanted: str | None = None) -> str:
    """A valid answer in one cell: the option `wanted` where the column has it, else the first that is not refused."""
    if column.kind == "choice":
        return wanted if wanted and column.option(wanted) else next(option.id for option in column.options if not option.refused)
    return DAY if column.kind == "date" else ADDRESS if column.format == "url" else WORDS


def record(question: Question, wanted: str | None = None) -> dict[str, str]:
    """A record with every column filled."""
    return {column.id: cell(column, wanted) for column in question.columns}


def unfinished(question: Question) -> dict[str, str]:
    """A record that lacks the first required column, or has only the last where none is required."""
    lacking = next((column.id for column in question.columns if column.required), None)
    kept = [column for column in question.columns if column.id != lacking] if lacking else question.columns[-1:]
    return {column.id: cell(column) for column in kept}


def some(question: Question, now: Standing) -> Any:
    """A valid answer to `question`, as stored; for choices every option, for a grid every row that has a name."""
    kind = question.kind
    if kind == "text":
        return _BY_FORMAT.get(question.format or "", WORDS)
    if kind == "choice":
        return now.options(question)[0].id
    if kind == "choices":
        return [option.id for option in now.options(question) if not option.stands_alone][: question.max]
    if kind == "grid":
        return {row.id: record(question) for row in now.rows(question) if row.label}
    plain: dict[str, Any] = {"long_text": f"{WORDS}.\nOg noen til.", "number": question.min or 1, "date": DAY, "rows": [record(question)]}
    return plain[kind]


def answer_with(pack: Pack, question: Question, said: str, row: str = "") -> Any:
    """An answer of `question` for which a condition holds that asks for `said`, in a grid in `row`."""
    if said == "undecided":
        return None
    if said == "blank":
        return _BLANK.get(question.kind, "")
    if question.kind == "grid":
        return {row or _first_row(pack, question): record(question, said)}
    if question.kind == "rows":
        return [unfinished(question) if said == "incomplete" else record(question, said)]
    if said in ("given", "complete"):
        return some(question, standing(pack, {}))
    return [said] if question.kind == "choices" else int(said) if question.kind == "number" else said


def _first_row(pack: Pack, question: Question) -> str:
    named = question.rows or pack.questions[question.rows_from or ""].options
    return named[0].id


def answers_for(pack: Pack, when: When, base: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """`base` with answers for which `when` holds, those that make its questions be asked included. Later keys do not undo earlier ones."""
    found = dict(base or {})
    for key, wanted in when.items():
        id, _, row = key.partition(".")
        question = pack.questions[id]
        found = answers_for(pack, question.when, found)
        if not standing(pack, found).holds({key: wanted}):
            found[id] = answer_with(pack, question, wanted[0], row)
            option = question.option(wanted[0])
            found = answers_for(pack, option.when, found) if option else found
        if question.rows_from and row:
            found[question.rows_from] = sorted({row, *standing(pack, found).values.get(question.rows_from, [])})
    return found
