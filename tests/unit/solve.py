"""Answers that make a condition hold, found by reading the condition."""

from copy import deepcopy
from functools import lru_cache
from typing import Any

from app.pack.answers import standing
from app.pack.load import the_pack
from app.pack.model import Column, Question, When
from app.pack.text import Text

PACK = the_pack()


def cell(column: Column, wanted: str | None = None) -> str:
    if column.kind == "choice":
        fine = [option.id for option in column.options if not option.refused]
        return wanted if wanted and column.option(wanted) else fine[0]
    return "2026-11-02" if column.kind == "date" else "https://eksempel.example/a" if column.format == "url" else "Ord"


def record(question: Question, wanted: str | None = None) -> dict[str, str]:
    return {column.id: cell(column, wanted) for column in question.columns}


def some(question: Question, now: Any) -> Any:
    """A valid answer to any question."""
    makers = {
        "text": lambda: {"orgnr": "974760673", "time": "16.00", "url": "https://eksempel.example/"}.get(question.format or "", "Noen ord"),
        "long_text": lambda: "Noen ord.\nOg noen til.",
        "number": lambda: question.min or 1,
        "date": lambda: "2027-03-01",
        "choice": lambda: now.options(question)[0].id,
        "choices": lambda: [o.id for o in now.options(question) if o.id != "none"][: question.max],
        "grid": lambda: {row.id: record(question) for row in now.rows(question) if row.label},
        "rows": lambda: [record(question)],
    }
    return makers[question.kind]()


def answer_with(question: Question, token: str, row: str = "") -> Any:
    """An answer of `question` that gives the token a condition asks for."""
    now = standing(PACK, {})
    if token == "undecided":
        return None
    if token == "blank":
        return {"choices": [], "grid": {}, "rows": []}.get(question.kind, "")
    if question.kind == "grid":
        source = PACK.questions.get(question.rows_from or "")
        first = row or (question.rows[0].id if question.rows else source.options[0].id if source else "")
        return {first: record(question, token)}
    if question.kind == "rows":
        needed = next(column.id for column in question.columns if column.required)
        return [record(question, token) | ({needed: ""} if token == "incomplete" else {})]
    if token in ("given", "complete"):
        return some(question, now)
    return [token] if question.kind == "choices" else int(token) if question.kind == "number" else token


def answers_for(when: When, base: dict[str, Any] | None = None) -> dict[str, Any]:
    """Answers for which `when` holds, those that make its questions be asked included. Later keys do not undo earlier ones."""
    found: dict[str, Any] = dict(base or {})
    for key, wanted in when.items():
        id, _, row = key.partition(".")
        question = PACK.questions[id]
        found = answers_for(question.when, found)
        if not standing(PACK, found).holds({key: wanted}):
            found[id] = answer_with(question, wanted[0], row)
            option = question.option(wanted[0])
            found = answers_for(option.when, found) if option else found
        if question.rows_from and row:
            found[question.rows_from] = sorted({row, *standing(PACK, found).values.get(question.rows_from, [])})
    return found


def full() -> dict[str, Any]:
    """An answer to every question that everything-goes answers ask; the caller may change it."""
    return deepcopy(_full())


@lru_cache
def _full() -> dict[str, Any]:
    found: dict[str, Any] = {"testing": "positions", "ohs": "yes", "size": "n100", "own_events": "limited"}
    for question in PACK.questions.values():
        now = standing(PACK, found)
        if question.id in now.asked and question.id not in found:
            found[question.id] = some(question, now)
    return found


def texts_in(value: Any) -> list[Text]:
    """Every text below a value of the pack."""
    if isinstance(value, Text):
        return [value]
    if isinstance(value, dict):
        return [text for item in value.values() for text in texts_in(item)]
    if isinstance(value, list):
        return [text for item in value for text in texts_in(item)]
    fields = getattr(type(value), "model_fields", {})
    return [text for name in fields for text in texts_in(getattr(value, name))]
