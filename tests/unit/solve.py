"""Answers that make a condition hold, found by reading the condition."""

from copy import deepcopy
from functools import lru_cache
from typing import Any

from app.documents.preview import sample_answers
from app.documents.preview.sample_answers import some
from app.pack.answers import standing
from app.pack.load import the_pack
from app.pack.model import Question, When
from app.pack.text import Text

PACK = the_pack()


def answer_with(question: Question, token: str, row: str = "") -> Any:
    """An answer of `question` that gives the token a condition asks for."""
    return sample_answers.answer_with(PACK, question, token, row)


def answers_for(when: When, base: dict[str, Any] | None = None) -> dict[str, Any]:
    """Answers for which `when` holds, those that make its questions be asked included. Later keys do not undo earlier ones."""
    return sample_answers.answers_for(PACK, when, base)


def full() -> dict[str, Any]:
    """An answer to every question that everything-goes answers ask; the caller may change it."""
    return deepcopy(_full())


@lru_cache
def _full() -> dict[str, Any]:
    found: dict[str, Any] = {"length": "full", "testing": "positions", "ohs": "yes", "size": "n100", "own_events": "limited"}
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
