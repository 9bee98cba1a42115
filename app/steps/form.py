"""The form of a page, built from the content: what stands in its fields, and what was answered."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any, ClassVar, NamedTuple, cast

from werkzeug.datastructures import MultiDict
from wtforms import Form

from app.pack.answer_parsing import read_label, reader_of
from app.pack.answers import LABEL, Standing, default_of
from app.pack.model import Column, Page
from app.pack.text import Language, Text
from app.values.parsing import show_date
from app.web.fields import UNDECIDED, Fault, One, Several, Tick, Typed

from .visible_questions import Asked, Key, asked_on, cell, labels, undecided

TypedIn = dict[str, list[str]]
OWN_WORDS = ("text", "long_text")


class PageForm(Form):
    """The form of one page as it is asked now; `asked` are its questions."""

    asked: ClassVar[tuple[Asked, ...]] = ()
    found: dict[str, Fault] | None = None

    def faults(self) -> dict[str, Fault]:
        """What is wrong, by field name, in the order of the page. Empty when all is well. Looked for once."""
        if self.found is None:
            self.found = self._find()
        return self.found

    def _find(self) -> dict[str, Fault]:
        self.validate()
        both = {a.id for a in self.asked if a.question.kind in OWN_WORDS and self._is_both(a)}
        faults: dict[str, Fault] = {}
        for field in self:
            if field.errors:
                faults[field.name] = cast("Fault", field.errors[0])
            elif field.name in both:
                faults[field.name] = Fault("error_text_and_undecided")
        return faults

    def _is_both(self, asked: Asked) -> bool:
        """Whether somebody wrote words of their own and ticked "not decided yet": neither may be thrown away."""
        suggested = asked.question.default
        suggestions = set(suggested.model_dump().values()) if isinstance(suggested, Text) else set()
        return bool(self.value(undecided(asked.id)) and self.value(asked.id) not in {"", *suggestions})

    def answers(self, shown: frozenset[str]) -> dict[str, Any]:
        """The answers, in the form in which they are stored, of those questions that were on the page and have no fault."""
        faulty = {_question_of(name) for name in self.faults()}
        return {a.id: KINDS[a.question.kind].given(a, self) for a in self.asked if a.id in shown and a.id not in faulty}

    def value(self, name: str) -> Any:
        """The stored form of one field."""
        return self[name].data


def _question_of(name: str) -> str:
    return name.partition("-")[0]


class Kind(NamedTuple):
    """What one kind of question needs: its fields, what stands in them for an answer, and the answer they give."""

    fields: Callable[[Asked], Iterator[tuple[str, Any]]]
    typed: Callable[[Asked, Any], Iterator[tuple[str, str]]]
    given: Callable[[Asked, PageForm], Any]


def form_for(page: Page, language: Language, now: Standing, counts: Mapping[str, int] | None = None) -> type[PageForm]:
    """The form class for `page` with the answers that stand `now`. Nothing in it depends on `language` but defaults that are texts."""
    asked = asked_on(page, now, counts)
    return _form_class(tuple(a.key for a in asked), _Questions(asked), language)


class _Questions(tuple[Asked, ...]):
    """The questions of a form. Equal whatever they hold: the key beside them says it all, and is cheaper to compare."""

    __slots__ = ()

    def __hash__(self) -> int:
        return 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Questions)


@lru_cache(maxsize=512)
def _form_class(key: Key, asked: _Questions, language: Language) -> type[PageForm]:
    body: dict[str, Any] = {"asked": tuple(asked)}
    for one in asked:
        body |= dict(KINDS[one.question.kind].fields(one))
    return type("PageForm", (PageForm,), body)


def typed_in(asked: tuple[Asked, ...], now: Standing, language: Language) -> TypedIn:
    """What stands in the fields for the answers that stand `now`: the same shape as what a browser posts."""
    shown: TypedIn = {}
    for one in asked:
        for name, words in KINDS[one.question.kind].typed(one, _value(one, now, language)):
            shown.setdefault(name, []).append(words)
    return shown


def _value(asked: Asked, now: Standing, language: Language) -> Any:
    if asked.id in now.confirmed:
        return now.values.get(asked.id, "")
    return default_of(now, asked.question, language) if asked.id in now.values else ""


def read(form: type[PageForm], posted: Mapping[str, list[str]]) -> PageForm:
    """The form with what was posted in it."""
    return form(MultiDict(posted))


def _one_field(asked: Asked) -> Iterator[tuple[str, Any]]:
    yield asked.id, Typed(reader_of(asked.question))
    yield undecided(asked.id), Tick()


def _one_typed(asked: Asked, value: Any) -> Iterator[tuple[str, str]]:
    if value is None:
        yield undecided(asked.id), "yes"
    elif value != "":
        yield asked.id, show_date(value) if asked.question.kind == "date" else str(value)


def _one_given(asked: Asked, form: PageForm) -> Any:
    return None if form.value(undecided(asked.id)) else form.value(asked.id)


def _choice_field(asked: Asked) -> Iterator[tuple[str, Any]]:
    yield asked.id, One(frozenset({o.id for o in asked.options} | {UNDECIDED}))


def _choice_typed(asked: Asked, value: Any) -> Iterator[tuple[str, str]]:
    if value is None or value:
        yield asked.id, UNDECIDED if value is None else value


def _choices_field(asked: Asked) -> Iterator[tuple[str, Any]]:
    yield asked.id, Several([o.id for o in asked.options], asked.question.max)


def _choices_typed(asked: Asked, value: Any) -> Iterator[tuple[str, str]]:
    for id in [UNDECIDED] if value is None else value or []:
        yield asked.id, id


def _choice_given(asked: Asked, form: PageForm) -> Any:
    return form.value(asked.id)


def _table_fields(asked: Asked) -> Iterator[tuple[str, Any]]:
    for _, name, column in asked.cells():
        yield name, _cell_field(column)
    for name in labels(asked).values():
        yield name, Typed(read_label)
    yield undecided(asked.id), Tick()


def _cell_field(column: Column) -> Any:
    if column.kind == "choice":
        return One(frozenset(o.id for o in column.options))
    return Typed(reader_of(column))


def _table_typed(asked: Asked, value: Any) -> Iterator[tuple[str, str]]:
    if value is None:
        yield undecided(asked.id), "yes"
        return
    for line, record in _records(asked, value).items():
        for column in asked.question.columns:
            if words := record.get(column.id):
                yield cell(asked.id, str(line), column.id), show_date(words) if column.kind == "date" else words
        if record.get(LABEL):
            yield cell(asked.id, str(line), LABEL), record[LABEL]


def _records(asked: Asked, value: Any) -> dict[Any, dict[str, str]]:
    """The records by line: all of a `rows` answer, of a grid those whose row is asked."""
    if asked.question.kind == "rows":
        return dict(enumerate(value or []))
    rows = set(asked.lines())
    return {row: record for row, record in (value or {}).items() if row in rows}


def _table_given(asked: Asked, form: PageForm) -> Any:
    if form.value(undecided(asked.id)):
        return None
    records: dict[str, dict[str, str]] = {line: {} for line in asked.lines()}
    for line, name, column in asked.cells():
        records[line][column.id] = form.value(name)
    for line, name in labels(asked).items():
        records[line][LABEL] = form.value(name)
    filled = {line: {key: value for key, value in record.items() if value} for line, record in records.items()}
    return {line: record for line, record in filled.items() if record}


def _rows_given(asked: Asked, form: PageForm) -> Any:
    found = _table_given(asked, form)
    return None if found is None else list(found.values())


_ONE = Kind(_one_field, _one_typed, _one_given)
KINDS: dict[str, Kind] = {
    "text": _ONE,
    "long_text": _ONE,
    "number": _ONE,
    "date": _ONE,
    "choice": Kind(_choice_field, _choice_typed, _choice_given),
    "choices": Kind(_choices_field, _choices_typed, _choice_given),
    "grid": Kind(_table_fields, _table_typed, _table_given),
    "rows": Kind(_table_fields, _table_typed, _rows_given),
}

__all__ = ["KINDS", "PageForm", "TypedIn", "form_for", "read", "typed_in"]
