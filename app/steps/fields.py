"""The fields of a page, for WTForms: they read what was posted and say what is wrong with it. Drawing is the template's work.

A field's `data` is the answer as it is stored. What cannot be read raises ValueError with a `Fault`, whose key is one of the app's own words.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from wtforms import Field

from app.pack.model import Column, Question
from app.pack.text import clean_text
from app.pack.typed import date_fault, read_date, read_number, read_orgnr, read_time
from app.pack.web import read_address

UNDECIDED = "undecided"
NONE = "none"
TEXT_MAX, LONG_MAX, CELL_MAX = 200, 5000, 200
Reader = Callable[[str], Any]


class Fault(NamedTuple):
    """What is wrong with one field: a key of the app's words, and the values for its holes."""

    key: str
    values: dict[str, Any] = {}


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


class One(Field):
    """One option of several; "not decided yet" is None."""

    def __init__(self, offered: frozenset[str], **rest: Any) -> None:
        super().__init__(**rest)
        self.offered = offered
        self.data = ""

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Take the option posted, if it is one of those offered."""
        chosen = str(valuelist[0]) if valuelist else ""
        if chosen and chosen not in self.offered:
            raise ValueError(Fault("error_choice"))
        self.data = None if chosen == UNDECIDED else chosen


class Several(Field):
    """Any number of options up to `most`; "not decided yet" is None and wins over the rest, `none` stands alone."""

    def __init__(self, offered: Sequence[str], most: int | None, **rest: Any) -> None:
        super().__init__(**rest)
        self.offered = list(offered)
        self.most = most
        self.data: list[str] | None = []

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Take the options posted, in the order they are offered."""
        if not set(valuelist) <= {*self.offered, UNDECIDED}:
            raise ValueError(Fault("error_choice"))
        chosen = [id for id in self.offered if id in valuelist]
        if UNDECIDED in valuelist:
            self.data = None
        elif NONE in chosen and len(chosen) > 1:
            raise ValueError(Fault("error_none_and_more"))
        elif self.most and len(chosen) > self.most:
            raise ValueError(Fault("error_too_many", {"most": self.most}))
        else:
            self.data = chosen


class Tick(Field):
    """A box ticked or not."""

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Anything posted is a tick."""
        self.data = bool(valuelist)


def reader_of(asked: Question | Column) -> Reader:
    """What reads the words typed for a question or a column."""
    if asked.format:
        return _FORMATS[asked.format]
    if asked.kind == "date":
        return _date
    if isinstance(asked, Question) and asked.kind == "number":
        return _number(asked.min, asked.max)
    if asked.kind == "long_text":
        return _words(asked.max or LONG_MAX, lines=True)
    return _words(CELL_MAX if isinstance(asked, Column) else asked.max or TEXT_MAX)


def _words(most: int, lines: bool = False) -> Reader:
    def read(words: str) -> str:
        words = words.strip() if lines else " ".join(words.split())
        if len(words) > most:
            raise ValueError(Fault("error_too_long", {"most": most, "more": len(words) - most}))
        return words

    return read


def _number(least: int | None, most: int | None) -> Reader:
    def read(words: str) -> int:
        number = read_number(words)
        if number is None:
            raise ValueError(Fault("error_number"))
        if (least is not None and number < least) or (most is not None and number > most):
            raise ValueError(_range(least, most))
        return number

    return read


def _range(least: int | None, most: int | None) -> Fault:
    if most is None:
        return Fault("error_least", {"least": least})
    return Fault("error_range", {"least": least or 0, "most": most})


def _date(words: str) -> str:
    return _or_fault(read_date(words), date_fault(words))


def _time(words: str) -> str:
    return _or_fault(read_time(words), "error_time")


def _address(words: str) -> str:
    return _or_fault(read_address(words), "error_url")


def _orgnr(words: str) -> str:
    return _or_fault(read_orgnr(words), "error_orgnr")


def _or_fault(found: str | None, key: str) -> str:
    if found is None:
        raise ValueError(Fault(key))
    return found


_FORMATS: dict[str, Reader] = {"orgnr": _orgnr, "time": _time, "url": _address}
