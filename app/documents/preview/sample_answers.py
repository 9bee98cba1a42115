"""Answers made up so that a condition holds, or a question has some answer: for previews and for tests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.pack.answers import Standing, standing
from app.pack.kinds import kind_of
from app.pack.kinds.records import sample_record, unfinished_record
from app.pack.model import Pack, Question, When


def some(question: Question, now: Standing) -> Any:
    """A valid answer to `question`, as stored; for choices every option, for a grid every row that has a name."""
    kind = kind_of(question)
    lines = ["0"] if kind.is_list else [row.id for row in now.rows(question) if row.label]
    return kind.sample(question, now.options(question), lines)


def answer_with(pack: Pack, question: Question, said: str, row: str = "") -> Any:
    """An answer of `question` for which a condition holds that asks for `said`, in a grid in `row`."""
    if said == "undecided":
        return None
    kind = kind_of(question)
    if said == "blank":
        return kind.nothing
    if question.columns:
        record = unfinished_record(question) if said == "incomplete" else sample_record(question, said)
        return kind.of_lines({row or _first_row(pack, question): record})
    return some(question, standing(pack, {})) if said == "given" else kind.named(said)


def _first_row(pack: Pack, question: Question) -> str:
    """The first row of a grid, or the number of the first record."""
    source = pack.questions.get(question.rows_from or "")
    return next((row.id for row in [*question.rows, *(source.options if source else ())]), "0")


def answers_for(pack: Pack, when: When, base: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """`base` with answers for which `when` holds, those that make its questions be asked included. Later keys do not undo earlier ones."""
    found = dict(base or {})
    for key, wanted in when.items():
        id, _, row = key.partition(".")
        question = pack.questions[id]
        named = next((one.when for one in question.rows if one.id == row), {})
        found = answers_for(pack, question.when | named, found)
        if question.rows_from and row:
            chosen = {*standing(pack, found).values.get(question.rows_from, [])}
            found[question.rows_from] = sorted(chosen - {row} if wanted[0] == "blank" else chosen | {row})
        is_said = id in found or not question.suggested  # what is suggested may change with the next answer
        if not is_said or not standing(pack, found).holds({key: wanted}):
            found[id] = answer_with(pack, question, wanted[0], row)
            option = question.option(wanted[0])
            found = answers_for(pack, option.when, found) if option else found
    return found
