"""The fields of a form in which one chooses, for WTForms.

What is offered in most forms is known only to the view, which gives the `options` before the form is validated, as WTForms has it. The wizard's `One`
and `Several` know them from the content, and have "not decided yet" beside them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, ClassVar, NamedTuple, cast

from markupsafe import Markup
from wtforms.form import BaseForm
from wtforms.validators import StopValidation

from app.pack.answer_parsing import WRONG_CHOICE, Fault
from app.pack.kinds import Kind, Taker, kind_of
from app.pack.question import Column, Question
from app.pack.question import Option as ContentOption
from app.pack.text import Text, clean_text

from .fields import AppField, attributes
from .language import t

UNDECIDED = "undecided"


class RefusedError(StopValidation):
    """What was chosen cannot be taken: a key of the app's words says why."""

    def __init__(self, key: str) -> None:
        super().__init__(cast("str", Fault(key)))


class Option(NamedTuple):
    """One of several things to choose: what is stored, what it is called, and what helps to choose it."""

    value: str
    words: str
    help: str = ""


class Row(NamedTuple):
    """One option as it is drawn: its control, what stands beside it, and what is stored."""

    control: Markup
    id: str
    words: str
    help: str
    value: str


class Choosing(AppField):
    """A field whose options the view gives before the form is validated. `missing` is the fault when nothing that may be blank is."""

    kind: ClassVar[str] = "radio"
    options: Sequence[Option] = ()

    def is_chosen(self, value: str) -> bool:
        """Whether the option stands chosen."""
        return bool(value == self.data)

    @property
    def rows(self) -> list[Row]:
        """The options to draw. The first has the id that the list of faults leads to."""
        return [self._row(option, f"f-{self.key}" + (f"-{option.value}" if at else "")) for at, option in enumerate(self.options)]

    def _row(self, option: Option, id: str) -> Row:
        control: dict[str, object] = {"class": "ds-input", "type": self.kind, "id": id, "name": self.name, "value": option.value}
        control |= {"checked": self.is_chosen(option.value), "aria-describedby": f"help-{id}" if option.help else False}
        return Row(Markup("<input{}>").format(attributes(control)), id, option.words, option.help, option.value)


def _select(field: Choice, **_kw: object) -> Markup:
    one = Markup("<option{}>{}</option>")
    empty = [Option("", t(field.empty))] if field.empty else []
    options = [
        one.format(attributes({"value": o.value, "selected": bool(o.value) and field.is_chosen(o.value)}), o.words) for o in [*empty, *field.options]
    ]
    return Markup("<select{}>\n{}\n</select>").format(field.control(), Markup("\n").join(options))


class Choice(Choosing):
    """One option of several, drawn as radio buttons, or as a list to choose from whose first line says `empty`."""

    widget = staticmethod(_select)
    data: str

    def __init__(self, label: str | Text, *, empty: str = "", **rest: Any) -> None:
        super().__init__(label, **rest)
        self.empty = empty

    def process_data(self, value: Any) -> None:
        """Show the option that is stored."""
        self.data = value or ""

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Take what was posted; whether it is offered is looked at when the form is validated."""
        self.data = clean_text(str(valuelist[0])) if valuelist else ""

    @property
    def is_offered(self) -> bool:
        """Whether what was chosen is one of the options."""
        return any(self.data == option.value for option in self.options)

    def pre_validate(self, form: BaseForm) -> None:
        """Refuse what was not offered, and nothing where something must be chosen."""
        if not self.is_offered and (self.data or self.missing):
            raise RefusedError(self.missing or "error_choice")


class ChoiceOrNone(Choice):
    """One option of several, or none. What is not offered is none, so that nothing that was sent with it is refused."""

    @property
    def chosen(self) -> str:
        """The option, once it is known what is offered; empty for none."""
        return self.data if self.is_offered else ""

    def pre_validate(self, form: BaseForm) -> None:
        """Pass over what was not offered."""
        self.data = self.chosen


class Choices(Choosing):
    """Any number of options. What is not offered is passed over."""

    kind = "checkbox"
    data: list[str]

    def is_chosen(self, value: str) -> bool:
        """Whether the option stands chosen."""
        return value in self.data

    def process_data(self, value: Any) -> None:
        """Show the options that are stored."""
        self.data = list(value or ())

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Take what was posted."""
        self.data = [clean_text(str(value)) for value in valuelist]

    def pre_validate(self, form: BaseForm) -> None:
        """Keep what is offered, in the order in which it is; refuse nothing where something must be chosen."""
        self.data = [option.value for option in self.options if option.value in self.data]
        if self.missing and not self.data:
            raise RefusedError(self.missing)


class FromForm(Taker):
    """Takes what a browser posted for a question, of the options `offered`."""

    def __init__(self, offered: Collection[str]) -> None:
        self.offered = offered

    def offers(self, option: ContentOption) -> bool:
        """Whether the option was among those offered."""
        return option.id in self.offered

    def one(self, kind: Kind, asked: Question | Column, value: Any, key: str) -> Any:
        """Typed words as they are stored. Raises ValueError with a Fault."""
        return kind.reader(asked)(value)

    def refuse(self, value: Any, key: str) -> None:
        """Raises ValueError: no page of ours posts this."""
        raise ValueError(WRONG_CHOICE)

    def refuse_option(self, value: Any, key: str, fault: Fault = WRONG_CHOICE) -> None:
        """Raises ValueError with the fault."""
        raise ValueError(fault)


class One(AppField):
    """One option of several; where one may say "not decided yet", that is None."""

    def __init__(self, asked: Question | Column, offered: Collection[str], may_wait: bool = False, **rest: Any) -> None:
        super().__init__(**rest)
        self.asked = asked
        self.by = FromForm(offered)
        self.may_wait = may_wait
        self.data = ""

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Take the option posted, if it is one of those offered."""
        chosen = str(valuelist[0]) if valuelist else ""
        self.data = None if self.may_wait and chosen == UNDECIDED else kind_of(self.asked).take(self.asked, chosen, self.by)


class Several(AppField):
    """Any number of options; "not decided yet" is None and wins over the rest."""

    def __init__(self, asked: Question, offered: Collection[str], **rest: Any) -> None:
        super().__init__(**rest)
        self.asked = asked
        self.by = FromForm(offered)
        self.data: list[str] | None = []

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Take the options posted, in the order they are offered."""
        self.data = None if UNDECIDED in valuelist else kind_of(self.asked).take(self.asked, list(valuelist), self.by)
