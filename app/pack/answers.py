"""Answers, and which of them stand.

An answer is stored as plain JSON under the question's id: a text or an ISO date as a string, a number as an integer, a choice as an option id,
choices as a list of ids, a grid as {row: {column: value}}, rows as a list of {column: value}. `None` means "not decided yet"; a missing key means
"not answered", and then the question's default counts. Answers are never deleted, but only those whose question is still asked count.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.values.dates import is_date

from .model import Column, Option, Pack, Question, When
from .text import Text

Answers = Mapping[str, Any]
OWN_ROW = "own_"
LABEL = "label"


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row of a grid as it is asked: its words, or the label that the workplace gave it."""

    id: str
    label: Text | None
    words: Text | None
    own_label: str = ""


@dataclass(slots=True)
class Standing:
    """What the workplace says now: effective answers of the questions that are asked, defaults included."""

    pack: Pack
    values: dict[str, Any] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    confirmed: set[str] = field(default_factory=set)
    _tokens: dict[str, frozenset[str]] = field(default_factory=dict)

    def holds(self, when: When) -> bool:
        """Whether every question named has one of the answers named."""
        for key, wanted in when.items():  # noqa: SIM110 - asked hundreds of times per page; a generator doubles the cost
            if self.tokens(key).isdisjoint(wanted):
                return False
        return True

    def tokens(self, key: str) -> frozenset[str]:
        """What a condition may say about `question` or `grid.row`: option ids, and given, blank, undecided, complete or incomplete."""
        found = self._tokens.get(key)
        if found is None:
            found = self._tokens[key] = self._read_tokens(key)
        return found

    def _read_tokens(self, key: str) -> frozenset[str]:
        id, _, row = key.partition(".")
        question = self.pack.questions[id]
        if id not in self.asked:
            return frozenset()
        value = self.values.get(id)
        if id in self.values and value is None:
            return frozenset({"undecided"})
        if question.columns:
            return _table_tokens(question, records_of(question, value, row))
        return _plain_tokens(value)

    def is_blank(self, id: str) -> bool:
        """Whether the question is asked and has neither an answer nor "not decided yet"."""
        return "blank" in self.tokens(id)

    def is_undecided(self, id: str) -> bool:
        """Whether somebody said "not decided yet"."""
        return "undecided" in self.tokens(id)

    def unfinished(self, question: Question) -> list[tuple[GridRow | None, int]]:
        """The records that somebody began and did not finish: each with its row, if it has one, and its number among all, from 1.

        A record is finished when it has every required column, every value that is reckoned with and, in a row of the workplace's own, its name.
        A row that the workplace chose on an earlier page is begun when something is required of it.
        """
        if question.id not in self.asked or not question.columns or self.is_undecided(question.id):
            return []
        is_chosen = question.rows_from and any(column.required for column in question.columns)
        found = enumerate(self.chosen(question) if is_chosen else self.records(question), start=1)
        return [(row, at) for at, (row, record) in found if _is_unfinished(question, row, record)]

    def chosen(self, question: Question) -> list[tuple[GridRow | None, dict[str, Any]]]:
        """The records of a grid over what was chosen on an earlier page: every row that was chosen, and those of the workplace's own with words."""
        pairs = self.records(question)
        answered = {row.id: record for row, record in pairs if row}
        return [(row, answered.get(row.id, {})) for row in self.rows(question) if row.label or row.id in answered]

    def options(self, question: Question) -> list[Option]:
        """The options of `question` that apply now."""
        return [o for o in question.options if not o.when or self.holds(o.when)]

    def rows(self, question: Question) -> list[GridRow]:
        """The rows of a grid that apply now, the workplace's own rows last."""
        rows = [GridRow(r.id, r.label, r.words) for r in question.rows if self.holds(r.when)]
        if question.rows_from:
            source = self.pack.questions[question.rows_from]
            chosen = self.values.get(question.rows_from) or []
            rows += [GridRow(o.id, o.label, o.words) for o in source.options if o.id in chosen and o.id != "none"]
        answer = self.values.get(question.id) or {}
        for n in range(1, question.own_rows + 1):
            id = f"{OWN_ROW}{n}"
            rows.append(GridRow(id, None, None, str(answer.get(id, {}).get(LABEL, ""))))
        return rows

    def records(self, question: Question) -> list[tuple[GridRow | None, dict[str, Any]]]:
        """The records of a grid (with their rows) or of `rows`, without those in which nothing is answered."""
        value = self.values.get(question.id)
        if question.kind == "rows":
            return [(None, record) for record in value or [] if _is_begun(record)]
        pairs = [(row, (value or {}).get(row.id, {})) for row in self.rows(question)]
        return [(row, record) for row, record in pairs if _is_begun(record)]


def standing(pack: Pack, answers: Answers) -> Standing:
    """The answers that count: those whose question is asked, and the defaults of the rest.

    Takes what anybody stored or uploaded: values that the content no longer knows are passed over, never an error.
    """
    now = Standing(pack)
    for question in pack.questions.values():
        if question.when and not now.holds(question.when):
            continue
        now.asked.add(question.id)
        id = given_as(question, answers)
        if id in answers:
            now.confirmed.add(question.id)
            now.values[question.id] = _known(now, question, answers[id])
        elif question.default is not None:
            now.values[question.id] = default_of(now, question)
    return now


