"""Readers of typed words: each gives what is stored, or raises ValueError with a Fault. They are the same for the wizard and for files.

The limits of every answer stand here, and nowhere else; which reader a question has is said by its kind.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from app.values.parsing import date_fault, read_date, read_number, read_orgnr, read_time
from app.values.web_address import read_address

TEXT_MAX, LONG_MAX, CELL_MAX = 200, 5000, 200  # characters, unless the content says otherwise
ROWS_MAX = 40
NONE = "none"  # the option that stands alone
Reader = Callable[[str], Any]


class Fault(NamedTuple):
    """What is wrong with one value: a key of the app's words, and the values for its holes."""

    key: str
    values: dict[str, Any] = {}


WRONG_CHOICE = Fault("error_choice")


def read_words(most: int, lines: bool = False) -> Reader:
    """What reads own words of no more than `most` characters, in one line unless there may be `lines`."""

    def read(words: str) -> str:
        words = words.strip() if lines else " ".join(words.split())
        if len(words) > most:
            raise ValueError(Fault("error_too_long", {"most": most, "more": len(words) - most}))
        return words

    return read


read_label = read_words(CELL_MAX)


def read_between(least: int | None, most: int | None) -> Reader:
    """What reads a whole number between the limits, where there are any."""

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


def read_day(words: str) -> str:
    """The ISO date of a day, however it is typed."""
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


FORMATS: dict[str, Reader] = {"orgnr": _orgnr, "time": _time, "url": _address}
