"""The one way in which a form is read. Drawing is the work of `templates/form.html`.

A form is a class of fields (`fields.py`, `choices.py`). `Form.here()` holds what this request posted, or what is stored where nothing was posted yet;
then `validate()` says whether all of it can be used. Faults are `Fault`s, by the name of the field; nothing that was typed is lost with them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple, Self, cast

import wtforms
from flask import request
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from wtforms.meta import DefaultMeta

from app.pack.text import clean_text

from .fields import AppField, Fault, Looks
from .language import t

_LONGEST_NUMBER = 3  # digits in the name of a field


class Summary(NamedTuple):
    """One line of the list of what has to be mended: which control it leads to, what the field is called, and what is wrong."""

    id: str
    title: str
    fault: str


class Form(wtforms.Form):
    """A form of the app."""

    class Meta(DefaultMeta):
        """`mark` stands in the ids of a form, where a page has several; `looks` are its classes."""

        mark = ""
        looks = Looks()

        def render_field(self, field: Any, render_kw: Any) -> Markup:
            """Let the widget draw the control with the attributes of our fields."""
            return cast("Markup", field.widget(field, **render_kw))

    @classmethod
    def here(cls, **stored: Any) -> Self:
        """What this request posted; where it only looks, the form with what is `stored`."""
        return cls(posted() if request.method == "POST" else None, data=stored)

    @property
    def leaves(self) -> Iterator[tuple[AppField, str]]:
        """Every field, with what stands before its title: which row it is in."""
        for field in self:
            if isinstance(field, Rows):
                for entry in field.entries:
                    yield from ((leaf, field.title_of(entry)) for leaf, _ in entry.form.leaves)
            else:
                yield cast("AppField", field), ""

    @property
    def faults(self) -> dict[str, Fault]:
        """What is wrong, by the name of the field, in the order of the form."""
        return {field.name: field.first_fault for field, _ in self.leaves if field.first_fault}

    @property
    def summary(self) -> list[Summary]:
        """The same, to stand on top of the page."""
        wrong = [(field, row) for field, row in self.leaves if field.first_fault]
        return [Summary(f"f-{field.key}", f"{row} – {field.title}" if row else field.title, field.fault) for field, row in wrong]

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether everything can be used."""
        super().validate(extra_validators)
        return not self.faults

    def forgive(self) -> None:
        """Pass over all that is wrong: the page is shown again for another reason."""
        for field, _ in self.leaves:
            field.forgive()

    @property
    def typed(self) -> list[str]:
        """All words that somebody typed, to be shown where the form cannot be."""
        return [field.typed for field, _ in self.leaves if field.typed]


class CardForm(Form):
    """A form of HR's: its fields stand on cards, in the looks of what stands on a card (`card` in templates/form.html)."""

    class Meta(Form.Meta):
        """The classes."""

        looks = Looks(box="cell", label="cell-label", group="cell")


class Rows(wtforms.FieldList):  # type: ignore[type-arg]
    """Rows of the same fields, at most `most`. `title` is a key of the app's words with a place for the number of a row."""

    def __init__(self, form: type[Form], title: str, most: int, **rest: Any) -> None:
        super().__init__(wtforms.FormField(form), max_entries=most, **rest)
        self.title, self.most = title, most

    def _extract_indices(self, prefix: str, formdata: Any) -> Iterator[int]:
        """The rows that were posted; names that no page of ours has are passed over."""
        for name in formdata:
            number = name.removeprefix(f"{prefix}-").partition("-")[0]
            if name.startswith(f"{prefix}-") and number.isascii() and number.isdigit() and len(number) <= _LONGEST_NUMBER:
                yield int(number)

    def title_of(self, entry: Any) -> str:
        """What a row is called."""
        return t(self.title, number=entry.index + 1)


def posted() -> MultiDict[str, str]:
    """What came with this request, sound: names and words that can be shown again."""
    return MultiDict((clean_text(name), clean_text(words)) for name, words in request.form.items(multi=True))


def said_by(name: str) -> str:
    """What the button that was pressed says, or what a form carries along unseen; empty when it is not there."""
    return clean_text(request.form.get(name, ""))


def is_sent(name: str) -> bool:
    """Whether a button or a field of this name came along, whatever it says."""
    return name in request.form