def given_as(question: Question, answers: Answers) -> str:
    """The id under which the answer of a question stands: its own, or that of the question whose answers it took over."""
    return question.formerly if question.formerly in answers and question.id not in answers else question.id  # type: ignore[return-value]


def default_of(now: Standing, question: Question, language: str = "nb") -> Any:
    """What is pre-chosen for `question`, among what applies now. Texts come in `language`."""
    default = question.default
    if isinstance(default, Text):
        return getattr(default, language)
    if question.kind == "choices":
        options = [o.id for o in now.options(question)]
        return options if default == "all" else [id for id in options if id in default]
    return default


def _known(now: Standing, question: Question, value: Any) -> Any:
    if value is None:
        return None
    return _READERS[question.kind](now, question, value)


def _text(now: Standing, question: Question, value: Any) -> Any:
    return value if isinstance(value, str) else ""


def _date(now: Standing, question: Question, value: Any) -> Any:
    return value if isinstance(value, str) and is_date(value) else ""


def _number(now: Standing, question: Question, value: Any) -> Any:
    return value if isinstance(value, int) and not isinstance(value, bool) else ""


def _choice(now: Standing, question: Question, value: Any) -> Any:
    option = question.option(value)
    return value if option and now.holds(option.when) else ""


def _choices(now: Standing, question: Question, value: Any) -> Any:
    chosen = value if isinstance(value, list) else []
    return [o.id for o in now.options(question) if o.id in chosen]


def _grid(now: Standing, question: Question, value: Any) -> Any:
    if not isinstance(value, dict):
        return {}
    known = {row.id for row in now.rows(question)}
    return {id: _record(question, record) for id, record in value.items() if id in known and isinstance(record, dict)}


def _rows(now: Standing, question: Question, value: Any) -> Any:
    return [_record(question, record) for record in value if isinstance(record, dict)] if isinstance(value, list) else []


_READERS = {
    "text": _text, "long_text": _text, "date": _date, "number": _number,
    "choice": _choice, "choices": _choices, "grid": _grid, "rows": _rows,
}  # fmt: skip


def _record(question: Question, record: dict[str, Any]) -> dict[str, Any]:
    known = {column.id: _cell(column, record.get(column.id)) for column in question.columns}
    if question.own_rows and isinstance(record.get(LABEL), str):
        known[LABEL] = record[LABEL]
    return known


def _cell(column: Column, value: Any) -> str:
    if not isinstance(value, str) or (column.kind == "date" and not is_date(value)):
        return ""
    return "" if column.kind == "choice" and column.option(value) is None else value


def _is_begun(record: Mapping[str, Any]) -> bool:
    """Whether anything but white space stands in it."""
    return any(str(value).strip() for value in record.values())


def needed(column: Column) -> bool:
    """Whether a record that somebody began says nothing without this column: a required one, or one whose value is reckoned with."""
    return column.required or any(option.value is not None for option in column.options)


def _is_unfinished(question: Question, row: GridRow | None, record: Mapping[str, Any]) -> bool:
    """Whether a begun record lacks a column that it needs, or its name."""
    nameless = row is not None and row.label is None and not row.own_label.strip()
    return nameless or any(needed(column) and not str(record.get(column.id) or "").strip() for column in question.columns)


def is_complete(question: Question, record: Mapping[str, Any]) -> bool:
    """Whether a record has every required column and no refused option, and so may count."""
    for column in question.columns:
        value = record.get(column.id)
        option = column.option(value)
        if (column.required and not str(value or "").strip()) or (option and option.refused):
            return False
    return any(record.values())


def records_of(question: Question, value: Any, row: str = "") -> list[dict[str, Any]]:
    """The records of a stored grid or `rows` answer; with `row`, that row's alone."""
    if question.kind == "rows":
        return list(value or [])
    if row:
        return [(value or {}).get(row, {})]
    return list((value or {}).values())


def _table_tokens(question: Question, records: list[dict[str, Any]]) -> frozenset[str]:
    choices = [c.id for c in question.columns if c.kind == "choice"]
    found = {record[id] for record in records for id in choices if record.get(id)}
    found.add("given" if any(v for record in records for v in record.values()) else "blank")
    if any(is_complete(question, record) for record in records):
        found.add("complete")
    if any(any(record.values()) and not is_complete(question, record) for record in records):
        found.add("incomplete")
    return frozenset(found)


def _plain_tokens(value: Any) -> frozenset[str]:
    if isinstance(value, list):
        return frozenset({"given", *value}) if value else frozenset({"blank"})
    if value is None or not str(value).strip():
        return frozenset({"blank"})
    return frozenset({"given", str(value)})


def free_texts(question: Question, value: Any) -> list[str]:
    """Everything that the workplace wrote in its own words in one answer."""
    if question.kind in ("text", "long_text"):
        return [value] if isinstance(value, str) else []
    if not question.columns:
        return []
    typed = [c.id for c in question.columns if c.kind == "text"] + [LABEL]
    return [str(record[id]) for record in records_of(question, value) for id in typed if record.get(id)]
