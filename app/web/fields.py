"""The fields of a page, for WTForms: they read what was posted and say what is wrong with it. Drawing is the template's work.

A field's `data` is the answer as it is stored. What cannot be read raises ValueError with a `Fault`, whose key is one of the app's own words.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from wtforms import Field

from app.pack.answer_parsing import WRONG_CHOICE, Fault, Reader
from app.pack.kinds import Taker, kind_of
from app.pack.question import Column, Option, Question
from app.pack.text import clean_text

UNDECIDED = "undecided"


class Typed(Field):
    """A field that one types in. `read` makes the stored answer of the words."""

    def __init__(self, read: Reader, **rest: Any) -> None:
        super().__init__(**rest)
        self.read = read
        self.data = ""

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Read the first value posted; blank stays blank, whatever the kind."""
        words = clean_text(str(valuelist[0])) if valuelist else ""
        self.data = self.read(words) if words.strip() else ""


class FromForm(Taker):
    """Takes what a browser posted for a question, of the options `offered`."""

    def __init__(self, offered: Collection[str]) -> None:
        self.offered = offered

    def offers(self, option: Option) -> bool:
        """Whether the option was among those offered."""
        return option.id in self.offered

    def one(self, asked: Question | Column, value: Any, key: str) -> Any:
        """Typed words as they are stored. Raises ValueError with a Fault."""
        return kind_of(asked).reader(asked)(value)

    def refuse(self, value: Any, key: str) -> None:
        """Raises ValueError: no page of ours posts this."""
        raise ValueError(WRONG_CHOICE)

    def refuse_option(self, value: Any, key: str, fault: Fault = WRONG_CHOICE) -> None:
        """Raises ValueError with the fault."""
        raise ValueError(fault)


class One(Field):
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


class Several(Field):
    """Any number of options; "not decided yet" is None and wins over the rest."""

    def __init__(self, asked: Question, offered: Collection[str], **rest: Any) -> None:
        super().__init__(**rest)
        self.asked = asked
        self.by = FromForm(offered)
        self.data: list[str] | None = []

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Take the options posted, in the order they are offered."""
        self.data = None if UNDECIDED in valuelist else kind_of(self.asked).take(self.asked, list(valuelist), self.by)


class Tick(Field):
    """A box ticked or not."""

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Anything posted is a tick."""
        self.data = bool(valuelist)


__all__ = ["UNDECIDED", "Fault", "One", "Several", "Tick", "Typed"]
