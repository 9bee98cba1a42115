"""What makes a stored answer of typed words, and says what is wrong with them: the same for the wizard and for files.

The limits of every answer stand here, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from app.values.parsing import date_fault, read_date, read_number, read_orgnr, read_time
from app.values.web_address import read_address

from .question import Column, Question

TEXT_MAX, LONG_MAX, CELL_MAX = 200, 5000, 200  # characters, unless the content says otherwise
ROWS_MAX = 40
NONE = "none"  # the option that stands alone
Reader = Callable[[str], Any]


class Fault(NamedTuple):
    """What is wrong with one value: a key of the app's words, and the values for its holes."""

    key: str
    values: dict[str, Any] = {}


def reader_of(asked: Question | Column) -> Reader:
    """What reads the words typed for a question or a column, clean and not blank. It raises ValueError with a Fault."""
    if asked.format:
        return _FORMATS[asked.format]
    if asked.kind == "date":
        return _date
    if isinstance(asked, Question) and asked.kind == "number":
        return _number(asked.min, asked.max)
    return _words(longest(asked), lines=asked.kind == "long_text")


def longest(asked: Question | Column) -> int:
    """How many characters own words may have."""
    if isinstance(asked, Column) and asked.kind == "text":
        return asked.max or CELL_MAX
    return asked.max or (LONG_MAX if asked.kind == "long_text" else TEXT_MAX)


def most_rows(question: Question) -> int:
    """How many records a `rows` question takes."""
    return min(question.max or ROWS_MAX, ROWS_MAX)


def _words(most: int, lines: bool = False) -> Reader:
    def read(words: str) -> str:
        words = words.strip() if lines else " ".join(words.split())
        if len(words) > most:
            raise ValueError(Fault("error_too_long", {"most": most, "more": len(words) - most}))
        return words

    return read


read_label = _words(CELL_MAX)


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
