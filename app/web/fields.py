"""The fields of every form, for WTForms: they read what was posted, say what is wrong with it, and keep it as it was typed.

A field's `data` is the value as it is stored, `typed` the words that stand in it when the page is shown again. What cannot be read is a `Fault`, the
key of which is one of the app's own words; so are `label`, `help` and `missing` (the fault of a field that must not be left blank). What a field is
called and its help may also be texts of the content.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar, NamedTuple, cast

from markupsafe import Markup
from wtforms import Field

from app.pack.answer_parsing import Fault, Reader, read_words
from app.pack.text import Text, clean_text
from app.values.email_address import LONGEST, bare_address, mail_address
from app.values.parsing import date_fault, read_date, show_date

from .language import day, t
from .rich_text import plain

_TURNS = re.compile("[\u200e\u200f]")  # marks that would turn the words around a name about


def worded(fault: Fault) -> str:
    """A fault in the language of the screen; dates in it are written out."""
    return t(fault.key, **{name: day(value) if isinstance(value, date) else value for name, value in fault.values.items()})


def _said(words: str | Text, values: Mapping[str, object]) -> str:
    return plain(words) if isinstance(words, Text) else t(words, **values)


def one_line(words: str) -> str:
    """`words` in one line, without marks of direction."""
    return " ".join(_TURNS.sub("", words).split())


def attributes(values: Mapping[str, object]) -> Markup:
    """Attributes of a tag, in this order; one that is True stands alone, one that is False is left out."""
    stand = ((name, value) for name, value in values.items() if value is not False)
    return Markup("").join(Markup(" {}").format(name) if value is True else Markup(' {}="{}"').format(name, value) for name, value in stand)


class Looks(NamedTuple):
    """The classes in which a form draws what is around a field: the box, the label, and the box of several options."""

    box: str = "form-field"
    label: str = "question-label"
    group: str = "form-field"


class AppField(Field):
    """A field with our words around it. `render_kw` are attributes of the control: class, type, autocomplete, inputmode."""

    blank: ClassVar[Any] = ""
    process_errors: list[Any]

    def __init__(self, label: str | Text = "", help: str | Text = "", missing: str = "", looks: Looks | None = None, **rest: Any) -> None:
        super().__init__(cast("str", label), **rest)
        self.help, self.missing = help, missing
        self.label_values: dict[str, object] = {}
        self.help_values: dict[str, object] = {}
        self.looks = looks or getattr(self.meta, "looks", Looks())
        self.typed = ""
        self.data = self.blank

    def names(self, key: str, **values: object) -> None:
        """Call the field something else, or name in its title what it is about."""
        self.label.text, self.label_values = key, values

    def wrong(self, key: str, **values: object) -> None:
        """Say what is wrong with the field; the first fault stands."""
        if not self.first_fault:
            self.process_errors.append(Fault(key, values))

    def forgive(self) -> None:
        """Pass over what is wrong: something else on the page says that the field is not meant."""
        self.process_errors, self.errors = [], []

    @property
    def first_fault(self) -> Fault | None:
        """What is wrong, if anything is."""
        return cast("Fault | None", next(iter([*self.process_errors, *self.errors]), None))

    @property
    def fault(self) -> str:
        """What is wrong, in words; empty when nothing is."""
        return worded(self.first_fault) if self.first_fault else ""

    @property
    def title(self) -> str:
        """What the field is called."""
        return _said(self.label.text, self.label_values)

    @property
    def hint(self) -> str:
        """What helps to fill it in; empty when nothing has to be said."""
        return _said(self.help, self.help_values) if self.help else ""

    @property
    def key(self) -> str:
        """What the ids around the field end with: its name, after what tells the forms of one page apart."""
        return f"{getattr(self.meta, 'mark', '')}{self.name}"

    @property
    def described(self) -> dict[str, object]:
        """The attributes that tie hint and fault to what they are about."""
        ids = [f"{what}-{self.key}" for what, words in (("help", self.hint), ("error", self.fault)) if words]
        found: dict[str, object] = {"aria-describedby": " ".join(ids)} if ids else {}
        return found | ({"aria-invalid": "true"} if self.fault else {})

    @property
    def described_attributes(self) -> Markup:
        """The same, to stand in a tag of a template."""
        return attributes(self.described)

    def control(self, type: str = "", **more: object) -> Markup:
        """The attributes of the control: what it is, `more` that belongs to its kind, what the form says of it, and what describes it."""
        own = {"class": "ds-input", "type": type or False, "id": f"f-{self.key}", "name": self.name}
        return attributes(own | more | (self.render_kw or {}) | self.described)


class Part(AppField):
    """A part of a page with no field of its own, where something may be wrong. A button is described, and is not invalid."""

    @property
    def described(self) -> dict[str, object]:
        """The attributes that tie the fault to the button."""
        return {"aria-describedby": f"error-{self.key}"} if self.fault else {}


def _input(field: AppField, **_kw: object) -> Markup:
    return Markup("<input{}>").format(field.control("text", value=field.typed, autocomplete="off"))


def _area(field: AppField, **_kw: object) -> Markup:
    """A text area, and beside it the same words for paper, where a browser prints only what fits into the box. Those are hidden on the screen."""
    drawn = Markup('<textarea{}>\n{}</textarea>\n<div class="on-paper" aria-hidden="true">{}</div>')
    return drawn.format(field.control(), field.typed, field.typed)


class Typed(AppField):
    """A field that one types in. `read` makes the stored value of words that are not blank; it raises ValueError with a Fault."""

    widget = staticmethod(_input)

    def __init__(self, read: Reader, label: str = "", **rest: Any) -> None:
        super().__init__(label, **rest)
        self.read = read

    def process_data(self, value: Any) -> None:
        """Show the value that is stored."""
        self.data = self.blank if value is None else value
        self.typed = self.written(value) if value else ""

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Read the first value posted; blank stays blank, whatever the kind."""
        self.typed = self.tidy(clean_text(str(valuelist[0])) if valuelist else "")
        self.data = self.blank
        if self.typed.strip():
            self.data = self.read(self.typed)
        elif self.missing:
            raise ValueError(Fault(self.missing))

    def tidy(self, words: str) -> str:
        """The words as they are shown again and read."""
        return words

    def written(self, value: Any) -> str:
        """A stored value as it is typed."""
        return str(value)


