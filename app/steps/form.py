"""The form of a page, built from the content: what stands in its fields, and what was answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, ClassVar, cast

from werkzeug.datastructures import MultiDict
from wtforms import Form

from app.pack.answers import Standing, default_of
from app.pack.kinds import kind_of
from app.pack.model import Page
from app.pack.text import Language, Text
from app.web.fields import Fault

from .kind_fields import FIELDS
from .visible_questions import Asked, Key, asked_on, undecided

TypedIn = dict[str, list[str]]


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
        both = {a.id for a in self.asked if kind_of(a.question).is_own_words and self._is_both(a)}
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
        faulty = {question_of(name) for name in self.faults()}
        return {a.id: FIELDS[a.question.kind].given(a, self.value) for a in self.asked if a.id in shown and a.id not in faulty}

    def value(self, name: str) -> Any:
        """The stored form of one field."""
        return self[name].data


def question_of(name: str) -> str:
    """The question to which a field belongs, by their ids."""
    return name.partition("-")[0]


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
        body |= dict(FIELDS[one.question.kind].fields(one))
    return type("PageForm", (PageForm,), body)


def typed_in(asked: tuple[Asked, ...], now: Standing, language: Language) -> TypedIn:
    """What stands in the fields for the answers that stand `now`."""
    return filled((one, _value(one, now, language)) for one in asked)


def filled(values: Iterable[tuple[Asked, Any]]) -> TypedIn:
    """What stands in the fields for these answers: the same shape as what a browser posts."""
    shown: TypedIn = {}
    for one, value in values:
        for name, words in FIELDS[one.question.kind].typed(one, value):
            shown.setdefault(name, []).append(words)
    return shown


def _value(asked: Asked, now: Standing, language: Language) -> Any:
    if asked.id in now.confirmed:
        return now.values.get(asked.id, "")
    return default_of(now, asked.question, language) if asked.id in now.values else ""


def read(form: type[PageForm], posted: Mapping[str, list[str]]) -> PageForm:
    """The form with what was posted in it."""
    return form(MultiDict(posted))


__all__ = ["PageForm", "TypedIn", "filled", "form_for", "question_of", "read", "typed_in"]
