"""The kinds of question: a class for each. To add one, see CONTRIBUTING.md, "Where things are"."""

from __future__ import annotations

from app.pack.answer_parsing import Reader

from .base import AnswerWords, Asked, Kind, Taker
from .choice import ChoiceKind
from .choices import ChoicesKind
from .date import DateKind
from .grid import GridKind
from .long_text import LongTextKind
from .number import NumberKind
from .registry import KINDS, kind_of
from .rows import RowsKind, most_rows
from .text import TextKind

ALL: tuple[Kind, ...] = (TextKind(), LongTextKind(), NumberKind(), DateKind(), ChoiceKind(), ChoicesKind(), GridKind(), RowsKind())
KINDS.update({kind.id: kind for kind in ALL})


def reader_of(asked: Asked) -> Reader:
    """What reads the words typed for a question or a column, clean and not blank. It raises ValueError with a Fault."""
    return kind_of(asked).reader(asked)


def longest(asked: Asked) -> int:
    """How many characters own words may have."""
    return kind_of(asked).longest(asked)


__all__ = ["KINDS", "AnswerWords", "Asked", "Kind", "Taker", "kind_of", "longest", "most_rows", "reader_of"]