class Line(Typed):
    """Own words in one line, at most `most` characters."""

    data: str

    def __init__(self, label: str, most: int, **rest: Any) -> None:
        super().__init__(read_words(most), label, **rest)

    def tidy(self, words: str) -> str:
        """In one line."""
        return one_line(words)


class Area(Typed):
    """Own words on any number of lines, at most `most` characters."""

    widget = staticmethod(_area)
    data: str

    def __init__(self, label: str, most: int, **rest: Any) -> None:
        super().__init__(read_words(most, lines=True), label, **rest)
        self.most = most

    def tidy(self, words: str) -> str:
        """Without space around them."""
        return words.strip()


class Day(Typed):
    """A date, however it is written."""

    blank = None
    data: date | None

    def __init__(self, label: str, **rest: Any) -> None:
        super().__init__(_read_day, label, **rest)

    def tidy(self, words: str) -> str:
        """In one line."""
        return one_line(words)

    def written(self, value: date) -> str:
        """As it is typed here: 12.03.2027."""
        return show_date(value.isoformat())


def _read_day(words: str) -> date:
    found = read_date(words)
    if found is None:
        raise ValueError(Fault(date_fault(words)))
    return date.fromisoformat(found)


class Email(Typed):
    """An e-mail address, also as a mail program copies it. `unfit` is the fault of what is none, `too_long` that of what is longer than any."""

    data: str

    def __init__(self, label: str, *, unfit: str, too_long: str = "", **rest: Any) -> None:
        super().__init__(_reader_of_address(unfit, too_long or unfit), label, **rest)
        self.render_kw = {"type": "email", "spellcheck": "false", "autocapitalize": "none", **(self.render_kw or {})}

    def tidy(self, words: str) -> str:
        """In one line."""
        return one_line(words)


def _reader_of_address(unfit: str, too_long: str) -> Reader:
    def read(words: str) -> str:
        address = bare_address(words)
        if len(address) > LONGEST:
            raise ValueError(Fault(too_long, {"most": LONGEST}))
        try:
            mail_address(address)
        except ValueError:
            raise ValueError(Fault(unfit)) from None
        return address

    return read


class Hidden(Typed):
    """What a form carries along, or what a button says. Whoever reads it decides what it means."""

    data: str

    def __init__(self, **rest: Any) -> None:
        super().__init__(str, **rest)

    def control(self, type: str = "", **more: object) -> Markup:
        """Nothing that is seen."""
        return attributes({"type": "hidden", "name": self.name} | more)


def _tick(field: Tick, **_kw: object) -> Markup:
    return Markup("<input{}>").format(field.control("checkbox", value="yes", checked=field.data))


class Tick(AppField):
    """A box ticked or not. `missing` is the fault of one that must be ticked."""

    widget = staticmethod(_tick)
    blank = False
    data: bool

    def process_data(self, value: Any) -> None:
        """Show what is stored."""
        self.data = bool(value)

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Anything posted is a tick."""
        self.data = bool(valuelist)
        if self.missing and not self.data:
            raise ValueError(Fault(self.missing))


__all__ = ["AppField", "Area", "Day", "Email", "Fault", "Hidden", "Line", "Looks", "Part", "Tick", "Typed", "one_line", "worded"]
