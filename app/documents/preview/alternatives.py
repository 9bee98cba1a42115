"""The answers of one question that are worth seeing: every option, and what a condition may say besides."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from app.pack.answers import Standing
from app.pack.kinds import kind_of
from app.pack.kinds.records import sample_cell, sample_record, unfinished_record
from app.pack.kinds.samples import WORDS
from app.pack.model import Column, Option, Pack, Question

from .sample_answers import answer_with, some

EARLY, LATE = "2000-01-01", "2099-01-01"


class Alternative(NamedTuple):
    """One answer by its name in conditions. `is_option` tells an option from given, undecided and the like."""

    name: str
    answer: Any
    is_option: bool = False


def alternatives(pack: Pack, question: Question, now: Standing) -> list[Alternative]:
    """The answers of `question` that the other answers `now` allow, as stored; "undecided" and "blank" last."""
    rest = [Alternative(token, answer_with(pack, question, token)) for token in ("undecided", "blank")]
    return [*_given(pack, question, now), *rest]


def _given(pack: Pack, question: Question, now: Standing) -> Iterator[Alternative]:
    kind = kind_of(question)
    if question.options:
        for option in now.options(question):
            yield Alternative(option.id, answer_with(pack, question, option.id), is_option=True)
    elif question.columns:
        yield from _in_table(pack, question, now)
    elif ends := kind.extremes(question):
        yield from (Alternative(str(end), end) for end in ends)
    elif kind.is_day and any(check.later and question.id in (check.later.question, check.later.than) for check in pack.checks):
        yield from (Alternative(f"given as {day}", day) for day in (EARLY, LATE))
    else:
        yield Alternative("given", some(question, now))
        yield from _telling(pack, question)


def _telling(pack: Pack, question: Question) -> Iterator[Alternative]:
    """Own words that hold what a check looks for, for each check that this question mends."""
    for check in pack.checks:
        if check.words and check.mend == question.id:
            words = next(word for words in check.words.values() for word in words).rstrip("*")
            yield Alternative(f"given with “{words}”", f"{WORDS}: {words}.")


def _in_table(pack: Pack, question: Question, now: Standing) -> Iterator[Alternative]:
    chosen = [(column, option) for column in question.columns for option in column.options]
    if not chosen:
        yield Alternative("given", some(question, now))
    for column, option in chosen:
        yield Alternative(f"{column.id}: {option.id}", _with_cell(pack, question, now, column, option), is_option=True)
    if len(question.columns) > 1:
        first = _lines(pack, question, now)[0]
        yield Alternative("incomplete", kind_of(question).of_lines({first: unfinished_record(question)}))


def _with_cell(pack: Pack, question: Question, now: Standing, column: Column, option: Option) -> Any:
    whole = sample_record(question) | {column.id: sample_cell(column, option.id)}
    if any(kind_of(one).is_own_words and not one.required for one in question.columns) and _speaks_when_blank(pack, question):
        whole = {one.id: whole[one.id] for one in question.columns if one.options}
    return kind_of(question).of_lines(dict.fromkeys(_lines(pack, question, now), whole))


def _speaks_when_blank(pack: Pack, question: Question) -> bool:
    """Whether a table of the policy puts words of its own where a cell is blank."""
    return any(block.table == question.id and block.standard for clause in pack.clauses for block in clause.blocks)


def _lines(pack: Pack, question: Question, now: Standing) -> list[str]:
    """The rows to answer: all when the content says something about single rows, else the first. Of a list one record."""
    if kind_of(question).is_list:
        return ["0"]
    rows = [row.id for row in now.rows(question) if row.label]
    return rows if question.rows or _speaks_when_blank(pack, question) else rows[:1]
